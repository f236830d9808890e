package shell

import (
	"context"
	"fmt"
	"image/color"

	"seedbed/assets/visible"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/gen/check"
	"seedbed/localdb"
	"seedbed/ui/widget"
)

// statusBar is the strip at the bottom: what is saved, what is open, what runs.
type statusBar struct {
	saved, file, count, where *widget.Text
	object                    fyne.CanvasObject
}

func newStatusBar(w *Window) *statusBar {
	b := &statusBar{
		saved: widget.Caption(lang.L("All changes saved")), file: widget.Caption(""), count: widget.Caption(""),
		where: widget.Caption(lang.L("Works offline")),
	}
	dot := widget.Dot(fynetheme.ColorNameSuccess)
	if w.data.ReadOnly() != nil {
		b.saved.SetText(lang.L("Read-only"))
		dot = widget.Dot(fynetheme.ColorNameWarning)
	}
	work := w.NewWorkBar()
	line := widget.HBox(16, widget.HBox(6, dot, b.saved), b.file, b.count, work.Object, layout.NewSpacer(), b.where)
	work.Line = line
	b.object = widget.FlatPanel(container.NewBorder(fynewidget.NewSeparator(), nil, nil, nil, container.New(layout.NewCustomPaddedLayout(4, 8, 16, 16), container.NewHScroll(line))))
	return b
}

// WorkBar shows how far a job is, with the button that stops it.
type WorkBar struct {
	Object *fyne.Container
	Line   *fyne.Container // what Object stands in, which has to make room for it

	job   *Job
	gauge *widget.ProgressBar
	text  *widget.Text
}

// NewWorkBar makes the place where work under way is shown from now on.
func (w *Window) NewWorkBar() *WorkBar {
	b := &WorkBar{gauge: widget.NewProgressBar(color.NRGBA{}), text: widget.Caption("")}
	stop := widget.NewSmallButton(lang.L("Stop"), func() {
		if b.job != nil {
			b.job.Stop()
		}
	})
	b.Object = widget.HBox(12, widget.FixedWidth(180, b.gauge), b.text, stop)
	b.Object.Hide()
	w.workBar = b
	return b
}

func (b *WorkBar) show(j *Job, p Progress) {
	if b.job != j {
		b.gauge.SetValue(0)
	}
	b.job = j
	b.text.SetText(p.String())
	if p.Total > 0 {
		b.gauge.SetValue(float32(p.Done) / float32(p.Total))
	}
	b.Object.Show()
	b.Line.Refresh()
}

// hide hides the bar when the job that it shows is over.
func (b *WorkBar) hide(j *Job) {
	if b.job == j {
		b.job = nil
		b.Object.Hide()
	}
}

// String says what is done and how far it is.
func (p Progress) String() string {
	switch {
	case p.Total > 0:
		return fmt.Sprintf("%s %s / %s", p.What, Thousands(p.Done), Thousands(p.Total))
	case p.Done > 0:
		return fmt.Sprintf("%s %s", p.What, Thousands(p.Done))
	}
	return p.What
}

// summary is how the dataset stands, for the navigation and the status bar.
type summary struct {
	counts     localdb.Counts
	categories localdb.Categories
	passages   int
	check      *check.Result // the last one; nil without one
	steps      steps
}

// steps are whether there is a change to undo or redo.
type steps struct{ undo, redo bool }

func (w *Window) newSummary() *Loader {
	return NewLoader(w, "", func() func(context.Context) (summary, error) {
		data := w.data
		return func(ctx context.Context) (s summary, err error) {
			if s.counts, err = data.Counts(ctx); err != nil {
				return s, err
			}
			if s.categories, err = data.Categories(ctx); err != nil {
				return s, err
			}
			passages, err := data.Passages(ctx)
			if err != nil {
				return s, err
			}
			s.passages = len(passages)
			if data.ReadOnly() == nil {
				if _, s.steps.undo, err = data.CanUndo(ctx); err != nil {
					return s, err
				}
				if _, s.steps.redo, err = data.CanRedo(ctx); err != nil {
					return s, err
				}
			}
			s.check, err = check.Last(ctx, data)
			return s, err
		}
	}, w.showSummary)
}

func (w *Window) showSummary(s summary) {
	w.steps, w.categories = s.steps, s.categories
	name := DatasetName(w.data.Path())
	w.frame.status.file.SetText(name + DatasetEnding)
	count := CountMessages(s.counts.Kept())
	if rejected := s.counts.Total - s.counts.Kept(); rejected > 0 { // as Overview counts them, too
		count = lang.L("{{.Messages}} and {{.Rejected}} rejected", map[string]any{"Messages": count, "Rejected": Thousands(rejected)})
	}
	w.frame.status.count.SetText(count)
	w.frame.setRemark(Review, numberOrNone(s.counts.All().Status(localdb.ToReview)))
	w.frame.setRemark(Knowledge, numberOrNone(s.passages))
	accuracy := ""
	if s.check != nil {
		accuracy = Decimal(100*s.check.Headline.Accuracy, 0) + " %"
	}
	w.frame.setRemark(Check, accuracy)
	w.Fyne.SetTitle(visible.Line(name) + " – " + lang.X("app.name", "Seedbed"))
}

func numberOrNone(n int) string {
	if n == 0 {
		return ""
	}
	return Thousands(n)
}
