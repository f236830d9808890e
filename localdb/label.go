package localdb

import (
	"context"

	"seedbed/assets/i18n"
)

// Label is a person's decision on messages: they have this category ("" takes the
// label away), and those that were still to review are accepted with it. It returns
// how many changed.
func (d *Dataset) Label(ctx context.Context, ids []int64, category string) (changed int, err error) {
	if category == "" {
		return d.Relabel(ctx, ids, "", Nobody, 0)
	}
	err = d.write(ctx, titleLabel, func(tx *writeTx) error {
		id, err := tx.categoryID(category)
		if err != nil {
			return err
		}
		changed, err = tx.changeMessages(ids, "true", columns{
			"category": ":category", "confidence": "1", "labelled_by": ":by",
			"flags": "flags & ~:settled", "reads_as": "NULL", "reads_as_score": "NULL", "doubt": "0",
			"status": "CASE status WHEN :waiting THEN :accepted ELSE status END",
		}, args{"category": id, "by": int(ByPerson), "settled": int(Mislabelled), "waiting": int(ToReview), "accepted": int(Accepted)})
		tx.title = titleLabelAs.With(i18n.Values{"Messages": countMessages(changed), "Category": category})
		return err
	})
	return changed, err
}
