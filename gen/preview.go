package gen

import (
	"context"
	"errors"
	"slices"

	"seedbed/localdb"
	"seedbed/localdb/scratch"
)

// Preview makes about n messages as the job's run would, spread over its plan's
// categories, and stores none of them. It returns what they cost; nil if
// unknown. It never spends more than the plan's cap.
func Preview(ctx context.Context, job Job, n int) (messages []localdb.Message, costUSD *float64, err error) {
	folder, err := scratch.New("")
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, folder.Remove()) }()
	d, ids, err := emptyCopy(ctx, job.Dataset, folder.Join("preview.seedbed"))
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	job.Dataset, job.Plan, job.Resume = d, job.Plan.few(n), false
	job.Plan.Passages = slices.Clone(job.Plan.Passages)
	for i, id := range job.Plan.Passages {
		job.Plan.Passages[i] = ids[id]
	}
	result, err := Generate(ctx, job)
	if err != nil {
		return nil, nil, err
	}
	for m, err := range d.Messages(ctx, localdb.Filter{}) {
		if err != nil {
			return nil, nil, err
		}
		messages = append(messages, m)
	}
	if len(messages) == 0 {
		err = result.Summary
	}
	return messages, result.CostUSD, err
}

// emptyCopy makes an empty dataset with another's domain, categories and passages, whose ids
// it tells by their former ones.
func emptyCopy(ctx context.Context, d *localdb.Dataset, path string) (*localdb.Dataset, map[int64]int64, error) {
	categories, err := d.Categories(ctx)
	if err != nil {
		return nil, nil, err
	}
	passages, err := d.Passages(ctx)
	if err != nil {
		return nil, nil, err
	}
	domain, err := d.Domain(ctx)
	if err != nil {
		return nil, nil, err
	}
	copied, err := localdb.Create(ctx, path, categories)
	if err != nil {
		return nil, nil, err
	}
	if err := copied.SetDomain(ctx, domain); err != nil {
		return nil, nil, errors.Join(err, copied.Close())
	}
	if len(passages) == 0 {
		return copied, nil, nil
	}
	added, err := copied.AddPassages(ctx, passages)
	if err != nil {
		return nil, nil, errors.Join(err, copied.Close())
	}
	ids := map[int64]int64{}
	for i, p := range passages {
		ids[p.ID] = added[i]
	}
	return copied, ids, nil
}

// few is the plan with about n messages: one of each category, or more.
func (p Plan) few(n int) Plan {
	small := p
	small.Counts, small.Boundaries = nil, nil
	left := n
	for i, c := range p.wanted() {
		if c.Messages == 0 {
			continue
		}
		share := max(1, left/(len(p.wanted())-i))
		small.Counts = append(small.Counts, Count{c.Category, min(share, c.Messages)})
		left = max(0, left-share)
	}
	return small
}
