package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"seedbed/ui/widget"
)

// notices tell over the pages what a person should know of the open dataset: that it can
// only be read, what was removed from it, what its place asks for. Nil where there is nothing.
func (w *Window) notices() fyne.CanvasObject {
	list := widget.VBox(8)
	for _, remark := range w.data.Remarks() {
		list.Add(w.notice(Translate(remark.Parts()), list))
	}
	if len(list.Objects) == 0 {
		return nil
	}
	return container.New(layout.NewCustomPaddedLayout(12, 0, 26, 26), list)
}

// notice is one of them. That the dataset can only be read stays in sight.
func (w *Window) notice(text string, list *fyne.Container) fyne.CanvasObject {
	var panel *widget.Panel
	button := widget.NewSmallButton(lang.L("Got it"), func() {
		list.Remove(panel)
		w.frame.object.Refresh()
	})
	if w.data.ReadOnly() != nil {
		button = w.saveCopyButton()
	}
	panel = widget.Notice(container.NewBorder(nil, nil, nil, container.NewCenter(button), widget.Body(text)))
	return panel
}

func (w *Window) saveCopyButton() *widget.Button {
	return widget.NewButton(lang.L("Save a copy…"), w.SaveCopy)
}
