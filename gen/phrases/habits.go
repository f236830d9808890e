package phrases

// Habits are how people write, as shares of their messages from 0 to 1: the quotas by
// which messages are made as messy as those of real people. The zero value is a neat
// writer of messages of any length.
type Habits struct {
	LowerCase     float64 `json:"lower_case"`     // no capital letter
	UpperCase     float64 `json:"upper_case"`     // no small letter, of several words
	NoEndMark     float64 `json:"no_end_mark"`    // no . ? ! … or emoji at the end
	NoPunctuation float64 `json:"no_punctuation"` // no . , ; : ? ! anywhere; they count as NoEndMark too
	Exclamations  float64 `json:"exclamations"`   // with an exclamation mark
	Typos         float64 `json:"typos"`          // with a mistyped word
	Abbreviations float64 `json:"abbreviations"`  // "pls", "u"
	Emoji         float64 `json:"emoji"`
	Greetings     float64 `json:"greetings"`  // "hi", "good morning" at the start
	Politeness    float64 `json:"politeness"` // "please", "thanks"

	// Lengths are the shares of messages by their number of words, one for each of
	// [LengthBounds] and one for longer ones. All 0 is as it comes.
	Lengths [len(LengthBounds) + 1]float64 `json:"lengths"`
}

// LengthBounds are the most words that a message of each kind of length has.
var LengthBounds = [...]int{3, 7, 14, 25}

// LengthBucket is the place in [Habits.Lengths] of a message of so many words.
func LengthBucket(words int) int {
	for i, most := range LengthBounds {
		if words <= most {
			return i
		}
	}
	return len(LengthBounds)
}
