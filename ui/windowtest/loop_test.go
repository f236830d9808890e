//go:build window

package windowtest

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"seedbed/gen/check"
	"seedbed/localdb"
)

// realExport writes an export of real conversations: the development messages as what
// users said, each answered by an assistant, one in twenty with a mail address.
func realExport(t *testing.T, messages int) string {
	t.Helper()
	source, err := os.Open("../../gen/testdata/realstyle_dev.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	rows, err := csv.NewReader(source).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "support-chats.csv")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	out := csv.NewWriter(file)
	lines := [][]string{{"conversation_id", "author_role", "body", "sent_at"}}
	for i := range messages {
		body := rows[1+i*(len(rows)-1)/messages][0]
		if i%20 == 0 {
			body += " write to jo.bloggs@example.org"
		}
		id := fmt.Sprintf("c%d", i/3)
		lines = append(lines, []string{id, "user", body, "2026-10-04 09:12"}, []string{id, "assistant", "Thanks, tell me more.", "2026-10-04 09:13"})
	}
	if err := out.WriteAll(lines); err != nil {
		t.Fatal(err)
	}
	return path
}

// checks is how many checks a dataset has had.
func (d *desk) checks(path string) int {
	data, err := localdb.OpenReadOnly(context.Background(), path)
	if err != nil {
		return 0
	}
	defer data.Close()
	list, err := check.History(context.Background(), data)
	if err != nil {
		return 0
	}
	return len(list)
}

// TestTheWholeStory goes from a sample over real conversations, labels, review and
// checks to the files that a classifier is trained on.
func TestTheWholeStory(t *testing.T) {
	const realMessages = 120
	d := newDesk(t, 1400, 900)
	path := makeSample(d)
	d.quit()

	// Merge a real export, labelled by the check model.
	d.start(path, realExport(t, realMessages))
	d.rest() // the preview
	d.press("ctrl+Return")
	merged := func() []localdb.Message {
		return d.messages(path, localdb.Filter{Sources: []localdb.Source{localdb.Real}})
	}
	d.until("the real messages are merged", func() bool { return len(merged()) > realMessages*9/10 })
	labelled, masked := 0, 0
	for _, m := range merged() {
		if m.LabelledBy == localdb.ByCheck {
			labelled++
		}
		if strings.Contains(m.Text, "[email]") {
			masked++
		}
		if strings.Contains(m.Text, "@example.org") {
			t.Errorf("%q came in with its mail address", m.Text)
		}
	}
	if labelled != len(merged()) || masked < 3 {
		t.Errorf("%d of %d are labelled, %d are masked", labelled, len(merged()), masked)
	}

	// Review a few, check, and generate for the weakest category.
	d.press("ctrl+4")
	d.rest()
	d.press("a", "a", "a")
	accepted := func() int { return len(d.messages(path, localdb.Filter{Statuses: []localdb.Status{localdb.Accepted}})) }
	d.until("three messages are accepted", func() bool { return accepted() == 3 })
	d.press("ctrl+6", "ctrl+Return")
	d.until("the check is made", func() bool { return d.checks(path) == 1 })
	d.rest()
	before := len(d.messages(path, localdb.Filter{}))
	d.press("ctrl+g") // "Generate … more for …"
	d.rest()
	d.press("ctrl+Return")
	d.until("there are more messages", func() bool { return len(d.messages(path, localdb.Filter{})) > before })
	d.rest()

	// Check again, and export.
	d.press("ctrl+6", "ctrl+Return")
	d.until("the second check is made", func() bool { return d.checks(path) == 2 })
	d.press("ctrl+4")
	d.rest()
	d.press("c") // without the filter that the merge left
	d.rest()
	d.press("ctrl+a", "a")
	d.until("all messages are accepted", func() bool { return accepted() == len(d.messages(path, localdb.Filter{})) })
	d.press("ctrl+8")
	d.rest()
	d.press("ctrl+Return")
	for _, name := range []string{"combined.csv", "intent/train.csv", "intent/val.csv", "intent/test.csv"} {
		d.until(name+" is there", func() bool {
			_, err := os.Stat(filepath.Join(d.home, "Documents", "Seedbed", "Sample", name))
			return err == nil
		})
	}
	d.quit()
}
