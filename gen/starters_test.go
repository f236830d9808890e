package gen

import (
	"path/filepath"
	"testing"

	"seedbed/assets"
	"seedbed/gen/gentest"
	"seedbed/gen/intent"
	"seedbed/gen/scheduler"
	"seedbed/gen/starter"
	"seedbed/localdb"
)

// leastAccuracy is the share of messages in the style of real users that a model trained on
// a starter's default plan puts in their category, on average over drawnSeeds: one draw
// differs from the next by two or three points.
const leastAccuracy = 0.80

var drawnSeeds = []uint64{42, 43, 44, 48, 1, 2, 7, 13, 1001, 5551, 777777, 91919191}

// Each starter's default plan is made exactly by the built-in writer, without near copies,
// and teaches a model what real users write.
func TestStarters(t *testing.T) {
	t.Parallel()
	for _, s := range starter.All() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			trained := map[string]bool{}
			for _, c := range s.Categories {
				trained[c.Name] = c.Training
			}
			var test []intent.Example
			for _, e := range readExamples(t, realStyle(s), false) {
				if trained[e.Category] {
					test = append(test, e)
				}
			}
			if testing.Short() { // with the race detector
				starterMessages(t, s, drawnSeeds[0])
				return
			}
			accuracy := 0.0
			for _, seed := range drawnSeeds {
				model, err := intent.Train(t.Context(), trainable(s, starterMessages(t, s, seed)), intent.Options{})
				if err != nil {
					t.Fatal(err)
				}
				accuracy += intent.Evaluate(model, test).Accuracy / float64(len(drawnSeeds))
			}
			t.Logf("%.1f %% of %d messages", 100*accuracy, len(test))
			if accuracy < leastAccuracy {
				t.Errorf("%.1f %% of %d messages right, want %.0f %%", 100*accuracy, len(test), 100*leastAccuracy)
			}
		})
	}
}

// realStyle is the file of messages in the style of a starter's real users.
func realStyle(s starter.Starter) string {
	name := s.Name
	if name == assets.DefaultStarter {
		name = "dev"
	}
	return filepath.Join("testdata", "realstyle_"+name+".csv")
}

// trainable are the messages of categories that a classifier is trained on.
func trainable(s starter.Starter, messages []localdb.Message) []intent.Example {
	trained := map[string]bool{}
	for _, c := range s.Categories {
		trained[c.Name] = c.Training
	}
	var list []intent.Example
	for _, m := range messages {
		if trained[m.Category] {
			list = append(list, intent.Example{Text: m.Text, Category: m.Category, Group: -1})
		}
	}
	return list
}

// starterMessages carries out a starter's default plan and checks its counts and variety.
func starterMessages(t testing.TB, s starter.Starter, seed uint64) []localdb.Message {
	t.Helper()
	d, err := localdb.Create(t.Context(), filepath.Join(t.TempDir(), "test.seedbed"), s.Categories)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	plan := PlanFor(s.Categories)
	plan.Seed = seed
	w, err := NewBuiltinWriter(plan.Language, seed)
	if err != nil {
		t.Fatal(err)
	}
	if result := do(t, start(t, d, plan, w), w); result.State != scheduler.Done {
		t.Fatalf("%+v", result)
	}
	checkCounts(t, d, plan)
	messages := gentest.Messages(t, d, localdb.Filter{})
	checkVaried(t, messages)
	return messages
}
