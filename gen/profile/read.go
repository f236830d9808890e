package profile

import (
	"context"

	"seedbed/localdb"
)

// Profiles are how a dataset's messages are written; rejected ones don't count.
type Profiles struct{ Real, Synthetic Profile }

// measured is how many messages of each source are measured at most, spread evenly over
// the dataset: a share of so many is off by 1 percentage point, and they take some hundredths
// of a second.
const measured = 2000

// Read measures a dataset's messages. Those of the holdout count, too: no wording leaves
// them, only shares of all.
func Read(ctx context.Context, d *localdb.Dataset) (both Profiles, err error) {
	if both.Real, err = ofSource(ctx, d, localdb.Real); err != nil {
		return both, err
	}
	both.Synthetic, err = ofSource(ctx, d, localdb.Synthetic)
	return both, err
}

func ofSource(ctx context.Context, d *localdb.Dataset, source localdb.Source) (Profile, error) {
	view, err := d.View(ctx, localdb.Filter{Sources: []localdb.Source{source}, Statuses: []localdb.Status{localdb.ToReview, localdb.Accepted}}, localdb.Sort{})
	if err != nil {
		return Profile{}, err
	}
	ids := make([]int64, min(measured, view.Len()))
	for i := range ids {
		ids[i] = view.ID(i * view.Len() / len(ids))
	}
	var texts []string
	for m, err := range d.Messages(ctx, localdb.Filter{IDs: ids}) {
		if err != nil {
			return Profile{}, err
		}
		texts = append(texts, m.Text)
	}
	return Of(texts)
}

// LikeUsers reports whether there are enough real messages to write like their senders.
func (p Profiles) LikeUsers() bool { return p.Real.Messages >= Enough }

// Distance is how far the synthetic messages are from the real ones; ok is false where
// there are too few of either to tell.
func (p Profiles) Distance() (distance float64, ok bool) {
	if !p.LikeUsers() || p.Synthetic.Messages < Enough {
		return 0, false
	}
	return Distance(p.Real, p.Synthetic), true
}
