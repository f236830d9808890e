package localdb

import "testing"

func TestSmoke(t *testing.T) {
	d := newDataset(t)
	ctx := t.Context()
	ids := add(t, d, Message{Text: "hello", Category: "social", Confidence: 0.5}, Message{Text: "there"})
	n, err := d.Relabel(ctx, ids, "chitchat", ByPerson, 1)
	t.Log(n, err)
	for m, err := range d.Messages(ctx, Filter{}) {
		t.Log(m, err)
	}
	t.Log(d.Undo(ctx))
	for m, err := range d.Messages(ctx, Filter{Categories: []string{"social"}}) {
		t.Log(m, err)
	}
	t.Log(d.Redo(ctx))
	t.Log(d.MergeCategories(ctx, "chitchat", "social"))
	t.Log(d.Delete(ctx, ids[:1]))
	t.Log(d.Undo(ctx))
	t.Log(d.Undo(ctx))
	t.Log(d.Undo(ctx))
	t.Log(d.Undo(ctx))
	t.Log(d.Undo(ctx))
	for m, err := range d.Messages(ctx, Filter{}) {
		t.Log(m, err)
	}
	t.Log(d.Redo(ctx))
	t.Log(d.Redo(ctx))
	t.Log(d.Redo(ctx))
	t.Log(d.Redo(ctx))
	t.Log(d.Redo(ctx))
	for m, err := range d.Messages(ctx, Filter{}) {
		t.Log(m, err)
	}
}
