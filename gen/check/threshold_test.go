package check

import (
	"math"
	"testing"

	"seedbed/gen/gentest"
	"seedbed/gen/intent/outofscope"
	"seedbed/localdb"
)

func TestTheThresholdIsTheDatasets(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	ctx := t.Context()
	addWritten(t, d, 40)
	if kept, err := Kept(ctx, d); kept != outofscope.DefaultKept || err != nil {
		t.Fatalf("a new dataset keeps %v, %v", kept, err)
	}
	if err := SetKept(ctx, d, 0.9); err != nil { // before any check
		t.Fatal(err)
	}
	c := run(t, d)
	flagged := func() int { return len(gentest.Messages(t, d, localdb.Filter{Flags: localdb.OutOfScope})) }
	want := func(kept float64) int { // of the messages
		return int(math.Round((1 - outofscope.ThresholdFor(c.Thresholds, kept).Kept) * float64(c.Of)))
	}
	if c.OutOfScope != want(0.9) || flagged() != c.OutOfScope {
		t.Errorf("the check flagged %d and says %d, want %d", flagged(), c.OutOfScope, want(0.9))
	}
	for _, kept := range []float64{0.8, 0.99, 0.95} {
		if err := SetKept(ctx, d, kept); err != nil {
			t.Fatal(err)
		}
		if flagged() != want(kept) {
			t.Errorf("kept %v: %d are flagged, want %d", kept, flagged(), want(kept))
		}
		model, err := Train(ctx, d)
		if err != nil || model.Kept() != kept {
			t.Errorf("the model keeps %v, want %v; %v", model.Kept(), kept, err)
		}
	}
}
