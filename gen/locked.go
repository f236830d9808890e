package gen

import (
	"context"
	"encoding/json"

	"seedbed/assets/i18n"
	"seedbed/localdb"
	"seedbed/localdb/split"
)

// lockedSetting is where a dataset keeps the ids of its locked test set.
const lockedSetting = "locked_test"

// lockedShare is the part of the real messages that a locked test set takes.
const lockedShare = 0.2

// LockTest sets a fifth of the dataset's real messages aside as a locked test set:
// checks test on them and never learn from them. Conversations and near-duplicates stay
// together. It returns how many are locked.
func LockTest(ctx context.Context, d *localdb.Dataset) (int, error) {
	messages, err := d.Learnable(ctx)
	if err != nil {
		return 0, err
	}
	real := messages[:0]
	for _, m := range messages {
		if m.Source == localdb.Real {
			real = append(real, m)
		}
	}
	if len(real) == 0 {
		return 0, i18n.Error("there are no labelled real messages to lock; merge some real conversations first")
	}
	items, err := d.SplitItems(ctx, real)
	if err != nil {
		return 0, err
	}
	result, err := split.Split(ctx, items, split.Options{Ratios: [3]float64{1 - lockedShare, 0, lockedShare}, Seed: checkSeed})
	if err != nil {
		return 0, err
	}
	var locked []int64
	for i, part := range result.Parts {
		if part == split.Test {
			locked = append(locked, real[i].ID)
		}
	}
	ids, err := json.Marshal(locked)
	if err != nil {
		return 0, err
	}
	return len(locked), d.SetSetting(ctx, lockedSetting, string(ids))
}

// UnlockTest gives the locked messages back to training.
func UnlockTest(ctx context.Context, d *localdb.Dataset) error {
	return d.SetSetting(ctx, lockedSetting, "")
}

// LockedTest is the ids of the locked test set, nil where there is none.
func LockedTest(ctx context.Context, d *localdb.Dataset) ([]int64, error) {
	kept, err := d.Setting(ctx, lockedSetting)
	if err != nil || kept == "" {
		return nil, err
	}
	var ids []int64
	if err := json.Unmarshal([]byte(kept), &ids); err != nil {
		return nil, i18n.Error("the locked test set can't be read; switch it off and on again: {{.Cause}}", i18n.Values{"Cause": err})
	}
	return ids, nil
}
