package check

import (
	"context"
	"encoding/json"

	"seedbed/assets/i18n"
	"seedbed/localdb"
	"seedbed/localdb/split"
)

// holdoutSetting is where a dataset keeps the ids of its holdout.
const holdoutSetting = "locked_test"

// Settings are the settings of a dataset that this package keeps. They are ids and numbers.
var Settings = []string{holdoutSetting, keptSetting}

// holdoutShare is the part of the real messages that a holdout takes.
const holdoutShare = 0.2

// HoldOut reserves a fifth of the dataset's real messages as a holdout: checks test on
// them and never learn from them. Conversations and near-duplicates stay together. It
// returns how many messages it reserved.
func HoldOut(ctx context.Context, d *localdb.Dataset) (int, error) {
	messages, err := d.Learnable(ctx)
	if err != nil {
		return 0, err
	}
	fromPeople := messages[:0]
	for _, m := range messages {
		if m.Source == localdb.Real {
			fromPeople = append(fromPeople, m)
		}
	}
	if len(fromPeople) == 0 {
		return 0, i18n.Error("there are no labelled real messages to lock; merge some real conversations first")
	}
	items, err := d.SplitItems(ctx, fromPeople)
	if err != nil {
		return 0, err
	}
	result, err := split.Split(ctx, items, split.Options{Ratios: [3]float64{1 - holdoutShare, 0, holdoutShare}, Seed: seed})
	if err != nil {
		return 0, err
	}
	var reserved []int64
	for i, part := range result.Parts {
		if part == split.Test {
			reserved = append(reserved, fromPeople[i].ID)
		}
	}
	ids, err := json.Marshal(reserved)
	if err != nil {
		return 0, err
	}
	return len(reserved), d.SetSetting(ctx, holdoutSetting, string(ids))
}

// EndHoldout returns the holdout to training.
func EndHoldout(ctx context.Context, d *localdb.Dataset) error {
	return d.SetSetting(ctx, holdoutSetting, "")
}

// Holdout returns the ids of the holdout's messages; nil if there is none.
func Holdout(ctx context.Context, d *localdb.Dataset) ([]int64, error) {
	kept, err := d.Setting(ctx, holdoutSetting)
	if err != nil || kept == "" {
		return nil, err
	}
	var ids []int64
	if err := json.Unmarshal([]byte(kept), &ids); err != nil {
		return nil, i18n.Error("the locked test set can't be read; switch it off and on again: {{.Cause}}", i18n.Values{"Cause": err})
	}
	return ids, nil
}

// SplitItems returns the messages as items of a split, with the holdout marked.
func SplitItems(ctx context.Context, d *localdb.Dataset, messages []localdb.Message) ([]split.Item, error) {
	items, err := d.SplitItems(ctx, messages)
	if err != nil {
		return nil, err
	}
	ids, err := Holdout(ctx, d)
	if err != nil {
		return nil, err
	}
	held := map[int64]bool{}
	for _, id := range ids {
		held[id] = true
	}
	for i := range items {
		items[i].Holdout = held[items[i].ID]
	}
	return items, nil
}
