package phrases_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"seedbed/gen/phrases"
	"seedbed/kbsource"
)

// handbook are passages of a real handbook.
func handbook(t testing.TB) []kbsource.Passage {
	t.Helper()
	folder, err := kbsource.OpenFolder("../../kbsource/testdata/handbook")
	if err != nil {
		t.Fatal(err)
	}
	passages, err := folder.Passages(t.Context(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	return passages
}

// TestQuestionsNameWhatStandsInThePassage counts a question as good where a word of
// it that is no question's usual word stands in the passage's text.
func TestQuestionsNameWhatStandsInThePassage(t *testing.T) {
	w := newWriter(t, 42)
	asked, good := 0, 0
	for _, p := range handbook(t) {
		for _, question := range write(t, w, phrases.Subject{Category: "rag_query", Passage: phrases.Passage{Title: p.Title, Text: p.Text}}, 4) {
			asked++
			checkLine(t, question)
			if names(question, p.Text) {
				good++
			}
		}
	}
	if asked < 150 || 10*good < 9*asked {
		t.Errorf("%d of %d questions name something of their passage, want 150 or more and 9 of 10", good, asked)
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

func TestQuestions(t *testing.T) {
	for name, test := range map[string]struct {
		about phrases.Passage
		want  string // stands in one of the questions
	}{
		"a definition":      {phrases.Passage{Text: "A notice period is the time between giving notice and the last day."}, "notice period"},
		"an acronym":        {phrases.Passage{Text: "The STAR format is a framework that helps to organise answers."}, "star format"},
		"a label":           {phrases.Passage{Text: "Base salary: what is paid every month whatever happens."}, "base salary"},
		"a heading":         {phrases.Passage{Title: "How to write a cover letter", Text: "A cover letter has one page."}, "write a cover letter"},
		"an instruction":    {phrases.Passage{Text: "Prepare your answers to common questions, then sleep well."}, "prepare my answers"},
		"advice":            {phrases.Passage{Text: "In most firms candidates should negotiate the signing bonus as well."}, "negotiate the signing bonus"},
		"a claim":           {phrases.Passage{Text: "Most companies have a salary band for each level."}, "most companies have a salary band"},
		"a quotation":       {phrases.Passage{Text: `They like to begin with "Tell me about yourself" and then listen.`}, "tell me about yourself"},
		"marks of Markdown": {phrases.Passage{Text: "## Pay\n\n- **Base [salary](https://example.com/x)**: what is paid every month, `always`."}, "base salary"},
	} {
		t.Run(name, func(t *testing.T) {
			questions := write(t, newWriter(t, 3), phrases.Subject{Category: "rag_query", Passage: test.about}, 20)
			if !slices.ContainsFunc(questions, func(q string) bool { return strings.Contains(strings.ToLower(q), test.want) }) {
				t.Errorf("none of %q has %q", questions, test.want)
			}
			for _, q := range questions {
				if strings.ContainsAny(q, "*#`[]") || strings.Contains(q, "http") {
					t.Errorf("%q has marks left", q)
				}
			}
		})
	}
}

func TestNothingToAskAbout(t *testing.T) {
	about := phrases.Subject{Category: "rag_query", Passage: phrases.Passage{Text: "It is so. And then it was not."}}
	if questions := write(t, newWriter(t, 1), about, 5); len(questions) != 0 {
		t.Errorf("asked %q about nothing", questions)
	}
}
