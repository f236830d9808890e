package realdata

import (
	"strings"
	"testing"

	"seedbed/localdb"
	"seedbed/ui/shell"
)

const foreign = "quarterly volcano eruptions beneath purple jellyfish"

func TestWhatBelongsNowhereCanBeLeftWithoutALabel(t *testing.T) {
	r := open(t, localdb.Message{Text: "my boss and my colleague meet 3 times", Source: localdb.Real}, localdb.Message{Text: foreign, Source: localdb.Real})
	e := r.page.empty
	if !e.labels.leave.Visible() || e.labels.leave.Checked {
		t.Fatal("it is not offered, or done without being asked")
	}
	e.labels.leave.SetChecked(true)
	e.labelOwn()
	r.Sees("1 of 2 messages are labelled; the other 1 seem to belong to none of the categories")
	if got, want := strings.Join(r.realMessages(), "\n"), "my boss and my colleague meet 3 times/social/\n"+foreign+"//"; got != want {
		t.Errorf("the dataset has\n%s\nnot\n%s", got, want)
	}
}

func TestAMergeLeavesWhatBelongsNowhereWithoutALabel(t *testing.T) {
	r := open(t)
	r.drop("chats.csv", "message\nmy boss and my colleague met 3 times\n"+foreign+"\n")
	p := r.page
	shown := func() (categories []string) {
		for _, read := range p.rows.labels {
			categories = append(categories, read.Category)
		}
		return categories
	}
	if got := strings.Join(shown(), " "); !strings.HasPrefix(got, "social ") || strings.HasSuffix(got, " ") {
		t.Errorf("the preview shows %q", got)
	}
	p.labels.leave.SetChecked(true)
	r.Settle()
	if got := strings.Join(shown(), " "); got != "social " {
		t.Errorf("the preview shows %q", got)
	}
	p.act()
	r.Sees("2 messages are merged", "1 message seems to belong to no category and has no label")
	if got, want := strings.Join(r.realMessages(), "\n"), "my boss and my colleague met 3 times/social/\n"+foreign+"//"; got != want {
		t.Errorf("the dataset has\n%s\nnot\n%s", got, want)
	}
	if r.At() != shell.Review {
		t.Errorf("it leads to %s", r.At())
	}
}
