package gen

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"seedbed/gen/questions"
)

// inLanguage leaves out examples in another language than the messages should be in: a
// model takes their language up with their tone. Short ones are told by what they are
// together, and by their letters.
func inLanguage(examples []string, code string) []string {
	base, _, _ := strings.Cut(strings.ToLower(code), "-")
	if of := questions.LanguageOf(strings.Join(examples, "\n")); of != "" && of != base {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(examples), func(example string) bool { return !inScript(example, base) })
}

// scripts are the letters of the scripts that languages are written in, by their code.
var scripts = map[string][]*unicode.RangeTable{
	"Latn": {unicode.Latin}, "Cyrl": {unicode.Cyrillic}, "Grek": {unicode.Greek}, "Arab": {unicode.Arabic}, "Hebr": {unicode.Hebrew},
	"Hans": {unicode.Han}, "Hant": {unicode.Han}, "Jpan": {unicode.Han, unicode.Hiragana, unicode.Katakana}, "Kore": {unicode.Hangul},
	"Thai": {unicode.Thai}, "Deva": {unicode.Devanagari}, "Beng": {unicode.Bengali}, "Taml": {unicode.Tamil}, "Telu": {unicode.Telugu},
	"Geor": {unicode.Georgian}, "Armn": {unicode.Armenian}, "Ethi": {unicode.Ethiopic},
}

// inScript reports whether half of a text's letters are those of a language, of which
// nothing is known where its script isn't.
func inScript(text, code string) bool {
	tag, err := language.Parse(code)
	if err != nil {
		return true
	}
	script, _ := tag.Script()
	letters := scripts[script.String()]
	all, own := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			all++
			if unicode.In(r, letters...) {
				own++
			}
		}
	}
	return letters == nil || 2*own >= all
}
