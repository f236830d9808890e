package help

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// prefToured is set once the tour was shown.
const prefToured = "toured"

// OfferTour shows the tour to those who never opened a dataset, once.
func OfferTour(w *shell.Window) {
	if w.Settings.Prefs.Bool(prefToured) || len(w.Settings.Recents()) > 0 {
		return
	}
	StartTour(w)
}

// StartTour shows the tour's first step above whatever page is up.
func StartTour(w *shell.Window) {
	w.Settings.Prefs.SetBool(prefToured, true)
	showStep(w, 0)
}

// steps are what the tour says, with the page that it says it of.
func steps() []struct{ page, text string } {
	return []struct{ page, text string }{
		{shell.Overview, lang.L("A dataset is one file with labelled messages. Its overview always says what to do next.")},
		{shell.Generate, lang.L("Generate writes messages for each category, with a language model or, without account and network, with the built-in writer.")},
		{shell.RealData, lang.L("Real data merges chats and tickets of real people. Personal details are hidden before anything is stored.")},
		{shell.Review, lang.L("In Review you read: A accepts, X rejects, a digit labels, and Ctrl+Z takes anything back.")},
		{shell.Check, lang.L("Check shows how well a classifier learns from the dataset, and Export writes the files. F1 opens the help on any page.")},
	}
}

// showStep shows a step, and goes to its page where a dataset is open.
func showStep(w *shell.Window, at int) {
	all := steps()
	w.GoTo(all[at].page)
	leave := widget.NewSmallButton(lang.L("Leave the tour"), func() { w.SetBanner(nil) })
	next := widget.NewSmallButton(lang.L("Next"), func() { showStep(w, at+1) })
	buttons := widget.HBox(8, next, leave)
	if at == len(all)-1 {
		buttons = widget.HBox(8, widget.NewSmallButton(lang.L("Finish"), func() { w.SetBanner(nil) }))
	}
	text := widget.VBox(2, widget.Caption(lang.L("Tour, step {{.N}} of {{.All}}", map[string]any{"N": at + 1, "All": len(all)})), widget.Body(all[at].text))
	var step fyne.CanvasObject = widget.Notice(container.NewBorder(nil, nil, nil, container.NewCenter(buttons), text))
	w.SetBanner(container.New(layout.NewCustomPaddedLayout(8, 4, 16, 16), step))
}
