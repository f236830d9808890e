package review

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// sideLayout puts the second object at the side, narrower if there is
// little room; the first gets all of the room while the second is closed.
type sideLayout struct {
	gap  float32
	open bool
}

// Layout is called by Fyne.
func (l *sideLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	main, side := objects[0], objects[1]
	width := size.Width
	if side.Visible() {
		most := 324 * fynetheme.TextSize() / 14
		taken := max(side.MinSize().Width, min(most, size.Width*0.32))
		width -= taken + l.gap
		side.Move(fyne.NewPos(width+l.gap, 0))
		side.Resize(fyne.NewSize(taken, size.Height))
	}
	main.Move(fyne.NewPos(0, 0))
	main.Resize(fyne.NewSize(width, size.Height))
}

// MinSize is called by Fyne. A grid needs little room, since it scrolls.
func (l *sideLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := fyne.NewSize(220, 120)
	if objects[1].Visible() {
		side := objects[1].MinSize()
		least.Width += l.gap + side.Width
		least.Height = max(least.Height, side.Height)
	}
	return least
}

// endLayout puts objects beside each other at the right end; those without room
// are hidden, the last first, so that it never widens the window.
type endLayout struct{ gap float32 }

// Layout is called by Fyne.
func (l endLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width, fitting := float32(0), 0
	for _, o := range objects {
		next := width + o.MinSize().Width
		if fitting > 0 {
			next += l.gap
		}
		if next > size.Width {
			break
		}
		width, fitting = next, fitting+1
	}
	x := size.Width - width
	for i, o := range objects {
		least := o.MinSize()
		if i >= fitting {
			o.Resize(fyne.NewSize(0, 0))
			o.Move(fyne.NewPos(size.Width, -size.Height-least.Height))
			continue
		}
		o.Move(fyne.NewPos(x, (size.Height-least.Height)/2))
		o.Resize(least)
		x += least.Width + l.gap
	}
}

// MinSize is called by Fyne.
func (l endLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var height float32
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return fyne.NewSize(0, height)
}

// lowLayout gives the height that content needs, up to a part of the window's, to the scroller
// around it or, in a window of few lines of text, that of one line.
type lowLayout struct {
	canvas  fyne.Canvas
	content *fyne.Container
}

// fewLines is how many lines of text a window has too little room from.
const fewLines = 40

// mostOfHeight is which part of the window's height the content takes at most.
const mostOfHeight = 6

// Layout is called by Fyne.
func (l *lowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
}

// MinSize is called by Fyne.
func (l *lowLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	least := l.content.MinSize()
	if len(l.content.Objects) == 0 {
		return least
	}
	line, most := l.content.Objects[0].MinSize().Height, l.canvas.Size().Height/mostOfHeight
	if l.canvas.Size().Height < fewLines*fynetheme.TextSize() {
		most = line
	}
	least.Height = min(least.Height, max(line, most))
	return least
}
