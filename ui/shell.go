package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"seedbed/ui/look"
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
	item *look.NavItem
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

func newShell(places []*place, settingsID string) *shell {
	s := &shell{places: places, body: container.NewStack(), status: newStatusBar()}
	name := container.New(layout.NewCustomPaddedLayout(12, 10, 10, 0), look.Row(8, look.Sign(), look.Subtitle(lang.X("app.name", "Seedbed"))))
	top, bottom := look.Stack(2, name), look.Stack(2)
	for _, p := range places {
		p.item = look.NewNavItem(p.name, func() { s.show(p.id) })
		if p.id == settingsID {
			bottom.Add(p.item)
		} else {
			top.Add(p.item)
		}
	}
	side := look.Ground(container.New(layout.NewCustomPaddedLayout(6, 12, 10, 10), container.NewBorder(nil, bottom, nil, nil, container.NewVScroll(top))))
	s.object = container.NewBorder(nil, container.NewBorder(look.Rule(), nil, nil, nil, s.status.object), container.NewBorder(nil, nil, nil, look.Rule(), look.Width(195, layout.NewSpacer()), side), nil, s.body)
	return s
}

// show brings a page up.
func (s *shell) show(id string) {
	for _, p := range s.places {
		if p.id != id {
			continue
		}
		if p.body == nil {
			p.body = p.page.content()
		}
		if s.at != nil {
			s.at.item.SetChosen(false)
		}
		p.item.SetChosen(true)
		s.at = p
		s.body.Objects = []fyne.CanvasObject{p.body}
		s.body.Refresh()
		if comer, ok := p.page.(interface{ arrived() }); ok {
			comer.arrived()
		}
		p.page.shown()
		return
	}
}

// remark sets the small text beside a page's name.
func (s *shell) remark(id, text string) {
	for _, p := range s.places {
		if p.id == id {
			p.item.SetRemark(text)
		}
	}
}

// statusBar is the strip at the bottom: what is saved, what is open, what runs.
type statusBar struct {
	saved, file, count, work, where *look.Text
	gauge                           *look.Gauge
	running                         *fyne.Container
	object                          fyne.CanvasObject
}

func newStatusBar() *statusBar {
	b := &statusBar{
		saved: look.Caption(lang.L("All changes saved")), file: look.Caption(""), count: look.Caption(""),
		work: look.Caption(""), where: look.Caption(lang.L("Works offline")),
		gauge: look.NewGauge(look.Accent()),
	}
	b.running = look.Row(12, look.Width(220, b.gauge), b.work)
	b.running.Hide()
	b.object = look.Ground(container.New(layout.NewCustomPaddedLayout(8, 8, 16, 16), look.Row(16, look.Row(6, look.Dot(theme.ColorNameSuccess), b.saved), b.file, b.count, b.running, layout.NewSpacer(), b.where)))
	return b
}

func (b *statusBar) run(p progress) {
	b.running.Show()
	text := p.what
	if p.total > 0 {
		text = fmt.Sprintf("%s %s / %s", p.what, thousands(p.done), thousands(p.total))
		b.gauge.Set(float32(p.done) / float32(p.total))
	}
	b.work.SetText(text)
}

func (b *statusBar) rest() {
	b.running.Hide()
	b.gauge.Set(0)
}
