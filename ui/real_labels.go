package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen/label"
	"seedbed/ui/widget"
)

// labelWho is who labels.
type labelWho int

const (
	byCheck labelWho = iota
	byModel
	byHand
)

// realLabels is a card that asks who labels the messages without a category.
type realLabels struct {
	title     *widget.Text
	who       *widget.Radio
	offered   []labelWho // one for each line of who
	wanted    labelWho   // by the person; the check unless told otherwise
	chosen    labelWho   // of those offered
	cap       *widget.Field
	capRow    *fyne.Container
	missing   *widget.Text
	labellers labellers
	object    *fyne.Container
}

func newRealLabels(changed func()) *realLabels {
	l := &realLabels{title: widget.Heading(""), missing: widget.Muted(""), cap: widget.NewNumber("0.50")}
	l.who = widget.NewRadio(nil, nil)
	l.who.OnChanged = func(chosen string) {
		for i, line := range l.who.Options {
			if line == chosen {
				l.wanted, l.chosen = l.offered[i], l.offered[i]
			}
		}
		changed()
	}
	l.capRow = widget.Row(10, widget.Caption(lang.L("Spend at most $")), widget.Width(70, l.cap))
	l.object = widget.Stack(0, l.title, l.who, l.capRow, l.missing)
	l.show(lang.L("3 · Label"), 0, labellers{})
	return l
}

// show offers what can label n messages. Without any there is nothing to choose.
func (l *realLabels) show(title string, n int, can labellers) {
	l.title.SetText(title)
	l.labellers, l.offered = can, nil
	var lines []string
	offer := func(who labelWho, line string) {
		l.offered, lines = append(l.offered, who), append(lines, line)
	}
	if can.check != nil {
		offer(byCheck, can.checkText())
	}
	if can.model != nil {
		offer(byModel, can.modelText())
	}
	offer(byHand, lang.L("By hand in Review"))
	selected := 0
	for i, who := range l.offered {
		if who == l.wanted {
			selected = i
		}
	}
	l.chosen = l.offered[selected]
	l.who.Options, l.who.Selected = lines, lines[selected]
	l.who.Refresh()
	l.missing.SetText(can.missing())
	setVisible(l.who, n > 0)
	setVisible(l.capRow, n > 0 && l.chosen == byModel && can.estimate.Known)
	setVisible(l.missing, n > 0 && l.missing.Text() != "")
	l.object.Refresh()
}

// plan is what a language model may spend. Where that can't be read nothing is spent:
// people are told, and ok is false.
func (l *realLabels) plan(a *app) (plan label.Plan, ok bool) {
	if l.chosen != byModel || !l.labellers.estimate.Known || l.cap.Text == "" {
		return plan, true
	}
	most, err := amount(l.cap.Text)
	if err != nil || most < 0 {
		a.tell(lang.L("How much may be spent?"), lang.L("“{{.Text}}” is not an amount, so nothing was sent. Write it as 0.50, or leave it empty for no limit.", map[string]any{"Text": l.cap.Text}))
		return plan, false
	}
	plan.CapUSD = most
	return plan, true
}

// tellLabels says how far a labelling is.
func tellLabels(tell func(progress)) func(label.Progress) {
	return func(p label.Progress) {
		what := lang.L("Labelling")
		if !p.Note.IsZero() {
			what = translated(p.Note.Parts())
		}
		tell(progress{what: what, done: p.Done, total: p.All})
	}
}
