package questions

import (
	"strings"
	"sync"
	"unicode"

	"seedbed/assets"
)

// Languages are those in which questions can be asked about passages.
var Languages = []string{"en", "de", "fr", "es"}

// enoughVotes is the share of a text's words that must be among a language's most
// frequent ones for the text to be in it. Running text has a third or more.
const enoughVotes = 0.15

// LanguageOf is the language of a text, of [Languages], by a vote of the languages' most
// frequent words; "" for another one or for no running text.
func LanguageOf(text string) string {
	lists, err := stopWords()
	if err != nil {
		return ""
	}
	votes, words := map[string]int{}, 0
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }) {
		words++
		for language, list := range lists {
			if list[word] {
				votes[language]++
			}
		}
	}
	best := ""
	for _, language := range Languages {
		if votes[language] > votes[best] {
			best = language
		}
	}
	if float64(votes[best]) < enoughVotes*float64(words) || votes[best] < 3 {
		return ""
	}
	return best
}

// Supports reports whether questions can be asked about a text in its language; a text
// too short to tell is taken for one that can.
func Supports(text string) bool {
	letters, foreign := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
			if !unicode.Is(unicode.Latin, r) {
				foreign++
			}
		}
	}
	return 2*foreign <= letters && (letters < 200 || LanguageOf(text) != "")
}

// usualWords are those that a question may have whatever it is about, by language.
var usualWords = sync.OnceValues(func() (map[string]map[string]bool, error) { return listed("usual in questions") })

// listed reads a list of words.txt in every language.
func listed(list string) (map[string]map[string]bool, error) {
	lists := map[string]map[string]bool{}
	for _, language := range Languages {
		folder, err := assets.Phrases(language)
		if err != nil {
			return nil, err
		}
		sections, err := assets.ReadSections(folder, "words.txt")
		if err != nil {
			return nil, err
		}
		lists[language] = sections.Words(list)
	}
	return lists, nil
}

var stopWords = sync.OnceValues(func() (map[string]map[string]bool, error) {
	lists, err := listed("language")
	if err != nil {
		return nil, err
	}
	// What several languages share tells none.
	for _, language := range Languages {
		for word := range lists[language] {
			for _, other := range Languages {
				if other != language && lists[other][word] {
					delete(lists[language], word)
					delete(lists[other], word)
				}
			}
		}
	}
	return lists, nil
})
