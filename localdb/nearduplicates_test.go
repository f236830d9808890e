package localdb

import (
	"context"
	"errors"
	"testing"
)

func findNear(t testing.TB, d *Dataset) FlagReport {
	t.Helper()
	report, err := d.FindNearDuplicates(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestFindNearDuplicates(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ids := add(t, d,
		Message{Text: "how do I ask my manager for a higher salary"},
		Message{Text: "hello there", Category: "social", Confidence: 1, LabelledBy: ByFile},
		Message{Text: "How do I ask my manager for a higher salary?", Flags: PersonalDetails},
		Message{Text: "hello there", Category: "chitchat", Confidence: 1, LabelledBy: ByFile},
		Message{Text: "something else altogether", Flags: NearDuplicate | TwoCategories, NearID: 1},
		Message{Text: "hello there!", Status: Rejected, Flags: NearDuplicate, NearID: 2},
	)
	check := func(want FlagReport, flags ...Flag) {
		t.Helper()
		if got := findNear(t, d); got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
		for i, m := range all(t, d, Filter{}) {
			if m.Flags != flags[i] || (m.NearID != 0) != (m.Flags&NearDuplicate != 0) {
				t.Errorf("%q has the flags %d and nearly copies %d", m.Text, m.Flags, m.NearID)
			}
		}
	}
	before, _, _ := d.CanUndo(t.Context())
	check(FlagReport{NearDuplicates: 2, TwoCategories: 2, Changed: 5},
		0, TwoCategories, NearDuplicate|PersonalDetails, NearDuplicate|TwoCategories, 0, 0)
	check(FlagReport{NearDuplicates: 2, TwoCategories: 2},
		0, TwoCategories, NearDuplicate|PersonalDetails, NearDuplicate|TwoCategories, 0, 0)
	if after, _, _ := d.CanUndo(t.Context()); after.String() != before.String() {
		t.Errorf("undo would take back %q", after)
	}
	if got, err := d.View(t.Context(), Filter{Flags: NearDuplicate}, Sort{}); err != nil || got.Len() != 2 {
		t.Error("a view doesn't know of the flags:", got.Len(), err)
	}

	if _, err := d.SetStatus(t.Context(), ids[:2], Rejected, nil); err != nil {
		t.Fatal(err)
	}
	check(FlagReport{Changed: 3}, 0, 0, PersonalDetails, 0, 0, 0)
}

func TestFindNearDuplicatesStops(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	add(t, d, textsOf("twice the same", "twice the same!")...)
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := d.FindNearDuplicates(ctx, func(int, int) { cancel() }); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	if all(t, d, Filter{})[1].Flags != 0 {
		t.Error("a flag was raised")
	}
}

// TestFindNearDuplicatesLeavesEdits edits every message while they are compared.
func TestFindNearDuplicatesLeavesEdits(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ids := add(t, d, textsOf("twice the same", "twice the same!")...)
	edited := false
	report, err := d.FindNearDuplicates(t.Context(), func(int, int) {
		if !edited {
			edited = true
			if err := d.SetText(t.Context(), ids[1], "something else"); err != nil {
				t.Error(err)
			}
		}
	})
	if err != nil || report.Changed != 0 {
		t.Errorf("%+v %v", report, err)
	}
	if m := all(t, d, Filter{})[1]; m.Flags != 0 || m.NearID != 0 {
		t.Errorf("an edited message is flagged: %+v", m)
	}
}
