package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
)

// Stack puts things below each other with the given gap; each gets its least height.
func Stack(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(gap), objects...)
}

// Row puts things beside each other with the given gap, each as wide as it needs
// and centred in height.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(rowLayout{gap}, objects...)
}

type rowLayout struct{ gap float32 }

func (l rowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		least := o.MinSize()
		if _, spacer := o.(layout.SpacerObject); spacer {
			least.Width = max(0, size.Width-l.MinSize(objects).Width)
		}
		o.Move(fyne.NewPos(x, (size.Height-least.Height)/2))
		o.Resize(least)
		x += least.Width + l.gap
	}
}

func (l rowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	n := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		least := o.MinSize()
		size.Width += least.Width
		size.Height = max(size.Height, least.Height)
		n++
	}
	size.Width += l.gap * float32(max(0, n-1))
	return size
}

// Wrap puts things beside each other, centred in height, and goes on below where the
// line is full.
func Wrap(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&wrapLayout{gap: gap}, objects...)
}

// wrapLayout remembers its last width, because Fyne asks for a least height
// before it says how wide the place is.
type wrapLayout struct{ gap, width float32 }

func (l *wrapLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.place(objects, size.Width, func(o fyne.CanvasObject, at fyne.Position) {
		o.Move(at)
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

func (l *wrapLayout) place(objects []fyne.CanvasObject, width float32, put func(fyne.CanvasObject, fyne.Position)) float32 {
	var x, y, height float32
	var line []fyne.CanvasObject
	end := func() {
		at := float32(0)
		for _, o := range line {
			least := o.MinSize()
			put(o, fyne.NewPos(at, y+(height-least.Height)/2))
			at += least.Width + l.gap
		}
		line = line[:0]
	}
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		least := o.MinSize()
		if x > 0 && x+least.Width > width {
			end()
			x, y, height = 0, y+height+l.gap, 0
		}
		line = append(line, o)
		x += least.Width + l.gap
		height = max(height, least.Height)
	}
	end()
	return y + height
}

// Below puts a heading over what fills the rest of the place.
func Below(gap float32, head, rest fyne.CanvasObject) *fyne.Container {
	return container.New(belowLayout(gap), head, rest)
}

type belowLayout float32

func (l belowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	head, rest := objects[0], objects[1]
	head.Resize(fyne.NewSize(size.Width, head.MinSize().Height))
	height := head.MinSize().Height // words wrap at the width they have
	head.Resize(fyne.NewSize(size.Width, height))
	top := height + float32(l)
	rest.Move(fyne.NewPos(0, top))
	rest.Resize(fyne.NewSize(size.Width, max(0, size.Height-top)))
}

func (l belowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	head, rest := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(max(head.Width, rest.Width), head.Height+float32(l)+rest.Height)
}

// Columns shares the width out in the given parts, with a gap between; what needs more
// than its part gets it from the others.
func Columns(gap float32, parts []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(columnsLayout{gap, parts}, objects...)
}

type columnsLayout struct {
	gap   float32
	parts []float32
}

func (l columnsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	widths := l.widths(objects, size.Width-l.gap*float32(len(objects)-1))
	x := float32(0)
	for i, o := range objects {
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(widths[i], size.Height))
		x += widths[i] + l.gap
	}
}

// widths gives those their least width that would get less, until all others get their
// part of what is left.
func (l columnsLayout) widths(objects []fyne.CanvasObject, free float32) []float32 {
	widths, fixed := make([]float32, len(objects)), make([]bool, len(objects))
	for {
		var sum float32
		for i := range objects {
			if !fixed[i] {
				sum += l.parts[i]
			}
		}
		again := false
		left := free
		for i, o := range objects {
			if fixed[i] {
				continue
			}
			widths[i] = left * l.parts[i] / sum
			if least := o.MinSize().Width; widths[i] < least {
				widths[i], fixed[i], again = least, true, true
				free -= least
			}
		}
		if !again {
			return widths
		}
	}
}

func (l columnsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(l.gap*float32(len(objects)-1), 0)
	for _, o := range objects {
		least := o.MinSize()
		size.Width += least.Width
		size.Height = max(size.Height, least.Height)
	}
	return size
}

// Scaled is a length that grows with the text size, as fields and labels must.
func Scaled(length float32) float32 { return length * theme.TextSize() / usualText }

// Width gives something a fixed width, in device-independent pixels at the usual text
// size, and its least height.
func Width(width float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(widthLayout(width), o)
}

type widthLayout float32

func (l widthLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	least := objects[0].MinSize()
	objects[0].Move(fyne.NewPos(0, (size.Height-least.Height)/2))
	objects[0].Resize(fyne.NewSize(size.Width, least.Height))
}

func (l widthLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := objects[0].MinSize()
	return fyne.NewSize(max(least.Width, Scaled(float32(l))), least.Height)
}

// Middle puts something in the middle of the place, at most so wide at the usual text
// size, and at most as wide as the place.
func Middle(width float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(middleLayout(width), o)
}

type middleLayout float32

func (l middleLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	o := objects[0]
	width := min(size.Width, max(Scaled(float32(l)), o.MinSize().Width))
	for range 2 { // words wrap at the width they have, and only then say how high they are
		o.Resize(fyne.NewSize(width, o.MinSize().Height))
	}
	o.Move(fyne.NewPos((size.Width-width)/2, max(0, (size.Height-o.Size().Height)/2)))
}

func (l middleLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize()
}
