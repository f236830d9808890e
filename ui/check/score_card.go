package check

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen/check"
	"seedbed/gen/intent"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// scoreCard is the card that says which messages the accuracy was measured on.
func (p *page) scoreCard() fyne.CanvasObject {
	p.scores, p.transfer, p.gap = widget.Body(""), widget.Body(""), widget.Muted("")
	p.lock = widget.NewCheck(lang.L("Keep a fifth of the real messages as a locked test set"), nil)
	return widget.VBox(10, widget.Heading(lang.L("What the accuracy is of")), p.scores, p.transfer, p.gap, p.lock,
		widget.Muted(lang.L("The check never learns from locked messages, so their score is the one to trust.")))
}

// showScores lists the scores and explains the gap.
func (p *page) showScores(last check.Result) {
	var lines []string
	add := func(name string, s *intent.Score) {
		if s != nil {
			lines = append(lines, fmt.Sprintf("%s: %s (%s)", name, shell.Percent(s.Accuracy), lang.L("{{.Low}} to {{.High}}, {{.N}} messages", map[string]any{
				"Low": shell.Percent(s.Low), "High": shell.Percent(s.High), "N": shell.Thousands(s.Messages),
			})))
		}
	}
	add(lang.L("Locked real messages"), last.Holdout)
	add(lang.L("Trained on synthetic, tested on real"), last.SyntheticToReal)
	add(lang.L("Real, trained with real ones too"), last.RealKnown)
	add(lang.L("Synthetic"), last.Synthetic)
	if last.Synthetic == nil {
		add(lang.L("All messages, in turns"), &last.CrossValidated)
	}
	p.scores.SetText(strings.Join(lines, "\n"))
	p.showTransfer(last)
	p.gap.SetText(shell.Say(last.Gap, p.state.categories))
	if last.Gap.IsZero() {
		p.gap.SetText(lang.L("These messages test themselves. Merge some real ones to see how well it does on what people really write."))
	}
	p.lock.OnChanged = nil
	p.lock.SetChecked(p.state.holdout > 0)
	p.lock.OnChanged = p.setHoldout
}

// setHoldout reserves a holdout or releases it, and checks again.
func (p *page) setHoldout(on bool) {
	if p.job != nil || on == (p.state.holdout > 0) {
		return
	}
	data := p.window.Dataset()
	p.run(func(ctx context.Context) error {
		if !on {
			return check.EndHoldout(ctx, data)
		}
		_, err := check.HoldOut(ctx, data)
		return err
	})
}

// showTransfer says what share of the accuracy of real messages the synthetic ones give.
func (p *page) showTransfer(last check.Result) {
	text := shell.Translate(last.NoTransfer.Parts())
	if t := last.Transfer; t != nil {
		text = lang.L("Trained on synthetic messages, the model reaches {{.Share}} ({{.Low}} to {{.High}}) of the accuracy that training on the {{.N}} real messages would give.", map[string]any{
			"Share": wholePercent(t.Share), "Low": wholePercent(t.Low), "High": wholePercent(t.High), "N": shell.Thousands(t.Messages),
		})
	}
	p.transfer.SetText(text)
	shell.SetVisible(p.transfer, text != "")
}
