// Package help is what the Help menu opens: the keys of a page, the guide, a tour, a report
// of a problem, and what the program is.
package help

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/ui/report"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// Actions are what the Help menu has.
func Actions(w *shell.Window) []shell.Action {
	show := func() { Show(w) }
	return []shell.Action{
		{Menu: shell.HelpMenu, Name: lang.L("Help on this page"), Key: shell.Key{Name: fyne.KeyF1}, Do: show},
		{Name: lang.L("Help on this page"), Key: shell.LetterKey("?"), Do: show},
		{Menu: shell.HelpMenu, Name: lang.L("Guide"), Do: func() { open(w).read(0) }},
		{Menu: shell.HelpMenu, Name: lang.L("Tour"), Do: func() { StartTour(w) }},
		{Menu: shell.HelpMenu, Name: lang.L("Practise merging"), Do: w.PractiseMerging},
		{Menu: shell.HelpMenu, Name: lang.L("Report a problem…"), Do: func() { reportProblem(w) }, Line: true},
		{Menu: shell.HelpMenu, Name: lang.L("About Seedbed"), Do: func() { about(w) }},
	}
}

// help is the dialog with keys and guide.
type help struct {
	window   *shell.Window
	sections []section
	search   *widget.Field
	choice   *widget.Select
	body     *fyne.Container
	dialog   *widget.Dialog
}

// Show opens the keys of the page that is up and, below them, the guide's section about it.
func Show(w *shell.Window) {
	h := open(w)
	at := slices.IndexFunc(h.sections, func(s section) bool { return s.number == sectionOf[w.At()] })
	h.read(max(0, at))
	keys := widget.VBox(6, widget.Subtitle(lang.L("Keys on this page")), keyList(w.Actions()))
	h.body.Objects = append([]fyne.CanvasObject{keys}, h.body.Objects...)
	h.dialog.Refresh()
}

// open shows the dialog, which is empty.
func open(w *shell.Window) *help {
	h := &help{window: w, sections: sections(), body: widget.VBox(14)}
	titles := make([]string, len(h.sections))
	for i, s := range h.sections {
		titles[i] = s.title
	}
	h.choice = widget.NewSelect(titles, h.read)
	h.search = widget.NewField("")
	h.search.SetPlaceHolder(lang.L("Search the guide"))
	h.search.OnChanged = h.find
	content := widget.VBox(14, container.NewBorder(nil, nil, nil, h.choice, h.search), h.body)
	h.dialog = widget.ShowDialog(w.Canvas(), lang.L("Help"), content, widget.NewPrimaryButton(lang.L("Close"), func() {}))
	h.dialog.Widen()
	return h
}

// read shows a section.
func (h *help) read(at int) {
	s := h.sections[at]
	h.choice.SetOptions(h.choice.Options(), at)
	h.body.Objects = []fyne.CanvasObject{widget.Subtitle(s.title), markdown(s.text)}
	h.body.Refresh()
	h.dialog.Refresh()
}

// mostFound is how many paragraphs are listed.
const mostFound = 20

// find lists the paragraphs that have the words.
func (h *help) find(words string) {
	found := find(h.sections, words)
	if len(found) == 0 {
		h.read(h.choice.SelectedIndex())
		if words != "" {
			h.body.Objects = []fyne.CanvasObject{widget.Muted(lang.L("Nothing in the guide has these words."))}
			h.body.Refresh()
			h.dialog.Refresh()
		}
		return
	}
	h.body.Objects = nil
	for _, p := range found[:min(len(found), mostFound)] {
		at := slices.IndexFunc(h.sections, func(s section) bool { return s.number == p.number })
		h.body.Add(widget.VBox(4, container.NewHBox(widget.NewSmallButton(p.title, func() { h.read(at) })), markdown(p.text)))
	}
	h.dialog.Refresh()
}

func markdown(text string) fyne.CanvasObject {
	rich := fynewidget.NewRichTextFromMarkdown(text)
	rich.Wrapping = fyne.TextWrapWord
	return rich
}

// keyList lists the actions that have a key.
func keyList(actions []shell.Action) fyne.CanvasObject {
	list := container.New(layout.NewGridWrapLayout(fyne.NewSize(400, 26)))
	for _, a := range actions {
		if a.Key.Name != "" {
			list.Add(container.NewBorder(nil, nil, widget.FixedWidth(120, container.NewHBox(widget.NewKeyCap(a.Key.String()))), nil, shell.Centred(widget.Line(a.Name))))
		}
	}
	return list
}

// reportProblem makes a report, which people save and send themselves.
func reportProblem(w *shell.Window) {
	widget.ShowDialog(w.Canvas(), lang.L("Report a problem"),
		widget.VBox(10, widget.Body(lang.L("The report says which version and system this is, and what the program noted in its log. It contains no messages and no keys. Nothing is sent: you save it as a file, read it, and attach it to your description of the problem."))),
		widget.NewPrimaryButton(lang.L("Save the report…"), func() { w.SaveReport(report.Asked()) }),
		widget.NewButton(lang.L("Cancel"), func() {}))
}
