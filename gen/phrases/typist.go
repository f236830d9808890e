package phrases

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"seedbed/gen/phrases/acts"
)

// typist types neat messages so that the shares of a manner come true, message by message:
// each habit is due when fewer messages have it than its share of them.
type typist struct {
	manner
	mess   *mess
	frames *frames
	rng    *rand.Rand

	typed   int
	have    map[string]int // messages with a habit
	lengths [len(LengthBounds) + 1]int
}

func newTypist(m *manner, in *mess, f *frames, rng *rand.Rand) *typist {
	return &typist{manner: *m, mess: in, frames: f, rng: rng, have: map[string]int{}}
}

// due reports whether the next message has a habit.
func (t *typist) due(habit string, share float64) bool {
	return share*float64(t.typed+1)-float64(t.have[habit]) > t.rng.Float64()
}

// wanted is the bucket of the waiting texts whose length is wanted most, and whether it is
// wanted now; -1 where none wait.
func (t *typist) wanted(waiting *[len(LengthBounds) + 1][]string) (bucket int, now bool) {
	anyLength := t.Lengths == [len(t.Lengths)]float64{}
	bucket = -1
	most := 0.0
	for i, texts := range waiting {
		if len(texts) == 0 {
			continue
		}
		lacking := t.Lengths[i]*float64(t.typed+1) - float64(t.lengths[i])
		if bucket < 0 || lacking > most {
			bucket, most = i, lacking
		}
	}
	return bucket, bucket >= 0 && (anyLength || most > 0)
}

// fit is how much the manner wants messages as long as a text, from 0 to 1.
func (t *typist) fit(text string) float64 {
	most := slices.Max(t.Lengths[:])
	if most == 0 {
		return 1
	}
	return t.Lengths[LengthBucket(len(strings.Fields(text)))] / most
}

// write types a message.
func (t *typist) write(text string) string {
	text = t.around(text)
	if t.writtenOut {
		for _, a := range t.mess.contractions {
			text = sentenceCase(a.long.ReplaceAllString(text, a.short))
		}
	}
	if t.due("abbreviations", t.Abbreviations) {
		for range 4 {
			if short := abbreviated(t.mess, text, t.rng); short != text {
				text = short
				t.have["abbreviations"]++
				break
			}
		}
	}
	text = t.marked(text)
	if t.due("typos", t.Typos) {
		if slipped := t.mess.slip(text, t.rng); slipped != text {
			text = slipped
			t.have["typos"]++
		}
	}
	text = t.cased(text)
	t.typed++
	t.lengths[LengthBucket(len(strings.Fields(text)))]++
	return tidy(text)
}

// around gives a message its greeting, thanks and aside, or takes those away that nobody
// would write.
func (t *typist) around(text string) string {
	reader := t.frames.reader
	plain := reader.Ungreeted(text)
	switch greeted := plain != text; {
	case t.due("greetings", t.Greetings):
		if line := t.frames.line(t.openings, t.rng); !greeted && line != "" {
			text, greeted = line+" "+lowerFirst(text), true
		}
		t.have["greetings"] += count(greeted)
	case greeted && t.Greetings == 0 && t.rng.Float64() >= t.Greetings:
		text = capital(plain)
	default:
		t.have["greetings"] += count(greeted)
	}
	plain = reader.Unthanked(text)
	switch polite := plain != text || reader.Courtesies(text) > 0; {
	case t.due("politeness", t.Politeness):
		if line := t.frames.line(t.thanks, t.rng); !polite && line != "" {
			text, polite = acts.Sentence(text)+" "+line, true
		}
		t.have["politeness"] += count(polite)
	case plain != text && t.Politeness == 0:
		text = plain
	default:
		t.have["politeness"] += count(polite)
	}
	if t.asides != "" && t.due("asides", t.asidesShare) {
		if line := t.frames.line(t.asides, t.rng); line != "" {
			text = acts.Sentence(text) + " " + line
			t.have["asides"]++
		}
	}
	return text
}

// marked puts the marks and the emoji as the manner has them.
func (t *typist) marked(text string) string {
	text = strings.TrimSpace(withoutEmoji(text))
	switch {
	case t.due("no punctuation", t.NoPunctuation):
		text = dictatedMarks(text)
		t.have["no punctuation"]++
		t.have["no end mark"]++
	case t.due("no end mark", t.NoEndMark):
		text = strings.TrimRight(text, ".!?… ")
		t.have["no end mark"]++
	default:
		text = acts.Ended(text)
	}
	switch exclaims := strings.Contains(text, "!"); {
	case t.due("exclamations", t.Exclamations):
		if strings.HasSuffix(text, ".") {
			text, exclaims = strings.TrimRight(text, ".")+"!", true
		}
		t.have["exclamations"] += count(exclaims)
	case exclaims && t.Exclamations == 0:
		text = strings.ReplaceAll(text, "!", ".")
	default:
		t.have["exclamations"] += count(exclaims)
	}
	if t.due("emoji", t.Emoji) {
		if smiling := withEmoji(t.mess, text, t.rng); smiling != text {
			text = smiling
			t.have["emoji"]++
		}
	}
	return text
}

// cased writes capital and small letters as the manner has them.
func (t *typist) cased(text string) string {
	switch {
	case t.due("lower case", t.LowerCase):
		t.have["lower case"]++
		return strings.ToLower(text)
	case t.due("upper case", t.UpperCase) && strings.Contains(text, " "):
		t.have["upper case"]++
		return strings.ToUpper(text)
	case strings.ToLower(text) == text || strings.ToUpper(text) == text && strings.Contains(text, " "):
		text = strings.ToLower(text)
	case t.LowerCase > 0:
		return text
	}
	return t.frames.reader.Cased(sentenceCase(text))
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func withoutEmoji(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r) || r == '\uFE0F' || r == '\u200D' {
			return -1
		}
		return r
	}, text)
}

// dictatedMarks leaves only the marks within words.
func dictatedMarks(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPunct(r) && !strings.ContainsRune(`'’-/@&%`, r) {
			return -1
		}
		return r
	}, text)
}
