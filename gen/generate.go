package gen

import (
	"context"
	"fmt"

	"seedbed/kbsource"
	"seedbed/localdb"
)

// Job is one run from a person's wish to the messages in the dataset. The window and
// the terminal fill in the same one.
type Job struct {
	Dataset *localdb.Dataset
	Writer  Writer
	Plan    Plan // of a new run; a resumed one has its own, of which only a cap here replaces the old
	Resume  bool // take up the unfinished run

	// Knowledge is read and kept in the dataset before a new run, at most Passages of
	// it; nil leaves the passages that the dataset has.
	Knowledge kbsource.Source
	Passages  int

	Controls *Controls      // nil where nobody presses a button
	Progress func(Progress) // nil where nobody looks
}

// Generate does a job: knowledge → plan → run. See [Run.Do] for its results.
func Generate(ctx context.Context, job Job) (Result, error) {
	if job.Controls == nil {
		job.Controls = NewControls()
	}
	run, err := job.run(ctx)
	if err != nil {
		return Result{}, err
	}
	return run.Do(ctx, job.Writer, job.Progress)
}

func (job Job) run(ctx context.Context) (*Run, error) {
	if job.Resume {
		return Resume(ctx, job.Dataset, job.Plan.CapUSD, job.Controls)
	}
	if job.Knowledge != nil {
		if _, err := KeepPassages(ctx, job.Dataset, job.Knowledge, job.Passages); err != nil {
			return nil, err
		}
	}
	return NewRun(ctx, job.Dataset, job.Plan, job.Writer.About(), job.Controls)
}

// KeepPassages reads at most limit passages from a source and keeps those in the
// dataset that it doesn't have yet, so that later work needs no connection. It
// returns how many were new.
func KeepPassages(ctx context.Context, d *localdb.Dataset, source kbsource.Source, limit int) (int, error) {
	read, err := source.Passages(ctx, limit)
	if err != nil {
		return 0, err
	}
	there, err := d.Passages(ctx)
	if err != nil {
		return 0, err
	}
	known := map[string]bool{}
	for _, p := range there {
		known[p.Text] = true
	}
	var fresh []localdb.Passage
	for _, p := range read {
		if !known[p.Text] {
			known[p.Text] = true
			fresh = append(fresh, localdb.Passage{Origin: p.Origin, Ref: p.Ref, Title: p.Title, Text: p.Text})
		}
	}
	if len(fresh) == 0 {
		return 0, nil
	}
	if _, err := d.AddPassages(ctx, fresh); err != nil {
		return 0, fmt.Errorf("keep the passages: %w", err)
	}
	return len(fresh), nil
}
