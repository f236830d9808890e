// Package features makes numbers of messages: the words of a message and the n-grams that they
// make, weighed, and beside them the English word vectors of its words, made one row.
package features

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words cuts a message into lower-case words, and "?" and "!" which carry tone.
// Contractions and common chat spellings are written out, so that "don't",
// "dont" and "do not" are the same two words to the model.
func Words(text string) []string {
	found := make([]string, 0, 16)
	for from, to := range Spans(text) {
		found = AppendWord(found, strings.ToLower(text[from:to]))
	}
	return found
}

// Tones are the marks that are words of their own.
const Tones = "?!"

// Spans passes on where each word of a text begins and ends, as it is written.
func Spans(text string) iter.Seq2[int, int] {
	return func(yield func(from, to int) bool) {
		start := -1
		for i, r := range text {
			switch inside := insideWord(unicode.ToLower(r)); {
			case inside && start < 0:
				start = i
			case !inside && start >= 0:
				if !yield(start, i) {
					return
				}
				start = -1
			}
			if r < utf8.RuneSelf && strings.IndexByte(Tones, byte(r)) >= 0 && !yield(i, i+1) {
				return
			}
		}
		if start >= 0 {
			yield(start, len(text))
		}
	}
}

// insideWord reports whether a word can hold a lower-case character.
func insideWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '\'' || r == '’'
}

// AppendWord adds a lower-case word, as words that it stands for.
func AppendWord(to []string, word string) []string {
	word = strings.Trim(strings.ReplaceAll(word, "’", "'"), "'")
	if word == "" {
		return to
	}
	if long, ok := Shorthand[word]; ok {
		return append(to, strings.Fields(long)...)
	}
	stem, ending, ok := strings.Cut(word, "'")
	if !ok {
		return append(to, word)
	}
	if ending == "t" && len(stem) > 1 && strings.HasSuffix(stem, "n") {
		return append(to, strings.TrimSuffix(stem, "n"), "not")
	}
	if long, ok := Endings[ending]; ok {
		return append(to, stem, long)
	}
	return append(to, strings.ReplaceAll(word, "'", ""))
}

// Endings are the second halves of English contractions.
var Endings = map[string]string{
	"m": "am", "re": "are", "ll": "will", "ve": "have", "d": "would", "s": "'s",
}

// Shorthand are spellings of chats and irregular contractions, written out.
var Shorthand = map[string]string{
	"can't": "can not", "cant": "can not", "cannot": "can not", "won't": "will not", "wont": "will not",
	"dont": "do not", "doesnt": "does not", "didnt": "did not", "isnt": "is not", "arent": "are not",
	"wasnt": "was not", "werent": "were not", "havent": "have not", "hasnt": "has not", "hadnt": "had not",
	"couldnt": "could not", "shouldnt": "should not", "wouldnt": "would not", "aint": "is not", "ain't": "is not",
	"im": "i am", "ive": "i have", "youre": "you are", "youve": "you have", "theyre": "they are", "weve": "we have",
	"thats": "that 's", "whats": "what 's", "hows": "how 's", "wheres": "where 's", "whos": "who 's",
	"theres": "there 's", "heres": "here 's", "lets": "let us", "let's": "let us", "y'all": "you all",
	"u": "you", "ur": "your", "k": "okay", "ok": "okay", "kk": "okay",
	"pls": "please", "plz": "please", "thx": "thanks", "tysm": "thanks", "ppl": "people",
	"abt": "about", "bc": "because", "cuz": "because", "cos": "because", "coz": "because", "tho": "though",
	"rn": "right now", "atm": "at the moment", "idk": "i do not know", "dunno": "do not know", "imo": "i think",
	"tbh": "honestly", "ngl": "honestly", "btw": "by the way", "asap": "as soon as possible", "fyi": "for information",
	"omg": "oh my god", "lol": "laugh", "lmao": "laugh", "haha": "laugh", "hahaha": "laugh", "wtf": "what the hell",
	"gonna": "going to", "wanna": "want to", "gotta": "have to", "kinda": "kind of", "sorta": "sort of",
	"gimme": "give me", "lemme": "let me", "yr": "year", "yrs": "years", "hr": "hour", "hrs": "hours",
	"mins": "minutes", "wk": "week", "wks": "weeks",
	"w": "with", "wo": "without", "b4": "before", "gr8": "great", "2day": "today", "tmrw": "tomorrow", "tmr": "tomorrow",
	"msg": "message", "info": "information", "smth": "something", "sth": "something", "prob": "probably",
}
