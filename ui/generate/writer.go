package generate

import (
	"context"
	"slices"

	"fyne.io/fyne/v2/lang"

	"seedbed/gen/llm"
	"seedbed/gen/openai"
	"seedbed/ui/shell"
)

// findWriters looks who can write: a key may have been added, or a program started.
func (p *page) findWriters() {
	if p.writers == nil {
		p.setWriters([]shell.WriterChoice{shell.BuiltInWriter()}, shell.BuiltInWriter())
	}
	var found []shell.WriterChoice
	p.window.Jobs.RunDetached(func(ctx context.Context) error {
		found = p.window.Writers(ctx)
		return nil
	}, func(error) {
		chosen := p.choice()
		if len(found) > 1 && !p.writerChosen {
			chosen = found[1] // a model writes better than the built-in writer
		}
		p.setWriters(found, chosen)
	})
}

// setWriters lists who can write, and chooses one of them, which is added where it is not
// among them.
func (p *page) setWriters(found []shell.WriterChoice, chosen shell.WriterChoice) {
	at := slices.IndexFunc(found, chosen.Same)
	if at < 0 {
		found, at = append(slices.Clone(found), chosen), len(found)
	} else if chosen.Model != "" {
		found = slices.Clone(found)
		found[at].Model = chosen.Model
	}
	p.writers = found
	names := make([]string, len(found), len(found)+1)
	for i, c := range found {
		names[i] = c.Name
	}
	p.writer.SetOptions(append(names, lang.L("Another address…")), at)
	p.showModels()
}

// chooseWriter is called when a person chooses who writes. The last line leads to Settings.
func (p *page) chooseWriter(at int) {
	if at >= len(p.writers) {
		p.writer.SetOptions(p.writer.Options(), p.chosen)
		p.window.GoTo(shell.SettingsPage)
		return
	}
	p.writerChosen = true
	p.showModels()
}

// showModels shows the models of who is chosen, and asks for them the first time.
func (p *page) showModels() {
	p.chosen = p.writer.SelectedIndex()
	c := p.choice()
	shell.SetVisible(p.modelRow, !c.BuiltIn)
	shell.SetVisible(p.limitRow, !c.BuiltIn)
	shell.SetVisible(p.prompt, !c.BuiltIn)
	p.idle.Refresh()
	p.showRequests()
	if !c.BuiltIn {
		p.offerModels()
		if _, asked := p.models[c.BaseURL]; !asked {
			p.askModels(c)
		}
	}
	p.left.Refresh()
	p.updatePlan()
}

func (p *page) offerModels() {
	model := p.choice().ModelOrDefault()
	listed := slices.Clone(p.models[p.choice().BaseURL])
	if model == "" && len(listed) > 0 {
		model = listed[0].ID
	}
	at := slices.IndexFunc(listed, func(c llm.Choice) bool { return c.ID == model })
	if at < 0 {
		listed, at = append([]llm.Choice{{Model: openai.Model{ID: model}}}, listed...), 0
	}
	p.listed = listed
	names := make([]string, len(listed))
	for i, c := range listed {
		names[i] = c.ID
		if about := shell.AboutModel(c); about != "" {
			names[i] += " · " + about
		}
	}
	if model == "" {
		names[0] = lang.L("The most suitable one there")
	}
	p.model.SetOptions(names, at)
}

func (p *page) askModels(c shell.WriterChoice) {
	p.models[c.BaseURL] = nil
	var models []llm.Choice
	p.window.Jobs.RunDetached(func(ctx context.Context) error {
		choices, err := llm.Choices(ctx, p.window.Endpoint(c), p.window.Settings.Prices(c.BaseURL))
		models = slices.DeleteFunc(choices, func(c llm.Choice) bool { return !c.Suitable })
		return err
	}, func(err error) {
		if err != nil {
			delete(p.models, c.BaseURL)
			shell.LogError("listing models", err) // the estimate says what is wrong
			return
		}
		p.models[c.BaseURL] = models
		if c.Same(p.choice()) {
			p.offerModels()
		}
	})
}

func (p *page) chooseModel(int) {
	p.writers = slices.Clone(p.writers)
	p.writers[p.chosen].Model = p.listed[p.model.SelectedIndex()].ID
	p.updatePlan()
}

func (p *page) choice() shell.WriterChoice {
	if p.chosen >= 0 && p.chosen < len(p.writers) {
		return p.writers[p.chosen]
	}
	return shell.BuiltInWriter()
}
