package questions_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"seedbed/gen/questions"
)

func FuzzFacts(f *testing.F) {
	for _, text := range []string{
		"You must submit the form within 30 days. A detail is a temporary assignment.",
		"If you, then. To . There is a . The purpose of is to",
		"- **Core hours**: a\n> How do I?\nYes\n```x\n(ABC) [x](y) {{z}} {% a %}",
		"Eine Dienstreise ist eine Reise, die der Arbeitgeber angeordnet hat und nicht der Mitarbeiter.",
		"\xff\xfe\x00 İstanbul's ẞ $ 5 % of the of",
		"X costs $5. X takes 3 weeks. X is used for. X's",
		"difference between and . best way to is to be sure to make sure you",
	} {
		f.Add("How to › "+text, text)
	}
	f.Fuzz(func(t *testing.T, title, text string) {
		about := questions.Passage{Title: title, Text: text}
		c, err := questions.NewCollection([]questions.Passage{about})
		if err != nil {
			t.Fatal(err)
		}
		for _, fact := range c.Facts(about) {
			if fact.Kind == "" || len(fact.Slots) == 0 || fact.Score <= 0 || fact.Score > 1 {
				t.Errorf("%+v", fact)
			}
			for name, slot := range fact.Slots {
				if strings.ContainsAny(slot, "\n{}<>|") || utf8.ValidString(text) && utf8.ValidString(title) && !utf8.ValidString(slot) {
					t.Errorf("%s is %q", name, slot)
				}
			}
		}
		questions.LanguageOf(text)
		questions.Names(title, about)
	})
}
