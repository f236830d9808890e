package widget

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Radio is a few lines of which one is chosen. Fyne's own can't be brought into view.
type Radio struct {
	widget.BaseWidget
	Options   []string
	Selected  string
	OnChanged func(chosen string)

	items  []*Item
	marks  []*widget.Icon
	labels []*widget.Label
	lines  *fyne.Container
}

// NewRadio returns lines below each other, of which the first is chosen.
func NewRadio(options []string, changed func(chosen string)) *Radio {
	r := &Radio{Options: options, OnChanged: changed, lines: Stack(0)}
	if len(options) > 0 {
		r.Selected = options[0]
	}
	r.ExtendBaseWidget(r)
	r.fill()
	return r
}

// Beside puts the lines beside each other.
func (r *Radio) Beside() *Radio {
	r.lines.Layout = rowLayout{gap: 12}
	return r
}

// SetSelected chooses as a person does.
func (r *Radio) SetSelected(option string) {
	if option == r.Selected || !slices.Contains(r.Options, option) {
		return
	}
	r.Selected = option
	r.Refresh()
	if r.OnChanged != nil {
		r.OnChanged(option)
	}
}

// Refresh shows other options, or another one chosen.
func (r *Radio) Refresh() {
	r.fill()
	r.BaseWidget.Refresh()
}

// fill keeps the lines that are there, since one of them may have the keyboard.
func (r *Radio) fill() {
	for len(r.items) < len(r.Options) {
		r.add(len(r.items))
	}
	for i, item := range r.items {
		if i >= len(r.Options) {
			item.Hide()
			continue
		}
		item.Show()
		item.name = r.Options[i]
		r.labels[i].SetText(r.Options[i])
		mark := theme.RadioButtonIcon()
		if r.Options[i] == r.Selected {
			mark = theme.NewPrimaryThemedResource(theme.RadioButtonCheckedIcon())
		}
		r.marks[i].SetResource(mark)
	}
}

func (r *Radio) add(i int) {
	mark, label := widget.NewIcon(nil), widget.NewLabel("")
	item := NewItem("", Row(0, mark, label), func() { r.SetSelected(r.Options[i]) })
	r.items, r.marks, r.labels = append(r.items, item), append(r.marks, mark), append(r.labels, label)
	r.lines.Add(item)
}

// CreateRenderer is called by Fyne.
func (r *Radio) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.lines) }
