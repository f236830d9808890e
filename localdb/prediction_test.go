package localdb

import (
	"encoding/json"
	"slices"
	"testing"
)

func TestACheckMarksWhatItDoubts(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ctx := t.Context()
	ids := add(t, d,
		Message{Text: "a", Category: "social", Confidence: 1},
		Message{Text: "b", Category: "social", Confidence: 1},
		Message{Text: "c", Category: "social", Confidence: 1, Flags: PersonalDetails},
		Message{Text: "d", Category: "social", Confidence: 1})
	suspects := func() []string {
		return view(t, d, Filter{Flags: Mislabelled}, Sort{By: ByUncertainty, Descending: true})
	}

	_, err := d.StoreCheck(ctx, json.RawMessage(`{}`), []Prediction{
		{ID: ids[0], Category: "social", Predicted: "chitchat", Score: 0.6, Uncertainty: 0.5, Suspect: true},
		{ID: ids[1], Category: "social", Predicted: "social", Score: 0.9, Uncertainty: 0.1},
		{ID: ids[2], Category: "social", Predicted: "chitchat", Score: 0.9, Uncertainty: 0.8, Suspect: true},
		{ID: ids[3], Category: "social", Predicted: "chitchat", Score: 0.4, Uncertainty: 0.5, OutOfScope: 0.9, Foreign: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := suspects(), []string{"c", "a"}; !slices.Equal(got, want) {
		t.Fatalf("suspects are %q, want %q", got, want)
	}
	if m, _ := d.Message(ctx, ids[2]); m.Predicted != "chitchat" || m.PredictedScore != 0.9 || m.Flags != PersonalDetails|Mislabelled {
		t.Fatalf("got %+v", m)
	}
	if m, _ := d.Message(ctx, ids[1]); m.Predicted != "" || m.Uncertainty != 0.1 || m.Flags != 0 {
		t.Fatalf("it agrees with %+v", m)
	}
	if m, _ := d.Message(ctx, ids[3]); m.Predicted != "chitchat" || m.Flags != OutOfScope {
		t.Fatalf("it is not sure about %+v", m)
	}

	// A person's word settles it, and undo brings the verdict back.
	if _, err := d.Relabel(ctx, ids[2:3], "social", ByPerson, 1, nil); err != nil {
		t.Fatal(err)
	}
	if m, _ := d.Message(ctx, ids[2]); m.Predicted != "" || m.Uncertainty != 0 || m.Flags != PersonalDetails {
		t.Fatalf("after a person's label: %+v", m)
	}
	if _, err := d.Undo(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if got, want := suspects(), []string{"c", "a"}; !slices.Equal(got, want) {
		t.Fatalf("after undo, suspects are %q, want %q", got, want)
	}

	// The same goes for what seems to belong to no category, whoever labels it.
	for _, settle := range []func() error{
		func() error { _, err := d.Relabel(ctx, ids[3:], "chitchat", ByPerson, 1, nil); return err },
		func() error { _, err := d.Label(ctx, ids[3:], "social", nil); return err },
		func() error {
			_, err := d.NewLabelling(ByModel).Store(ctx, []MachineLabel{{ID: ids[3], Category: "chitchat", Confidence: 1}})
			return err
		},
		func() error { return d.SetText(ctx, ids[3], "other words") },
	} {
		if err := settle(); err != nil {
			t.Fatal(err)
		}
		if m, _ := d.Message(ctx, ids[3]); m.Flags != 0 {
			t.Fatalf("once settled: %+v", m)
		}
		if _, err := d.Undo(ctx, nil); err != nil {
			t.Fatal(err)
		}
		if m, _ := d.Message(ctx, ids[3]); m.Flags != OutOfScope {
			t.Fatalf("after undo: %+v", m)
		}
	}

	// The next check replaces the last one.
	_, err = d.StoreCheck(ctx, json.RawMessage(`{}`), []Prediction{{ID: ids[1], Category: "social", Predicted: "rag_query", Score: 0.7, Uncertainty: 0.7, Suspect: true}})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := suspects(), []string{"b"}; !slices.Equal(got, want) {
		t.Fatalf("after the next check, suspects are %q, want %q", got, want)
	}
	if m, _ := d.Message(ctx, ids[3]); m.Flags != 0 {
		t.Fatalf("after the next check: %+v", m)
	}
	if title, _, _ := d.CanUndo(ctx); title.String() != "Add messages" {
		t.Fatalf("undo would take back %q", title)
	}
}

func TestTheHistoryOfChecks(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ctx := t.Context()
	ids := add(t, d,
		Message{Text: "a", Category: "social", Confidence: 1},
		Message{Text: "b", Category: "chitchat", Confidence: 1, LabelledBy: ByCheck}, // not to be learned from
		Message{Text: "c", Category: "chitchat", Confidence: 1, Status: Rejected},
		Message{Text: "d", Category: "chitchat", Confidence: 1, LabelledBy: ByCheck, Status: Accepted},
		Message{Text: "e"})
	learned := func() (texts []string) {
		list, err := d.Learnable(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range list {
			texts = append(texts, m.Text)
		}
		return texts
	}
	if got, want := learned(), []string{"a", "d"}; !slices.Equal(got, want) {
		t.Fatalf("learned from %q, want %q", got, want)
	}
	want := []Prediction{
		{ID: ids[0], Category: "social", Predicted: "chitchat", Score: 0.75, Tested: "social", TestedScore: 0.5, OutOfScope: 0.25},
		{ID: ids[3], Category: "chitchat"},
	}
	var first Check
	for n := range checksInDetail + 1 {
		check, err := d.StoreCheck(ctx, json.RawMessage(`{"n":1}`), want)
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			first = check
		}
	}
	d = reopen(t, d)
	checks, err := d.Checks(ctx)
	if err != nil || len(checks) != checksInDetail+1 || string(checks[0].Report) != `{"n":1}` || checks[len(checks)-1].ID != first.ID {
		t.Fatalf("the history is %+v, %v", checks, err)
	}
	last := checks[0].ID
	if got, err := d.Predictions(ctx, last); err != nil || !slices.Equal(got, want) {
		t.Fatalf("got %+v, %v, want %+v", got, err, want)
	}
	if got, err := d.Predictions(ctx, first.ID); err != nil || len(got) != 0 {
		t.Fatalf("of the oldest check there is %+v, %v", got, err)
	}

	for _, step := range []struct {
		what    string
		do      func() error
		changed int
	}{
		{"nothing", func() error { return nil }, 0},
		{"a relabelled message", func() error { _, err := d.Relabel(ctx, ids[:1], "chitchat", ByPerson, 1, nil); return err }, 1},
		{"a new one as well", func() error { add(t, d, Message{Text: "f", Category: "social", Confidence: 1}); return nil }, 2},
		{"and one rejected", func() error { _, err := d.SetStatus(ctx, ids[3:4], Rejected, nil); return err }, 3},
	} {
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
		if n, err := d.ChangedSince(ctx, last); err != nil || n != step.changed {
			t.Fatalf("after %s, %d changes, %v; want %d", step.what, n, err, step.changed)
		}
	}
}

func TestKeptOutMessages(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ctx := t.Context()
	if _, err := d.AddCategory(ctx, Category{Name: "off_topic"}); err != nil { // Training is false
		t.Fatal(err)
	}
	add(t, d,
		Message{Text: "a", Category: "social", Confidence: 1},
		Message{Text: "b", Category: "off_topic", Confidence: 1},
		Message{Text: "c", Category: "off_topic", Confidence: 1, Status: Rejected},
		Message{Text: "d", Category: "off_topic", Confidence: 1, LabelledBy: ByCheck},
		Message{Text: "e"},
		Message{Text: "f", Category: "chitchat", Confidence: 1})
	kept := func() (texts []string) {
		list, err := d.KeptOut(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range list {
			texts = append(texts, m.Text)
		}
		return texts
	}
	if got, want := kept(), []string{"b"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	list, err := d.Categories(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list {
		if c.Name == "chitchat" {
			c.Archived = true
			if err := d.UpdateCategory(ctx, c); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got, want := kept(), []string{"b", "f"}; !slices.Equal(got, want) {
		t.Errorf("with an archived category: got %q, want %q", got, want)
	}
}
