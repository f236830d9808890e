package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// frame is what surrounds the pages of an open dataset: navigation and status bar.
type frame struct {
	pages   []*Page
	current *Page
	body    *fyne.Container
	status  *statusBar
	object  fyne.CanvasObject
	changed func() // another page is up
}

// navWidth is how wide the navigation is at the usual text size.
const navWidth = 175

func newFrame(w *Window, pages []*Page) *frame {
	f := &frame{pages: pages, body: container.NewStack(), status: newStatusBar(w), changed: func() {
		w.bindKeys()
		w.refreshMenu()
	}}
	name := container.New(layout.NewCustomPaddedLayout(12, 10, 10, 0), widget.HBox(8, widget.Logo(), widget.Subtitle(lang.X("app.name", "Seedbed"))))
	top, bottom := widget.VBox(2, name), widget.VBox(2)
	for _, p := range pages {
		p.item = widget.NewNavigationItem(p.Name, func() { f.show(p.ID) })
		if p.ID == SettingsPage {
			bottom.Add(p.item)
		} else {
			top.Add(p.item)
		}
	}
	bottom.Add(widget.FixedWidth(navWidth, widget.VBox(0)))
	side := widget.FlatPanel(container.NewBorder(nil, nil, nil, fynewidget.NewSeparator(),
		container.New(layout.NewCustomPaddedLayout(6, 8, 10, 6), container.NewBorder(nil, bottom, nil, nil, container.NewVScroll(top)))))
	main := fyne.CanvasObject(f.body)
	if notices := w.notices(); notices != nil {
		main = container.NewBorder(notices, nil, nil, nil, f.body)
	}
	f.object = container.New(frameLayout{}, main, side, f.status.object)
	return f
}

// frameLayout puts the page beside the navigation and over the status bar, without
// gaps. The page comes first for the Tab key.
type frameLayout struct{}

func (frameLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	body, side, status := objects[0], objects[1], objects[2]
	width, foot := side.MinSize().Width, status.MinSize().Height
	side.Resize(fyne.NewSize(width, size.Height-foot))
	body.Move(fyne.NewPos(width, 0))
	body.Resize(fyne.NewSize(size.Width-width, size.Height-foot))
	status.Move(fyne.NewPos(0, size.Height-foot))
	status.Resize(fyne.NewSize(size.Width, foot))
}

func (frameLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	body, side, status := objects[0].MinSize(), objects[1].MinSize(), objects[2].MinSize()
	return fyne.NewSize(max(side.Width+body.Width, status.Width), max(side.Height, body.Height)+status.Height)
}

// page is the page of this id; nil where there is none.
func (f *frame) page(id string) *Page {
	for _, p := range f.pages {
		if p.ID == id {
			return p
		}
	}
	return nil
}

// show brings a page up.
func (f *frame) show(id string) {
	p := f.page(id)
	if p == nil {
		return
	}
	if f.current != p {
		f.leave()
	}
	look := theme.CurrentLook()
	if p.body == nil {
		p.body, p.look = p.Content(), look
	}
	if f.current != nil {
		f.current.item.SetSelected(false)
		f.current.look = look
	}
	p.item.SetSelected(true)
	f.current = p
	f.body.Objects = []fyne.CanvasObject{p.body}
	f.body.Refresh()
	if p.look != look { // Fyne gave the new theme to the page that was up, and to none but that
		fyne.CurrentApp().Settings().SetTheme(fyne.CurrentApp().Settings().Theme())
	}
	if canvas := fyne.CurrentApp().Driver().CanvasForObject(f.body); canvas != nil {
		canvas.Unfocus() // what had the keyboard may be out of sight
	}
	call(p.Arrive)
	p.Load()
	f.changed()
}

// fitPage gives the page that is up the room for what it shows now.
func (w *Window) fitPage() {
	if w.frame != nil && w.frame.current != nil {
		widget.LayOut(w.frame.current.body)
	}
}

// leave lets the page that is up keep what was typed in it.
func (f *frame) leave() {
	if f.current != nil {
		call(f.current.Leave)
	}
}

// setRemark sets the small text beside a page's name.
func (f *frame) setRemark(id, text string) {
	if p := f.page(id); p != nil {
		p.item.SetBadge(text)
	}
}

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
