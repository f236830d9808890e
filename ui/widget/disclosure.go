package widget

import "fyne.io/fyne/v2"

// Disclosure is a button with which people show and hide what few of them need. Unlike
// Fyne's accordion it has the look of the other buttons, and says when its height changed.
type Disclosure struct {
	Object    fyne.CanvasObject
	OnChanged func() // after it was opened or closed

	title   string
	button  *Button
	content fyne.CanvasObject
}

// NewDisclosure returns a closed disclosure.
func NewDisclosure(title string, content fyne.CanvasObject) *Disclosure {
	d := &Disclosure{OnChanged: func() {}, title: title, content: content}
	d.button = NewSmallButton("", func() { d.SetOpen(!d.content.Visible()) })
	d.Object = VBox(8, Wrap(8, d.button), content)
	d.show(false)
	return d
}

// SetOpen opens or closes it.
func (d *Disclosure) SetOpen(open bool) {
	if d.content.Visible() != open {
		d.show(open)
		d.OnChanged()
	}
}

func (d *Disclosure) show(open bool) {
	sign := " ▸"
	if d.content.Hide(); open {
		sign = " ▾"
		d.content.Show()
	}
	d.button.SetText(d.title + sign)
	d.Object.Refresh()
}
