package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Select is a button that shows what is chosen and opens the list to choose from.
type Select struct {
	Button
	OnChanged func(at int)

	options []string
	at      int
}

// NewSelect returns a list of which the first is chosen.
func NewSelect(options []string, changed func(at int)) *Select {
	s := &Select{OnChanged: changed}
	s.OnTapped = s.open
	s.ExtendBaseWidget(s)
	s.SetOptions(options, 0)
	return s
}

// SetOptions replaces the list and what is chosen of it, without a call of OnChanged.
func (s *Select) SetOptions(options []string, at int) {
	s.options, s.at = options, at
	s.SetText(cut(s.Chosen(), selectCut) + " ▾")
}

// At is the place of what is chosen.
func (s *Select) At() int { return s.at }

// Chosen is what is chosen; "" where there is nothing to choose from.
func (s *Select) Chosen() string {
	if s.at < 0 || s.at >= len(s.options) {
		return ""
	}
	return s.options[s.at]
}

// Options is the list.
func (s *Select) Options() []string { return s.options }

// Choose chooses as a person does.
func (s *Select) Choose(at int) {
	if at < 0 || at >= len(s.options) || at == s.at {
		return
	}
	s.SetOptions(s.options, at)
	if s.OnChanged != nil {
		s.OnChanged(at)
	}
}

// TypedKey goes up and down the list; Space and Enter open it.
func (s *Select) TypedKey(event *fyne.KeyEvent) {
	switch {
	case s.Disabled():
	case event.Name == fyne.KeyUp:
		s.Choose(s.at - 1)
	case event.Name == fyne.KeyDown:
		s.Choose(s.at + 1)
	default:
		s.Button.TypedKey(event)
	}
}

func (s *Select) open() {
	items := make([]*fyne.MenuItem, len(s.options))
	for i, option := range s.options {
		items[i] = fyne.NewMenuItem(option, func() { s.Choose(i) })
		items[i].Checked = i == s.at
	}
	canvas := fyne.CurrentApp().Driver().CanvasForObject(s)
	widget.NewPopUpMenu(fyne.NewMenu("", items...), canvas).ShowAtRelativePosition(fyne.NewPos(0, s.Size().Height), s)
}

// selectCut is how many characters of the chosen one are shown, so that a model's
// long name does not push the page apart.
const selectCut = 34

func cut(text string, n int) string {
	if runes := []rune(text); len(runes) > n {
		return string(runes[:n-1]) + "…"
	}
	return text
}
