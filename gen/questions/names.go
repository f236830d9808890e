package questions

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Names reports whether a question names something that stands in a passage: a word
// that isn't one of the language's most frequent ones or of those that any question may
// have. Where the passage's language isn't one of [Languages], nothing is known against it.
func Names(question string, p Passage) bool {
	text := strings.ToLower(p.Title + " " + p.Text)
	language := LanguageOf(text)
	lists, err := stopWords()
	if language == "" || err != nil {
		return true
	}
	usual, err := usualWords()
	if err != nil {
		return true
	}
	return slices.ContainsFunc(wordShape().FindAllString(strings.ToLower(question), -1), func(word string) bool {
		if utf8.RuneCountInString(word) < 3 || lists[language][word] || usual[language][word] {
			return false
		}
		return strings.Contains(text, stem(word))
	})
}

// stem is roughly what the forms of a word have in common.
func stem(word string) string {
	letters := []rune(word)
	if len(letters) <= 5 {
		return word
	}
	return string(letters[:max(5, len(letters)-3)])
}
