package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// Dialog asks or tells something over the window. Escape closes it, and so does
// each of its buttons.
type Dialog struct {
	popup *widget.PopUp
}

// What a dialog measures at the usual text size, and what it leaves free of the window.
const dialogWidth, dialogMargin float32 = 520, 100

// ShowDialog shows it; the keyboard goes to its first field or, without one, to its
// first button.
func ShowDialog(c fyne.Canvas, title string, content fyne.CanvasObject, buttons ...*Button) *Dialog {
	d := &Dialog{}
	row := Wrap(8)
	for _, button := range buttons {
		press := button.OnTapped
		button.OnTapped = func() {
			d.Close()
			press()
		}
		row.Add(button)
	}
	room := c.Size().SubtractWidthHeight(dialogMargin, dialogMargin)
	width := min(Scaled(dialogWidth), room.Width)
	// Words wrap before they can say how high they are.
	for _, o := range []fyne.CanvasObject{content, row} {
		for range 2 {
			o.Resize(fyne.NewSize(width, o.MinSize().Height))
		}
	}
	heading := Strong(title)
	heading.Resize(fyne.NewSize(width, heading.MinSize().Height))
	edges := heading.MinSize().Height + row.MinSize().Height + 50
	body := container.NewVScroll(content)
	body.SetMinSize(fyne.NewSize(width, min(content.MinSize().Height, room.Height-edges)))
	all := container.New(layout.NewCustomPaddedLayout(12, 14, 16, 16), container.NewBorder(
		Stack(10, heading, Stack(0)), Stack(10, Stack(0), row), nil, nil, body))
	d.popup = widget.NewModalPopUp(all, c)
	fields := escapables(all)
	for _, f := range fields {
		f.onEscape(d.Close)
	}
	d.popup.Show()
	if len(fields) > 0 {
		if first, ok := fields[0].(fyne.Focusable); ok {
			c.Focus(first)
		}
	}
	return d
}

// Close takes the dialog away.
func (d *Dialog) Close() { d.popup.Hide() }

// escapable is a widget that hands Escape to the dialog it stands in.
type escapable interface{ onEscape(func()) }

// escapables are those in a tree, in the order of the Tab key.
func escapables(o fyne.CanvasObject) []escapable {
	if e, ok := o.(escapable); ok {
		return []escapable{e}
	}
	var list []escapable
	for _, child := range inside(o) {
		list = append(list, escapables(child)...)
	}
	return list
}
