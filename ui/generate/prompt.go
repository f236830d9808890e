package generate

import (
	"context"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"seedbed/gen"
	"seedbed/gen/prompt"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// promptDialog shows what a language model is asked with next, and takes a person's
// instructions for it.
type promptDialog struct {
	page *page
	job  gen.Job

	category                      *widget.Select
	categories                    []string // of the select, as they are exported
	instructions                  *widget.Field
	problem, edited, system, user *widget.Text
	prompts                       *shell.Loader
	dialog                        *widget.Dialog
}

// instructionRows and templateRows are how many lines of the texts are shown at once.
const (
	instructionRows = 3
	templateRows    = 24
)

// showPrompt opens the dialog for the run that is resumed next, else for the plan.
func (p *page) showPrompt() {
	plan, problem := p.plan()
	if problem != "" {
		return
	}
	if p.unfinished {
		plan = p.resumed
	}
	d := &promptDialog{page: p, job: gen.Job{Dataset: p.window.Dataset(), Plan: plan, Resume: p.unfinished}}
	var shown []string
	for _, c := range p.categories {
		if plan.Of(c.Name) > 0 {
			d.categories, shown = append(d.categories, c.Name), append(shown, c.Shown())
		}
	}
	d.prompts = shell.NewLoader(p.window, "", d.readPrompt, d.showPrompt)
	d.category = widget.NewSelect(shown, func(int) { d.prompts.Load() })
	d.instructions = widget.NewTextArea(instructionRows)
	d.instructions.SetPlaceHolder(lang.L("one rule per line, such as: no emoji"))
	d.instructions.SetText(p.domain.Instructions)
	d.instructions.OnChanged = func(string) { d.prompts.Load() }
	d.problem, d.edited = newProblem(), widget.Muted(lang.L("The template was edited for this dataset."))
	d.system, d.user = widget.Code(""), widget.Code("")
	content := widget.VBox(10,
		widget.HBox(10, widget.Caption(lang.L("Category")), d.category),
		widget.VBox(4, widget.Caption(lang.L("Your instructions")), d.instructions),
		d.problem, d.edited,
		widget.VBox(4, widget.Caption(lang.L("Instructions to the model (system)")), d.system),
		widget.VBox(4, widget.Caption(lang.L("Request (user)")), d.user))
	const scrollBar = 12 // beside the text
	d.dialog = widget.ShowDialog(p.window.Canvas(), lang.L("The prompt of the next request"), container.New(layout.NewCustomPaddedLayout(0, 0, 0, scrollBar), content),
		widget.NewPrimaryButton(lang.L("Save"), d.save).KeepOpen(),
		widget.NewButton(lang.L("Edit the template…"), d.editTemplate).KeepOpen(),
		widget.NewButton(lang.L("Cancel"), func() {}))
	d.dialog.Widen()
	d.prompts.Load()
}

// newProblem returns the line that says what can't be saved.
func newProblem() *widget.Text {
	problem := widget.Body("").WithColor(theme.ColorNameNoticeText)
	problem.Hide()
	return problem
}

// nextPrompt is what the model is asked with, or why that can't be said.
type nextPrompt struct {
	prompt.Prompt
	err error
}

func (d *promptDialog) readPrompt() func(context.Context) (nextPrompt, error) {
	category, typed := "", d.page.domain
	if i := d.category.SelectedIndex(); i < len(d.categories) {
		category = d.categories[i]
	}
	typed.Instructions = d.instructions.Text
	return func(ctx context.Context) (p nextPrompt, _ error) {
		domain, err := typed.Tidy()
		if err == nil {
			p.Prompt, err = gen.NextPrompt(ctx, d.job, domain, category)
		}
		p.err = err
		return p, nil
	}
}

func (d *promptDialog) showPrompt(p nextPrompt) {
	if p.err == nil {
		d.system.SetText(p.System)
		d.user.SetText(p.User)
	}
	shell.SetVisible(d.edited, d.page.domain.Template != "")
	showProblem(d.page.window, d.dialog, d.problem, p.err)
}

// showProblem says in a dialog what is wrong with what was typed in it, nil for nothing.
func showProblem(w *shell.Window, d *widget.Dialog, line *widget.Text, err error) {
	if err != nil {
		line.SetText(w.Explain(err))
	}
	shell.SetVisible(line, err != nil)
	d.Refresh() // what is below moves
}

func (d *promptDialog) save() {
	typed := d.instructions.Text
	d.page.keepDomain(func(domain *localdb.Domain) { domain.Instructions = typed },
		func(err error) {
			showProblem(d.page.window, d.dialog, d.problem, err)
			d.page.window.Canvas().Focus(d.instructions) // to correct it
		}, d.dialog.Close)
}

// editTemplate opens the whole template in a dialog of its own.
func (d *promptDialog) editTemplate() {
	shipped, err := prompt.Default(d.page.languageCode())
	if err != nil {
		d.page.window.Fail(lang.L("The template could not be read"), err)
		return
	}
	text, problem := widget.NewTextArea(templateRows), newProblem()
	text.TextStyle.Monospace = true
	text.SetText(d.page.domain.Template)
	if text.Text == "" {
		text.SetText(shipped)
	}
	var dialog *widget.Dialog
	refused := func(err error) {
		showProblem(d.page.window, dialog, problem, err)
		d.page.window.Canvas().Focus(text) // to correct it
	}
	save := func() {
		typed := text.Text
		d.page.keepDomain(func(domain *localdb.Domain) { domain.Template = typed }, refused, func() {
			dialog.Close()
			d.prompts.Load()
		})
	}
	toDefault := func() {
		text.SetText(shipped)
		refused(nil)
	}
	about := widget.Muted(lang.L("Names in double braces are replaced for every request. The template is checked before it is saved, and belongs to this dataset."))
	dialog = widget.ShowDialog(d.page.window.Canvas(), lang.L("The template of the prompt"), widget.VBox(8, about, problem, text),
		widget.NewPrimaryButton(lang.L("Save"), save).KeepOpen(),
		widget.NewButton(lang.L("Back to the default"), toDefault).KeepOpen(),
		widget.NewButton(lang.L("Cancel"), func() {}))
	dialog.Widen()
}
