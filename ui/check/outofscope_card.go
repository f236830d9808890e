package check

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen/check"
	"seedbed/gen/intent/outofscope"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// outOfScopeCard offers the thresholds above which a message belongs to no category, each
// with its price.
type outOfScopeCard struct {
	page    *page
	choice  *widget.Radio
	kept    []float64 // of each line of choice
	explain *widget.Text
	flagged *widget.Text
	review  *widget.Button
	object  fyne.CanvasObject
}

func newOutOfScopeCard(p *page) *outOfScopeCard {
	c := &outOfScopeCard{page: p, choice: widget.NewRadio(nil, nil), explain: widget.Muted(""), flagged: widget.Body("")}
	c.choice.OnChanged = c.choose
	c.review = widget.NewButton(lang.L("Review them"), func() { p.window.Review(localdb.Filter{Flags: localdb.OutOfScope}, 0) })
	c.object = widget.VBox(10, widget.Heading(lang.L("Messages that belong to no category")), c.explain, c.choice, c.flagged, widget.Wrap(8, c.review))
	return c
}

// show offers the thresholds that the last check measured.
func (c *outOfScopeCard) show(s state) {
	thresholds := s.checks[0].Thresholds
	shell.SetVisible(c.choice, thresholds != nil)
	c.explain.SetText(lang.L("People also write what no category is for. The stricter the threshold, the more of that is turned away, and the more of your own messages with it. It counts here, in labelling and in the model that you export."))
	if thresholds == nil {
		c.explain.SetText(lang.L("This check is older than the thresholds: train and test again to choose one."))
	}
	c.kept, c.choice.Options = nil, nil
	for i, t := range thresholds {
		kept := outofscope.KeptShares()[i]
		line := lang.L("keeps {{.Kept}} of yours, turns away {{.Away}} of foreign ones", map[string]any{"Kept": wholePercent(t.Kept), "Away": wholePercent(t.TurnedAway)})
		same := slices.Index(c.choice.Options, line)
		if same < 0 { // in small datasets, several are the same
			same = len(c.kept)
			c.kept, c.choice.Options = append(c.kept, kept), append(c.choice.Options, line)
		}
		if kept == s.kept {
			c.choice.Selected = c.choice.Options[same]
		}
	}
	c.choice.Refresh()
	text := lang.L("No message looks as if it belonged to no category.")
	if s.outOfScope == 1 {
		text = lang.L("1 message looks as if it belonged to no category.")
	} else if s.outOfScope > 1 {
		text = lang.N("{{.N}} messages look as if they belonged to no category.", s.outOfScope, map[string]any{"N": shell.Thousands(s.outOfScope)})
	}
	c.flagged.SetText(text)
	shell.SetVisible(c.review, s.outOfScope > 0)
}

// choose stores the threshold in the dataset; flags follow.
func (c *outOfScopeCard) choose(line string) {
	p := c.page
	data, kept := p.window.Dataset(), c.kept[slices.Index(c.choice.Options, line)]
	p.window.Change(lang.L("Choosing the threshold"), lang.L("The threshold could not be changed"), func(ctx context.Context, _ localdb.Report) error {
		return check.SetKept(ctx, data, kept)
	}, func(error) { p.loader.Load() })
}

// wholePercent rounds a share, but never to all where it isn't.
func wholePercent(share float64) string {
	if share < 1 && share >= 0.995 {
		return shell.Percent(share)
	}
	return shell.Decimal(100*share, 0) + " %"
}
