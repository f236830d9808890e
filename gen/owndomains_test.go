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
				if made[c.Name] < 60 {
					t.Errorf("%s: %d messages of 12 examples, want 60", c.Name, made[c.Name])
				}
				for _, text := range c.Examples {
					learn = append(learn, intent.Example{Text: text, Category: c.Name, Group: -1})
				}
			}
			model, err := intent.Train(t.Context(), learn, intent.Options{})
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%.1f %% of %d messages", 100*intent.Evaluate(model, test).Accuracy, len(test))
			if file := os.Getenv("OWN_OUT"); file != "" {
				var b strings.Builder
				for _, m := range messages {
					b.WriteString(m.Category + "\t" + m.Text + "\n")
				}
				os.WriteFile(filepath.Join(file, domain+".tsv"), []byte(b.String()), 0o644)
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
