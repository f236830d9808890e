package ui

import (
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"seedbed/ui/shell"
)

// listenToKeys connects the page's keys, wherever the keyboard is: letters and digits
// unless in a text field, Ctrl with a key everywhere. Where the list doesn't have the
// keyboard, undo and redo come from the window.
func (p *reviewPage) listenToKeys() {
	p.grid.OnRune, p.grid.OnKey = p.typed, p.pressed
	p.grid.OnShortcut = func(s fyne.Shortcut) bool { return p.shortcut(s) }
	c := p.window.Canvas()
	c.SetOnTypedRune(func(r rune) {
		if p.up() {
			p.typed(r)
		}
	})
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if p.up() {
			c.Focus(p.grid)
			p.grid.TypedKey(ev)
		}
	})
	control := fyne.KeyModifierShortcutDefault
	for _, s := range []fyne.Shortcut{
		&desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: control},
		&desktop.CustomShortcut{KeyName: fyne.KeyI, Modifier: control},
		&desktop.CustomShortcut{KeyName: fyne.KeyM, Modifier: control},
	} {
		c.AddShortcut(s, func(s fyne.Shortcut) {
			if p.up() {
				p.shortcut(s)
			}
		})
	}
}

// up reports whether the page is what people see, with nothing over it.
func (p *reviewPage) up() bool {
	return p.window.At() == shell.Review && !p.window.HasDialog()
}

// typed is a letter or digit: what to do with the message.
func (p *reviewPage) typed(r rune) {
	switch unicode.ToLower(r) {
	case 'a':
		p.accept()
	case 'x':
		p.reject()
	case 'r':
		p.reopen()
	case 'u':
		p.useReading()
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

// pressed is a key that the grid has no use for.
func (p *reviewPage) pressed(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyDelete:
		p.delete()
	case fyne.KeyF5:
		p.renew()
	}
}

// shortcut is a key with Ctrl.
func (p *reviewPage) shortcut(s fyne.Shortcut) (taken bool) {
	switch s := s.(type) {
	case *fyne.ShortcutUndo:
		p.window.Undo()
	case *fyne.ShortcutRedo:
		p.window.Redo()
	case *fyne.ShortcutCopy:
		p.copy()
	case *desktop.CustomShortcut:
		return p.custom(s)
	default:
		return false
	}
	return true
}

func (p *reviewPage) custom(s *desktop.CustomShortcut) (taken bool) {
	switch {
	case s.KeyName == fyne.KeyZ && s.Modifier == fyne.KeyModifierShortcutDefault|fyne.KeyModifierShift:
		p.window.Redo()
	case s.Modifier != fyne.KeyModifierShortcutDefault:
		return false
	case s.KeyName == fyne.KeyF:
		p.window.Canvas().Focus(p.filters.search)
	case s.KeyName == fyne.KeyI:
		p.togglePanel()
	case s.KeyName == fyne.KeyM:
		p.moreLikeThis()
	default:
		return false
	}
	return true
}
