package ui

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"seedbed/gen"
)

// generation is a run under way. It belongs to the window, not to a page, so that
// it goes on while people look elsewhere.
type generation struct {
	controls *gen.Controls
	progress gen.Progress
	paused   bool
}

// startRun carries out a new plan; openWriter is called off the main goroutine.
func (a *app) startRun(plan gen.Plan, openWriter writerOpener) {
	a.generate(gen.Job{Plan: plan}, openWriter)
}

// resumeRun takes up the dataset's unfinished run.
func (a *app) resumeRun(openWriter writerOpener) {
	a.generate(gen.Job{Resume: true}, openWriter)
}

// generate does a job in the background; its progress reaches whoever shows it.
func (a *app) generate(task gen.Job, openWriter writerOpener) {
	if a.run != nil || a.data == nil {
		return
	}
	run := &generation{controls: gen.NewControls()}
	a.run = run
	task.Dataset, task.Controls = a.data, run.controls
	news := newLatest(a.jobs.post, func(p gen.Progress) {
		run.progress = p
		a.ran()
	})
	task.Progress = news.set
	a.ran()
	var result gen.Result
	a.jobs.run(lang.L("Generating"), func(ctx context.Context, report func(progress)) (err error) {
		if task.Writer, err = openWriter(ctx); err != nil {
			return err
		}
		show := task.Progress
		task.Progress = func(p gen.Progress) {
			show(p)
			report(progress{what: lang.L("Generating"), done: p.Kept, total: p.Wanted})
		}
		result, err = gen.Generate(ctx, task)
		return err
	}, func(err error) {
		a.run = nil
		a.ran()
		a.changed()
		switch {
		case err != nil:
			a.fail(lang.L("The run could not go on"), err)
		case result.State == gen.Partial:
			a.tell(lang.L("The run is not complete"), result.Sentence)
		case a.shell != nil:
			a.toasts.Done(result.Sentence, lang.L("Review them"), func() { a.goTo(atReview) })
		}
	})
}

// ran tells the page that is up how far the run is.
func (a *app) ran() {
	if a.shell == nil || a.shell.at == nil {
		return
	}
	if watcher, ok := a.shell.at.page.(interface{ ran() }); ok {
		watcher.ran()
	}
}
