package features

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"":                              "",
		"  … — 🙂 ":                      "",
		"What's the plan?":              "what 's the plan ?",
		"I don't, I won't, I can't!":    "i do not i will not i can not !",
		"dont":                          "do not",
		"We’re here; they'll come":      "we are here they will come",
		"O'Brien said 'yes'":            "obrien said yes",
		"idk tbh":                       "i do not know honestly",
		"Grüße aus Köln":                "grüße aus köln",
		"c++ at 9:30":                   "c at 9 30",
		"naïve cafe\u0301":              "naïve cafe\u0301",
		"where is the café? 你好 2 tacos": "where is the café ? 你好 2 tacos",
	} {
		if got := strings.Join(Words(text), " "); got != want {
			t.Errorf("words(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestRunsStayWithinTheWord(t *testing.T) {
	// " ab ": 3 pairs, 2 threes, 1 four.
	if got := len(charNGrams("ab")); got != 6 {
		t.Errorf("%d runs of ab, want 6", got)
	}
	// Letters are counted, not bytes.
	if got := len(charNGrams("äб")); got != 6 {
		t.Errorf("%d runs of two letters of two bytes, want 6", got)
	}
}

func FuzzWords(f *testing.F) {
	for _, text := range []string{"I can't", "''t", "n't", "a’b'c", "\xff\xfe", "Ü?!"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, word := range Words(text) {
			if word == "" || utf8.ValidString(text) && !utf8.ValidString(word) {
				t.Errorf("words(%q) holds %q", text, word)
			}
			if clipped := clip(word); len(clipped) > LongestWord {
				t.Errorf("clip(%q) has %d bytes", word, len(clipped))
			}
			if slices.Contains(charNGrams(clip(word)), 0) {
				t.Errorf("a run of %q has no hash", word)
			}
		}
	})
}
