package localdb

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
)

// TestChangesOfManyTellAndStop stops each change of many messages half-way, which
// leaves nothing behind, and then lets it go through, which tells how far it is.
func TestChangesOfManyTellAndStop(t *testing.T) {
	t.Parallel()
	const many = changedAtOnce + 1
	d := newDataset(t)
	messages := make([]Message, many)
	for i := range messages {
		messages[i].Text = fmt.Sprint("message ", i)
	}
	ids := add(t, d, messages...)
	slices.Reverse(ids) // in whatever order the grid gives them
	for _, c := range []struct {
		name string
		do   func(ctx context.Context, report Report) error
	}{
		{"accept", func(ctx context.Context, report Report) error {
			_, err := d.SetStatus(ctx, ids, Accepted, report)
			return err
		}},
		{"label", func(ctx context.Context, report Report) error {
			_, err := d.Label(ctx, ids, "social", report)
			return err
		}},
		{"undo the labels", func(ctx context.Context, report Report) error { _, err := d.Undo(ctx, report); return err }},
		{"redo the labels", func(ctx context.Context, report Report) error { _, err := d.Redo(ctx, report); return err }},
		{"delete", func(ctx context.Context, report Report) error { _, err := d.Delete(ctx, ids, report); return err }},
		{"undo the deletion", func(ctx context.Context, report Report) error { _, err := d.Undo(ctx, report); return err }},
	} {
		before := stateOf(t, d)
		ctx, stop := context.WithCancel(t.Context())
		err := c.do(ctx, func(done, _ int) {
			if done > 0 {
				stop()
			}
		})
		stop()
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("%s, stopped: %v", c.name, err)
		}
		if after := stateOf(t, d); after != before {
			t.Fatalf("%s, stopped, left\n%s\nwhere there was\n%s", c.name, after, before)
		}
		var told []string
		err = c.do(t.Context(), func(done, total int) { told = append(told, fmt.Sprint(done, "/", total)) })
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if len(told) != 3 || told[0] != fmt.Sprint("0/", many) || told[2] != fmt.Sprintf("%[1]d/%[1]d", many) {
			t.Errorf("%s tells %v", c.name, told)
		}
		if stateOf(t, d) == before {
			t.Errorf("%s changed nothing", c.name)
		}
	}
}

// stateOf says how a dataset of many messages stands.
func stateOf(t *testing.T, d *Dataset) string {
	t.Helper()
	counts, err := d.Counts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	undo, _, _ := d.CanUndo(t.Context())
	redo, _, _ := d.CanRedo(t.Context())
	return fmt.Sprintf("%v, undo %q, redo %q", counts, undo, redo)
}

func TestChangesOfFewTellNothing(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ids := add(t, d, Message{Text: "one"}, Message{Text: "two"})
	report := func(done, total int) { t.Errorf("told %d of %d", done, total) }
	if n, err := d.SetStatus(t.Context(), ids, Accepted, report); err != nil || n != 2 {
		t.Fatal(n, err)
	}
	if _, err := d.Undo(t.Context(), report); err != nil {
		t.Fatal(err)
	}
}
