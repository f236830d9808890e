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

// tall gives a scrolled list room to read in, also where the page scrolls.
func tall(list *container.Scroll) *container.Scroll {
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
