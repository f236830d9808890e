package label

import (
	"context"
	"math/rand/v2"
	"slices"

	"seedbed/localdb"
)

// knownRead is how many messages with a category are read of a dataset, spread evenly over its
// categories and each of those: enough to hold messages of every kind that is at all frequent.
const knownRead = 4000

// Known are the accepted messages of a dataset with a category, or an even part of them where
// there are very many. Messages with personal details are left out, as they go nowhere.
func Known(ctx context.Context, d *localdb.Dataset) ([]localdb.Message, error) {
	categories, err := d.Categories(ctx)
	if err != nil {
		return nil, err
	}
	categories = slices.DeleteFunc(categories, func(c localdb.Category) bool { return c.Archived })
	ids := []int64{}
	for _, c := range categories {
		view, err := d.View(ctx, localdb.Filter{Categories: []string{c.Name}, Statuses: []localdb.Status{localdb.Accepted}}, localdb.Sort{})
		if err != nil {
			return nil, err
		}
		n := min(view.Len(), max(knownRead/len(categories), 1))
		for i := range n {
			ids = append(ids, view.ID(i*view.Len()/n))
		}
	}
	var known []localdb.Message
	for m, err := range d.Messages(ctx, localdb.Filter{IDs: ids}) {
		if err != nil {
			return nil, err
		}
		if m.Flags&localdb.PersonalDetails == 0 {
			known = append(known, m)
		}
	}
	return known, nil
}

// A model labels some messages that people labelled, too, where there are enough of them to
// calibrate its confidence: as many as are to be labelled, but not more than helps.
const (
	leastCalibrating = 30
	mostCalibrating  = 100
)

// calibrating draws those of the known messages by which a labelling of n others is calibrated.
func calibrating(known []localdb.Message, n int, seed uint64) []localdb.Message {
	byPeople := slices.DeleteFunc(slices.Clone(known), func(m localdb.Message) bool { return m.LabelledBy != localdb.ByPerson })
	draw := min(len(byPeople), n, mostCalibrating)
	if draw < leastCalibrating {
		return nil
	}
	rand.New(rand.NewPCG(seed, 1)).Shuffle(len(byPeople), func(i, j int) { byPeople[i], byPeople[j] = byPeople[j], byPeople[i] }) // the same for the same seed
	return byPeople[:draw]
}
