package gen

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"seedbed/localdb"
)

// Preview makes about n messages as a run of the plan would, spread over its
// categories, and keeps none of them. The result says what they cost.
func Preview(ctx context.Context, d *localdb.Dataset, plan Plan, w Writer, n int) (_ []localdb.Message, _ Result, err error) {
	dir, err := os.MkdirTemp("", "seedbed-preview-")
	if err != nil {
		return nil, Result{}, err
	}
	defer os.RemoveAll(dir)
	categories, err := d.Categories(ctx)
	if err != nil {
		return nil, Result{}, err
	}
	passages, err := d.Passages(ctx)
	if err != nil {
		return nil, Result{}, err
	}
	scratch, err := localdb.Create(ctx, filepath.Join(dir, "preview.seedbed"), categories)
	if err != nil {
		return nil, Result{}, err
	}
	defer func() { err = errors.Join(err, scratch.Close()) }()
	if len(passages) > 0 {
		if _, err := scratch.AddPassages(ctx, passages); err != nil {
			return nil, Result{}, err
		}
	}
	result, err := Generate(ctx, Job{Dataset: scratch, Writer: w, Plan: plan.few(n)})
	if err != nil {
		return nil, Result{}, err
	}
	var messages []localdb.Message
	for m, err := range scratch.Messages(ctx, localdb.Filter{}) {
		if err != nil {
			return nil, Result{}, err
		}
		messages = append(messages, m)
	}
	return messages, result, nil
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
