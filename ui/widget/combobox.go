package widget

import (
	"strings"

	"seedbed/assets/visible"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"
)

// ComboBox is a text entry with a list of suggestions. What is typed reduces the list to
// the suggestions that contain it; Down opens it. Fyne's SelectEntry draws all of its
// options, however many.
type ComboBox struct {
	fynewidget.Entry
	options []string
	typed   string // the text as typing left it; a text that was set or chosen reduces nothing
	arrow   *arrow
}

// shownSuggestions is how many suggestions the list shows: more take long to draw, and
// nobody reads them.
const shownSuggestions = 50

// NewComboBox returns a combo box without suggestions.
func NewComboBox(text string) *ComboBox {
	c := &ComboBox{}
	c.ExtendBaseWidget(c)
	c.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	c.arrow = &arrow{fynewidget.Button{Icon: fynetheme.Icon(fynetheme.IconNameArrowDropDown), OnTapped: c.open, Importance: fynewidget.LowImportance}}
	c.arrow.ExtendBaseWidget(c.arrow)
	c.ActionItem = c.arrow
	c.SetText(text)
	return c
}

// arrow opens the list of a combo box.
type arrow struct{ fynewidget.Button }

// FocusGained is called by Fyne.
func (a *arrow) FocusGained() { a.Button.FocusGained(); ScrollToFocus() }

// SetOptions replaces the suggestions; there may be thousands.
func (c *ComboBox) SetOptions(options []string) { c.options = options }

// Enable is called by pages.
func (c *ComboBox) Enable() { c.arrow.Enable(); c.Entry.Enable() }

// Disable is called by pages.
func (c *ComboBox) Disable() { c.arrow.Disable(); c.Entry.Disable() }

// Suggestions are those that the list shows now, and how many more there are.
func (c *ComboBox) Suggestions() (shown []string, more int) {
	matching := c.options
	if c.typed != "" && c.Text == c.typed {
		part := strings.ToLower(strings.TrimSpace(c.typed))
		matching = nil
		for _, option := range c.options {
			if strings.Contains(strings.ToLower(option), part) {
				matching = append(matching, option)
			}
		}
		if len(matching) == 0 {
			matching = c.options
		}
	}
	n := min(len(matching), shownSuggestions)
	return matching[:n], len(matching) - n
}

// open shows the list below the field.
func (c *ComboBox) open() {
	driver := fyne.CurrentApp().Driver()
	canvas := driver.CanvasForObject(c)
	shown, more := c.Suggestions()
	if canvas == nil || len(shown) == 0 {
		return
	}
	items := make([]*fyne.MenuItem, len(shown))
	for i, option := range shown {
		items[i] = fyne.NewMenuItem(visible.Line(option), func() { c.SetText(option) })
	}
	if more > 0 {
		rest := fyne.NewMenuItem(lang.L("… and {{.N}} more: type a part of the name", map[string]any{"N": more}), nil)
		rest.Disabled = true
		items = append(items, rest)
	}
	list := fynewidget.NewPopUpMenu(fyne.NewMenu("", items...), canvas)
	list.ShowAtPosition(driver.AbsolutePositionForObject(c).AddXY(0, c.Size().Height-c.Theme().Size(fynetheme.SizeNameInputBorder)))
	list.Resize(fyne.NewSize(c.Size().Width, list.MinSize().Height))
}

// FocusGained is called by Fyne.
func (c *ComboBox) FocusGained() { c.Entry.FocusGained(); ScrollToFocus() }

// TypedRune is called by Fyne.
func (c *ComboBox) TypedRune(r rune) {
	c.Entry.TypedRune(r)
	c.typed = c.Text
}

// TypedKey opens the list on Down.
func (c *ComboBox) TypedKey(event *fyne.KeyEvent) {
	if event.Name == fyne.KeyDown && !c.Disabled() {
		c.open()
		return
	}
	before := c.Text
	typeOrEscape(event, c.Entry.TypedKey)
	if c.Text != before {
		c.typed = c.Text
	}
}

// TypedShortcut is called by Fyne.
func (c *ComboBox) TypedShortcut(s fyne.Shortcut) {
	before := c.Text
	forwardShortcut(c, s)
	c.Entry.TypedShortcut(s)
	if c.Text != before {
		c.typed = c.Text
	}
}
