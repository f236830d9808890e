package realdata

import (
	"context"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb"
	"seedbed/localdb/pii"
)

// AddedOne says what became of a message that a person typed.
type AddedOne struct {
	ID     int64
	Known  bool // the dataset had it already, and it has the category now
	Masked bool // personal details in it are masked
}

// AddOne puts a message that a person typed and labelled into the dataset, as a real one
// that is accepted. Personal details in it are masked, as in a merge. One undo takes it
// back.
func AddOne(ctx context.Context, d *localdb.Dataset, text, category string) (AddedOne, error) {
	text, found := pii.Mask(strings.TrimSpace(text), pii.Options{})
	if text == "" {
		return AddedOne{}, i18n.Error("there is no message to add")
	}
	added := AddedOne{Masked: len(found) > 0}
	known, err := findText(ctx, d, text)
	if err != nil {
		return added, err
	}
	if known != 0 {
		added.ID, added.Known = known, true
		_, err := d.Label(ctx, []int64{known}, category, nil)
		return added, err
	}
	ids, err := d.Add(ctx, i18n.T("Add a message as {{.Category}}", i18n.Values{"Category": category}), []localdb.Message{{
		Text: text, Category: category, Confidence: 1, LabelledBy: localdb.ByPerson, Source: localdb.Real, Status: localdb.Accepted,
	}})
	if err != nil {
		return added, err
	}
	added.ID = ids[0]
	return added, nil
}

// findText returns the first message with this text that is not rejected; 0 if there is none.
func findText(ctx context.Context, d *localdb.Dataset, text string) (int64, error) {
	const page = 64
	view, err := d.View(ctx, localdb.Filter{Search: text, Statuses: []localdb.Status{localdb.ToReview, localdb.Accepted}}, localdb.Sort{})
	if err != nil {
		return 0, err
	}
	for from := 0; from < view.Len(); from += page {
		rows, err := view.Rows(ctx, from, min(page, view.Len()-from))
		if err != nil {
			return 0, err
		}
		for _, m := range rows {
			if m.Text == text {
				return m.ID, nil
			}
		}
	}
	return 0, nil
}
