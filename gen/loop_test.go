package gen

import (
	"slices"
	"testing"

	"seedbed/gen/intent"
	"seedbed/localdb"
)

// confused is a check that reads much of social as professional.
func confused() Checked {
	return Checked{
		Categories: []intent.CategoryScores{
			{Name: "chitchat", Scores: intent.Scores{Recall: 1}, Support: 20},
			{Name: "professional", Scores: intent.Scores{Recall: 0.95}, Support: 20},
			{Name: "psychological", Scores: intent.Scores{Recall: 0.2}, Support: 5},
			{Name: "social", Scores: intent.Scores{Recall: 0.6}, Support: 20},
		},
		Confusion: [][]int{{20, 0, 0, 0}, {0, 19, 0, 1}, {0, 4, 1, 0}, {2, 6, 0, 12}},
	}
}

func TestWeakest(t *testing.T) {
	c := confused()
	// Five messages of psychological tell nothing.
	if weakest := c.Weakest(); weakest == nil || weakest.Name != "social" {
		t.Errorf("the weakest is %+v", weakest)
	}
	if got, want := c.MistakenFor("social"), []intent.Pair{{Given: "social", Predicted: "professional", Messages: 6}, {Given: "social", Predicted: "chitchat", Messages: 2}}; !slices.Equal(got, want) {
		t.Errorf("it is mistaken for %+v", got)
	}
	if weakest := (Checked{Categories: c.Categories[:1]}).Weakest(); weakest != nil {
		t.Errorf("nothing is weak, but %+v", weakest)
	}
}

func TestThePlanThatHelps(t *testing.T) {
	d := newDataset(t)
	categories, err := d.Categories(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	plainly(t, d, 44) // social lacks 36 of its 80
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
	if plan := confused().help("chitchat", -5); plan.Total() != leastHelp || len(plan.Boundaries) != 0 {
		t.Errorf("for a good category: %+v", plan)
	}
	pair := confused().HelpPair("social", "professional")
	if want := []Boundary{{"social", "professional", 10}, {"professional", "social", 10}}; !slices.Equal(pair.Boundaries, want) {
		t.Errorf("for a pair: %+v", pair)
	}
	if err := pair.check(categories); err != nil {
		t.Error(err)
	}
}

func TestBeforeAndAfterOnTheSameMessages(t *testing.T) {
	d := newDataset(t)
	ctx := t.Context()
	list := plainly(t, d, 20)
	wrong := mislabel(t, d, list, 40) // makes the first check bad
	before := check(t, d)
	for _, m := range list {
		if !wrong[m.ID] {
			continue
		}
		if _, err := d.Delete(ctx, []int64{m.ID}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Relabel(ctx, []int64{list[0].ID}, "social", localdb.ByPerson, 1); err != nil {
		t.Fatal(err)
	}
	after := check(t, d)
	c, err := Compare(ctx, d, before, after)
	if err != nil || c == nil {
		t.Fatal(c, err)
	}
	if want := len(list) - len(wrong) - 1; c.Messages != want {
		t.Errorf("%d messages were in both with the same label, want %d", c.Messages, want)
	}
	if c.After <= c.Before || c.After < 0.95 || len(c.Categories) != 8 {
		t.Errorf("the comparison is %+v", c)
	}
	if c, err := Compare(ctx, d, Checked{ID: 999}, after); c != nil || err != nil {
		t.Errorf("with a check that is not kept: %+v, %v", c, err)
	}
}
