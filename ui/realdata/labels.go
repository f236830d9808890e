package realdata

import (
	"context"
	"errors"
	"strings"

	"seedbed/assets/number"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen/check"
	"seedbed/gen/intent"
	"seedbed/gen/label"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// labelledBy is who labels.
type labelledBy int

const (
	byCheck labelledBy = iota
	byModel
	byHand
)

// labelsCard is a card that asks who labels the messages without a category.
type labelsCard struct {
	title     *widget.Text
	who       *widget.Radio
	offered   []labelledBy  // one for each line of who
	wanted    labelledBy    // by the person; the check unless told otherwise
	chosen    labelledBy    // of those offered
	leave     *widget.Check // what seems to belong to no category gets none
	cap       *widget.Field
	capRow    *fyne.Container
	missing   *widget.Text
	sent      *widget.Text // what goes to a language model beside the messages
	labellers labellers
	object    *fyne.Container
}

func newLabelsCard(changed func()) *labelsCard {
	l := &labelsCard{title: widget.Heading(""), missing: widget.Muted(""), sent: widget.Muted(""), cap: widget.NewNumberField("0.50")}
	l.who = widget.NewRadio(nil, nil)
	l.who.OnChanged = func(chosen string) {
		for i, line := range l.who.Options {
			if line == chosen {
				l.wanted, l.chosen = l.offered[i], l.offered[i]
			}
		}
		changed()
	}
	l.leave = widget.NewCheck(lang.L("Leave messages that seem to belong to no category without a label"), func(bool) { changed() })
	l.capRow = widget.HBox(10, widget.Caption(lang.L("Spend at most $")), widget.FixedWidth(70, l.cap))
	l.object = widget.VBox(0, l.title, l.who, l.leave, l.capRow, l.sent, l.missing)
	l.show(lang.L("3 · Label"), 0, labellers{})
	return l
}

// show offers what can label n messages. Without any there is nothing to choose.
func (l *labelsCard) show(title string, n int, can labellers) {
	l.title.SetText(title)
	l.labellers, l.offered = can, nil
	var lines []string
	offer := func(who labelledBy, line string) {
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
	shell.SetVisible(l.who, n > 0)
	l.sent.SetText(can.sent())
	shell.SetVisible(l.sent, n > 0 && l.chosen == byModel)
	shell.SetVisible(l.leave, n > 0 && l.chosen == byCheck)
	shell.SetVisible(l.capRow, n > 0 && l.chosen == byModel && can.estimate.Known)
	shell.SetVisible(l.missing, n > 0 && l.missing.Text() != "")
	l.object.Refresh()
}

// plan is what a language model may spend. Where that can't be read nothing is spent:
// people are told, and ok is false.
func (l *labelsCard) plan(w *shell.Window) (plan label.Plan, ok bool) {
	if l.chosen != byModel || !l.labellers.estimate.Known || l.cap.Text == "" {
		return plan, true
	}
	most, err := number.Cap.Parse(l.cap.Text)
	if err != nil {
		w.Tell(lang.L("How much may be spent?"), lang.L("Nothing was sent. Write the limit as 0.50, or leave it empty for none. {{.Why}}", map[string]any{"Why": shell.Explain(err)}))
		return plan, false
	}
	plan.CapUSD = most
	return plan, true
}

// told is what is told of a labelling: a line that passes by, and what stays until it is read
// where some messages have no label. What the confidence is worth is in one of them.
func told(line string, r label.Result) (passing, staying string) {
	note := shell.Translate(r.Note.Parts())
	switch {
	case r.Unlabelled > 0:
		return line, strings.TrimSpace(shell.Translate(r.Summary.Parts()) + " " + note)
	case note != "":
		return line + ". " + note, ""
	}
	return line, ""
}

// tellLabels says how far a labelling is.
func tellLabels(tell func(shell.Progress)) func(label.Progress) {
	return func(p label.Progress) {
		what := lang.L("Labelling")
		if !p.Note.IsZero() {
			what = shell.Translate(p.Note.Parts())
		}
		tell(shell.Progress{What: what, Done: p.Done, Total: p.All})
	}
}

// labellers are what can label messages without a category here.
type labellers struct {
	revision uint64 // of the dataset that the check learned
	check    *intent.Model
	accuracy float64 // of the last check; 0 without one
	problem  error   // why there is no check

	looked   bool           // for a language model
	model    *label.Model   // nil where none is set up
	estimate label.Estimate // of what the model would take
}

// labellersNow brings the labellers up to date: it trains the check where the dataset is
// not what it learned from, and finds the language model. It is slow, and not for the
// main goroutine.
func labellersNow(ctx context.Context, w *shell.Window, d *localdb.Dataset, l labellers, estimate func(*label.Model) (label.Estimate, error)) (_ labellers, err error) {
	if now := d.Revision(); now != l.revision || l.check == nil && l.problem == nil {
		last, err := check.Last(ctx, d)
		if err != nil {
			return l, err
		}
		if l.accuracy = 0; last != nil {
			l.accuracy = last.Headline.Accuracy
		}
		l.revision = now
		l.check, l.problem = check.Train(ctx, d)
	}
	if !l.looked {
		l.looked = true
		for _, c := range w.Writers(ctx) {
			if !c.BuiltIn {
				l.model, err = label.OpenModel(ctx, w.Endpoint(c), w.Settings.Prices(c.BaseURL))
				if err != nil {
					return l, err
				}
				break
			}
		}
	}
	if l.model != nil {
		if l.estimate, err = estimate(l.model); err != nil {
			l.model = nil
			shell.LogError("estimating labels", err)
		}
	}
	return l, ctx.Err()
}

// checkText is the check model's line.
func (l labellers) checkText() string {
	how := lang.L("not checked yet")
	if l.accuracy > 0 {
		how = lang.L("{{.Percent}} right in the last check", map[string]any{"Percent": shell.Decimal(100*l.accuracy, 0) + " %"})
	}
	return lang.L("With this dataset’s own check model — on this computer, free, {{.How}}", map[string]any{"How": how})
}

// modelText is the language model's line.
func (l labellers) modelText() string {
	fields := map[string]any{"Model": l.model.Info().Model, "Requests": shell.Thousands(l.estimate.Requests), "Cost": shell.Dollars(l.estimate.High)}
	if !l.estimate.Known {
		return lang.L("With {{.Model}} — {{.Requests}} requests; nobody knows what it costs, Settings takes its price", fields)
	}
	return lang.L("With {{.Model}} — about {{.Cost}}, {{.Requests}} requests", fields)
}

// sent says what else goes to the language model; "" where nothing does.
func (l labellers) sent() string {
	if l.estimate.Calibrating == 0 {
		return lang.L("Accepted messages go along as examples. What belongs to no category stays without a label.")
	}
	return lang.L("Accepted messages go along as examples. The model also labels {{.N}} messages that people labelled, which shows how far its confidence can be trusted; the price includes them. What belongs to no category stays without a label.",
		map[string]any{"N": shell.Thousands(l.estimate.Calibrating)})
}

// missing says what can't label and what to do about it; "" where all can.
func (l labellers) missing() string {
	switch {
	case errors.Is(l.problem, intent.ErrFewCategories) || errors.Is(l.problem, intent.ErrFewMessages):
		return lang.L("This dataset’s own check model can label as soon as there are labelled messages of two categories: generate or import some first.")
	case l.problem != nil:
		return shell.Explain(l.problem)
	case l.looked && l.model == nil:
		return lang.L("A language model can label, too, once Settings has its address or key.")
	}
	return ""
}
