package shell

import (
	"context"
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"seedbed/gen"
	"seedbed/gen/openai"
	"seedbed/gen/scheduler"
	"seedbed/localdb"
	"seedbed/ui/widget"
)

// Run is messages being generated, or how that ended. It belongs to the window, not to
// a page, so that it goes on while people look elsewhere, and its numbers stay
// afterwards.
type Run struct {
	Progress gen.Progress
	Paused   bool
	Stopping bool
	Ended    bool
	BuiltIn  bool // the built-in writer writes, which sends no requests

	controls *scheduler.Controls
}

// Run is the newest run for the open dataset; nil where there was none since it was
// opened.
func (w *Window) Run() *Run { return w.run }

// RunUnderWay is the run under way; nil where there is none.
func (w *Window) RunUnderWay() *Run {
	if w.run == nil || w.run.Ended {
		return nil
	}
	return w.run
}

// StartRun carries out a new plan.
func (w *Window) StartRun(plan gen.Plan, writer WriterChoice) {
	w.generate(gen.Job{Plan: plan}, writer)
}

// ResumeRun resumes the dataset's unfinished run; a cap above 0 replaces its own.
func (w *Window) ResumeRun(writer WriterChoice, capUSD float64) {
	w.generate(gen.Job{Resume: true, Plan: gen.Plan{CapUSD: capUSD}}, writer)
}

// resumeRunAt resumes the unfinished run, and waits until then before anything is sent.
func (w *Window) resumeRunAt(at time.Time, writer WriterChoice) {
	w.generate(gen.Job{Resume: true, NotBefore: at}, writer)
}

// TogglePause pauses the run under way or continues it.
func (w *Window) TogglePause() {
	run := w.RunUnderWay()
	if run == nil {
		return
	}
	if run.Paused = !run.Paused; run.Paused {
		run.controls.Pause()
	} else {
		run.controls.Continue()
	}
	w.runChanged()
}

// StopRun ends the run under way once the requests in flight are answered.
func (w *Window) StopRun() {
	if run := w.RunUnderWay(); run != nil {
		run.Stopping = true
		run.controls.Stop()
		w.runChanged()
	}
}

func (w *Window) generate(job gen.Job, writer WriterChoice) {
	if w.RunUnderWay() != nil || w.data == nil {
		return
	}
	if err := w.data.ReadOnly(); err != nil { // before a language model is asked for anything
		w.Fail(lang.L("The run failed"), err)
		return
	}
	run := &Run{BuiltIn: writer.BuiltIn, controls: scheduler.NewControls()}
	w.run = run
	job.Dataset, job.Controls = w.data, run.controls
	show := func(p gen.Progress) {
		run.Progress = p
		w.runChanged()
	}
	progress := NewLatest(w.Jobs.Post, show)
	w.frame.status.where.SetText(writer.where())
	w.runChanged()
	var result gen.Result
	var categories localdb.Categories
	var last gen.Progress
	work := w.Jobs.Run(lang.L("Generating"), func(ctx context.Context, report func(Progress)) (err error) {
		plan := job.Plan
		if job.Resume {
			if plan, err = gen.UnfinishedPlan(ctx, job.Dataset); err != nil {
				return err
			}
		}
		if job.Writer, err = w.OpenWriter(ctx, writer, plan.Language, plan.Seed); err != nil {
			return err
		}
		job.Progress = func(p gen.Progress) {
			last = p
			progress.Set(p)
			what := lang.L("Generating")
			if !p.WaitsUntil.IsZero() { // people see it whatever page is up, beside the button that stops it
				what = Translate(p.Note.Parts())
			}
			report(Progress{What: what, Done: p.Kept, Total: p.Wanted})
		}
		if result, err = gen.Generate(ctx, job); err != nil {
			return err
		}
		categories, err = job.Dataset.Categories(context.WithoutCancel(ctx)) // a run that was stopped is told, too
		return err
	}, func(err error) {
		run.Ended = true
		w.frame.status.where.SetText(lang.L("Works offline"))
		show(last)
		w.Reload()
		if err != nil {
			w.Fail(lang.L("The run failed"), err)
			return
		}
		w.tellResult(result, writer, categories)
	})
	work.OnStop = w.StopRun
}

// tellResult tells how a run ended.
func (w *Window) tellResult(r gen.Result, writer WriterChoice, categories localdb.Categories) {
	note, summary := Say(r.Note, categories), Say(r.Summary, categories)
	switch r.State {
	case scheduler.Done:
		all := lang.L("All {{.N}} messages are in the dataset.", map[string]any{"N": Thousands(r.Messages)})
		w.Toasts.Show(joinSentences(all, note), lang.L("Review them"), func() { w.GoTo(Review) })
	case scheduler.Stopped:
		kept := lang.L("The run was stopped; {{.Kept}} of {{.All}} messages are kept. You can resume it at any time.", map[string]any{
			"Kept": Thousands(r.Messages), "All": Thousands(r.Messages + r.Missing),
		})
		w.Toasts.Show(joinSentences(kept, note), "", nil)
	case scheduler.Exhausted:
		w.Tell(lang.L("Fewer messages than planned"), joinSentences(summary, note), w.MoreMessages(r.NeedsKnowledge)...)
	default:
		LogError("the run is not complete", errors.Join(r.Cause, errors.New(r.Summary.String())))
		w.Tell(lang.L("The run is not complete"), joinSentences(summary, note), append(w.goOnAt(r.ResumeAt, writer), w.helpWith(r.Cause)...)...)
	}
}

// goOnAt offers to resume when the endpoint takes requests again; nothing where it didn't
// say when, or that is too far off to leave the program open.
func (w *Window) goOnAt(at time.Time, writer WriterChoice) []*widget.Button {
	if at.IsZero() || time.Until(at) > longestOffer {
		return nil
	}
	label := lang.L("Go on at {{.Time}}", map[string]any{"Time": at.Local().Format("15:04")})
	return []*widget.Button{widget.NewPrimaryButton(label, func() { w.resumeRunAt(at, writer) })}
}

// longestOffer is how far off the end of a limit of a day is at most.
const longestOffer = 25 * time.Hour

// MoreMessages are the buttons for people whose built-in writer has nothing new left, for
// lack of examples or of knowledge.
func (w *Window) MoreMessages(ofKnowledge bool) []*widget.Button {
	add := widget.NewButton(lang.L("Add examples"), func() { w.GoTo(Categories) })
	if ofKnowledge {
		add = widget.NewButton(lang.L("Add knowledge"), func() { w.GoTo(Knowledge) })
	}
	return []*widget.Button{
		add,
		widget.NewButton(lang.L("Choose a language model"), func() { w.GoTo(SettingsPage) }),
	}
}

// helpWith offers the page where people can correct what ended a run.
func (w *Window) helpWith(cause error) []*widget.Button {
	settings := []*widget.Button{widget.NewPrimaryButton(lang.L("Open Settings"), func() { w.GoTo(SettingsPage) })}
	if errors.Is(cause, gen.ErrRubbish) {
		return settings
	}
	var refused *openai.Error
	if !errors.As(cause, &refused) {
		return nil
	}
	switch refused.Kind {
	case openai.KeyInvalid, openai.NotAllowed, openai.ModelUnknown, openai.NotFound, openai.BadAddress:
		return settings
	}
	return nil
}

func joinSentences(sentences ...string) string {
	return strings.TrimSpace(strings.Join(sentences, " "))
}

// runChanged tells the page that is up how far the run is.
func (w *Window) runChanged() {
	if p := w.Page(); p != nil {
		call(p.RunChanged)
	}
	w.refreshMenu()
}
