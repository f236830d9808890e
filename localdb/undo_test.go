package localdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"seedbed/assets/i18n"
)

// randomChange makes one change of the kind that a person makes. Some change nothing
// and some are refused; both must leave no trace.
func randomChange(t *testing.T, d *Dataset, random *rand.Rand) {
	t.Helper()
	ctx := t.Context()
	categories, err := d.Categories(ctx)
	if err != nil {
		t.Fatal(err)
	}
	category := func() Category { return categories[random.IntN(len(categories))] }
	var ids []int64
	for _, m := range all(t, d, Filter{}) {
		if random.IntN(3) == 0 {
			ids = append(ids, m.ID)
		}
	}
	switch random.IntN(13) {
	case 0, 1:
		messages := make([]Message, 1+random.IntN(8))
		for i := range messages {
			messages[i] = randomMessage(random)
			messages[i].Category = "" // the test renames categories
			messages[i].Confidence = 0
		}
		_, err = d.Add(ctx, i18n.T("Import a file"), messages)
	case 2:
		if len(ids) > 0 {
			err = d.SetText(ctx, ids[0], randomMessage(random).Text)
		}
	case 3:
		_, err = d.Relabel(ctx, ids, category().Name, ByPerson, 1, nil)
	case 4:
		_, err = d.Relabel(ctx, ids, category().Name, ByCheck, random.Float64(), nil)
	case 5:
		_, err = d.Relabel(ctx, ids, "", ByPerson, 0, nil)
	case 6:
		_, err = d.SetStatus(ctx, ids, Status(random.IntN(3)), nil)
	case 7:
		err = setFlags(ctx, d, i18n.T("Flag messages"), ids, Flag(random.IntN(16)), Flag(random.IntN(16)))
	case 8:
		_, err = d.Delete(ctx, ids[:len(ids)/4], nil)
	case 9:
		_, err = d.AddCategory(ctx, Category{Name: fmt.Sprint("new ", random.IntN(1000))})
	case 10:
		if from, into := category(), category(); len(categories) > 2 && from.ID != into.ID {
			_, err = d.MergeCategories(ctx, from.Name, into.Name, nil)
		}
	case 11:
		switch random.IntN(3) {
		case 0:
			err = d.RenameCategory(ctx, category().ID, fmt.Sprint("renamed ", random.IntN(1000)))
		case 1:
			err = d.ArchiveCategory(ctx, category().ID, random.IntN(2) == 0)
		case 2:
			c := category()
			c.Is, c.Target, c.Examples, c.Position = "something else", random.IntN(100), []string{"é"}, random.IntN(9)
			err = d.UpdateCategory(ctx, c)
		}
	case 12:
		if random.IntN(2) == 0 {
			_, err = d.AddPassages(ctx, []Passage{{Origin: "folder", Title: "A", Text: "text"}, {Text: "more"}})
		} else {
			err = d.ClearPassages(ctx)
		}
	}
	if err != nil {
		t.Logf("refused: %v", err)
	}
}

// However a dataset was changed, undoing all brings back each state that it was in,
// redoing all does too, and closing it in between makes no difference.
func TestUndoAndRedoAnything(t *testing.T) {
	t.Parallel()
	seeds := uint64(3)
	if testing.Short() {
		seeds = 1
	}
	for seed := range seeds {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 1))
			d := newDataset(t)
			if _, err := d.View(t.Context(), Filter{Search: "x"}, Sort{By: ByText}); err != nil { // so that the index is there to be kept right
				t.Fatal(err)
			}
			states, titles := []string{dump(t, d)}, []string{""}
			for range 40 {
				randomChange(t, d, random)
				if state := dump(t, d); state != states[len(states)-1] {
					title, ok, _ := d.CanUndo(t.Context())
					if !ok {
						t.Fatal("a change can't be undone")
					}
					states, titles = append(states, state), append(titles, title.String())
				}
			}
			for range 2 {
				for at := len(states) - 1; at > 0; at-- {
					if title, err := d.Undo(t.Context(), nil); err != nil || title.String() != titles[at] {
						t.Fatalf("undo %d: %q, %v, want %q", at, title, err, titles[at])
					}
					if got := dump(t, d); got != states[at-1] {
						t.Fatalf("undoing %q left\n%s\nwant\n%s", titles[at], got, states[at-1])
					}
					checkViews(t, d, random)
				}
				if _, err := d.Undo(t.Context(), nil); !errors.Is(err, ErrNothingToUndo) {
					t.Fatalf("undo at the end: %v", err)
				}
				d = reopen(t, d)
				for at := 1; at < len(states); at++ {
					if title, err := d.Redo(t.Context(), nil); err != nil || title.String() != titles[at] {
						t.Fatalf("redo %d: %q, %v, want %q", at, title, err, titles[at])
					}
					if got := dump(t, d); got != states[at] {
						t.Fatalf("redoing %q left\n%s\nwant\n%s", titles[at], got, states[at])
					}
					if at%10 == 0 {
						d = reopen(t, d)
					}
					checkViews(t, d, random)
				}
				if _, err := d.Redo(t.Context(), nil); !errors.Is(err, ErrNothingToRedo) {
					t.Fatalf("redo at the end: %v", err)
				}
			}
		})
	}
}

func TestTitles(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ctx := t.Context()
	ids := add(t, d, textsOf("a", "b", "c")...)
	for _, c := range []struct {
		change func() error
		want   string
	}{
		{func() error { _, err := d.Relabel(ctx, ids, "social", ByPerson, 1, nil); return err }, "Relabel 3 messages to social"},
		{func() error { _, err := d.Relabel(ctx, ids[:1], "", ByPerson, 1, nil); return err }, "Take the label off 1 message"},
		{func() error { _, err := d.SetStatus(ctx, ids, Accepted, nil); return err }, "Accept 3 messages"},
		{func() error { _, err := d.SetStatus(ctx, ids, Accepted, nil); return err }, "Accept 3 messages"}, // changes nothing, so that is no second entry
		{func() error { _, err := d.Delete(ctx, append(ids, 99), nil); return err }, "Delete 3 messages"},
	} {
		if err := c.change(); err != nil {
			t.Fatal(err)
		}
		if title, _, _ := d.CanUndo(ctx); title.String() != c.want {
			t.Errorf("undo is called %q, want %q", title, c.want)
		}
	}
	for range 4 {
		if _, err := d.Undo(ctx, nil); err != nil {
			t.Fatal(err)
		}
	}
	if title, _, _ := d.CanUndo(ctx); title.String() != "Add messages" {
		t.Errorf("four changes were undone, and %q is next", title)
	}
}

func TestANewChangeForgetsWhatCouldBeRedone(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ctx := t.Context()
	ids := add(t, d, textsOf("a", "b")...)
	if _, err := d.Delete(ctx, ids, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Undo(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := d.SetStatus(ctx, ids, ToReview, nil); err != nil { // they are, so this changes nothing
		t.Fatal(err)
	}
	if title, ok, _ := d.CanRedo(ctx); !ok {
		t.Fatalf("a change of nothing forgot what could be redone: %q", title)
	}
	if _, err := d.SetStatus(ctx, ids, Accepted, nil); err != nil {
		t.Fatal(err)
	}
	if title, ok, _ := d.CanRedo(ctx); ok {
		t.Fatalf("it still offers to redo %q", title)
	}
}

// A machine's work between two changes of a person neither gets lost by undoing nor
// stands in its way.
func TestUndoLeavesOtherColumnsAlone(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ctx := t.Context()
	ids := add(t, d, textsOf("a")...)
	if _, err := d.SetStatus(ctx, ids, Accepted, nil); err != nil {
		t.Fatal(err)
	}
	if err := setFlags(ctx, d, notUndoable, ids, NearDuplicate, 0); err != nil {
		t.Fatal(err)
	}
	if title, err := d.Undo(ctx, nil); err != nil || title.String() != "Accept 1 message" {
		t.Fatal(title, err)
	}
	if m, err := d.Message(ctx, ids[0]); err != nil || m.Status != ToReview || m.Flags != NearDuplicate {
		t.Fatalf("got %+v, %v", m, err)
	}
}

func TestAMachineNeverOverwritesAPerson(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ids := add(t, d, textsOf("a", "b")...)
	if _, err := d.Relabel(t.Context(), ids[:1], "social", ByPerson, 1, nil); err != nil {
		t.Fatal(err)
	}
	for _, machine := range []LabelledBy{ByWriter, ByFile, ByCheck, ByModel} {
		if _, err := d.Relabel(t.Context(), ids, "chitchat", machine, 0.9, nil); err != nil {
			t.Fatal(err)
		}
	}
	got := all(t, d, Filter{})
	if got[0].Category != "social" || got[0].LabelledBy != ByPerson || got[1].Category != "chitchat" || got[1].LabelledBy != ByModel {
		t.Fatalf("got %+v", got)
	}
}

func TestUndoingACategoryInUse(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ctx := t.Context()
	if _, err := d.AddCategory(ctx, Category{Name: "new"}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Add(ctx, notUndoable, []Message{{Text: "a", Category: "new", Confidence: 1}}); err != nil {
		t.Fatal(err)
	}
	before := dump(t, d)
	if _, err := d.Undo(ctx, nil); err == nil {
		t.Fatal("a category went away under its messages")
	}
	if after := dump(t, d); after != before {
		t.Fatalf("the failed undo left\n%s", after)
	}
}

// The log keeps a bounded number of changes, and deleted messages go for good only
// once it can't bring them back.
func TestTheLogIsBounded(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ctx := t.Context()
	ids := add(t, d, textsOf("gone", "kept", "deleted late")...)
	if _, err := d.Delete(ctx, ids[:1], nil); err != nil {
		t.Fatal(err)
	}
	for i := range keptChanges - 1 {
		if _, err := d.SetStatus(ctx, ids[1:2], Status(1+i%2), nil); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Delete(ctx, ids[2:], nil); err != nil {
		t.Fatal(err)
	}
	if got := rowsInFile(t, d); got != 3 {
		t.Fatalf("%d messages are in the file before closing, want 3", got)
	}
	d = reopen(t, d)
	if got := rowsInFile(t, d); got != 2 {
		t.Fatalf("%d messages are in the file, want 2", got)
	}
	undone := 0
	for ; ; undone++ {
		if _, err := d.Undo(ctx, nil); err != nil {
			break
		}
	}
	if undone != keptChanges {
		t.Fatalf("%d changes could be undone, want %d", undone, keptChanges)
	}
	if got := all(t, d, Filter{}); len(got) != 2 || got[0].Text != "kept" || got[1].Text != "deleted late" {
		t.Fatalf("got %v", got)
	}
	// The newest message was deleted and is forgotten, yet its id is not used again.
	if _, err := d.Delete(ctx, ids[2:], nil); err != nil {
		t.Fatal(err)
	}
	if _, err := d.writer.Exec(`DELETE FROM undo_entries`); err != nil {
		t.Fatal(err)
	}
	d = reopen(t, d)
	if next := add(t, d, textsOf("new")...)[0]; next <= ids[2] {
		t.Fatalf("message %d got an id that was in use", next)
	}
}

func rowsInFile(t *testing.T, d *Dataset) (n int) {
	t.Helper()
	if err := d.reader.QueryRowContext(context.Background(), `SELECT count(*) FROM messages`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// Undo reads all messages only where it takes a category away, and none at all while
// no category is deleted.
func TestUndoDoesNotReadAllMessages(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	for query, scans := range map[string]bool{changedInDeletedCategory: false, anyInDeletedCategory: true} {
		rows, err := d.reader.QueryContext(t.Context(), `EXPLAIN QUERY PLAN `+query, sql.Named("ids", "[1]"))
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		plan := ""
		for rows.Next() {
			var step string
			if err := rows.Scan(new(int), new(int), new(int), &step); err != nil {
				t.Fatal(err)
			}
			plan += step + "\n"
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(plan, "SCAN m\n") != scans {
			t.Errorf("the plan of %s is\n%s", query, plan)
		}
	}
	ids := add(t, d, textsOf("a", "b")...)
	if _, err := d.SetStatus(t.Context(), ids, Accepted, nil); err != nil {
		t.Fatal(err)
	}
	// A message of a deleted category, as no change can make it: only what reads all
	// messages comes across it.
	if _, err := d.AddCategory(t.Context(), Category{Name: "odd"}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Add(t.Context(), notUndoable, []Message{{Text: "c", Category: "odd"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.writer.Exec(`UPDATE categories SET deleted = 1 WHERE name = 'odd'; DELETE FROM undo_entries WHERE title LIKE '%category%'`); err != nil {
		t.Fatal(err)
	}
	if title, err := d.Undo(t.Context(), nil); err != nil {
		t.Errorf("undoing %q read all messages: %v", title, err)
	}
}

func TestUndoIsNotOfferedInSilenceWhereTheFileFails(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	add(t, d, textsOf("a")...)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if title, ok, err := d.CanUndo(ctx); ok || !errors.Is(err, context.Canceled) {
		t.Errorf("undo: %q, %v, %v", title, ok, err)
	}
	if title, ok, err := d.CanRedo(ctx); ok || !errors.Is(err, context.Canceled) {
		t.Errorf("redo: %q, %v, %v", title, ok, err)
	}
	if title, ok, err := d.CanRedo(t.Context()); ok || err != nil {
		t.Errorf("redo of nothing: %q, %v, %v", title, ok, err)
	}
}
