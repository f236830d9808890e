package gen

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"seedbed/localdb"
)

// Preview makes about n messages as the job's run would, spread over its plan's
// categories, and stores none of them. It returns what they cost; nil if
// unknown. It never spends more than the plan's cap.
func Preview(ctx context.Context, job Job, n int) (messages []localdb.Message, costUSD *float64, err error) {
	dir, err := os.MkdirTemp("", "seedbed-preview-")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(dir)
	scratch, ids, err := scratchOf(ctx, job.Dataset, filepath.Join(dir, "preview.seedbed"))
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, scratch.Close()) }()
	job.Dataset, job.Plan, job.Resume = scratch, job.Plan.few(n), false
	job.Plan.Passages = slices.Clone(job.Plan.Passages)
	for i, id := range job.Plan.Passages {
		job.Plan.Passages[i] = ids[id]
	}
	result, err := Generate(ctx, job)
	if err != nil {
		return nil, nil, err
	}
	for m, err := range scratch.Messages(ctx, localdb.Filter{}) {
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

// scratchOf makes an empty dataset with another's domain, categories and passages, whose ids
// it tells by their former ones.
func scratchOf(ctx context.Context, d *localdb.Dataset, path string) (*localdb.Dataset, map[int64]int64, error) {
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
	scratch, err := localdb.Create(ctx, path, categories)
	if err != nil {
		return nil, nil, err
	}
	if err := scratch.SetDomain(ctx, domain); err != nil {
		return nil, nil, errors.Join(err, scratch.Close())
	}
	if len(passages) == 0 {
		return scratch, nil, nil
	}
	added, err := scratch.AddPassages(ctx, passages)
	if err != nil {
		return nil, nil, errors.Join(err, scratch.Close())
	}
	ids := map[int64]int64{}
	for i, p := range passages {
		ids[p.ID] = added[i]
	}
	return scratch, ids, nil
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
