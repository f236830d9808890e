package gen

import (
	"context"

	"seedbed/gen/intent"
	"seedbed/localdb"
)

// Neighbours finds the messages of a dataset that mean most nearly the same as a text
// that is not in it. It may be used from many goroutines.
type Neighbours struct {
	messages []localdb.Message
	meaning  *intent.Meaning
}

// sampledNeighbours is how many messages of a dataset are compared, spread evenly over it:
// that many take a second to read, some hundredths of a second for each text and about 10 MB,
// however large the dataset is, and hold messages of every kind that is at all frequent.
const sampledNeighbours = 20_000

// NewNeighbours reads the dataset's labelled messages that are not rejected.
func NewNeighbours(ctx context.Context, d *localdb.Dataset) (*Neighbours, error) {
	categories, err := d.Categories(ctx)
	if err != nil {
		return nil, err
	}
	filter := localdb.Filter{Categories: []string{}, Statuses: []localdb.Status{localdb.ToReview, localdb.Accepted}}
	for _, c := range categories {
		filter.Categories = append(filter.Categories, c.Name)
	}
	view, err := d.View(ctx, filter, localdb.Sort{})
	if err != nil {
		return nil, err
	}
	sampled := min(sampledNeighbours, view.Len())
	ids := make([]int64, sampled)
	for i := range ids {
		ids[i] = view.ID(i * view.Len() / sampled)
	}
	n := &Neighbours{}
	var texts []string
	for m, err := range d.Messages(ctx, localdb.Filter{IDs: ids}) {
		if err != nil {
			return nil, err
		}
		n.messages, texts = append(n.messages, m), append(texts, m.Text)
	}
	n.meaning, err = intent.NewMeaning(texts)
	return n, err
}

// To returns up to most messages, the nearest first; none of a text without a known word.
func (n *Neighbours) To(text string, most int) []localdb.Message {
	var list []localdb.Message
	for _, like := range n.meaning.MoreLike(text, most) {
		if like.Likeness > 0 {
			list = append(list, n.messages[like.Index])
		}
	}
	return list
}
