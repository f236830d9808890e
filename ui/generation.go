package ui

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2/lang"

	"seedbed/gen"
	"seedbed/gen/openai"
	"seedbed/gen/scheduler"
	"seedbed/ui/widget"
)

// generation is a run, under way or ended. It belongs to the window, not to a page,
// so that it goes on while people look elsewhere, and its numbers stay afterwards.
type generation struct {
	controls *scheduler.Controls
	progress gen.Progress
	paused   bool
	stopping bool
	ended    bool
}

// generating is the run under way; nil where there is none.
func (a *app) generating() *generation {
	if a.run == nil || a.run.ended {
		return nil
	}
	return a.run
}

// startRun carries out a new plan.
func (a *app) startRun(plan gen.Plan, writer writerChoice) {
	a.generate(gen.Job{Plan: plan}, writer, a.opener(writer, plan.Language, plan.Seed))
}

// resumeRun takes up the dataset's unfinished run; a cap above 0 replaces its own.
func (a *app) resumeRun(writer writerChoice, language string, capUSD float64) {
	a.generate(gen.Job{Resume: true, Plan: gen.Plan{CapUSD: capUSD}}, writer, a.opener(writer, language, 42))
}

// generate does a job in the background; its progress reaches whoever shows it.
func (a *app) generate(task gen.Job, writer writerChoice, open writerOpener) {
	if a.generating() != nil || a.data == nil {
		return
	}
	run := &generation{controls: scheduler.NewControls()}
	a.run = run
	task.Dataset, task.Controls = a.data, run.controls
	show := func(p gen.Progress) {
		run.progress = p
		a.ran()
	}
	news := newLatest(a.jobs.post, show)
	a.shell.status.where.SetText(writer.where())
	a.ran()
	var result gen.Result
	var last gen.Progress
	work := a.jobs.run(lang.L("Generating"), func(ctx context.Context, report func(progress)) (err error) {
		if task.Writer, err = open(ctx); err != nil {
			return err
		}
		task.Progress = func(p gen.Progress) {
			last = p
			news.set(p)
			report(progress{what: lang.L("Generating"), done: p.Kept, total: p.Wanted})
		}
		result, err = gen.Generate(ctx, task)
		return err
	}, func(err error) {
		run.ended = true
		a.shell.status.where.SetText(lang.L("Works offline"))
		show(last)
		a.changed()
		switch {
		case err != nil:
			a.fail(lang.L("The run could not go on"), err)
		case result.State == scheduler.Done:
			all := lang.L("All {{.N}} messages are in the dataset.", map[string]any{"N": thousands(result.Messages)})
			a.toasts.Done(join(all, translated(result.Note.Parts())), lang.L("Review them"), func() { a.goTo(atReview) })
		case result.State == scheduler.Stopped:
			kept := lang.L("The run was stopped, and {{.Kept}} of {{.All}} messages are kept. It can go on whenever you like.", map[string]any{
				"Kept": thousands(result.Messages), "All": thousands(result.Messages + result.Missing),
			})
			a.toasts.Done(join(kept, translated(result.Note.Parts())), "", nil)
		default:
			logError("the run is not complete", errors.Join(result.Cause, errors.New(result.Summary.String())))
			a.tell(lang.L("The run is not complete"), join(translated(result.Summary.Parts()), translated(result.Note.Parts())), a.helpWith(result.Cause)...)
		}
	})
	work.gently = a.stopRun
}

// stopRun ends the run under way once what is on its way has come in.
func (a *app) stopRun() {
	if run := a.generating(); run != nil {
		run.stopping = true
		run.controls.Stop()
		a.ran()
	}
}

// helpWith offers the page where people can mend what ended a run.
func (a *app) helpWith(cause error) []*widget.Button {
	var asked *openai.Error
	if !errors.As(cause, &asked) {
		return nil
	}
	switch asked.Kind {
	case openai.KeyInvalid, openai.NotAllowed, openai.ModelUnknown, openai.NotFound, openai.BadAddress:
		return []*widget.Button{widget.NewPrimary(lang.L("Open Settings"), func() { a.goTo(atSettings) })}
	}
	return nil
}

func join(sentences ...string) string { return strings.TrimSpace(strings.Join(sentences, " ")) }

// ran tells the page that is up how far the run is.
func (a *app) ran() {
	if watcher, ok := a.page().(interface{ ran() }); ok {
		watcher.ran()
	}
}
