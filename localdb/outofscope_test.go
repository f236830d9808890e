package localdb

import (
	"encoding/json"
	"testing"
)

func TestTheFlagsFollowTheThreshold(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ctx := t.Context()
	ids := add(t, d,
		Message{Text: "a", Category: "social", Confidence: 1},
		Message{Text: "b", Category: "social", Confidence: 1},
		Message{Text: "c", Category: "social", Confidence: 1},
		Message{Text: "d", Category: "social", Confidence: 1},
		Message{Text: "e", Category: "social", Confidence: 1})
	const threshold = 0.5
	var predictions []Prediction
	for i, score := range []float64{0.1, 0.4, 0.6, 0.8, 0.9} {
		predictions = append(predictions, Prediction{ID: ids[i], Category: "social", Predicted: "social", Score: 1, OutOfScope: score, Foreign: score > threshold})
	}
	check, err := d.StoreCheck(ctx, json.RawMessage(`{}`), predictions)
	if err != nil {
		t.Fatal(err)
	}
	// A person has looked at one, and gave another a new category.
	if _, err := d.Label(ctx, ids[4:], "social", nil); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Label(ctx, ids[1:2], "chitchat", nil); err != nil {
		t.Fatal(err)
	}
	flagged := func() (texts string) {
		for m, err := range d.Messages(ctx, Filter{Flags: OutOfScope}) {
			if err != nil {
				t.Fatal(err)
			}
			texts += m.Text
		}
		view, err := d.View(ctx, Filter{Flags: OutOfScope}, Sort{})
		if err != nil || view.Len() != len(texts) {
			t.Errorf("the index has %d of %q, %v", view.Len(), texts, err)
		}
		return texts
	}
	before := threshold
	for _, step := range []struct {
		to   float64
		want string
	}{{0.7, "d"}, {0.5, "cd"}, {0.05, "acd"}, {0.85, ""}} {
		if err := d.FlagOutOfScope(ctx, check.ID, before, step.to, "kept", "x"); err != nil {
			t.Fatal(err)
		}
		if got := flagged(); got != step.want {
			t.Errorf("from %v to %v: %q are flagged, want %q", before, step.to, got, step.want)
		}
		before = step.to
	}
	if value, err := d.Setting(ctx, "kept"); value != "x" || err != nil {
		t.Errorf("the setting is %q, %v", value, err)
	}
	if title, _, _ := d.CanUndo(ctx); title.String() != "Label 1 message as chitchat" {
		t.Errorf("undo would take back %q", title)
	}
}
