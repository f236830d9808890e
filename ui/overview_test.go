package ui

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"seedbed/assets/i18n"
	"seedbed/localdb"
)

func TestOverviewOfAnEmptyDataset(t *testing.T) {
	w := newTestApp(t)
	w.open()
	w.sees("This dataset is empty", "0 / 100", "not checked yet", "Save a copy…", "Close")
	w.tap("Generate messages")
	if w.shell.at.id != atGenerate {
		t.Error("the button does not lead to Generate")
	}
}

func TestOverviewSaysWhereItStands(t *testing.T) {
	messages := some(120)
	for i := range 30 {
		messages[i].Status = localdb.ToReview
	}
	messages[3].Flags = localdb.NearDuplicate
	w := newTestApp(t)
	w.open(messages...)
	w.sees("120 · 30 still to review", "120 synthetic, 0 real", "1 near-duplicates", "30 / 80", "is short by")
	w.sees("rag_query is short by 100", "Generate 100 more")
	w.tap("Generate 100 more")
	p := w.shell.at.page.(*generatePage)
	if plan, ok := p.plan(); !ok || plan.Total() != 100 || plan.Of("rag_query") != 100 {
		t.Errorf("the plan is %+v", plan)
	}
}

func TestOverviewFollowsTheDataset(t *testing.T) {
	w := newTestApp(t)
	w.open(some(40)...)
	w.sees("40 · 0 still to review", "Ready to export")
	if _, err := w.data.Add(context.Background(), i18n.T("Add"), []localdb.Message{{Text: "one more of these", Category: "social"}}); err != nil {
		t.Fatal(err)
	}
	w.until("the new message is counted", func() bool { return w.shell.status.count.Text() == "41 messages" })
	w.until("the overview says so", func() bool { return w.shell.at.page.(*overview).messages.Text() == "41 · 1 still to review" })
}

func TestVarietyFallsWithRepetition(t *testing.T) {
	variety := func(messages ...localdb.Message) string {
		w := newTestApp(t)
		w.open(messages...)
		return w.shell.at.page.(*overview).variety.Text()
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
	w.open(some(4)...)
	if _, err := w.data.Delete(context.Background(), []int64{1, 2}); err != nil {
		t.Fatal(err)
	}
	w.key(fyne.KeyZ)
	if n := w.count(localdb.Filter{}); n != 4 {
		t.Errorf("%d messages after undo", n)
	}
	w.sees("Undone:")
	w.key(fyne.KeyZ, fyne.KeyModifierShift)
	if n := w.count(localdb.Filter{}); n != 2 {
		t.Errorf("%d messages after redo", n)
	}
}

func TestEveryPageByItsKey(t *testing.T) {
	w := newTestApp(t)
	w.open(some(20)...)
	for i, p := range w.shell.places {
		w.key(fyne.KeyName(rune('1' + i)))
		if w.shell.at != p {
			t.Errorf("Ctrl+%d goes to %s, not to %s", i+1, w.shell.at.id, p.id)
		}
	}
}
