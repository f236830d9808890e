package overview

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"seedbed/assets/i18n"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
)

func open(t *testing.T, messages ...localdb.Message) (*shelltest.Window, *page) {
	t.Helper()
	return shelltest.OpenPage(t, newPage, (*page).declare, messages...)
}

func TestOverviewOfAnEmptyDataset(t *testing.T) {
	w, _ := open(t)
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
	w, _ := open(t, messages...)
	w.Sees("120 · 30 still to review", "120 generated (synthetic), 0 by real people", "1 near-duplicate", "30 / 80", "is short by")
	w.Sees("Factual question is short by 100", "Generate 100 more")
	w.Tap("Generate 100 more")
	if w.At() != shell.Generate || len(w.Planned) != 1 || w.Planned[0].Total() != 100 || w.Planned[0].Of("rag_query") != 100 {
		t.Errorf("the plan is %+v", w.Planned)
	}
}

func TestOverviewAndTheStatusBarCountAlike(t *testing.T) {
	messages := shelltest.Messages(40)
	for i := range 4 {
		messages[i].Status = localdb.Rejected
	}
	w, _ := open(t, messages...)
	w.Sees("36 · 0 still to review, 4 rejected", "36 messages and 4 rejected")
}

func TestOverviewFollowsTheDataset(t *testing.T) {
	w, p := open(t, shelltest.Messages(40)...)
	w.Sees("40 · 0 still to review", "Ready to export")
	if _, err := w.Dataset().Add(context.Background(), i18n.T("Add"), []localdb.Message{{Text: "one more of these", Category: "social"}}); err != nil {
		t.Fatal(err)
	}
	w.Until("the new message is counted", func() bool { return strings.Contains(w.Words(), "41 messages") })
	w.Until("the overview says so", func() bool { return p.messages.Text() == "41 · 1 still to review" })
}

func TestVarietyFallsWithRepetition(t *testing.T) {
	variety := func(messages ...localdb.Message) string {
		_, p := open(t, messages...)
		return p.variety.Text()
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

func TestOverviewOffersWhatBelongsNowhere(t *testing.T) {
	messages := shelltest.Messages(320)
	for i := range 4 {
		messages[i].Flags = localdb.OutOfScope
	}
	messages[3].Status = localdb.Rejected
	for _, name := range []string{"rag_query", "psychological", "aspirational", "chitchat"} { // no category is short
		for range 100 {
			messages = append(messages, localdb.Message{Text: name + strconv.Itoa(len(messages)), Category: name, Confidence: 1, Status: localdb.Accepted})
		}
	}
	w, _ := open(t, messages...)
	w.Sees("3 messages look as if they belonged to no category")
	w.Tap("Review them")
	if w.At() != shell.Review || w.Reviewed[0].Flags != localdb.OutOfScope {
		t.Errorf("it leads to %s with %+v", w.At(), w.Reviewed)
	}
}
