package ui

import (
	"fmt"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"fyne.io/fyne/v2/test"

	"seedbed/ui/grid"
	"seedbed/ui/theme"
)

// box is a rectangle in a window.
type box struct{ left, top, right, bottom float32 }

func boxOf(at fyne.Position, size fyne.Size) box {
	return box{at.X, at.Y, at.X + size.Width, at.Y + size.Height}
}

// within is the part of a box that is in another.
func (b box) within(c box) box {
	return box{max(b.left, c.left), max(b.top, c.top), min(b.right, c.right), min(b.bottom, c.bottom)}
}

// isArea reports whether more of the box than its edge can be seen.
func (b box) isArea() bool { return b.right-b.left > 1.5 && b.bottom-b.top > 1.5 }

// look finds in a page what people can't read or reach: texts that are cut or that lie over
// others, and texts too faint to read.
type look struct {
	painted []painted
	texts   []seen
	flaws   []string
}

// painted is a background, in the order in which they are painted.
type painted struct {
	box
	fill color.NRGBA
}

// seen is a text or a control and what of it can be seen.
type seen struct {
	box
	words string
	owner fyne.CanvasObject // the control that it is a part of; nil for none
}

// flawsOf are what is wrong with the look of something in a window of a size.
func flawsOf(o fyne.CanvasObject, window fyne.Size) []string {
	l := &look{painted: []painted{{boxOf(fyne.Position{}, window), nrgba(fynetheme.Color(fynetheme.ColorNameBackground))}}}
	all := boxOf(fyne.Position{}, window)
	l.walk(o, fyne.Position{}, all, all, nil)
	for i, a := range l.texts {
		for _, b := range l.texts[:i] {
			if (a.owner == nil || a.owner != b.owner) && a.within(b.box).isArea() {
				l.flaw("%q at %v lies over %q at %v", a.words, a.box, b.words, b.box)
			}
		}
	}
	return l.flaws
}

func (l *look) flaw(format string, args ...any) {
	l.flaws = append(l.flaws, fmt.Sprintf(format, args...))
}

// walk looks at an object and all in it. Visible is what of its place can be seen now, and
// room what of it can be brought into sight by scrolling.
func (l *look) walk(o fyne.CanvasObject, parent fyne.Position, visible, room box, owner fyne.CanvasObject) {
	if !o.Visible() {
		return
	}
	at := parent.Add(o.Position())
	if _, control := o.(fyne.Focusable); control && owner == nil {
		owner = o
	}
	own := boxOf(at, o.Size())
	switch o := o.(type) {
	case *canvas.Text:
		l.text(o, at, visible, room, owner)
	case *canvas.Rectangle:
		if fill := nrgba(o.FillColor); fill.A > 0 {
			l.painted = append(l.painted, painted{own.within(visible), fill})
		}
	case *grid.Grid, *fynewidget.Entry:
	case *container.Scroll:
		seen := visible.within(own)
		inside := boxOf(at.Add(o.Content.Position()), o.Content.Size())
		if o.Direction == container.ScrollVerticalOnly {
			inside.left, inside.right = max(inside.left, room.left, own.left), min(inside.right, room.right, own.right)
		}
		l.walk(o.Content, at, seen, inside, owner)
	case *fyne.Container:
		for _, child := range o.Objects {
			l.walk(child, at, visible, room, owner)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			l.walk(child, at, visible, room, owner)
		}
	}
}

// text looks at one line of text.
func (l *look) text(t *canvas.Text, at fyne.Position, visible, room box, owner fyne.CanvasObject) {
	if strings.TrimSpace(t.Text) == "" {
		return
	}
	need := t.MinSize()
	switch t.Alignment {
	case fyne.TextAlignTrailing:
		at.X += t.Size().Width - need.Width
	case fyne.TextAlignCenter:
		at.X += (t.Size().Width - need.Width) / 2
	}
	whole := boxOf(at, need)
	if whole.bottom < room.top {
		return // put out of sight, where there is no room for it
	}
	if reached := whole.within(room); reached.right-reached.left < need.Width-1.5 || reached.bottom-reached.top < need.Height-3 {
		l.flaw("%q at %v is cut by %v", t.Text, whole, room)
	}
	shown := whole.within(visible)
	if !shown.isArea() {
		return
	}
	l.texts = append(l.texts, seen{shown, t.Text, owner})
	behind := l.behind(shown)
	colour := theme.Over(behind, nrgba(t.Color))
	if contrast := theme.ContrastOf(colour, behind); contrast < theme.LeastContrast {
		l.flaw("%q has a contrast of %.1f: %v on %v", t.Text, contrast, colour, behind)
	}
}

// behind is the colour that was painted in the middle of a box.
func (l *look) behind(b box) color.NRGBA {
	x, y := (b.left+b.right)/2, (b.top+b.bottom)/2
	var c color.NRGBA
	for _, p := range l.painted {
		if x >= p.left && x <= p.right && y >= p.top && y <= p.bottom {
			c = theme.Over(c, p.fill)
		}
	}
	return c
}

func nrgba(c color.Color) color.NRGBA {
	if c == nil {
		return color.NRGBA{}
	}
	return color.NRGBAModel.Convert(c).(color.NRGBA)
}
