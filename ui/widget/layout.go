package widget

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"seedbed/ui/theme"
)

// VBox lays objects out from top to bottom, each at its minimum height.
func VBox(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(gap), objects...)
}

// HBox lays objects out from left to right, each at its minimum size and centred in
// height; Fyne's stretches them to the height of the tallest.
func HBox(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(hboxLayout{gap}, objects...)
}

type hboxLayout struct{ gap float32 }

func (l hboxLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		minimum := o.MinSize()
		if _, spacer := o.(layout.SpacerObject); spacer {
			minimum.Width = max(0, size.Width-l.MinSize(objects).Width)
		}
		o.Move(fyne.NewPos(x, (size.Height-minimum.Height)/2))
		o.Resize(minimum)
		x += minimum.Width + l.gap
	}
}

func (l hboxLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	n := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		minimum := o.MinSize()
		size.Width += minimum.Width
		size.Height = max(size.Height, minimum.Height)
		n++
	}
	size.Width += l.gap * float32(max(0, n-1))
	return size
}

// Wrap lays objects out from left to right and continues on the next line when one is
// full. Fyne's RowWrapLayout keeps the height it had before objects were added or hidden,
// and does not centre objects of different heights.
func Wrap(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&wrapLayout{gap: gap}, objects...)
}

// wrapLayout remembers its last width, because Fyne asks for the minimum height before
// it sets the width.
type wrapLayout struct{ gap, width float32 }

func (l *wrapLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.place(objects, size.Width, func(o fyne.CanvasObject, position fyne.Position) {
		o.Move(position)
		o.Resize(o.MinSize())
	})
}

func (l *wrapLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var widest float32
	for _, o := range objects {
		if o.Visible() {
			widest = max(widest, o.MinSize().Width)
		}
	}
	width := l.width
	if width == 0 {
		width = 600
	}
	return fyne.NewSize(widest, l.place(objects, width, func(fyne.CanvasObject, fyne.Position) {}))
}

func (l *wrapLayout) place(objects []fyne.CanvasObject, width float32, move func(fyne.CanvasObject, fyne.Position)) float32 {
	var x, y, height float32
	var line []fyne.CanvasObject
	end := func() {
		left := float32(0)
		for _, o := range line {
			minimum := o.MinSize()
			move(o, fyne.NewPos(left, y+(height-minimum.Height)/2))
			left += minimum.Width + l.gap
		}
		line = line[:0]
	}
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		minimum := o.MinSize()
		if x > 0 && x+minimum.Width > width {
			end()
			x, y, height = 0, y+height+l.gap, 0
		}
		line = append(line, o)
		x += minimum.Width + l.gap
		height = max(height, minimum.Height)
	}
	end()
	return y + height
}

// WithHeader puts a header above a body that takes the remaining height. Fyne's border
// layout gives a header that wraps the height of its last width.
func WithHeader(gap float32, header, body fyne.CanvasObject) *fyne.Container {
	return container.New(headerLayout(gap), header, body)
}

type headerLayout float32

func (l headerLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	header, body := objects[0], objects[1]
	top := heightAt(header, size.Width) + float32(l)
	body.Move(fyne.NewPos(0, top))
	body.Resize(fyne.NewSize(size.Width, max(0, size.Height-top)))
}

func (l headerLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	header, body := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(max(header.Width, body.Width), header.Height+float32(l)+body.Height)
}

// heightAt gives an object a width and the minimum height that it then has. Text wraps at
// the width it has, and only then knows its height.
func heightAt(o fyne.CanvasObject, width float32) float32 {
	for range 2 {
		o.Resize(fyne.NewSize(width, o.MinSize().Height))
	}
	return o.Size().Height
}

// Columns divides the width in proportion to the weights. An object that needs more than
// its share takes it from the others.
func Columns(gap float32, weights []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(columnsLayout{gap, weights}, objects...)
}

type columnsLayout struct {
	gap     float32
	weights []float32
}

func (l columnsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l, objects = l.visible(objects)
	widths := l.widths(objects, size.Width-l.gap*float32(len(objects)-1))
	x := float32(0)
	for i, o := range objects {
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(widths[i], size.Height))
		x += widths[i] + l.gap
	}
}

// visible leaves out what is hidden, which takes no room.
func (l columnsLayout) visible(objects []fyne.CanvasObject) (columnsLayout, []fyne.CanvasObject) {
	shown := columnsLayout{gap: l.gap}
	var visible []fyne.CanvasObject
	for i, o := range objects {
		if o.Visible() {
			shown.weights, visible = append(shown.weights, l.weights[i]), append(visible, o)
		}
	}
	return shown, visible
}

// widths fixes the objects whose share is below their minimum at that minimum, until all
// the others get their share of the rest.
func (l columnsLayout) widths(objects []fyne.CanvasObject, free float32) []float32 {
	widths, fixed := make([]float32, len(objects)), make([]bool, len(objects))
	for {
		var sum float32
		for i := range objects {
			if !fixed[i] {
				sum += l.weights[i]
			}
		}
		again := false
		left := free
		for i, o := range objects {
			if fixed[i] {
				continue
			}
			widths[i] = left * l.weights[i] / sum
			if minimum := o.MinSize().Width; widths[i] < minimum {
				widths[i], fixed[i], again = minimum, true, true
				free -= minimum
			}
		}
		if !again {
			return widths
		}
	}
}

func (l columnsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	_, objects = l.visible(objects)
	size := fyne.NewSize(l.gap*float32(max(0, len(objects)-1)), 0)
	for _, o := range objects {
		minimum := o.MinSize()
		size.Width += minimum.Width
		size.Height = max(size.Height, minimum.Height)
	}
	return size
}

// Beside is Columns where there is room for them; else the objects are below each other.
func Beside(gap float32, weights []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&besideLayout{columns: columnsLayout{gap, weights}}, objects...)
}

// besideLayout remembers its last width, as wrapLayout does.
type besideLayout struct {
	columns columnsLayout
	width   float32
}

func (l *besideLayout) narrow(objects []fyne.CanvasObject) bool {
	return l.width > 0 && l.width < l.columns.MinSize(objects).Width
}

func (l *besideLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	if !l.narrow(objects) {
		l.columns.Layout(objects, size)
		return
	}
	y := float32(0)
	for _, o := range objects {
		o.Move(fyne.NewPos(0, y))
		y += heightAt(o, size.Width) + l.columns.gap
	}
}

func (l *besideLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := l.columns.MinSize(objects)
	stacked := fyne.NewSize(0, l.columns.gap*float32(len(objects)-1))
	for _, o := range objects {
		minimum := o.MinSize()
		stacked = fyne.NewSize(max(stacked.Width, minimum.Width), stacked.Height+minimum.Height)
	}
	if l.narrow(objects) {
		return stacked
	}
	return fyne.NewSize(stacked.Width, least.Height)
}

// FixedWidth gives an object a width, in device-independent pixels at the default text
// size, and its minimum height.
func FixedWidth(width float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(fixedWidthLayout(width), o)
}

type fixedWidthLayout float32

func (l fixedWidthLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	minimum := objects[0].MinSize()
	objects[0].Move(fyne.NewPos(0, (size.Height-minimum.Height)/2))
	objects[0].Resize(fyne.NewSize(size.Width, minimum.Height))
}

func (l fixedWidthLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	minimum := objects[0].MinSize()
	return fyne.NewSize(max(minimum.Width, theme.Scaled(float32(l))), minimum.Height)
}

// Centred puts an object in the middle, at most this wide at the default text size and
// at most as wide as there is room.
func Centred(width float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(centredLayout(width), o)
}

// Clamped gives an object all of the height, and at most this width at the default text size.
func Clamped(width float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(clampedLayout(width), o)
}

type clampedLayout float32

func (l clampedLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(size.Width, max(theme.Scaled(float32(l)), objects[0].MinSize().Width))
	objects[0].Move(fyne.NewPos((size.Width-width)/2, 0))
	objects[0].Resize(fyne.NewSize(width, size.Height))
}

func (l clampedLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// Snug gives an object the height that it has, but no more than what scrolls in it can fill.
func Snug(o fyne.CanvasObject) *fyne.Container { return container.New(snugLayout{}, o) }

type snugLayout struct{}

func (snugLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	o := objects[0]
	o.Move(fyne.Position{})
	o.Resize(size) // what wraps knows its height then
	o.Resize(fyne.NewSize(size.Width, min(size.Height, o.MinSize().Height+scrolledAway(o))))
}

func (snugLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// scrolledAway is at most how much higher an object could be than it has to be, to show all that
// scrolls in it.
func scrolledAway(o fyne.CanvasObject) float32 {
	if !o.Visible() {
		return 0
	}
	switch o := o.(type) {
	case *List:
		if o.Length != nil && o.Length() > 0 {
			return math.MaxInt32
		}
	case *container.Scroll:
		return max(0, o.Content.MinSize().Height-o.MinSize().Height) + scrolledAway(o.Content)
	}
	var most float32
	for _, child := range children(o) {
		most = max(most, scrolledAway(child))
	}
	return most
}

// LayOut lays an object's containers out again, after what is in them grew or shrank.
func LayOut(o fyne.CanvasObject) {
	if c, ok := o.(*fyne.Container); ok && c.Layout != nil {
		c.Layout.Layout(c.Objects, c.Size())
	}
	for _, child := range children(o) {
		LayOut(child)
	}
}

type centredLayout float32

func (l centredLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	o := objects[0]
	width := min(size.Width, max(theme.Scaled(float32(l)), o.MinSize().Width))
	height := heightAt(o, width)
	o.Move(fyne.NewPos((size.Width-width)/2, max(0, (size.Height-height)/2)))
}

func (l centredLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize()
}
