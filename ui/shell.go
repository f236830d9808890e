package ui

import (
	"fmt"
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/ui/widget"
)

// page is one screen of the open dataset.
type page interface {
	// content is built once and kept.
	content() fyne.CanvasObject
	// shown is called when the page comes up and when the dataset changed
	// while it is up; the page reads again what it shows.
	shown()
}

// place is a page's entry in the navigation.
type place struct {
	id   string
	name string
	page page
	item *widget.NavigationItem
	body fyne.CanvasObject
}

// shell is the frame of an open dataset: navigation, the page, the status bar.
type shell struct {
	places []*place
	at     *place
	body   *fyne.Container
	status *statusBar
	object fyne.CanvasObject
}

// navWidth is how wide the navigation is at the usual text size.
const navWidth = 175

func newShell(places []*place, settingsID string) *shell {
	s := &shell{places: places, body: container.NewStack(), status: newStatusBar()}
	name := container.New(layout.NewCustomPaddedLayout(12, 10, 10, 0), widget.HBox(8, widget.Logo(), widget.Subtitle(lang.X("app.name", "Seedbed"))))
	top, bottom := widget.VBox(2, name), widget.VBox(2)
	for _, p := range places {
		p.item = widget.NewNavigationItem(p.name, func() { s.show(p.id) })
		if p.id == settingsID {
			bottom.Add(p.item)
		} else {
			top.Add(p.item)
		}
	}
	bottom.Add(widget.FixedWidth(navWidth, widget.VBox(0)))
	side := widget.FlatPanel(container.NewBorder(nil, nil, nil, fynewidget.NewSeparator(),
		container.New(layout.NewCustomPaddedLayout(6, 8, 10, 6), container.NewBorder(nil, bottom, nil, nil, container.NewVScroll(top)))))
	s.object = container.New(shellLayout{}, s.body, side, s.status.object)
	return s
}

// shellLayout puts the page beside the navigation and over the status bar, without
// gaps. The page comes first for the Tab key.
type shellLayout struct{}

func (shellLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	body, side, status := objects[0], objects[1], objects[2]
	width, foot := side.MinSize().Width, status.MinSize().Height
	side.Resize(fyne.NewSize(width, size.Height-foot))
	body.Move(fyne.NewPos(width, 0))
	body.Resize(fyne.NewSize(size.Width-width, size.Height-foot))
	status.Move(fyne.NewPos(0, size.Height-foot))
	status.Resize(fyne.NewSize(size.Width, foot))
}

func (shellLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	body, side, status := objects[0].MinSize(), objects[1].MinSize(), objects[2].MinSize()
	return fyne.NewSize(max(side.Width+body.Width, status.Width), max(side.Height, body.Height)+status.Height)
}

// show brings a page up.
func (s *shell) show(id string) {
	for _, p := range s.places {
		if p.id != id {
			continue
		}
		if s.at != p {
			s.leave()
		}
		if p.body == nil {
			p.body = p.page.content()
		}
		if s.at != nil {
			s.at.item.SetSelected(false)
		}
		p.item.SetSelected(true)
		s.at = p
		s.body.Objects = []fyne.CanvasObject{p.body}
		s.body.Refresh()
		if canvas := fyne.CurrentApp().Driver().CanvasForObject(s.body); canvas != nil {
			canvas.Unfocus() // what had the keyboard may be out of sight
		}
		if comer, ok := p.page.(interface{ arrived() }); ok {
			comer.arrived()
		}
		p.page.shown()
		return
	}
}

// leave lets the page that is up keep what was typed in it.
func (s *shell) leave() {
	if s.at == nil {
		return
	}
	if leaver, ok := s.at.page.(interface{ left() }); ok {
		leaver.left()
	}
}

// has tells whether there is a page of this name.
func (s *shell) has(id string) bool {
	return slices.ContainsFunc(s.places, func(p *place) bool { return p.id == id })
}

// remark sets the small text beside a page's name.
func (s *shell) remark(id, text string) {
	for _, p := range s.places {
		if p.id == id {
			p.item.SetBadge(text)
		}
	}
}

// statusBar is the strip at the bottom: what is saved, what is open, what runs.
type statusBar struct {
	saved, file, count, where *widget.Text
	work                      *workBar
	object                    fyne.CanvasObject
}

func newStatusBar() *statusBar {
	b := &statusBar{
		saved: widget.Caption(lang.L("All changes saved")), file: widget.Caption(""), count: widget.Caption(""),
		where: widget.Caption(lang.L("Works offline")), work: newWorkBar(),
	}
	line := widget.HBox(16, widget.HBox(6, widget.Dot(fynetheme.ColorNameSuccess), b.saved), b.file, b.count, b.work.object, layout.NewSpacer(), b.where)
	b.work.line = line
	b.object = widget.FlatPanel(container.NewBorder(fynewidget.NewSeparator(), nil, nil, nil, container.New(layout.NewCustomPaddedLayout(4, 8, 16, 16), container.NewHScroll(line))))
	return b
}

func (b *statusBar) run(j *job, p progress) { b.work.run(j, p) }
func (b *statusBar) rest(j *job)            { b.work.rest(j) }

// workBar shows how far a job is, with the button that stops it.
type workBar struct {
	job    *job
	gauge  *widget.ProgressBar
	text   *widget.Text
	object *fyne.Container
	line   *fyne.Container // that it stands in, which has to make room for it
}

func newWorkBar() *workBar {
	b := &workBar{gauge: widget.NewProgressBar(color.NRGBA{}), text: widget.Caption("")}
	stop := widget.NewSmallButton(lang.L("Stop"), func() {
		if b.job != nil {
			b.job.stop()
		}
	})
	b.object = widget.HBox(12, widget.FixedWidth(180, b.gauge), b.text, stop)
	b.object.Hide()
	return b
}

func (b *workBar) run(j *job, p progress) {
	if b.job != j {
		b.gauge.SetValue(0)
	}
	b.job = j
	text := p.what
	switch {
	case p.total > 0:
		text = fmt.Sprintf("%s %s / %s", p.what, thousands(p.done), thousands(p.total))
		b.gauge.SetValue(float32(p.done) / float32(p.total))
	case p.done > 0:
		text = fmt.Sprintf("%s %s", p.what, thousands(p.done))
	}
	b.text.SetText(text)
	b.object.Show()
	b.line.Refresh()
}

// rest puts the bar away when the job that it shows is over.
func (b *workBar) rest(j *job) {
	if b.job == j {
		b.job = nil
		b.object.Hide()
	}
}
