package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// framed gives a page its margins and its heading's place. Where the window is too
// small for the page, or the text too large, the page scrolls.
func framed(head, body fyne.CanvasObject) fyne.CanvasObject {
	return container.NewScroll(container.New(layout.NewCustomPaddedLayout(24, 22, 26, 26),
		container.NewBorder(container.New(layout.NewCustomPaddedLayout(0, 16, 0, 0), head), nil, nil, nil, body)))
}

// scrolled lets something scroll up and down, beside its bar and not under it.
func scrolled(o fyne.CanvasObject) *container.Scroll {
	return container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, barRoom), o))
}

// barRoom is what the bar of a scrolled list takes.
const barRoom = 8

// tall is scrolled with room to read in, also where the page scrolls.
func tall(o fyne.CanvasObject) *container.Scroll {
	list := scrolled(o)
	list.SetMinSize(fyne.NewSize(120, 220))
	return list
}

func setEnabled(w fyne.Disableable, enabled bool) {
	if enabled {
		w.Enable()
	} else {
		w.Disable()
	}
}

func setVisible(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}
