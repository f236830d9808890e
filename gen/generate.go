package gen

import (
	"context"
	"time"

	"seedbed/assets/i18n"
	"seedbed/gen/knowledge"
	"seedbed/gen/scheduler"
	"seedbed/kbsource"
	"seedbed/localdb"
)

// Job is one run, from a person's choices to the messages in the dataset. The window and
// the terminal fill in the same one.
type Job struct {
	Dataset *localdb.Dataset
	Writer  Writer
	Plan    Plan // of a new run; a resumed one has its own, of which only a cap here replaces the old
	Resume  bool // resume the unfinished run
	// NotBefore is when a language model may be asked first; zero for at once.
	NotBefore time.Time

	// Knowledge is read and kept in the dataset before a new run, at most Passages of
	// it; nil leaves the passages that the dataset has.
	Knowledge kbsource.Source
	Passages  int

	Controls *scheduler.Controls // may be nil
	Progress func(Progress)      // may be nil
}

// Generate does a job: knowledge → plan → run → check, and what the check finds is made up
// for. See [Run.Do] for its results.
// Knowledge that can't be read does not stop a run if the dataset has passages from
// earlier: the result's note says so.
func Generate(ctx context.Context, job Job) (Result, error) {
	result, err := job.run(ctx)
	if err == nil {
		err = job.verify(ctx, &result)
	}
	return result, err
}

func (job Job) run(ctx context.Context) (Result, error) {
	if job.Controls == nil {
		job.Controls = scheduler.NewControls()
	}
	if job.Progress != nil {
		job.Progress(Progress{Note: i18n.T("Reading the dataset.")}) // takes seconds where it has 100,000 messages and more
	}
	if job.Resume {
		run, err := Resume(ctx, job.Dataset, job.Plan.CapUSD, job.Controls)
		if err != nil {
			return Result{}, err
		}
		run.notBefore = job.NotBefore
		return run.Do(ctx, job.Writer, job.Progress)
	}
	note, err := job.learn(ctx)
	if err != nil {
		return Result{}, err
	}
	run, err := NewRun(ctx, job.Dataset, job.Plan, job.Writer.Info(), job.Controls)
	if err != nil {
		return Result{}, err
	}
	run.notBefore = job.NotBefore
	result, err := run.Do(ctx, job.Writer, job.Progress)
	if !note.IsZero() {
		result.Note = note
	}
	return result, err
}

// learn reads the knowledge into the dataset. If only earlier passages are
// available, the note says so.
func (job Job) learn(ctx context.Context) (note i18n.Text, err error) {
	if job.Knowledge == nil {
		return note, nil
	}
	_, failed := knowledge.Keep(ctx, job.Dataset, job.Knowledge, job.Passages)
	if failed == nil {
		return note, nil
	}
	kept, err := job.Dataset.Passages(ctx)
	if err != nil || len(kept) == 0 {
		return note, failed
	}
	return i18n.N("The knowledge could not be read, so the 1 passage kept earlier was used. {{.Cause}}", "The knowledge could not be read, so the {{.N}} passages kept earlier were used. {{.Cause}}", len(kept), i18n.Values{"Cause": failed}), nil
}
