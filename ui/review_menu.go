package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"
)

// openMenu offers what can be done with the selected messages, each with its key.
func (p *reviewPage) openMenu(at fyne.Position) {
	m, ok := p.current()
	items := []*fyne.MenuItem{
		menuItem(lang.L("Accept"), fyne.KeyA, 0, p.accept),
		menuItem(lang.L("Reject"), fyne.KeyX, 0, p.reject),
		menuItem(lang.L("Back to review"), fyne.KeyR, 0, p.reopen),
		p.categoryMenu(),
	}
	if ok && m.Predicted != "" {
		items = append(items, menuItem(lang.L("Use {{.Category}}", map[string]any{"Category": m.Predicted}), fyne.KeyU, 0, p.useReading))
	}
	items = append(items, fyne.NewMenuItemSeparator(),
		menuItem(lang.L("Edit"), fyne.KeyF2, 0, p.grid.Edit),
		menuItem(lang.L("Copy as CSV"), fyne.KeyC, fyne.KeyModifierShortcutDefault, p.copy),
		menuItem(lang.L("More like this"), fyne.KeyM, fyne.KeyModifierShortcutDefault, p.moreLikeThis))
	if ok && m.NearID != 0 {
		items = append(items, fyne.NewMenuItem(lang.L("Go to the near-copy"), func() { p.goTo(m.NearID) }))
	}
	items = append(items, fyne.NewMenuItemSeparator(),
		menuItem(lang.L("Undo"), fyne.KeyZ, fyne.KeyModifierShortcutDefault, p.undo),
		menuItem(lang.L("Redo"), fyne.KeyY, fyne.KeyModifierShortcutDefault, p.redo),
		menuItem(lang.L("Delete"), fyne.KeyDelete, 0, p.delete))
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), p.app.window.Canvas(), at)
}

func (p *reviewPage) categoryMenu() *fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, c := range p.categories {
		items = append(items, menuItem(c.Name, fyne.KeyName(c.Key), 0, func() { p.label(c.Name) }))
	}
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(lang.L("No category"), func() { p.label("") }))
	category := fyne.NewMenuItem(lang.L("Category"), nil)
	category.ChildMenu = fyne.NewMenu("", items...)
	return category
}

// menuItem is a line of a menu that shows the key that does the same.
func menuItem(text string, key fyne.KeyName, modifier fyne.KeyModifier, do func()) *fyne.MenuItem {
	item := fyne.NewMenuItem(text, do)
	if key != "" {
		item.Shortcut = &desktop.CustomShortcut{KeyName: key, Modifier: modifier}
	}
	return item
}
