package profile

import (
	"strings"

	"seedbed/assets"
)

// speller tells slips of the fingers from words that it doesn't know, such as names.
type speller struct {
	vocabulary *assets.WordVectors
	spelled    map[string]bool // usual without an apostrophe or in short, and so no slips
}

func newSpeller(vocabulary *assets.WordVectors, frames assets.Sections) *speller {
	s := &speller{vocabulary, map[string]bool{}}
	for _, line := range frames.Named("spelled out") {
		short, _, _ := strings.Cut(line, " = ")
		s.spelled[short] = true
	}
	return s
}

// A word that is shorter, or the slip of one that is rarer than the most frequent ones of
// the vocabulary, may be a name or a code.
const (
	shortestSlip = 4
	frequent     = 15_000
)

// mistyped reports whether a word isn't in the vocabulary but is one slip away from a
// frequent one: a letter swapped with the next, left out, added or exchanged, or a missing
// space. Damerau (1964), "A technique for computer detection and correction of spelling
// errors", found that four in five errors are one such slip. The first letter is taken as
// right, as writers look when they begin a word.
func (s *speller) mistyped(word string) bool {
	word = strings.ToLower(word)
	if len(word) < shortestSlip || s.spelled[word] || strings.Trim(word, letters) != "" {
		return false
	}
	if _, known := s.vocabulary.Rank(word); known {
		return false
	}
	if whole, plural := strings.CutSuffix(word, "s"); plural && s.frequent(whole) {
		return false // as regular as its singular
	}
	for i := 1; i < len(word); i++ {
		head, tail := word[:i], word[i:]
		switch {
		case s.frequent(head + tail[1:]),
			len(tail) > 1 && s.frequent(head+tail[1:2]+tail[:1]+tail[2:]),
			len(head) > 1 && len(tail) > 1 && s.frequent(head) && s.frequent(tail):
			return true
		}
		for j := range len(letters) {
			if letter := letters[j : j+1]; s.frequent(head+letter+tail) || s.frequent(head+letter+tail[1:]) {
				return true
			}
		}
	}
	return false
}

const letters = "abcdefghijklmnopqrstuvwxyz"

func (s *speller) frequent(word string) bool {
	rank, known := s.vocabulary.Rank(word)
	return known && rank < frequent && len(word) > 1
}
