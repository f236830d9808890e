package gen

import (
	"fmt"
	"testing"

	"seedbed/assets/i18n"
	"seedbed/gen/gentest"
	"seedbed/localdb"
)

// What is said before a run is what the run then makes.
func TestCapacityIsWhatTheRunMakes(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	if _, err := d.AddCategory(t.Context(), localdb.Category{
		Name: "plants", Training: true,
		Examples: []string{"My basil is dying on the window sill.", "when do I prune roses", "Can you recommend a plant for a dark room?"},
	}); err != nil {
		t.Fatal(err)
	}
	plan := Plan{Language: "en", Seed: defaultPlan().Seed, Counts: []Count{{"plants", 200}, {"social", 30}}}
	var c Capacity
	said, err := c.Read(t.Context(), d, plan)
	if err != nil {
		t.Fatal(err)
	}
	if said["social"] != 30 || said["plants"] < 10 || said["plants"] > 60 {
		t.Errorf("%v", said)
	}
	w := builtin(t, "en")
	if result := do(t, start(t, d, plan, w), w); result.PerCategory["plants"] != said["plants"] || result.PerCategory["social"] != 30 {
		t.Errorf("said %v, made %v", said, result.PerCategory)
	}
	again, err := c.Read(t.Context(), d, plan)
	if err != nil {
		t.Fatal(err)
	}
	if again["plants"] > 5 {
		t.Errorf("%d more plants are said after all were made", again["plants"])
	}
}

// What is read at each change of a number mustn't grow with the dataset.
func TestNothingIsSaidOfALargeDataset(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	list := make([]localdb.Message, mostCompared+1)
	for i := range list {
		list[i] = localdb.Message{Text: fmt.Sprintf("message %d", i), Category: "social", Confidence: 1, LabelledBy: localdb.ByWriter}
	}
	if _, err := d.Add(t.Context(), i18n.T("Add"), list); err != nil {
		t.Fatal(err)
	}
	var c Capacity
	if made, err := c.Read(t.Context(), d, defaultPlan()); err != nil || made != nil {
		t.Errorf("it says %v, %v", made, err)
	}
}

// BenchmarkCapacity is the default plan in an empty dataset.
func BenchmarkCapacity(b *testing.B) {
	d := gentest.NewDataset(b)
	for b.Loop() {
		var c Capacity
		if _, err := c.Read(b.Context(), d, defaultPlan()); err != nil {
			b.Fatal(err)
		}
	}
}
