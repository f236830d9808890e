package acts

import (
	"strings"
	"unicode"
)

// Article is the English "a" or "an" that a word takes, by its first sound.
func Article(text string) string {
	word, _, _ := strings.Cut(text, " ")
	vowels := "aeioAEIO"
	if isAcronym(word) { // spelled out: an HGV licence, a CV
		vowels = "AEFHILMNORSX"
	}
	lower := strings.ToLower(word)
	switch {
	case strings.HasPrefix(lower, "hour"), strings.HasPrefix(lower, "honest"), strings.HasPrefix(lower, "heir"):
		return "an"
	case strings.HasPrefix(lower, "one"), strings.HasPrefix(lower, "once"), strings.HasPrefix(lower, "eu"):
		return "a"
	case strings.HasPrefix(lower, "un") && !strings.HasPrefix(lower, "uni"), strings.HasPrefix(lower, "up"), strings.HasPrefix(lower, "um"):
		return "an"
	case word != "" && strings.Contains(vowels, word[:1]):
		return "an"
	}
	return "a"
}

func isAcronym(word string) bool {
	letters := strings.TrimSuffix(word, "s")
	return len(letters) >= 2 && len(letters) <= 6 && strings.ToUpper(letters) == letters && strings.ContainsFunc(letters, unicode.IsLetter)
}
