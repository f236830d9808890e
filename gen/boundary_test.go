package gen

import (
	"slices"
	"testing"

	"seedbed/gen/check"
	"seedbed/gen/gentest"
	"seedbed/gen/intent"
	"seedbed/localdb"
)

// confused is a check that reads much of social as professional.
func confused() check.Result {
	return check.Result{
		Categories: []intent.CategoryScores{
			{Name: "chitchat", Scores: intent.Scores{Recall: 1}, Support: 20},
			{Name: "professional", Scores: intent.Scores{Recall: 0.95}, Support: 20},
			{Name: "psychological", Scores: intent.Scores{Recall: 0.2}, Support: 5},
			{Name: "social", Scores: intent.Scores{Recall: 0.6}, Support: 20},
		},
		Confusion: [][]int{{20, 0, 0, 0}, {0, 19, 0, 1}, {0, 4, 1, 0}, {2, 6, 0, 12}},
	}
}

func TestThePlanThatHelps(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	categories, err := d.Categories(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	gentest.AddClearMessages(t, d, 44) // social lacks 36 of its 80
	plan, err := HelpCategory(t.Context(), d, confused(), "social")
	if err != nil {
		t.Fatal(err)
	}
	if plan.Total() != 40 || plan.Of("social") != 40 {
		t.Errorf("it asks for %+v", plan)
	}
	if want := []Boundary{{"social", "professional", 15}, {"social", "chitchat", 5}}; !slices.Equal(plan.Boundaries, want) {
		t.Errorf("its boundaries are %+v", plan.Boundaries)
	}
	if err := plan.check(categories); err != nil {
		t.Error(err)
	}
	if plan := helpPlan(confused(), "chitchat", -5); plan.Total() != minHelp || len(plan.Boundaries) != 0 {
		t.Errorf("for a good category: %+v", plan)
	}
	pair := HelpPair(confused(), "social", "professional")
	if want := []Boundary{{"social", "professional", 10}, {"professional", "social", 10}}; !slices.Equal(pair.Boundaries, want) {
		t.Errorf("for a pair: %+v", pair)
	}
	if err := pair.check(categories); err != nil {
		t.Error(err)
	}
}

func runCheck(t *testing.T, d *localdb.Dataset) {
	t.Helper()
	if _, err := check.Run(t.Context(), d, check.Options{}); err != nil {
		t.Fatal(err)
	}
}

func TestTheOverviewFollowsTheCheck(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	ctx := t.Context()
	list := gentest.AddClearMessages(t, d, 80)
	if _, err := d.Delete(ctx, []int64{list[0].ID}, nil); err != nil { // rag_query is short as it is
		t.Fatal(err)
	}
	kinds := func() (kinds []StepKind, o Overview) {
		o, err := ReadOverview(ctx, d)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range o.Next {
			kinds = append(kinds, step.Kind)
		}
		return kinds, o
	}
	if got, o := kinds(); o.Check != nil || !slices.Equal(got, []StepKind{FillUp, CheckIt, ReviewThem}) {
		t.Fatalf("before any check: %v", got)
	}
	runCheck(t, d)
	if got, o := kinds(); o.Check == nil || o.Comparable || o.Weak != nil || !slices.Equal(got, []StepKind{FillUp, LookNowhere, ReviewThem}) {
		t.Fatalf("after a good check: %v", got)
	}
	// Half of social becomes emotional: social is read badly from then on.
	var half []int64
	for i, m := range list {
		if m.Category == "social" && i%2 == 0 {
			half = append(half, m.ID)
		}
	}
	if _, err := d.Relabel(ctx, half, "emotional", localdb.ByFile, 1, nil); err != nil {
		t.Fatal(err)
	}
	runCheck(t, d)
	got, o := kinds()
	if o.Weak == nil || !o.Comparable || o.Better >= 0 || got[0] != Strengthen || o.Next[0].Messages < minHelp {
		t.Fatalf("after a bad one: %v, weakest %+v, %+v better", o.Next, o.Weak, o.Better)
	}
	gentest.AddClearMessages(t, d, 20)
	if got, _ := kinds(); !slices.Contains(got, CheckIt) {
		t.Fatalf("after much has changed: %v", got)
	}
}
