package review

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/localdb"
	"seedbed/ui/shell"
)

// listenToKeys gives the keys that the list has no use for to the page's actions.
func (p *page) listenToKeys() {
	p.grid.OnRune = p.window.Type
	p.grid.OnKey = func(ev *fyne.KeyEvent) { p.window.PressKey(ev) }
	p.grid.OnShortcut = func(s fyne.Shortcut) bool { return p.window.Press(shell.KeyOf(s)) }
}

// typed gives a key to the list while nothing has the keyboard.
func (p *page) typed(ev *fyne.KeyEvent) {
	p.window.Canvas().Focus(p.grid)
	p.grid.TypedKey(ev)
}

// actions are what people can do here, with their keys: those on the selected messages,
// as the context menu has them, and those on the list.
func (p *page) actions() []shell.Action {
	key := func(name fyne.KeyName) shell.Key { return shell.Key{Name: name} }
	control := func(name fyne.KeyName) shell.Key { return shell.Key{Name: name, Modifier: shell.Ctrl} }
	list := append(p.onMessages(),
		shell.Action{Menu: shell.ViewMenu, Name: lang.L("Search"), Key: control(fyne.KeyF), Do: p.search, Line: true},
		shell.Action{Name: lang.L("Search"), Key: key("/"), Do: p.search},
		shell.Action{Menu: shell.ViewMenu, Name: lang.L("Clear filters"), Key: key(fyne.KeyC), Do: func() { p.filters.clear() }},
		shell.Action{Menu: shell.ViewMenu, Name: lang.L("Refresh"), Key: key(fyne.KeyF5), Do: p.renew},
		shell.Action{Menu: shell.ViewMenu, Name: lang.L("Show or hide the side panel"), Key: control(fyne.KeyI), Do: p.togglePanel})
	for _, c := range p.categories {
		if c.Key != "" {
			list = append(list, p.labelAction(c, lang.L("Label as {{.Category}}", map[string]any{"Category": c.Shown()})))
		}
	}
	return append(list, keysOfList()...)
}

// onMessages are the actions on the selected messages.
func (p *page) onMessages() []shell.Action {
	key := func(name fyne.KeyName) shell.Key { return shell.Key{Name: name} }
	control := func(name fyne.KeyName) shell.Key { return shell.Key{Name: name, Modifier: shell.Ctrl} }
	shifted := func(name fyne.KeyName) shell.Key { return shell.Key{Name: name, Modifier: shell.Ctrl | shell.Shift} }
	m, ok := p.current()
	some := func() bool { return p.rows != nil && p.rows.Len() > 0 }
	use := lang.L("Use the predicted category")
	if ok && m.Predicted != "" {
		use = lang.L("Use {{.Category}}", map[string]any{"Category": p.shownName(m.Predicted)})
	}
	list := []shell.Action{
		{Menu: shell.EditMenu, Name: lang.L("Accept"), Key: key(fyne.KeyA), Do: p.accept, Can: some, Line: true},
		{Menu: shell.EditMenu, Name: lang.L("Reject"), Key: key(fyne.KeyX), Do: p.reject, Can: some},
		{Menu: shell.EditMenu, Name: lang.L("Back to review"), Key: key(fyne.KeyR), Do: p.reopen, Can: some},
		{Menu: shell.EditMenu, Name: lang.L("Category"), Sub: p.categoryActions()},
		{Menu: shell.EditMenu, Name: use, Key: key(fyne.KeyU), Do: p.usePrediction, Can: func() bool { return ok && m.Predicted != "" }},
		{Menu: shell.EditMenu, Name: lang.L("Edit"), Key: key(fyne.KeyF2), Do: func() { p.grid.Edit() }, Can: some, Line: true},
		{Menu: shell.EditMenu, Name: lang.L("Note…"), Key: shifted(fyne.KeyN), Do: p.editNote, Can: some},
		{Menu: shell.EditMenu, Name: lang.L("Tags…"), Key: shifted(fyne.KeyT), Do: p.editTags, Can: some},
		{Menu: shell.EditMenu, Name: lang.L("Copy as CSV"), Key: control(fyne.KeyC), Do: p.copy, Can: some, Line: true},
		{Menu: shell.EditMenu, Name: lang.L("Paste…"), Key: control(fyne.KeyV), Do: p.paste},
		{Menu: shell.EditMenu, Name: lang.L("Find and replace…"), Key: control(fyne.KeyH), Do: p.replace, Can: some, Line: true},
		{Menu: shell.EditMenu, Name: lang.L("Same spelling…"), Key: shifted(fyne.KeyH), Do: p.sameSpelling, Can: some},
		{Menu: shell.EditMenu, Name: lang.L("Split the message…"), Key: control(fyne.KeyD), Do: p.divide, Can: some},
		{Menu: shell.EditMenu, Name: lang.L("Join messages…"), Key: control(fyne.KeyJ), Do: p.join, Can: some},
		{Menu: shell.EditMenu, Name: lang.L("More like this"), Key: control(fyne.KeyM), Do: p.moreLikeThis, Can: some},
	}
	if ok && m.NearID != 0 {
		list = append(list, shell.Action{Menu: shell.EditMenu, Name: lang.L("Go to the near-copy"), Do: func() { p.goTo(m.NearID) }})
	}
	return append(list,
		shell.Action{Menu: shell.EditMenu, Name: lang.L("Delete"), Key: key(fyne.KeyDelete), Do: p.delete, Can: some, Line: true},
		shell.Action{Menu: shell.EditMenu, Name: lang.L("Forget for good…"), Do: p.forgetMessages, Can: some},
		shell.Action{Menu: shell.EditMenu, Name: lang.L("Forget a text…"), Do: p.forgetText})
}

// categoryActions give the selected messages a category each.
func (p *page) categoryActions() []shell.Action {
	var list []shell.Action
	for _, c := range p.categories {
		list = append(list, p.labelAction(c, c.Shown()))
	}
	return append(list, shell.Action{Name: lang.L("No category"), Do: func() { p.label("") }, Line: true})
}

// labelAction labels with a category. A key of it is one letter or digit.
func (p *page) labelAction(c localdb.Category, name string) shell.Action {
	a := shell.Action{Name: name, Do: func() { p.label(c.Name) }}
	if utf8.RuneCountInString(c.Key) == 1 {
		a.Key = shell.LetterKey(c.Key)
	}
	return a
}

// keysOfList are the keys that the list takes by itself.
func keysOfList() []shell.Action {
	key := func(name fyne.KeyName, modifier fyne.KeyModifier, what string) shell.Action {
		return shell.Action{Name: what, Key: shell.Key{Name: name, Modifier: modifier}}
	}
	return []shell.Action{
		key(fyne.KeyUp, 0, lang.L("One message up")),
		key(fyne.KeyDown, 0, lang.L("One message down")),
		key(fyne.KeyPageUp, 0, lang.L("One page up")),
		key(fyne.KeyPageDown, 0, lang.L("One page down")),
		key(fyne.KeyHome, 0, lang.L("To the first message")),
		key(fyne.KeyEnd, 0, lang.L("To the last message")),
		key(fyne.KeyDown, shell.Shift, lang.L("Select down to here")),
		key(fyne.KeySpace, shell.Ctrl, lang.L("Select the message, or not")),
		key(fyne.KeyA, shell.Ctrl, lang.L("Select all")),
		key(fyne.KeyEscape, 0, lang.L("Select none")),
		key(fyne.KeyReturn, 0, lang.L("Edit the message")),
		key(desktop.KeyMenu, 0, lang.L("Menu of the selected messages")),
	}
}

func (p *page) search() { p.window.Canvas().Focus(p.filters.search) }

// openMenu opens the menu of actions on the selected messages.
func (p *page) openMenu(at fyne.Position) {
	fynewidget.ShowPopUpMenuAtPosition(fyne.NewMenu("", p.menuItems()...), p.window.Canvas(), at)
}

// menuItems are what the context menu has.
func (p *page) menuItems() []*fyne.MenuItem {
	list := append(p.onMessages(),
		shell.Action{Name: lang.L("Undo"), Key: shell.UndoKey, Do: p.window.Undo, Line: true},
		shell.Action{Name: lang.L("Redo"), Key: shell.RedoKey, Do: p.window.Redo})
	return shell.MenuItems(list)
}
