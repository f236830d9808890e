package gen

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"seedbed/gen/gentest"
	"seedbed/gen/scheduler"
	"seedbed/localdb"
	"seedbed/localdb/reliability"
)

// builtinRun carries out a plan with the built-in writer in a new dataset.
func builtinRun(t testing.TB, plan Plan) (*localdb.Dataset, Result) {
	t.Helper()
	d, w := gentest.NewDataset(t), builtin(t, plan.Language)
	return d, do(t, start(t, d, plan, w), w)
}

func builtin(t testing.TB, language string) Writer {
	t.Helper()
	w, err := NewBuiltinWriter(language, defaultPlan().Seed)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// told is a dataset's messages as they matter, in order.
func told(t testing.TB, d *localdb.Dataset) []string {
	var list []string
	for _, m := range gentest.Messages(t, d, localdb.Filter{}) {
		list = append(list, m.Category+": "+m.Text)
	}
	return list
}

func TestBuiltinDefaultPlan(t *testing.T) {
	t.Parallel()
	d, result := builtinRun(t, defaultPlan())
	if result.State != scheduler.Done || result.CostUSD == nil || *result.CostUSD != 0 {
		t.Fatalf("%+v", result)
	}
	checkCounts(t, d, defaultPlan())
	checkVaried(t, gentest.Messages(t, d, localdb.Filter{}))
}

func TestBuiltinLargerPlan(t *testing.T) {
	t.Parallel()
	plan := defaultPlan()
	for i, n := range []int{250, 190, 190, 190, 190, 190, 190, 110} {
		plan.Counts[i].Messages = n
	}
	d, result := builtinRun(t, plan)
	if result.State != scheduler.Done || result.Messages != 1500 {
		t.Fatalf("%+v", result)
	}
	checkVaried(t, gentest.Messages(t, d, localdb.Filter{}))
}

// A plan beyond what the writer has ends by saying so.
func TestBuiltinRunsDry(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	if _, err := d.AddCategory(t.Context(), localdb.Category{Name: "weather", Examples: []string{"it rains again"}, Training: true}); err != nil {
		t.Fatal(err)
	}
	plan, w := Plan{Language: "en", Counts: []Count{{"weather", 5000}}}, builtin(t, "en")
	result := do(t, start(t, d, plan, w), w)
	if result.State != scheduler.Exhausted || !strings.Contains(result.Summary.String(), "nothing new left") || result.Missing != 5000-result.Messages {
		t.Errorf("%+v", result)
	}
}

// More messages for the same dataset and seed are other messages.
func TestBuiltinGoesOn(t *testing.T) {
	t.Parallel()
	d, _ := builtinRun(t, smallPlan())
	w := builtin(t, "en")
	if result := do(t, start(t, d, smallPlan(), w), w); result.State != scheduler.Done {
		t.Errorf("%+v", result)
	}
	if n := len(gentest.Messages(t, d, localdb.Filter{})); n != 120 {
		t.Errorf("%d messages", n)
	}
	checkVaried(t, gentest.Messages(t, d, localdb.Filter{}))
}

// The same seed gives the same messages in the same order, however often the run is
// killed and resumed.
func TestBuiltinKilled(t *testing.T) {
	t.Parallel()
	undisturbed, _ := builtinRun(t, defaultPlan())
	want := told(t, undisturbed)
	trial := reliability.Trial{Work: "builtin", Resumed: true, Killed: killedRun}
	trial.Prepare = func(t *testing.T, folder string) { writeEndpoint(t, folder, "") }
	trial.Finished = func(t *testing.T, folder string) {
		path := filepath.Join(folder, childDataset)
		checkFile(t, path)
		d, err := localdb.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(told(t, d), want) {
			t.Error("the messages differ from those of an undisturbed run")
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}
	trial.Run(t)
}

// BenchmarkBuiltin is the default plan with the built-in writer, dataset and all.
func BenchmarkBuiltin(b *testing.B) {
	for b.Loop() {
		if _, result := builtinRun(b, defaultPlan()); result.State != scheduler.Done {
			b.Fatal(result.Summary)
		}
	}
}

func TestFamiliesAreOfLanguageModels(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	w, err := NewBuiltinWriter("en", 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Generate(t.Context(), Job{Dataset: d, Writer: w, Plan: smallPlan()}); err != nil {
		t.Fatal(err)
	}
	items, err := d.SplitItems(t.Context(), gentest.Messages(t, d, localdb.Filter{}))
	if err != nil || len(items) == 0 {
		t.Fatal(err)
	}
	for _, item := range items {
		if item.Group != "" {
			t.Errorf("%q was written on its own and is of the family %q", item.Text, item.Group)
		}
	}
}

func TestBuiltinWriterFillsTheDefaultPlanInEachLanguageOfItsBank(t *testing.T) {
	for _, language := range []string{"de", "fr", "es"} {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			plan := defaultPlan()
			plan.Language = language
			d, result := builtinRun(t, plan)
			if result.State != scheduler.Done || result.Missing != 0 {
				t.Errorf("got %+v", result)
			}
			checkCounts(t, d, plan)
			checkVaried(t, gentest.Messages(t, d, localdb.Filter{}))
		})
	}
}
