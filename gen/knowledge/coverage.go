package knowledge

import (
	"context"

	"seedbed/localdb"
)

// Coverage is how many questions a dataset has about one of its passages.
type Coverage struct {
	Passage   localdb.Passage
	Questions int
}

// QuestionCoverage counts the questions about each of the dataset's passages, in their
// order. Rejected ones don't count.
func QuestionCoverage(ctx context.Context, d *localdb.Dataset) ([]Coverage, error) {
	passages, err := d.Passages(ctx)
	if err != nil {
		return nil, err
	}
	asked, err := d.QuestionCounts(ctx)
	if err != nil {
		return nil, err
	}
	coverage := make([]Coverage, len(passages))
	for i, p := range passages {
		coverage[i] = Coverage{p, asked[p.ID]}
	}
	return coverage, nil
}
