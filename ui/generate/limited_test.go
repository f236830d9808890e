package generate

import (
	"encoding/json"
	"slices"
	"testing"

	"seedbed/gen"
	"seedbed/gen/knowledge"
	"seedbed/gen/llm"
	"seedbed/gen/scheduler"
	"seedbed/localdb"
	"seedbed/ui/shell"
)

var rules = []localdb.Passage{
	{Title: "Old", Text: "This was removed before the others were added."},
	{Title: "Travel", Text: "You must submit your travel expenses within 30 days. To book a rental car, use the travel portal."},
	{Title: "Badges", Text: "Visitor badges are kept in the security office. You must not lend your badge to colleagues."},
	{Title: "Leave", Text: "Full-time employees accrue 4 hours of sick leave every pay period. The payroll team approves sick leave requests."},
}

// withRules adds the passages, whose ids don't begin with 1.
func withRules(t *testing.T, w *generating) []int64 {
	t.Helper()
	data := w.Dataset()
	if _, err := data.AddPassages(t.Context(), rules[:1]); err != nil {
		t.Fatal(err)
	}
	if err := data.ClearPassages(t.Context()); err != nil {
		t.Fatal(err)
	}
	ids, err := data.AddPassages(t.Context(), rules[1:])
	if err != nil {
		t.Fatal(err)
	}
	w.Settle()
	return ids
}

func TestARunAboutSomePassages(t *testing.T) {
	w, p := open(t, nil)
	ids := withRules(t, w)
	w.SeesNot("chosen passage", "Ask about all passages")
	w.PlanRun(gen.Plan{}.ForPassages("rag_query", ids[:2], 1))
	w.Sees("2 messages", "about 2 chosen passages only")
	w.Tap("Preview ten")
	w.Sees("Examples, not kept")
	w.Tap("Generate 2")
	coverage, err := knowledge.QuestionCoverage(t.Context(), w.Dataset())
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range coverage {
		if want := []int{1, 1, 0}[i]; c.Questions != want {
			t.Errorf("%q has %d questions, want %d", c.Passage.Title, c.Questions, want)
		}
	}

	w.PlanRun(gen.Plan{}.ForPassages("rag_query", ids[:1], 3))
	w.Sees("about 1 chosen passage only")
	w.Tap("Ask about all passages")
	w.SeesNot("chosen passage", "Ask about all passages")
	if plan, _ := p.plan(); len(plan.Passages) != 0 || plan.Of("rag_query") != 3 {
		t.Errorf("the plan is %+v", plan)
	}
}

func TestRemovedPassagesLeaveTheLimit(t *testing.T) {
	w, p := open(t, nil)
	ids := withRules(t, w)
	w.PlanRun(gen.Plan{}.ForPassages("rag_query", append([]int64{1}, ids[0]), 1))
	w.GoTo(shell.Knowledge)
	w.GoTo(shell.Generate)
	w.Settle()
	if plan, _ := p.plan(); !slices.Equal(plan.Passages, ids[:1]) {
		t.Errorf("the plan is %+v", plan)
	}
}

func TestAResumedRunKeepsItsPassages(t *testing.T) {
	w, p := open(t, nil)
	ids := withRules(t, w)
	planned := gen.Plan{Language: "en", Knowledge: true}.ForPassages("rag_query", ids[:1], 3)
	if _, err := gen.NewRun(t.Context(), w.Dataset(), planned, llm.Info{Name: "builtin", Price: llm.Free}, scheduler.NewControls()); err != nil {
		t.Fatal(err)
	}
	w.GoTo(shell.Knowledge)
	w.GoTo(shell.Generate)
	w.Until("a resume is offered", func() bool { return p.unfinished })
	w.Sees("A run was interrupted", "about 1 chosen passage only")
	run, err := w.Dataset().UnfinishedRun(t.Context())
	var plan gen.Plan
	if err != nil || json.Unmarshal(run.Plan, &plan) != nil || !slices.Equal(plan.Passages, ids[:1]) {
		t.Fatalf("the run's plan is %+v, %v", plan, err)
	}
	w.Tap("Resume")
	w.Until("it has ended again", func() bool { return w.RunUnderWay() == nil })
	for m, err := range w.Dataset().Messages(t.Context(), localdb.Filter{}) {
		if err != nil || m.PassageID != ids[0] {
			t.Errorf("%q is about passage %d, %v", m.Text, m.PassageID, err)
		}
	}
}
