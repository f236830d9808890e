package phrases_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"seedbed/gen/phrases"
	"seedbed/gen/questions"
	"seedbed/kbsource"
)

// handbook are passages of a real handbook.
func handbook(t testing.TB) []questions.Passage {
	t.Helper()
	folder, err := kbsource.OpenFolder("../../kbsource/testdata/handbook")
	if err != nil {
		t.Fatal(err)
	}
	read, err := folder.Passages(t.Context(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	passages := make([]questions.Passage, len(read))
	for i, p := range read {
		passages[i] = questions.Passage{Title: p.Title, Text: p.Text}
	}
	return passages
}

// askAbout takes all questions about each of some passages.
func askAbout(t testing.TB, w *phrases.Writer, passages []questions.Passage) map[questions.Passage][]string {
	t.Helper()
	collection, err := questions.NewCollection(passages)
	if err != nil {
		t.Fatal(err)
	}
	asked := map[questions.Passage][]string{}
	for _, p := range passages {
		for again := range phrases.Askings {
			about := phrases.Subject{Category: "rag_query", Knowledge: collection, Passage: p, Again: again}
			asked[p] = append(asked[p], write(t, w, about, 10)...)
		}
	}
	return asked
}

// TestQuestionsNameWhatStandsInThePassage counts a question as good where a word of
// it that is no question's usual word stands in the passage's text.
func TestQuestionsNameWhatStandsInThePassage(t *testing.T) {
	w := newWriter(t, 42)
	asked, good := 0, 0
	for p, list := range askAbout(t, w, handbook(t)) {
		for _, question := range list {
			asked++
			checkLine(t, question)
			if names(question, p.Text) {
				good++
			}
		}
	}
	if asked < 60 || 10*good < 9*asked {
		t.Errorf("%d of %d questions name something of their passage, want 60 or more and 9 of 10", good, asked)
	}
}

var usual = strings.Fields("what does this mean explain about with that from when where which should would could have really important example people simple words plain english read more practice work works tips anything something quick question sentence best good start need basics point role first true someone told hold mistakes avoid make long take they them there mention mentioned")

// names reports whether a word of the question, of four letters or more and not usual
// in any, stands in the text.
func names(question, text string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(question), func(r rune) bool { return !unicode.IsLetter(r) }), func(word string) bool {
		return (len(word) >= 4 || strings.Contains(question, strings.ToUpper(word))) && !slices.Contains(usual, word) && strings.Contains(text, word)
	})
}
