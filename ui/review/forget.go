package review

import (
	"context"
	"strings"

	"fyne.io/fyne/v2/lang"

	"seedbed/localdb"
	"seedbed/localdb/privacy"
	"seedbed/ui/report"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// forgetMessages asks whether the selected messages are to be forgotten for good.
func (p *page) forgetMessages() {
	if ids := p.targets(); len(ids) > 0 {
		p.confirmForgetting(privacy.Request{IDs: ids})
	}
}

// forgetText asks for a text, and then whether all that holds it is to be forgotten.
func (p *page) forgetText() {
	text := widget.NewField(p.filters.filter.Search)
	text.SetPlaceHolder(lang.L("a name, a number, a sentence"))
	next := widget.NewPrimaryButton(lang.L("Look for it"), func() {
		if strings.TrimSpace(text.Text) != "" {
			p.confirmForgetting(privacy.Request{Text: text.Text})
		}
	})
	text.OnSubmitted = func(string) { next.Tapped(nil) }
	widget.ShowDialog(p.window.Canvas(), lang.L("Forget a text"),
		widget.VBox(10, widget.Body(lang.L("Every message that contains it is forgotten, whatever its case. You see how many there are before anything happens.")), text),
		next, widget.NewButton(lang.L("Cancel"), func() {}))
}

// confirmForgetting says what would be forgotten and asks.
func (p *page) confirmForgetting(request privacy.Request) {
	data := p.window.Dataset()
	var found privacy.Found
	p.window.Jobs.RunSilently(func(ctx context.Context) (err error) {
		found, err = privacy.Find(ctx, data, request)
		return err
	}, func(err error) {
		if err != nil {
			p.window.Fail(lang.L("The messages could not be looked for"), err)
			return
		}
		p.askToForget(request, found)
	})
}

func (p *page) askToForget(request privacy.Request, found privacy.Found) {
	count := map[string]any{"N": shell.Thousands(found.Messages), "Copies": found.Copies}
	body := widget.VBox(10,
		widget.Body(lang.L("Messages that are removed for good: {{.N}}. Their earlier texts, undo steps and predictions go with them, and what runs left out or used as examples.", count)),
		widget.Body(lang.L("Copies that Seedbed made of the dataset by itself ({{.Copies}}) are cleared or deleted. Files you exported and copies you saved stay as they are.", count)),
		widget.Strong(lang.L("This can't be undone.")))
	if found.Passages > 0 {
		passages := widget.NewCheck(lang.L("Also forget passages of knowledge that hold it ({{.N}})", map[string]any{"N": shell.Thousands(found.Passages)}), func(checked bool) { request.Passages = checked })
		body.Add(passages)
	}
	widget.ShowDialog(p.window.Canvas(), lang.L("Forget for good?"), body,
		widget.NewButton(lang.L("Cancel"), func() {}),
		widget.NewPrimaryButton(lang.L("Forget for good", count), func() { p.forget(request) }))
}

// forget forgets, and says what is left of it elsewhere.
func (p *page) forget(request privacy.Request) {
	data := p.window.Dataset()
	request.Logs = report.Files()
	var done privacy.Forgotten
	p.window.Change(lang.L("Forgetting"), lang.L("Not everything could be forgotten"), func(ctx context.Context, _ localdb.Report) (err error) {
		done, err = privacy.Forget(ctx, data, request)
		return err
	}, func(err error) {
		p.renew()
		if err != nil {
			return
		}
		if len(done.Remains) > 0 {
			places := make([]string, len(done.Remains))
			for i, place := range done.Remains {
				places[i] = shell.ShortPath(place)
			}
			p.window.Tell(lang.L("Forgotten in the dataset, but not everywhere"), lang.L("It still stands here, which was left as it is: {{.Places}}", map[string]any{"Places": strings.Join(places, ", ")}))
			return
		}
		p.window.Toasts.Show(lang.L("Messages forgotten: {{.N}}", map[string]any{"N": shell.Thousands(done.Messages)}), "", nil)
	})
}
