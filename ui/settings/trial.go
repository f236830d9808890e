package settings

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen/llm"
	"seedbed/ui/shell"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// test tries the endpoint and shows what works, one line a step.
func (p *page) test() {
	settings := p.window.Settings
	choice := shell.WriterChoice{BaseURL: settings.BaseURL(), Model: settings.Model()}
	p.say(lang.L("Asking…"), theme.ColorNameMuted)
	p.findings.RemoveAll()
	var findings []llm.Finding
	var choices []llm.Choice
	p.window.Jobs.Run(lang.L("Testing the language model"), func(ctx context.Context, _ func(shell.Progress)) (err error) {
		findings, choices, err = llm.Try(ctx, p.window.Endpoint(choice), settings.Prices(choice.BaseURL))
		return err
	}, func(err error) {
		p.choices = choices
		p.model.SetOptions(llm.Suitable(choices))
		p.showAboutModel()
		for _, f := range findings {
			p.addFinding(f)
		}
		if err != nil {
			shell.LogError("testing the language model", err)
			p.say(shell.Explain(err), theme.ColorNameNoticeText)
			return
		}
		p.say(lang.L("It works."), theme.ColorNameMuted)
	})
}

func (p *page) say(text string, colour fyne.ThemeColorName) {
	p.testResult.SetText(text)
	p.testResult.SetColor(colour)
}

func (p *page) addFinding(f llm.Finding) {
	sign := widget.Body("✓")
	if !f.Good {
		sign = widget.Body("–")
	}
	p.findings.Add(container.NewBorder(nil, nil, widget.FixedWidth(20, sign), nil, widget.Muted(shell.Translate(f.Text.Parts()))))
}

// showAboutModel says what the endpoint's list told of the model in the field.
func (p *page) showAboutModel() {
	name := strings.TrimSpace(p.model.Text)
	at := slices.IndexFunc(p.choices, func(c llm.Choice) bool { return c.ID == name })
	if at < 0 {
		p.aboutModel.SetText("")
		return
	}
	p.aboutModel.SetText(shell.AboutModel(p.choices[at]))
}
