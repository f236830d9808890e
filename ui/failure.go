package ui

import (
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"

	"seedbed/kbsource"
	"seedbed/ui/look"
)

// fail tells what went wrong and what to do next; the log gets all of it. Work
// that a person stopped is no failure.
func (a *app) fail(what string, err error, help ...*look.Button) {
	if err == nil || stopped(err) {
		return
	}
	logError(what, err)
	content := look.Stack(12, look.Body(explanation(err)))
	d := dialog.NewCustom(what, lang.L("Close"), content, a.window)
	for _, button := range help {
		press := button.OnTapped
		button.OnTapped = func() {
			d.Hide()
			press()
		}
		content.Add(look.Row(8, button))
	}
	d.Resize(fyne.NewSize(520, 0))
	d.Show()
}

// explanation is what people read of an error: what happened and what to do.
func explanation(err error) string {
	var source *kbsource.Error
	if errors.As(err, &source) {
		return sentence(source.What) + " " + sentence(source.Next)
	}
	return sentence(err.Error())
}

// tell says something that is no failure but must be read.
func (a *app) tell(title, text string) {
	d := dialog.NewCustom(title, lang.L("Close"), look.Body(text), a.window)
	d.Resize(fyne.NewSize(520, 0))
	d.Show()
}
