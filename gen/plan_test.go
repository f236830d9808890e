package gen

import (
	"encoding/json"
	"errors"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"seedbed/gen/llm"
	"seedbed/gen/starter"
	"seedbed/localdb"
)

func TestDefaultPlan(t *testing.T) {
	if n := defaultPlan().Total(); n != 640 {
		t.Errorf("the default plan asks for %d messages", n)
	}
}

func TestPlanRefuses(t *testing.T) {
	categories := slices.Concat(starter.Default().Categories, []localdb.Category{{Name: "old", Archived: true}})
	tests := map[string]struct {
		plan Plan
		says string
	}{
		"nothing":          {Plan{}, "no messages"},
		"an unknown one":   {Plan{Counts: []Count{{"nonsense", 3}}}, `"nonsense"`},
		"an archived one":  {Plan{Counts: []Count{{"old", 3}}}, "archived"},
		"less than none":   {Plan{Counts: []Count{{"social", -1}}}, "-1"},
		"a negative cap":   {Plan{Counts: []Count{{"social", 1}}, CapUSD: -1}, "cap"},
		"no cap":           {Plan{Counts: []Count{{"social", 1}}, CapUSD: math.NaN()}, "enter a number from 0 to 1000000"},
		"a vast cap":       {Plan{Counts: []Count{{"social", 1}}, CapUSD: 1e300}, "enter a number from 0 to 1000000"},
		"too many":         {Plan{Counts: []Count{{"social", 99999999999}}}, "enter a whole number from 0 to 1000000"},
		"too many at once": {Plan{Counts: []Count{{"social", 900_000}, {"chitchat", 900_000}, {"learning", 900_000}}}, "2700000 is out of range"},
		"a sum that wraps": {Plan{Counts: []Count{{"social", math.MaxInt}, {"social", math.MaxInt}, {"social", 7}}}, "out of range"},
		"itself":           {Plan{Boundaries: []Boundary{{"social", "social", 5}}}, "itself"},
		"unknown boundary": {Plan{Boundaries: []Boundary{{"social", "nonsense", 5}}}, `"nonsense"`},
	}
	for name, test := range tests {
		var wrong *llm.PlanError
		if err := test.plan.check(categories); !errors.As(err, &wrong) || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func fiftyPassages() []localdb.Passage {
	passages := make([]localdb.Passage, 50)
	for i := range passages {
		passages[i] = localdb.Passage{ID: int64(i + 1), Title: "T", Text: "text"}
	}
	return passages
}

func cutPlan(t *testing.T, plan Plan, passages []localdb.Passage) []localdb.BatchRecord {
	t.Helper()
	c, err := newBatcher(plan, localdb.Domain{}, starter.Default().Categories, passages, nil)
	if err != nil {
		t.Fatal(err)
	}
	batches, err := c.all()
	if err != nil {
		t.Fatal(err)
	}
	return batches
}

func TestCutting(t *testing.T) {
	plan := defaultPlan()
	plan.Boundaries = []Boundary{{"social", "emotional", 20}}
	batches := cutPlan(t, plan, fiftyPassages())
	sums, boundaries, asked := map[string]int{}, 0, map[int64]bool{}
	for _, b := range batches {
		sums[b.Category] += b.Count
		if b.Count < 8 || b.Count > 12 {
			t.Errorf("a batch of %d", b.Count)
		}
		var spec PromptSpec
		if err := json.Unmarshal(b.Spec, &spec); err != nil {
			t.Fatal(err)
		}
		if len(spec.Directions) != b.Count {
			t.Errorf("%d directions for %d messages", len(spec.Directions), b.Count)
		}
		for _, d := range spec.Directions {
			for _, drawn := range []string{d.Situation, d.Persona, d.Register, d.Length, d.Mess} {
				if drawn == "" || strings.Contains(drawn, "\n") {
					t.Errorf("drew %+v", d)
				}
			}
		}
		if spec.ReadsLike != "" {
			boundaries += b.Count
		}
		if (len(spec.PassageIDs) > 0) != (b.Category == "rag_query") {
			t.Errorf("%s asks about %d passages", b.Category, len(spec.PassageIDs))
		}
		for _, id := range spec.PassageIDs {
			asked[id] = true
		}
	}
	want := map[string]int{}
	for _, w := range plan.wanted() {
		want[w.Category] = w.Messages
	}
	if !maps.Equal(sums, want) || boundaries != 20 {
		t.Errorf("cut into %v with %d boundary messages, want %v", sums, boundaries, want)
	}
	if len(asked) != 50 {
		t.Errorf("%d of 50 passages are asked about", len(asked))
	}
	if !reflect.DeepEqual(batches, cutPlan(t, plan, fiftyPassages())) {
		t.Error("the same seed cuts the plan differently")
	}
	plan.Seed++
	if reflect.DeepEqual(batches, cutPlan(t, plan, fiftyPassages())) {
		t.Error("another seed cuts the plan the same")
	}
}

// A run that stops early has something of each category.
func TestCategoriesTakeTurns(t *testing.T) {
	seen := map[string]bool{}
	for _, b := range cutPlan(t, defaultPlan(), nil)[:12] {
		seen[b.Category] = true
	}
	if len(seen) != 8 {
		t.Errorf("the first batches are of %v", slices.Collect(maps.Keys(seen)))
	}
}

func TestBatchSizes(t *testing.T) {
	for n := 1; n <= 300; n++ {
		plan := Plan{Counts: []Count{{"social", n}}}
		sum, sizes := 0, []int{}
		for _, b := range cutPlan(t, plan, nil) {
			sum += b.Count
			sizes = append(sizes, b.Count)
		}
		if sum != n || slices.Max(sizes) > largestBatch || slices.Max(sizes)-slices.Min(sizes) > 1 {
			t.Errorf("%d is cut into %v", n, sizes)
		}
	}
}
