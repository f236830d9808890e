package gen

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"seedbed/gen/gentest"
	"seedbed/gen/intent"
	"seedbed/gen/intent/outofscope"
	"seedbed/gen/starter"
	"seedbed/localdb"
)

// BenchmarkOutOfScope measures how well the out-of-scope score tells foreign messages from a
// dataset's own: of the built-in writer's 640 messages, tested on messages in the style
// of real people, and of CLINC150, whose foreign messages are near its categories. The promise
// is an AUROC of at least 0.90, and at most 40 % of the foreign messages let through where
// 95 % of the own are kept (FPR95). Nothing is chosen by the held-out messages. Each starter is
// measured as well, against CLINC150's foreign messages and against those to the other starters.
// CLINC150 is looked for in $SEEDBED_SHARED or in shared/ beside the repository.
func BenchmarkOutOfScope(b *testing.B) {
	shared := os.Getenv("SEEDBED_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "shared")
	}
	clinc := filepath.Join(shared, "data", "clinc150")
	pairs := []struct{ name, learn, own, foreign string }{
		{"realistic messages / CLINC150's foreign", "", "testdata/realstyle_dev.csv", filepath.Join(clinc, "oos_test.csv")},
		{"realistic messages / ten other domains", "", "testdata/realstyle_dev.csv", "testdata/foreign.csv"},
		{"held-out realistic / CLINC150's foreign", "", "testdata/realstyle_held.csv", filepath.Join(clinc, "oos_test.csv")},
		{"held-out realistic / ten more domains", "", "testdata/realstyle_held.csv", "testdata/foreign_held.csv"},
		{"CLINC150 / CLINC150's foreign", filepath.Join(clinc, "train.csv"), filepath.Join(clinc, "test.csv"), filepath.Join(clinc, "oos_test.csv")},
	}
	d, _ := builtinRun(b, defaultPlan())
	var builtin []intent.Example
	for _, m := range gentest.Messages(b, d, localdb.Filter{}) {
		builtin = append(builtin, intent.Example{Text: m.Text, Category: m.Category, Group: -1})
	}
	var out strings.Builder
	for b.Loop() {
		out.Reset()
		for _, pair := range pairs {
			examples, missing := builtin, ""
			for _, path := range []string{pair.learn, pair.own, pair.foreign} {
				if _, err := os.Stat(path); path != "" && err != nil {
					missing = path
				}
			}
			if missing != "" {
				fmt.Fprintf(&out, "  %-40s not measured: %s is missing\n", pair.name, missing)
				continue
			}
			if pair.learn != "" {
				examples = readExamples(b, pair.learn, false)
			}
			m, err := intent.Train(b.Context(), examples, intent.Options{})
			if err != nil {
				b.Fatal(err)
			}
			r := intent.Evaluate(m, append(readExamples(b, pair.own, false), readExamples(b, pair.foreign, true)...))
			o, threshold := r.OutOfScope, m.Threshold(outofscope.DefaultKept)
			fmt.Fprintf(&out, "  %-40s AUROC %.3f  FPR95 %4.1f %%  accuracy %.1f %%  default threshold keeps %.1f %% (%.1f %% out of fold), turns away %.1f %% (%.1f %%)\n",
				pair.name, o.AUROC, 100*o.FPR95, 100*r.Accuracy, 100*o.Kept, 100*threshold.Kept, 100*o.TurnedAway, 100*threshold.TurnedAway)
		}
	}
	fmt.Print("\n" + out.String())
	for _, s := range starter.All() {
		fmt.Print(starterOutOfScope(b, s, filepath.Join(clinc, "oos_test.csv")))
	}
}

// starterOutOfScope measures the score of a starter's default plan.
func starterOutOfScope(b *testing.B, s starter.Starter, clinc string) string {
	learn := trainable(s, starterMessages(b, s, drawnSeeds[0]))
	m, err := intent.Train(b.Context(), learn, intent.Options{})
	if err != nil {
		b.Fatal(err)
	}
	var own, others []intent.Example
	for _, o := range starter.All() {
		for _, e := range readExamples(b, realStyle(o), o.Name != s.Name) {
			switch {
			case o.Name == s.Name && e.Category != "off_topic":
				own = append(own, e)
			case o.Name != s.Name && e.Category != "off_topic" && e.Category != "chitchat":
				others = append(others, e)
			}
		}
	}
	line := fmt.Sprintf("  %-12s", s.Name)
	if _, err := os.Stat(clinc); err == nil {
		o := intent.Evaluate(m, slices.Concat(own, readExamples(b, clinc, true))).OutOfScope
		line += fmt.Sprintf("  CLINC150's foreign: AUROC %.3f  FPR95 %4.1f %%", o.AUROC, 100*o.FPR95)
	}
	o := intent.Evaluate(m, slices.Concat(own, others)).OutOfScope
	return line + fmt.Sprintf("  other starters: AUROC %.3f  FPR95 %4.1f %%\n", o.AUROC, 100*o.FPR95)
}

// readExamples reads a CSV of message and category.
func readExamples(t testing.TB, path string, foreign bool) []intent.Example {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var list []intent.Example
	for _, line := range lines[1:] {
		list = append(list, intent.Example{Text: line[0], Category: line[1], Group: -1, Foreign: foreign})
	}
	return list
}
