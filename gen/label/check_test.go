package label

import (
	"strings"
	"testing"

	"seedbed/assets/i18n"
	"seedbed/gen/gentest"
	"seedbed/gen/scheduler"
	"seedbed/localdb"
)

func TestTheCheckLabels(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	ctx := t.Context()
	ids := unlabelled(t, d, 3)
	if _, err := WithCheck(ctx, d, nil, Options{}); err == nil || !strings.Contains(err.Error(), "label some messages by hand") {
		t.Errorf("with nothing to learn from: %v", err)
	}
	gentest.AddClearMessages(t, d, 30)
	texts := map[string]string{
		"my colleague and my mentor and my friends": "social", "anxious and crying and ashamed": "emotional", "thanks bye lol": "chitchat",
	}
	var list []localdb.Message
	for text := range texts {
		list = append(list, localdb.Message{Text: text, Source: localdb.Real})
	}
	added, err := d.Add(ctx, i18n.T("Merge"), list)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Label(ctx, ids[:1], "learning", nil); err != nil {
		t.Fatal(err)
	}
	r, err := WithCheck(ctx, d, nil, Options{})
	if err != nil || r.Messages != 5 || r.Labelled != 5 || r.State != scheduler.Done || *r.CostUSD != 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	for _, m := range gentest.Messages(t, d, localdb.Filter{IDs: added}) {
		if m.Category != texts[m.Text] || m.LabelledBy != localdb.ByCheck || m.Confidence <= 0 || m.Confidence > 1 || m.Uncertainty < 0 || m.Uncertainty > 0.5 {
			t.Errorf("%+v", m)
		}
	}
	if m, _ := d.Message(ctx, ids[0]); m.Category != "learning" || m.LabelledBy != localdb.ByPerson {
		t.Errorf("a person's label became %+v", m)
	}
	// A second time there is nothing to do, unless it is asked for.
	if r, err := WithCheck(ctx, d, nil, Options{}); err != nil || r.Messages != 0 {
		t.Errorf("%+v, %v", r, err)
	}
	if _, err := d.SetStatus(ctx, added[:1], localdb.Accepted, nil); err != nil {
		t.Fatal(err)
	}
	if r, err := WithCheck(ctx, d, nil, Options{Again: true}); err != nil || r.Messages != 4 {
		t.Errorf("again: %+v, %v", r, err)
	}
	if r, err := WithCheck(ctx, d, nil, Options{Again: true, IDs: ids}); err != nil || r.Messages != 2 {
		t.Errorf("some again: %+v, %v", r, err)
	}
}

func TestASingleMessageOfACategoryIsNotLearned(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	ctx := t.Context()
	_, err := d.Add(ctx, i18n.T("Add"), []localdb.Message{
		{Text: "hello there", Category: "chitchat", Confidence: 1},
		{Text: "thanks a lot", Category: "chitchat", Confidence: 1},
		{Text: "my manager and me", Category: "social", Confidence: 1},
		{Text: "my colleague and me", Category: "social", Confidence: 1},
		{Text: "all alone", Category: "emotional", Confidence: 1},
		{Text: "hello and thanks"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if r, err := WithCheck(ctx, d, nil, Options{}); err != nil || r.Labelled != 1 || r.PerCategory["emotional"] != 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestOutOfScopeMessagesStayWithoutALabel(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	ctx := t.Context()
	gentest.AddClearMessages(t, d, 30)
	added, err := d.Add(ctx, i18n.T("Merge"), []localdb.Message{
		{Text: "my colleague and my mentor and my friends"},
		{Text: "anxious and crying and ashamed"},
		{Text: "how many kilometres to the petrol station"},
		{Text: "descale the espresso machine"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if r, err := WithCheck(ctx, d, nil, Options{}); err != nil || r.Labelled != 4 || r.OutOfScope != 0 {
		t.Fatalf("without the option: %+v, %v", r, err)
	}
	r, err := WithCheck(ctx, d, nil, Options{Again: true, IDs: added, LeaveOutOfScope: true})
	if err != nil || r.Messages != 4 || r.Labelled != 2 || r.Unlabelled != 2 || r.OutOfScope != 2 ||
		r.Summary.String() != "2 of 4 messages are labelled; the other 2 seem to belong to none of the categories and have no label. Look at the doubtful ones first." {
		t.Fatalf("%+v, %v: %s", r, err, r.Summary)
	}
	for i, m := range gentest.Messages(t, d, localdb.Filter{IDs: added}) {
		if (m.Category == "") != (i >= 2) || (m.LabelledBy == localdb.Nobody) != (i >= 2) {
			t.Errorf("%+v", m)
		}
	}
	for range 2 { // both labellings can be taken back
		if _, err := d.Undo(ctx, nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range gentest.Messages(t, d, localdb.Filter{IDs: added}) {
		if m.Category != "" {
			t.Errorf("after undo: %+v", m)
		}
	}
}
