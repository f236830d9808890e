package knowledge

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"seedbed/assets/i18n"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
)

// handbook is passages of which the third is in Dutch and the last states nothing.
var handbook = []localdb.Passage{
	{Title: "Travel", Text: "You must submit your travel expenses within 30 days. To book a rental car, use the travel portal."},
	{Title: "Badges", Text: "Visitor badges are kept in the security office. You must not lend your badge to colleagues."},
	{Title: "Verlof", Text: "Het verlof wordt door de leidinggevende goedgekeurd. De aanvraag moet uiterlijk twee weken van tevoren worden ingediend bij de afdeling, en het is niet mogelijk om dit later aan te vragen."},
	{Title: "Menu", Text: "Home. About us. Contact. It was nice. And so on, as they say, for this and that."},
}

// openWith is the page of a dataset with passages.
func openWith(t *testing.T, passages []localdb.Passage) (*shelltest.Window, *page, []int64) {
	t.Helper()
	w, p := open(t)
	ids, err := w.Dataset().AddPassages(t.Context(), passages)
	if err != nil {
		t.Fatal(err)
	}
	w.Until("the passages are read", func() bool { return p.questions != nil && len(p.statements) == len(passages) })
	return w, p, ids
}

// ask adds a question about each of some passages.
func ask(t *testing.T, w *shelltest.Window, p *page, ids ...int64) {
	t.Helper()
	var questions []localdb.Message
	for _, id := range ids {
		questions = append(questions, localdb.Message{Text: fmt.Sprintf("what is number %d of %d", len(questions), id), Category: "rag_query", PassageID: id})
	}
	if _, err := w.Dataset().Add(context.Background(), i18n.T("Add"), questions); err != nil {
		t.Fatal(err)
	}
	w.Until("the questions are counted", func() bool { return p.questions[ids[0]] > 0 })
}

// planned is the passages of the last plan, which asks for one question about each.
func planned(t *testing.T, w *shelltest.Window) []int64 {
	t.Helper()
	if len(w.Planned) == 0 {
		t.Fatal("no plan arrived")
	}
	plan := w.Planned[len(w.Planned)-1]
	if plan.Of("rag_query") != len(plan.Passages) || plan.Total() != len(plan.Passages) {
		t.Errorf("the plan is %+v", plan)
	}
	return plan.Passages
}

func TestPassagesShowTheirQuestions(t *testing.T) {
	w, p, ids := openWith(t, handbook)
	w.Sees("0 of 4 passages have a question", "no question yet · You must", "needs a language model", "states nothing to ask about")
	ask(t, w, p, ids[0], ids[0], ids[1])
	w.Sees("2 of 4 passages have a question", "2 questions · You must", "1 question · Visitor")
	p.choice.SetSelectedIndex(withoutQuestion)
	w.Sees("2 of 4", "Het verlof", "Home. About us")
	w.SeesNot("You must submit", "Visitor badges")
	p.choice.SetSelectedIndex(statingNothing)
	w.Sees("Home. About us", "A language model may still find something")
	w.SeesNot("Het verlof")
	w.Key("Z") // takes the questions back
	p.choice.SetSelectedIndex(allPassages)
	w.Until("no passage has a question", func() bool { return strings.Contains(w.Words(), "0 of 4 passages") })
	w.Tap("Remove all")
	w.Until("they are gone", func() bool { return len(p.passages) == 0 })
	w.SeesNot("passages have a question", "Write questions for these")
}

func TestQuestionsAreWrittenForWhatHasNone(t *testing.T) {
	w, p, ids := openWith(t, handbook)
	ask(t, w, p, ids[0])
	w.Sees("A language model is needed for 1 of these", "they state nothing to ask about: 1.")
	w.Tap("Write questions for these")
	if got := planned(t, w); w.At() != shell.Generate || !slices.Equal(got, ids[1:3]) {
		t.Errorf("on %s, planned are %v of %v", w.At(), got, ids)
	}
	w.GoTo(shell.Knowledge)
	w.Settle()
	p.choice.SetSelectedIndex(statingNothing)
	w.Tap("Write questions for these")
	if got := planned(t, w); !slices.Equal(got, ids[3:]) {
		t.Errorf("planned are %v of %v", got, ids)
	}
	w.GoTo(shell.Knowledge)
	w.Settle()
	p.choice.SetSelectedIndex(allPassages)
	p.list.Select(0)
	w.Tap("Write a question for this")
	if got := planned(t, w); !slices.Equal(got, ids[:1]) {
		t.Errorf("planned are %v of %v", got, ids)
	}
}

func TestNothingIsWrittenWhereAllIsCoveredOrNothingAsks(t *testing.T) {
	w, p, ids := openWith(t, handbook[:2])
	ask(t, w, p, ids...)
	if !p.write.Disabled() {
		t.Error("questions can be written although each passage has one")
	}
	rag := w.Category("rag_query")
	if err := w.Dataset().ArchiveCategory(t.Context(), rag.ID, true); err != nil {
		t.Fatal(err)
	}
	w.Until("no category asks", func() bool { return p.category == "" })
	w.Sees("No category asks about passages")
	p.list.Select(0)
	w.SeesNot("Write a question for this")
}

func TestCoverageOfManyPassages(t *testing.T) {
	passages := make([]localdb.Passage, 2_000)
	for i := range passages {
		passages[i] = localdb.Passage{Title: fmt.Sprint("Part ", i), Text: fmt.Sprintf("It was %d.", i)}
	}
	w, p, _ := openWith(t, passages)
	w.Sees("0 of 2,000 passages have a question")
	if p.reading != nil {
		t.Error("what was read is still in memory")
	}
	p.list.ScrollToBottom()
	w.Sees("It was 1999.")
}

func TestCoverageInGerman(t *testing.T) {
	shelltest.InGerman(t)
	w, p, ids := openWith(t, handbook)
	ask(t, w, p, ids[0])
	w.Sees("1 von 4 Textstellen haben eine Frage", "1 Frage · You must", "noch keine Frage", "Fragen dazu schreiben", "braucht es wegen ihrer Sprache")
}
