package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/assets/visible"
)

// Select is a button that shows the selected option and opens the list of options.
// Fyne's has no outline, is as wide as its placeholder whatever is selected, ignores
// Enter, and can't tell two options of the same text apart.
type Select struct {
	Button
	OnChanged func(index int)

	options []string
	index   int
}

// NewSelect returns a select with the first option selected.
func NewSelect(options []string, changed func(index int)) *Select {
	s := &Select{OnChanged: changed}
	s.OnTapped = s.open
	s.ExtendBaseWidget(s)
	s.SetOptions(options, 0)
	return s
}

// SetOptions replaces the options and the selected one, without calling OnChanged.
func (s *Select) SetOptions(options []string, index int) {
	s.options, s.index = options, index
	s.SetText(truncate(s.Selected(), selectLength) + " ▾")
}

// SelectedIndex returns the index of the selected option.
func (s *Select) SelectedIndex() int { return s.index }

// Selected returns the selected option, "" when there is none.
func (s *Select) Selected() string {
	if s.index < 0 || s.index >= len(s.options) {
		return ""
	}
	return s.options[s.index]
}

// Options returns the options.
func (s *Select) Options() []string { return s.options }

// SetSelectedIndex selects another option and calls OnChanged.
func (s *Select) SetSelectedIndex(index int) {
	if index < 0 || index >= len(s.options) || index == s.index {
		return
	}
	s.SetOptions(s.options, index)
	if s.OnChanged != nil {
		s.OnChanged(index)
	}
}

// TypedKey moves through the options on Up and Down; Space and Enter open the list.
func (s *Select) TypedKey(event *fyne.KeyEvent) {
	switch {
	case event.Name == fyne.KeyUp && !s.Disabled():
		s.SetSelectedIndex(s.index - 1)
	case event.Name == fyne.KeyDown && !s.Disabled():
		s.SetSelectedIndex(s.index + 1)
	default:
		s.Button.TypedKey(event)
	}
}

func (s *Select) open() {
	items := make([]*fyne.MenuItem, len(s.options))
	for i, option := range s.options {
		items[i] = fyne.NewMenuItem(visible.Line(option), func() { s.SetSelectedIndex(i) })
		items[i].Checked = i == s.index
	}
	canvas := fyne.CurrentApp().Driver().CanvasForObject(s)
	menu := fynewidget.NewPopUpMenu(fyne.NewMenu("", items...), canvas)
	hide := menu.OnDismiss
	menu.OnDismiss = func() {
		hide()
		if canvas.Focused() == nil { // the press that opened it took the focus from everything
			canvas.Focus(s)
		}
	}
	menu.ShowAtRelativePosition(fyne.NewPos(0, s.Size().Height), s)
}

// selectLength is how many characters of the selected option are shown, so that a long
// model name does not widen the page.
const selectLength = 34

// truncate cuts text to n characters, the last of which is then an ellipsis.
func truncate(text string, n int) string {
	if runes := []rune(text); len(runes) > n {
		return string(runes[:n-1]) + "…"
	}
	return text
}
