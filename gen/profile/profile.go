// Package profile measures how messages are written: how long, how cleanly and how
// politely, whatever they are about. The profile of real messages is what new ones can be
// written like, and two profiles say how far apart two lots of messages are.
package profile

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"seedbed/assets"
	"seedbed/gen/phrases"
	"seedbed/gen/phrases/acts"
	"seedbed/gen/questions"
)

// Profile is how messages are written, as shares of them from 0 to 1.
type Profile struct {
	phrases.Habits
	Questions float64 // that ask, by their mark or their form
	Words     float64 // in a message, on average
	Messages  int     // that were measured
}

// Enough is how many messages a profile needs to be written like: a share of so many is
// off by 9 percentage points on average at worst, by its standard error √(p(1−p)/n).
const Enough = 30

// Of measures messages. Their language is told by their words; greetings, politeness and
// abbreviations are known in the languages of the built-in writer, typing errors in English.
func Of(messages []string) (Profile, error) {
	p := Profile{Messages: len(messages)}
	if len(messages) == 0 {
		return p, nil
	}
	r, err := newReader(questions.LanguageOf(strings.Join(messages, " ")))
	if err != nil {
		return p, err
	}
	for _, text := range messages {
		r.add(&p, masks.ReplaceAllString(text, "x"))
	}
	for _, share := range p.shares() {
		*share /= float64(len(messages))
	}
	for i := range p.Lengths {
		p.Lengths[i] /= float64(len(messages))
	}
	p.Words /= float64(len(messages))
	return p, nil
}

// masks stand for personal details; nobody typed them.
var masks = regexp.MustCompile(`\[[a-z]+\]`)

// shares are the features that a message has or has not.
func (p *Profile) shares() []*float64 {
	return []*float64{
		&p.LowerCase, &p.UpperCase, &p.NoEndMark, &p.NoPunctuation, &p.Exclamations, &p.Typos,
		&p.Abbreviations, &p.Emoji, &p.Greetings, &p.Politeness, &p.Questions,
	}
}

// reader recognises the habits of a language's writers.
type reader struct {
	acts          *acts.Reader
	abbreviations map[string]bool
	speller       *speller // nil where no vocabulary of the language ships
}

// newReader makes the reader of a language; "" is one that isn't known.
func newReader(language string) (*reader, error) {
	r := &reader{abbreviations: map[string]bool{}}
	var frames, mess assets.Sections
	if slices.Contains(assets.PhraseLanguages(), language) {
		folder, err := assets.Phrases(language)
		if err != nil {
			return nil, err
		}
		if frames, err = assets.ReadSections(folder, "frames.txt"); err != nil {
			return nil, err
		}
		if mess, err = assets.ReadSections(folder, "mess.txt"); err != nil {
			return nil, err
		}
	}
	r.acts = acts.NewReader(language, frames)
	for _, line := range mess.Named("abbreviations") {
		_, short, _ := strings.Cut(line, " = ")
		r.abbreviations[strings.ToLower(short)] = true
	}
	if language == "en" {
		vectors, err := assets.English()
		if err != nil {
			return nil, err
		}
		r.speller = newSpeller(vectors, frames)
	}
	return r, nil
}

// add counts a message.
func (r *reader) add(p *Profile, text string) {
	text = strings.TrimSpace(text)
	count := func(share *float64, has bool) {
		if has {
			*share++
		}
	}
	lower, upper := strings.ToLower(text), strings.ToUpper(text)
	words := wordsIn(text)
	noPunctuation := !strings.ContainsAny(text, ".,;:?!…。，、；：？！؟،؛")
	count(&p.LowerCase, text == lower && text != upper)
	count(&p.UpperCase, text == upper && text != lower && len(strings.Fields(text)) > 1)
	count(&p.NoPunctuation, noPunctuation)
	count(&p.NoEndMark, !endsInMark(text))
	count(&p.Exclamations, strings.ContainsAny(text, "!！"))
	count(&p.Emoji, strings.ContainsFunc(text, isEmoji))
	greeted := text + " x" // so that one that only greets has a rest
	count(&p.Greetings, r.acts.Ungreeted(greeted) != greeted)
	count(&p.Politeness, r.acts.Unthanked(text) != text || r.acts.Courtesies(text) > 0)
	count(&p.Questions, strings.ContainsAny(text, "?？؟") || r.acts.IsQuestion(text))
	count(&p.Abbreviations, slices.ContainsFunc(words, func(word string) bool { return r.abbreviations[strings.ToLower(word)] }))
	count(&p.Typos, r.speller != nil && slices.ContainsFunc(words, func(word string) bool {
		return !r.abbreviations[strings.ToLower(word)] && r.speller.mistyped(word)
	}))
	n := length(text)
	p.Words += float64(n)
	p.Lengths[phrases.LengthBucket(n)]++
}

// wordsIn are the words of a text without the marks around them.
func wordsIn(text string) []string {
	words := strings.Fields(text)
	for i, word := range words {
		words[i] = strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	}
	return words
}

// perWord is how many characters of scripts without spaces count as a word.
const perWord = 2

// length is the number of words of a text.
func length(text string) int {
	spaceless := 0
	rest := strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan) {
			spaceless++
			return ' '
		}
		return r
	}, text)
	words := 0
	for field := range strings.FieldsSeq(rest) {
		if spaceless == 0 || strings.ContainsFunc(field, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			words++
		}
	}
	return words + (spaceless+perWord-1)/perWord
}

// endsInMark reports whether a text ends in a mark or an emoji, closing brackets and
// quotation marks aside.
func endsInMark(text string) bool {
	runes := []rune(strings.TrimRightFunc(text, func(r rune) bool {
		return unicode.In(r, unicode.Pe, unicode.Pf) || strings.ContainsRune("\"'\uFE0F\u200D ", r)
	}))
	if len(runes) == 0 {
		return false
	}
	last := runes[len(runes)-1]
	return strings.ContainsRune(".?!…。？！؟۔।", last) || isEmoji(last)
}

// isEmoji reports whether people send a character as a picture; © and ° are none.
func isEmoji(r rune) bool {
	const arrows, lightSkin, darkSkin = '\u2190', '\U0001F3FB', '\U0001F3FF'
	return r >= arrows && unicode.Is(unicode.So, r) || r >= lightSkin && r <= darkSkin
}
