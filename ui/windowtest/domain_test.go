//go:build window

package windowtest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"seedbed/assets"
	"seedbed/gen/check"
	"seedbed/gen/intent"
	"seedbed/localdb"
)

// TestANewDomain sets up a domain that the program was never told of, as somebody does who
// types five categories with twelve examples each, and generates and checks messages. It
// counts what a person's hands do, and tests what was made on messages written before. It
// is the first domain of the list; SEEDBED_DOMAINS=all takes them all.
func TestANewDomain(t *testing.T) {
	const (
		mostKeys, mostClicks = 12, 0
		mostMinutes          = 25
		fewestMessages       = 40 // of each category
		leastAccuracy        = 0.65
	)
	domains := []string{"hotel", "car_sharing", "dentist", "farm_supplies", "language_school"}
	if os.Getenv("SEEDBED_DOMAINS") != "all" {
		domains = domains[:1]
	}
	for _, domain := range domains {
		t.Run(domain, func(t *testing.T) {
			folder := os.DirFS("../../gen/testdata/domains")
			given, err := assets.ReadSections(folder, domain+".txt")
			if err != nil {
				t.Fatal(err)
			}
			held, err := assets.ReadSections(folder, domain+"_held.txt")
			if err != nil {
				t.Fatal(err)
			}
			d := newDesk(t, 1366, 768)
			d.start()
			path := d.setUp(domain, listOf(given))
			hands := d.handTime()
			made := map[string]int{}
			for _, m := range d.messages(path, localdb.Filter{}) {
				made[m.Category]++
			}
			d.quit()
			accuracy, tested := accuracyOn(t, path, held)
			t.Logf("%s: %d keys, %d typed characters and %d clicks, %.0f minutes of typing and pointing; %v; %.0f %% of %d messages right",
				domain, d.keys, d.typed, d.clicks, hands.Minutes(), made, 100*accuracy, tested)
			if d.keys > mostKeys || d.clicks > mostClicks || hands > mostMinutes*time.Minute {
				t.Errorf("that is more than %d keys, %d clicks or %d minutes", mostKeys, mostClicks, mostMinutes)
			}
			for _, c := range given {
				name, _, _ := strings.Cut(c.Name, " | ")
				if made[name] < fewestMessages {
					t.Errorf("%d messages of %s, want %d", made[name], name, fewestMessages)
				}
			}
			if accuracy < leastAccuracy {
				t.Errorf("%.0f %% right, want %.0f %%", 100*accuracy, 100*leastAccuracy)
			}
		})
	}
}

// setUp makes a dataset of a list of categories, generates its messages and checks them. The
// list is pasted, but counted as typed.
func (d *desk) setUp(name, list string) (path string) {
	d.t.Helper()
	d.press("n")
	d.write(name)
	d.press("shift+Tab", "shift+Tab", "Return") // from a list of categories
	d.copy(list)
	d.do("key", "ctrl+v")
	d.typed += len(list)
	path = filepath.Join(d.home, "Documents", "Seedbed", name+".seedbed")
	d.pressUntil("ctrl+Return", "the dataset is there", func() bool {
		_, err := os.Stat(path)
		return err == nil
	})
	d.rest()
	d.press("ctrl+3")
	d.rest()
	d.press("ctrl+Return")
	d.until("messages are generated", func() bool { return len(d.messages(path, localdb.Filter{})) > 100 })
	d.rest()
	d.press("Escape") // what the built-in writer could not make
	d.press("ctrl+6")
	d.rest()
	d.press("ctrl+Return")
	d.until("the check is made", func() bool { return d.checks(path) == 1 })
	d.rest()
	return path
}

// handTime is how long a person's hands need for what the desk has counted, by the
// keystroke-level model of Card, Moran and Newell (Communications of the ACM 23(7), 1980):
// a keystroke of an average non-secretary typist, pointing, and the mental preparation
// before each command. Thinking of what to type comes on top.
func (d *desk) handTime() time.Duration {
	const (
		keystroke = 280 * time.Millisecond
		point     = 1100 * time.Millisecond
		prepare   = 1350 * time.Millisecond
	)
	return time.Duration(d.keys+d.typed)*keystroke + time.Duration(d.clicks)*point + time.Duration(d.keys+d.clicks)*prepare
}

// listOf writes categories as a person does: each with what it is, and a line for each
// example.
func listOf(categories assets.Sections) string {
	var list strings.Builder
	for _, c := range categories {
		name, is, _ := strings.Cut(c.Name, " | ")
		list.WriteString(name + ": " + is + "\n")
		for _, example := range c.Lines {
			list.WriteString("- " + example + "\n")
		}
	}
	return list.String()
}

// accuracyOn is the share of messages that a check model trained on the dataset puts in
// their category.
func accuracyOn(t *testing.T, path string, held assets.Sections) (accuracy float64, tested int) {
	t.Helper()
	data, err := localdb.OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer data.Close()
	model, err := check.Train(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	var test []intent.Example
	for _, c := range held {
		for _, text := range c.Lines {
			test = append(test, intent.Example{Text: text, Category: c.Name, Group: -1})
		}
	}
	return intent.Evaluate(model, test).Accuracy, len(test)
}
