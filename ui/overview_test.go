package ui

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
)

func TestOverviewOfAnEmptyDataset(t *testing.T) {
	w := newTestApp(t)
	w.Open()
	w.Sees("This dataset is empty", "0 / 100", "not checked yet", "Save a copy…", "Close")
	w.Tap("Generate messages")
	if w.At() != shell.Generate {
		t.Error("the button does not lead to Generate")
	}
}

func TestOverviewSaysWhereItStands(t *testing.T) {
	messages := shelltest.Messages(120)
	for i := range 30 {
		messages[i].Status = localdb.ToReview
	}
	messages[3].Flags = localdb.NearDuplicate
	w := newTestApp(t)
	w.Open(messages...)
	w.Sees("120 · 30 still to review", "120 synthetic, 0 real", "1 near-duplicates", "30 / 80", "is short by")
	w.Sees("rag_query is short by 100", "Generate 100 more")
	w.Tap("Generate 100 more")
	p := w.object().(*generatePage)
	if plan, ok := p.plan(); !ok || plan.Total() != 100 || plan.Of("rag_query") != 100 {
		t.Errorf("the plan is %+v", plan)
	}
}

func TestOverviewFollowsTheDataset(t *testing.T) {
	w := newTestApp(t)
	w.Open(shelltest.Messages(40)...)
	w.Sees("40 · 0 still to review", "Ready to export")
	if _, err := w.Dataset().Add(context.Background(), "Add", []localdb.Message{{Text: "one more of these", Category: "social"}}); err != nil {
		t.Fatal(err)
	}
	w.Until("the new message is counted", func() bool { return strings.Contains(w.Words(), "41 messages") })
	w.Until("the overview says so", func() bool { return w.object().(*overview).messages.Text() == "41 · 1 still to review" })
}

func TestVarietyFallsWithRepetition(t *testing.T) {
	variety := func(messages ...localdb.Message) string {
		w := newTestApp(t)
		w.Open(messages...)
		return w.object().(*overview).variety.Text()
	}
	same := []localdb.Message{{Text: "tell me more about it please", Category: "social"}, {Text: "now tell me more about that", Category: "social"}}
	if got := variety(same...); got != "0.00 · no near-duplicates" {
		t.Errorf("two of a kind: %s", got)
	}
	other := []localdb.Message{{Text: "tell me more about it please", Category: "social"}, {Text: "the bus never comes on sundays", Category: "social"}}
	if got := variety(other...); got != "1.00 · no near-duplicates" {
		t.Errorf("two of two kinds: %s", got)
	}
}

func TestUndoFromAnyPage(t *testing.T) {
	w := newTestApp(t)
	w.Open(shelltest.Messages(4)...)
	if _, err := w.Dataset().Delete(context.Background(), []int64{1, 2}); err != nil {
		t.Fatal(err)
	}
	w.Key(fyne.KeyZ)
	if n := w.Count(localdb.Filter{}); n != 4 {
		t.Errorf("%d messages after undo", n)
	}
	w.Sees("Undone:")
	w.Key(fyne.KeyZ, fyne.KeyModifierShift)
	if n := w.Count(localdb.Filter{}); n != 2 {
		t.Errorf("%d messages after redo", n)
	}
}

func TestEveryPageByItsKey(t *testing.T) {
	w := newTestApp(t)
	w.Open(shelltest.Messages(20)...)
	for i, p := range w.Pages() {
		w.Key(fyne.KeyName(rune('1' + i)))
		if w.Page() != p {
			t.Errorf("Ctrl+%d goes to %s, not to %s", i+1, w.At(), p.ID)
		}
	}
}
