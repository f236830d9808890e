package widget

import (
	"slices"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Radio is a group of options of which one is selected. Fyne's hides its lines, so that
// they can't be scrolled into view on Tab, and it ignores Enter.
type Radio struct {
	fynewidget.BaseWidget
	Options   []string
	Selected  string
	OnChanged func(selected string)

	items  []*ListItem
	icons  []*fynewidget.Icon
	labels []*fynewidget.Label
	box    *fyne.Container
}

// NewRadio returns a vertical group with the first option selected.
func NewRadio(options []string, changed func(selected string)) *Radio {
	r := &Radio{Options: options, OnChanged: changed, box: VBox(0)}
	if len(options) > 0 {
		r.Selected = options[0]
	}
	r.ExtendBaseWidget(r)
	r.update()
	return r
}

// Horizontal puts the options beside each other.
func (r *Radio) Horizontal() *Radio {
	r.box.Layout = hboxLayout{gap: 12}
	return r
}

// SetSelected selects an option and calls OnChanged.
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

// Refresh shows changed options or another selection.
func (r *Radio) Refresh() {
	r.update()
	r.BaseWidget.Refresh()
}

// update reuses the lines that exist, since one of them may have the focus.
func (r *Radio) update() {
	for len(r.items) < len(r.Options) {
		r.add(len(r.items))
	}
	for i, item := range r.items {
		if i >= len(r.Options) {
			item.Hide()
			continue
		}
		item.Show()
		item.label = r.Options[i]
		r.labels[i].SetText(r.Options[i])
		icon := fynetheme.RadioButtonIcon()
		if r.Options[i] == r.Selected {
			icon = fynetheme.NewPrimaryThemedResource(fynetheme.RadioButtonCheckedIcon())
		}
		r.icons[i].SetResource(icon)
	}
}

func (r *Radio) add(i int) {
	icon, label := fynewidget.NewIcon(nil), fynewidget.NewLabel("")
	item := NewListItem("", HBox(0, icon, label), func() { r.SetSelected(r.Options[i]) })
	r.items, r.icons, r.labels = append(r.items, item), append(r.icons, icon), append(r.labels, label)
	r.box.Add(item)
}

// CreateRenderer is called by Fyne.
func (r *Radio) CreateRenderer() fyne.WidgetRenderer { return fynewidget.NewSimpleRenderer(r.box) }
