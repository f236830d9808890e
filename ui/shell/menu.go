package shell

import (
	"fmt"
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	fynetheme "fyne.io/fyne/v2/theme"

	"seedbed/assets/crash"
	"seedbed/assets/visible"
)

// refreshMenu gives the menu bar the actions as they are now. Fyne makes the whole bar
// anew, so that happens only where something differs.
func (w *Window) refreshMenu() {
	actions := w.menuActions()
	lists := make([][]Action, len(menus))
	shown := fmt.Sprint(fynetheme.TextSize())
	for i, menu := range menus {
		for _, a := range actions {
			if a.Menu == menu {
				lists[i] = append(lists[i], a)
			}
		}
		shown += "\n" + describe(lists[i])
	}
	if shown == w.menuShown {
		return
	}
	w.menuShown = shown
	bar := fyne.NewMainMenu()
	for i, name := range []string{lang.L("File"), lang.L("Edit"), lang.L("View"), lang.L("Dataset"), lang.L("Help")} {
		bar.Items = append(bar.Items, fyne.NewMenu(name, MenuItems(lists[i])...))
	}
	w.Fyne.SetMainMenu(bar)
}

// menuActions are those of the menu bar: the window's and then those of every page, so
// that a menu has the same items wherever people are. Those of pages that aren't up lead
// there or are dimmed, and show no key, which is another action's meanwhile.
func (w *Window) menuActions() []Action {
	list := w.ownActions()
	for _, p := range w.datasetPages() {
		if p.Actions == nil {
			continue
		}
		begun := map[Menu]bool{}
		for _, a := range p.Actions() {
			if a.Menu == "" {
				continue
			}
			if !begun[a.Menu] {
				begun[a.Menu], a.Line = true, true
			}
			if p != w.shown() {
				a = w.elsewhere(a, p)
			}
			list = append(list, a)
		}
	}
	return list
}

// elsewhere is an action of a page that isn't up.
func (w *Window) elsewhere(a Action, p *Page) Action {
	do, lead := a.Do, a.Lead
	a.Key, a.Can = Key{}, func() bool { return lead && w.isOpen() }
	a.Do = func() {
		w.GoTo(p.ID)
		do()
	}
	return a
}

// datasetPages are the pages of the open dataset; without one, pages that nobody sees and
// that menus tell of.
func (w *Window) datasetPages() []*Page {
	if w.frame != nil {
		return w.frame.pages
	}
	if w.unopened == nil {
		w.unopened = w.pages.Dataset(w)
	}
	return w.unopened
}

// describe is what people see of actions in a menu.
func describe(list []Action) string {
	var b strings.Builder
	for _, a := range list {
		fmt.Fprintln(&b, a.Name, a.Key, a.enabled(), describe(a.Sub))
	}
	return b.String()
}

// MenuItems are the items of a menu with these actions, each with its key.
func MenuItems(list []Action) []*fyne.MenuItem {
	var widest float32
	for _, a := range list {
		if a.Key.Name != "" {
			widest = max(widest, textWidth(visible.Line(a.Name)))
		}
	}
	var items []*fyne.MenuItem
	for i, a := range list {
		if a.Line && i > 0 {
			items = append(items, fyne.NewMenuItemSeparator())
		}
		items = append(items, a.menuItem(widest))
	}
	return items
}

// menuItem is the action in a menu; its key stands behind the widest of the names. Fyne
// paints keys in a fifth of the text's colour, at a contrast of 2:1, and a key of its
// items goes before those of a field, so both stay as they are here. The menu bar of
// macOS is the system's.
func (a Action) menuItem(widest float32) *fyne.MenuItem {
	item := fyne.NewMenuItem(visible.Line(a.Name), func() {
		defer crash.Catch()
		if a.enabled() {
			a.Do()
		}
	})
	item.Disabled = !a.enabled()
	item.IsQuit = a.Key == quitKey
	if len(a.Sub) > 0 {
		item.ChildMenu = fyne.NewMenu("", MenuItems(a.Sub)...)
	}
	switch {
	case a.Key.Name == "":
	case runtime.GOOS == "darwin":
		if custom, ok := a.Key.shortcut().(*desktop.CustomShortcut); ok {
			item.Shortcut = custom
		}
	default:
		spaces := int((widest-textWidth(item.Label))/textWidth(" ")+0.5) + keyGap
		item.Label += strings.Repeat(" ", spaces) + a.Key.joined("+")
	}
	return item
}

// keyGap is how many spaces are between an action's name and its key.
const keyGap = 8

func textWidth(text string) float32 {
	return fyne.MeasureText(text, fynetheme.TextSize(), fyne.TextStyle{}).Width
}
