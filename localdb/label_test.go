package localdb

import (
	"slices"
	"testing"
)

func TestLabel(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ids := add(t, d,
		Message{Text: "to review", Category: "social", Flags: Mislabelled | PersonalDetails, Predicted: "chitchat", PredictedScore: 0.8},
		Message{Text: "rejected", Category: "social", Status: Rejected},
		Message{Text: "labelled by a person", Category: "social", LabelledBy: ByPerson, Confidence: 1},
	)
	if n, err := d.Label(t.Context(), ids, "chitchat", nil); err != nil || n != 3 {
		t.Fatalf("labelled %d: %v", n, err)
	}
	status := []Status{Accepted, Rejected, Accepted}
	for i, m := range all(t, d, Filter{}) {
		if m.Category != "chitchat" || m.LabelledBy != ByPerson || m.Confidence != 1 || m.Status != status[i] {
			t.Errorf("message %d is %+v", i, m)
		}
		if m.Predicted != "" || m.Flags&Mislabelled != 0 {
			t.Errorf("the check's verdict on message %d is not settled: %+v", i, m)
		}
	}
	if title, err := d.Undo(t.Context(), nil); err != nil || title.String() != "Label 3 messages as chitchat" {
		t.Fatalf("undone %q: %v", title, err)
	}
	m := all(t, d, Filter{})[0]
	if m.Category != "social" || m.Status != ToReview || m.Predicted != "chitchat" || m.Flags != Mislabelled|PersonalDetails {
		t.Errorf("after undo the message is %+v", m)
	}
	if _, err := d.Label(t.Context(), ids, "no such category", nil); err == nil {
		t.Error("labelled with a category that is not there")
	}
	if n, err := d.Label(t.Context(), ids[:1], "", nil); err != nil || n != 1 || all(t, d, Filter{})[0].Category != "" {
		t.Errorf("taking the label off changed %d: %v", n, err)
	}
}

func TestCopies(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ids := add(t, d,
		Message{Text: "I like my job"},
		Message{Text: "I like my job!", NearID: 1, Flags: NearDuplicate},
		Message{Text: "Same words", Category: "social", Flags: TwoCategories},
		Message{Text: "same words", Category: "chitchat", Flags: TwoCategories},
		Message{Text: "Not the same words at all"},
	)
	for i, want := range [][]int64{nil, {ids[0]}, {ids[3]}, {ids[2]}, nil} {
		m, err := d.Message(t.Context(), ids[i])
		if err != nil {
			t.Fatal(err)
		}
		copies, err := d.Copies(t.Context(), m)
		if err != nil {
			t.Fatal(err)
		}
		var found []int64
		for _, c := range copies {
			found = append(found, c.ID)
		}
		if !slices.Equal(found, want) {
			t.Errorf("%q repeats %v, want %v", m.Text, found, want)
		}
	}
	if _, err := d.Delete(t.Context(), ids[:1], nil); err != nil {
		t.Fatal(err)
	}
	m, err := d.Message(t.Context(), ids[1])
	if err != nil {
		t.Fatal(err)
	}
	if copies, err := d.Copies(t.Context(), m); err != nil || len(copies) > 0 {
		t.Errorf("a copy of a deleted message repeats %v: %v", copies, err)
	}
}

func TestViewAsGiven(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ids := add(t, d, textsOf("one", "two", "three", "four")...)
	given := Filter{IDs: []int64{ids[3], 999, ids[0], ids[2]}, Queue: Queue{Kind: AsGiven}}
	if got := view(t, d, given, Sort{}); !slices.Equal(got, []string{"four", "one", "three"}) {
		t.Errorf("the view is %v", got)
	}
	given.Search = "o"
	if got := view(t, d, given, Sort{}); !slices.Equal(got, []string{"four", "one"}) {
		t.Errorf("the view of a search is %v", got)
	}
}

func TestAMachineTakesItsLabelBack(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ctx := t.Context()
	ids := add(t, d,
		Message{Text: "by the check", Category: "social", Confidence: 0.6, LabelledBy: ByCheck},
		Message{Text: "by a person", Category: "social", Confidence: 1, LabelledBy: ByPerson})
	n, err := d.NewLabelling(ByCheck).Store(ctx, []MachineLabel{{ID: ids[0]}, {ID: ids[1]}})
	if err != nil || n != 1 {
		t.Fatalf("%d changed, %v", n, err)
	}
	if m, _ := d.Message(ctx, ids[0]); m.Category != "" || m.LabelledBy != Nobody {
		t.Errorf("%+v", m)
	}
	if m, _ := d.Message(ctx, ids[1]); m.Category != "social" || m.LabelledBy != ByPerson {
		t.Errorf("%+v", m)
	}
}
