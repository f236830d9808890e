package gen

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"seedbed/assets"
	"seedbed/gen/gentest"
	"seedbed/gen/intent"
	"seedbed/localdb"
)

// ownDomains are domains without a starter: categories as somebody sets them up, with
// twelve examples each, and twenty messages of each that were written before anything was
// generated.
var ownDomains = []string{"car_sharing", "dentist", "farm_supplies", "hotel", "language_school"}

// leastOwnAccuracy is the share of the held-out messages that a model trained on what was
// made of a domain's examples puts in their category. The five reach 73 % to 85 %.
const leastOwnAccuracy = 0.70

// fewestOwn is how many messages twelve examples give at least.
const fewestOwn = 60

// askedForOwn is how many messages of a category are asked for: more than there are.
const askedForOwn = 150

// A new domain's examples give enough messages to train a check that knows others' messages.
func TestOwnDomains(t *testing.T) {
	t.Parallel()
	folder := os.DirFS(filepath.Join("testdata", "domains"))
	for _, domain := range ownDomains {
		t.Run(domain, func(t *testing.T) {
			t.Parallel()
			given, err := assets.ReadSections(folder, domain+".txt")
			if err != nil {
				t.Fatal(err)
			}
			held, err := assets.ReadSections(folder, domain+"_held.txt")
			if err != nil {
				t.Fatal(err)
			}
			var categories []localdb.Category
			for i, s := range given {
				name, is, _ := strings.Cut(s.Name, " | ")
				categories = append(categories, localdb.Category{Name: name, Is: is, Examples: s.Lines, Target: askedForOwn, Training: true, Key: string(rune('1' + i))})
			}
			var test []intent.Example
			for _, s := range held {
				for _, text := range s.Lines {
					test = append(test, intent.Example{Text: text, Category: s.Name, Group: -1})
				}
			}
			messages := ownMessages(t, categories)
			made := map[string]int{}
			var learn []intent.Example
			for _, m := range messages {
				made[m.Category]++
				learn = append(learn, intent.Example{Text: m.Text, Category: m.Category, Group: -1})
			}
			for _, c := range categories {
				t.Logf("%s: %d messages", c.Name, made[c.Name])
				if made[c.Name] < fewestOwn || len(c.Examples) != 12 {
					t.Errorf("%s: %d messages of %d examples, want %d of 12", c.Name, made[c.Name], len(c.Examples), fewestOwn)
				}
				for _, text := range c.Examples {
					learn = append(learn, intent.Example{Text: text, Category: c.Name, Group: -1})
				}
			}
			model, err := intent.Train(t.Context(), learn, intent.Options{})
			if err != nil {
				t.Fatal(err)
			}
			accuracy := intent.Evaluate(model, test).Accuracy
			t.Logf("%.1f %% of %d messages", 100*accuracy, len(test))
			if accuracy < leastOwnAccuracy {
				t.Errorf("%.1f %% right, want %.0f %%", 100*accuracy, 100*leastOwnAccuracy)
			}
		})
	}
}

// ownMessages are what the built-in writer makes of categories.
func ownMessages(t *testing.T, categories []localdb.Category) []localdb.Message {
	t.Helper()
	d, err := localdb.Create(t.Context(), filepath.Join(t.TempDir(), "test.seedbed"), categories)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	plan := PlanFor(categories)
	plan.Language, plan.Seed = "en", 42
	w := builtin(t, "en")
	do(t, start(t, d, plan, w), w)
	messages := gentest.Messages(t, d, localdb.Filter{})
	checkVaried(t, messages)
	return messages
}
