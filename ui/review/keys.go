package review

import (
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/assets/crash"
	"seedbed/ui/shell"
)

// listenToKeys connects the page's keys, wherever the keyboard is: letters and digits
// unless in a text field, Ctrl with a key everywhere. Where the list doesn't have the
// keyboard, undo and redo come from the window.
func (p *page) listenToKeys() {
	p.grid.OnRune, p.grid.OnKey = p.typed, p.pressed
	p.grid.OnShortcut = func(s fyne.Shortcut) bool { return p.shortcut(s) }
	c := p.window.Canvas()
	c.SetOnTypedRune(func(r rune) {
		defer crash.Catch()
		if p.up() {
			p.typed(r)
		}
	})
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		defer crash.Catch()
		if p.up() {
			c.Focus(p.grid)
			p.grid.TypedKey(ev)
		}
	})
	c.AddShortcut(&fyne.ShortcutPaste{}, func(fyne.Shortcut) {
		defer crash.Catch()
		if p.up() {
			p.paste()
		}
	})
	for key := range p.shortcuts() {
		c.AddShortcut(&key, func(s fyne.Shortcut) {
			defer crash.Catch()
			if p.up() {
				p.shortcut(s)
			}
		})
	}
}

// up reports whether the page is visible and not covered by a dialog.
func (p *page) up() bool {
	return p.window.At() == shell.Review && !p.window.HasDialog()
}

// typed handles a letter or digit.
func (p *page) typed(r rune) {
	switch unicode.ToLower(r) {
	case 'a':
		p.accept()
	case 'x':
		p.reject()
	case 'r':
		p.reopen()
	case 'u':
		p.usePrediction()
	case 'c':
		p.filters.clear()
	case '/':
		p.window.Canvas().Focus(p.filters.search)
	default:
		for _, c := range p.categories {
			if c.Key == string(r) {
				p.label(c.Name)
			}
		}
	}
}

// pressed handles a key that the grid doesn't use.
func (p *page) pressed(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyDelete:
		p.delete()
	case fyne.KeyF5:
		p.renew()
	}
}

// shortcut handles a key with Ctrl.
func (p *page) shortcut(s fyne.Shortcut) (taken bool) {
	switch s := s.(type) {
	case *fyne.ShortcutUndo:
		p.window.Undo()
	case *fyne.ShortcutRedo:
		p.window.Redo()
	case *fyne.ShortcutCopy:
		p.copy()
	case *fyne.ShortcutPaste:
		p.paste()
	case *desktop.CustomShortcut:
		return p.custom(s)
	default:
		return false
	}
	return true
}

func (p *page) custom(s *desktop.CustomShortcut) (taken bool) {
	if s.KeyName == fyne.KeyZ && s.Modifier == control|fyne.KeyModifierShift {
		p.window.Redo()
		return true
	}
	do, taken := p.shortcuts()[*s]
	if taken {
		do()
	}
	return taken
}

const control = fyne.KeyModifierShortcutDefault

// shortcuts are the page's own keys with Ctrl.
func (p *page) shortcuts() map[desktop.CustomShortcut]func() {
	const shift = control | fyne.KeyModifierShift
	return map[desktop.CustomShortcut]func(){
		{KeyName: fyne.KeyF, Modifier: control}: func() { p.window.Canvas().Focus(p.filters.search) },
		{KeyName: fyne.KeyI, Modifier: control}: p.togglePanel,
		{KeyName: fyne.KeyM, Modifier: control}: p.moreLikeThis,
		{KeyName: fyne.KeyH, Modifier: control}: p.replace,
		{KeyName: fyne.KeyD, Modifier: control}: p.divide,
		{KeyName: fyne.KeyJ, Modifier: control}: p.join,
		{KeyName: fyne.KeyH, Modifier: shift}:   p.sameSpelling,
		{KeyName: fyne.KeyN, Modifier: shift}:   p.editNote,
		{KeyName: fyne.KeyT, Modifier: shift}:   p.editTags,
	}
}

// openMenu opens the menu of actions on the selected messages.
func (p *page) openMenu(at fyne.Position) {
	fynewidget.ShowPopUpMenuAtPosition(fyne.NewMenu("", p.actions()...), p.window.Canvas(), at)
}

// actions are those on the selected messages, each with its key.
func (p *page) actions() []*fyne.MenuItem {
	m, ok := p.current()
	items := []*fyne.MenuItem{
		menuItem(lang.L("Accept"), fyne.KeyA, 0, p.accept),
		menuItem(lang.L("Reject"), fyne.KeyX, 0, p.reject),
		menuItem(lang.L("Back to review"), fyne.KeyR, 0, p.reopen),
		p.categoryMenu(),
	}
	if ok && m.Predicted != "" {
		items = append(items, menuItem(lang.L("Use {{.Category}}", map[string]any{"Category": m.Predicted}), fyne.KeyU, 0, p.usePrediction))
	}
	items = append(items, fyne.NewMenuItemSeparator(),
		menuItem(lang.L("Edit"), fyne.KeyF2, 0, p.grid.Edit),
		menuItem(lang.L("Note…"), fyne.KeyN, control|fyne.KeyModifierShift, p.editNote),
		menuItem(lang.L("Tags…"), fyne.KeyT, control|fyne.KeyModifierShift, p.editTags),
		p.textMenu(),
		menuItem(lang.L("Copy as CSV"), fyne.KeyC, control, p.copy),
		menuItem(lang.L("Paste…"), fyne.KeyV, control, p.paste),
		menuItem(lang.L("More like this"), fyne.KeyM, control, p.moreLikeThis))
	if ok && m.NearID != 0 {
		items = append(items, fyne.NewMenuItem(lang.L("Go to the near-copy"), func() { p.goTo(m.NearID) }))
	}
	return append(items, fyne.NewMenuItemSeparator(),
		menuItem(lang.L("Undo"), fyne.KeyZ, control, p.window.Undo),
		menuItem(lang.L("Redo"), fyne.KeyY, control, p.window.Redo),
		menuItem(lang.L("Delete"), fyne.KeyDelete, 0, p.delete),
		menuItem(lang.L("Forget for good…"), "", 0, p.forgetMessages),
		menuItem(lang.L("Forget a text…"), "", 0, p.forgetText))
}

// textMenu are the actions that change the texts of several messages, or how many there are.
func (p *page) textMenu() *fyne.MenuItem {
	const shift = control | fyne.KeyModifierShift
	text := fyne.NewMenuItem(lang.L("Text"), nil)
	text.ChildMenu = fyne.NewMenu("",
		menuItem(lang.L("Find and replace…"), fyne.KeyH, control, p.replace),
		menuItem(lang.L("Same spelling…"), fyne.KeyH, shift, p.sameSpelling),
		menuItem(lang.L("Split the message…"), fyne.KeyD, control, p.divide),
		menuItem(lang.L("Join messages…"), fyne.KeyJ, control, p.join))
	return text
}

func (p *page) categoryMenu() *fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, c := range p.categories {
		items = append(items, menuItem(c.Name, fyne.KeyName(c.Key), 0, func() { p.label(c.Name) }))
	}
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(lang.L("No category"), func() { p.label("") }))
	category := fyne.NewMenuItem(lang.L("Category"), nil)
	category.ChildMenu = fyne.NewMenu("", items...)
	return category
}

// menuItem is a menu item that shows its key.
func menuItem(text string, key fyne.KeyName, modifier fyne.KeyModifier, do func()) *fyne.MenuItem {
	item := fyne.NewMenuItem(text, func() {
		defer crash.Catch()
		do()
	})
	if key != "" {
		item.Shortcut = &desktop.CustomShortcut{KeyName: key, Modifier: modifier}
	}
	return item
}
