package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/ui/theme"
)

// Dialog is a modal dialog that fits itself to the window whenever the window is resized.
// Escape closes it, and so does each of its buttons but for those that keep it open. Fyne's dialog keeps its first size,
// doesn't scroll, wraps neither title nor buttons, and ignores Escape.
type Dialog struct {
	fynewidget.BaseWidget
	OnClosed func() // may be nil

	canvas  fyne.Canvas
	width   float32 // of the content, at the default text size
	title   *Text
	body    *container.Scroll
	buttons *fyne.Container
}

var _ fyne.Tappable = (*Dialog)(nil)

const (
	dialogWidth   float32 = 520
	wideDialog    float32 = 860
	dialogMargin  float32 = 34 // between the dialog and the edges of the window, at least
	dialogPadding float32 = 16
	dialogGap     float32 = 14 // between title, body and buttons
)

// ShowDialog shows a dialog and focuses the first control in it.
func ShowDialog(c fyne.Canvas, title string, content fyne.CanvasObject, buttons ...*Button) *Dialog {
	d := &Dialog{canvas: c, width: dialogWidth, title: Strong(title), body: container.NewVScroll(content), buttons: Wrap(8)}
	d.ExtendBaseWidget(d)
	for _, button := range buttons {
		if !button.keepsOpen {
			button.closeDialog = d.Close
		}
		d.buttons.Add(button)
	}
	c.Overlays().Add(d)
	d.focus()
	return d
}

// Widen makes the dialog wide, for long texts.
func (d *Dialog) Widen() {
	d.width = wideDialog
	d.Refresh()
}

// Close removes the dialog. One below it has the keyboard again, or Escape would be lost.
func (d *Dialog) Close() {
	if d.canvas.Overlays().Top() == d {
		d.canvas.Unfocus() // a cursor that nobody stops blinks on where nobody sees it
	}
	d.canvas.Overlays().Remove(d)
	if below, ok := d.canvas.Overlays().Top().(*Dialog); ok && d.canvas.Focused() == nil {
		below.focus()
	}
	if d.OnClosed != nil {
		d.OnClosed()
	}
}

// focus moves the keyboard to the first control.
func (d *Dialog) focus() {
	for _, o := range children(d) {
		if first := firstFocusable(o); first != nil {
			d.canvas.Focus(first)
			return
		}
	}
}

// Tapped is called by Fyne for a tap beside the controls, which takes the focus from
// them: it is given back, or Escape would go to the page below.
func (d *Dialog) Tapped(*fyne.PointEvent) { d.focus() }

// closeTopDialog closes the dialog that is on top, if there is one.
func closeTopDialog() {
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		if d, ok := w.Canvas().Overlays().Top().(*Dialog); ok {
			d.Close()
		}
	}
}

// CreateRenderer is called by Fyne.
func (d *Dialog) CreateRenderer() fyne.WidgetRenderer {
	r := &dialogRenderer{dialog: d, blur: canvas.NewBlur(0), shade: canvas.NewRectangle(nil), background: canvas.NewRectangle(nil)}
	r.paint()
	return r
}

type dialogRenderer struct {
	dialog            *Dialog
	blur              *canvas.Blur
	shade, background *canvas.Rectangle
}

func (r *dialogRenderer) paint() {
	r.blur.Radius = fynetheme.Size(fynetheme.SizeNameModalBlurRadius)
	r.shade.FillColor = fynetheme.Color(fynetheme.ColorNameShadow)
	r.background.FillColor = fynetheme.Color(fynetheme.ColorNameOverlayBackground)
	r.background.Shadow = canvas.Shadow{Color: r.shade.FillColor, BlurRadius: 16, Offset: fyne.NewPos(0, 4)}
	r.background.CornerRadius = fynetheme.Size(fynetheme.SizeNameDialogRadius)
}

// Layout centres the dialog in a window of a size. The body scrolls where it is too high.
func (r *dialogRenderer) Layout(window fyne.Size) {
	r.blur.Resize(window)
	r.shade.Resize(window)
	const edge = dialogMargin + dialogPadding
	d, room := r.dialog, window.SubtractWidthHeight(2*edge, 2*edge)
	width := min(theme.Scaled(d.width), room.Width)
	title, buttons := heightAt(d.title, width), heightAt(d.buttons, width)
	body := min(heightAt(d.body.Content, width), room.Height-title-buttons-2*dialogGap)
	height := title + body + buttons + 2*dialogGap
	x, y := (window.Width-width)/2, (window.Height-height)/2
	place := func(o fyne.CanvasObject, y, height float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(width, height))
	}
	place(d.title, y, title)
	place(d.body, y+title+dialogGap, body)
	place(d.buttons, y+height-buttons, buttons)
	r.background.Move(fyne.NewPos(x-dialogPadding, y-dialogPadding))
	r.background.Resize(fyne.NewSize(width+2*dialogPadding, height+2*dialogPadding))
}

func (r *dialogRenderer) MinSize() fyne.Size { return fyne.Size{} } // whatever the window has

func (r *dialogRenderer) Refresh() {
	r.paint()
	r.Layout(r.dialog.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r *dialogRenderer) Objects() []fyne.CanvasObject {
	d := r.dialog
	return []fyne.CanvasObject{r.blur, r.shade, r.background, d.title, d.body, d.buttons}
}
func (r *dialogRenderer) Destroy() {}
