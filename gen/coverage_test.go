package gen

import (
	"slices"
	"strings"
	"testing"

	"seedbed/gen/gentest"
	"seedbed/gen/knowledge"
	"seedbed/gen/questions"
	"seedbed/gen/scheduler"
	"seedbed/localdb"
)

// staffRules are passages of which the last but one states nothing and the last is in Dutch.
var staffRules = []localdb.Passage{
	{Title: "Travel", Text: "You must submit your travel expenses within 30 days. To book a rental car, use the travel portal. If your flight is cancelled, call the travel desk."},
	{Title: "Sick leave", Text: "Full-time employees accrue 4 hours of sick leave every pay period. The payroll team approves sick leave requests. You may carry over unused sick leave."},
	{Title: "Badges", Text: "Visitor badges are kept in the security office. A temporary badge is a badge for one day. You must not lend your badge to colleagues."},
	{Title: "Menu", Text: "Home. About us. Contact. It was nice. And so on, as they say, for this and that."},
	{Title: "Verlof", Text: "Het verlof wordt door de leidinggevende goedgekeurd. De aanvraag moet uiterlijk twee weken van tevoren worden ingediend bij de afdeling, en het is niet mogelijk om dit later aan te vragen."},
}

func withPassages(t *testing.T, passages []localdb.Passage) (*localdb.Dataset, []int64) {
	t.Helper()
	d := gentest.NewDataset(t)
	ids, err := d.AddPassages(t.Context(), passages)
	if err != nil {
		t.Fatal(err)
	}
	return d, ids
}

func TestQuestionsAreSpreadOverWhatStatesSomething(t *testing.T) {
	t.Parallel()
	d, ids := withPassages(t, staffRules)
	w := builtin(t, "en")
	plan := Plan{Language: "en", Seed: 1, Knowledge: true, Counts: []Count{{"rag_query", 9}}}
	if result := do(t, start(t, d, plan, w), w); result.State != scheduler.Done {
		t.Fatalf("%+v", result)
	}
	coverage, err := knowledge.QuestionCoverage(t.Context(), d)
	if err != nil || len(coverage) != len(ids) {
		t.Fatalf("%d of %d passages, %v", len(coverage), len(ids), err)
	}
	for i, c := range coverage {
		states := i < 3
		if c.Passage.ID != ids[i] || states && (c.Questions < 2 || c.Questions > 4) || !states && c.Questions != 0 {
			t.Errorf("%q has %d questions", c.Passage.Title, c.Questions)
		}
	}
}

func TestQuestionsForGivenPassages(t *testing.T) {
	t.Parallel()
	d, ids := withPassages(t, staffRules)
	w := builtin(t, "en")
	plan := defaultPlan().ForPassages("rag_query", ids[1:2], 4)
	if result := do(t, start(t, d, plan, w), w); result.State != scheduler.Done || result.Messages != 4 {
		t.Fatalf("%+v", result)
	}
	for _, m := range gentest.Messages(t, d, localdb.Filter{}) {
		if m.PassageID != ids[1] {
			t.Errorf("%q is about passage %d", m.Text, m.PassageID)
		}
	}
	// More than they state ends honestly, and not with questions about something else.
	result := do(t, start(t, d, defaultPlan().ForPassages("rag_query", ids[:2], 100), w), w)
	if result.State != scheduler.Exhausted || !strings.Contains(result.Summary.String(), "state too little") {
		t.Errorf("%+v", result)
	}
	for _, m := range gentest.Messages(t, d, localdb.Filter{}) {
		if m.PassageID != ids[0] && m.PassageID != ids[1] {
			t.Errorf("%q is about passage %d", m.Text, m.PassageID)
		}
	}
}

func TestARunSaysWhereTheKnowledgeDidNotDo(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		passages []localdb.Passage
		want     string
	}{
		"too little":       {staffRules[:2], "ask about none of the passages"},
		"another language": {staffRules[4:], "language model"},
		"enough":           {nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d, w := gentest.NewDataset(t), builtin(t, "en")
			if len(test.passages) > 0 {
				d, _ = withPassages(t, test.passages)
			}
			result := do(t, start(t, d, Plan{Language: "en", Seed: 1, Knowledge: true, Counts: []Count{{"rag_query", 60}}}, w), w)
			if result.State != scheduler.Done || (test.want == "") != result.Note.IsZero() || !strings.Contains(result.Note.String(), test.want) {
				t.Errorf("%s, %q, want %q", result.State, result.Note, test.want)
			}
		})
	}
}

func TestLanguageModelsAskAboutTheSamePassages(t *testing.T) {
	t.Parallel()
	passages := make([]localdb.Passage, len(staffRules))
	for i, p := range staffRules {
		p.ID = int64(i + 1)
		passages[i] = p
	}
	for _, b := range cutPlan(t, Plan{Language: "en", Knowledge: true, Counts: []Count{{"rag_query", 40}}}, passages) {
		if strings.Contains(string(b.Spec), `"passages":[4`) || strings.Contains(string(b.Spec), ",4]") || strings.Contains(string(b.Spec), ",4,") {
			t.Errorf("asks about what states nothing: %s", b.Spec)
		}
	}
}

func TestQuestionsThatNameNothingOfTheirPassage(t *testing.T) {
	t.Parallel()
	f, b := testFilter()
	b.Category.Kind, b.Language = ragKind, "en"
	b.Passages = []localdb.Passage{staffRules[0], staffRules[4]}
	b.Passages[0].ID, b.Passages[1].ID = 1, 2
	for text, reason := range map[string]string{
		"what is the best way to learn the guitar": NotOfPassage,
		"can you explain what this means":          NotOfPassage,
		"how long do I have for travel expenses":   "",
		"who do I call about a canceled flight":    "",
	} {
		if got, _ := f.reason(b, Item{text, 1}, "the prompt"); got != reason {
			t.Errorf("%q: %q, want %q", text, got, reason)
		}
		if got, _ := f.reason(b, Item{text, 2}, "the prompt"); got == NotOfPassage {
			t.Errorf("%q can't be compared with a passage in Dutch", text)
		}
	}
	if questions.LanguageOf(staffRules[4].Text) != "" || questions.Supports(staffRules[4].Text) {
		t.Error("Dutch is taken for a language that questions are asked in")
	}
}

func TestEachOfManyGivenPassagesIsAskedAbout(t *testing.T) {
	t.Parallel()
	var passages []localdb.Passage
	for _, thing := range strings.Fields("badge laptop locker parking phone headset monitor keyboard visa passport payslip contract") {
		passages = append(passages, localdb.Passage{Title: thing, Text: "You must return your " + thing + " to the " + thing + " office within 30 days."})
	}
	for _, each := range []int{1, 2} {
		d, ids := withPassages(t, passages)
		w := builtin(t, "en")
		if result := do(t, start(t, d, defaultPlan().ForPassages("rag_query", ids, each), w), w); result.Messages != each*len(ids) && each == 1 {
			t.Errorf("%+v", result)
		}
		coverage, err := knowledge.QuestionCoverage(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range coverage {
			if c.Questions == 0 {
				t.Errorf("with %d each, nothing is asked about %q", each, c.Passage.Title)
			}
		}
	}
}

func TestWhatPassagesState(t *testing.T) {
	t.Parallel()
	reader, err := knowledge.NewReader(staffRules)
	if err != nil {
		t.Fatal(err)
	}
	found, err := reader.Statements(t.Context(), staffRules)
	if want := []knowledge.Statement{knowledge.Askable, knowledge.Askable, knowledge.Askable, knowledge.Silent, knowledge.NeedsModel}; err != nil || !slices.Equal(found, want) {
		t.Errorf("%v, want %v, %v", found, want, err)
	}
}
