package check

import (
	"context"
	"slices"
	"strconv"

	"seedbed/gen/intent/outofscope"
	"seedbed/localdb"
)

// keptSetting is the dataset's setting with the share of its messages that the
// out-of-scope threshold keeps.
const keptSetting = "out_of_scope_kept"

// Kept is the share of a dataset's own messages that its out-of-scope threshold keeps:
// one of [outofscope.KeptShares], [outofscope.DefaultKept] unless somebody chose another.
func Kept(ctx context.Context, d *localdb.Dataset) (float64, error) {
	text, err := d.Setting(ctx, keptSetting)
	if err != nil || text == "" {
		return outofscope.DefaultKept, err
	}
	kept, err := strconv.ParseFloat(text, 64)
	if err != nil || !slices.Contains(outofscope.KeptShares(), kept) {
		return outofscope.DefaultKept, nil //nolint:nilerr // another program's setting is as good as none
	}
	return kept, nil
}

// SetKept chooses another share. The flags of the last check follow; models follow when
// they are trained again.
func SetKept(ctx context.Context, d *localdb.Dataset, kept float64) error {
	before, err := Kept(ctx, d)
	if err != nil {
		return err
	}
	last, err := Last(ctx, d)
	if err != nil {
		return err
	}
	value := strconv.FormatFloat(kept, 'g', -1, 64)
	if last == nil || last.Thresholds == nil {
		return d.SetSetting(ctx, keptSetting, value)
	}
	return d.FlagOutOfScope(ctx, last.ID, outofscope.ThresholdFor(last.Thresholds, before).Score, outofscope.ThresholdFor(last.Thresholds, kept).Score, keptSetting, value)
}
