package shell

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"

	"seedbed/assets/crash"
)

// Action is something that people can do with the menu bar, a key, or both. What binds
// the keys, the menu bar and the help all read the same actions.
type Action struct {
	Name string      // as a menu says it
	Menu Menu        // the menu that it stands in; "" where it has only a key
	Key  Key         // zero where it has none
	Do   func()      // nil for a key that a widget of the page takes by itself
	Can  func() bool // nil where it can always be done
	Idle func() bool // whether it would do nothing, as far as is known: menus dim it, and its key tries all the same
	Sub  []Action    // opens as a menu of its own
	Line bool        // a line stands above it in its menu
}

// Menu is a menu of the menu bar.
type Menu string

// The menus of the menu bar, in their order.
const (
	FileMenu    Menu = "file"
	EditMenu    Menu = "edit"
	ViewMenu    Menu = "view"
	DatasetMenu Menu = "dataset"
	HelpMenu    Menu = "help"
)

var menus = []Menu{FileMenu, EditMenu, ViewMenu, DatasetMenu, HelpMenu}

// Key is a key of the keyboard and what is held down with it.
type Key struct {
	Name     fyne.KeyName // a letter or sign as it is typed, in upper case
	Modifier fyne.KeyModifier
}

// What is held down with a key.
const (
	Ctrl  = fyne.KeyModifierShortcutDefault
	Shift = fyne.KeyModifierShift
)

// quitKey ends the program, also while a dialog is up.
var quitKey = Key{fyne.KeyQ, Ctrl}

// The keys of a page's main action, and of undo and redo.
var (
	Act     = Key{fyne.KeyReturn, Ctrl}
	UndoKey = Key{fyne.KeyZ, Ctrl}
	RedoKey = Key{fyne.KeyY, Ctrl}
)

// ActKey is Act as it stands on a button.
const ActKey = "Ctrl Enter"

// keyNames are what stands on keys that Fyne calls otherwise.
var keyNames = map[fyne.KeyName]string{
	fyne.KeyReturn: "Enter", fyne.KeyPageUp: "Page Up", fyne.KeyPageDown: "Page Down", fyne.KeyUp: "↑", fyne.KeyDown: "↓",
}

// LetterKey is the key of a letter, digit or sign.
func LetterKey(letter string) Key { return Key{Name: fyne.KeyName(strings.ToUpper(letter))} }

// String is the key as it stands on a button, such as "Ctrl Shift S".
func (k Key) String() string { return k.joined(" ") }

func (k Key) joined(by string) string {
	if k.Name == "" {
		return ""
	}
	var parts []string
	for _, held := range []struct {
		is   fyne.KeyModifier
		name string
	}{{Ctrl, "Ctrl"}, {fyne.KeyModifierAlt, "Alt"}, {Shift, "Shift"}} {
		if k.Modifier&held.is != 0 {
			parts = append(parts, held.name)
		}
	}
	name, ok := keyNames[k.Name]
	if !ok {
		name = string(k.Name)
	}
	return strings.Join(append(parts, name), by)
}

// shortcut is the key as Fyne tells of it where something is held down.
func (k Key) shortcut() fyne.Shortcut {
	switch k {
	case UndoKey:
		return &fyne.ShortcutUndo{}
	case RedoKey:
		return &fyne.ShortcutRedo{}
	case Key{fyne.KeyC, Ctrl}:
		return &fyne.ShortcutCopy{}
	case Key{fyne.KeyV, Ctrl}:
		return &fyne.ShortcutPaste{}
	case Key{fyne.KeyA, Ctrl}:
		return &fyne.ShortcutSelectAll{}
	}
	return &desktop.CustomShortcut{KeyName: k.Name, Modifier: k.Modifier}
}

// KeyOf is the key that Fyne tells of with a shortcut.
func KeyOf(s fyne.Shortcut) Key {
	switch s := s.(type) {
	case *fyne.ShortcutUndo:
		return UndoKey
	case *fyne.ShortcutRedo:
		return RedoKey
	case *fyne.ShortcutCopy:
		return Key{fyne.KeyC, Ctrl}
	case *fyne.ShortcutPaste:
		return Key{fyne.KeyV, Ctrl}
	case *desktop.CustomShortcut:
		if s.KeyName == fyne.KeyEnter {
			return Key{fyne.KeyReturn, s.Modifier}
		}
		return Key{s.KeyName, s.Modifier}
	}
	return Key{}
}

// can reports whether the action can be done now.
func (a Action) can() bool { return (a.Do != nil || len(a.Sub) > 0) && (a.Can == nil || a.Can()) }

// enabled reports whether a menu offers the action.
func (a Action) enabled() bool { return a.can() && (a.Idle == nil || !a.Idle()) }

// Actions are those of the page that is up and then those of the window.
func (w *Window) Actions() []Action {
	var list []Action
	if p := w.shown(); p != nil && p.Actions != nil {
		list = p.Actions()
	}
	return append(list, w.ownActions()...)
}

// Press does what a key is for, and reports whether it is for anything. Nothing is done
// while a dialog is up, nor where the action can't be done now.
func (w *Window) Press(key Key) (taken bool) {
	defer crash.Catch()
	if w.HasDialog() && key != quitKey {
		return false
	}
	actions := w.Actions()
	i := slices.IndexFunc(actions, func(a Action) bool { return a.Key == key && a.Do != nil })
	if i < 0 {
		return false
	}
	if actions[i].can() {
		actions[i].Do()
	}
	return true
}

// Type does what a letter or sign is for that nobody typed into a field.
func (w *Window) Type(r rune) { w.Press(LetterKey(string(r))) }

// PressKey does what a key is for that is no letter or sign: those come to Type as well.
func (w *Window) PressKey(ev *fyne.KeyEvent) (taken bool) {
	return !isTyped(ev.Name) && w.Press(Key{Name: ev.Name})
}

// listenToKeys gives the keys to the window's actions. Letters and signs come here from
// wherever they are of no use.
func (w *Window) listenToKeys() {
	c := w.Canvas()
	c.SetOnTypedRune(w.Type)
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if w.PressKey(ev) || w.HasDialog() {
			return
		}
		if p := w.shown(); p != nil && p.Typed != nil {
			p.Typed(ev)
		}
	})
	w.bindKeys()
}

// isTyped reports whether a key also comes as a letter or sign.
func isTyped(name fyne.KeyName) bool { return len([]rune(string(name))) == 1 }

// bindKeys lets the canvas tell of the keys with Ctrl that the page and the window have.
func (w *Window) bindKeys() {
	for _, a := range w.Actions() {
		if a.Key.Modifier != 0 && a.Do != nil {
			w.bind(a.Key)
		}
	}
}

func (w *Window) bind(key Key) {
	press := func(fyne.Shortcut) { w.Press(key) }
	w.Canvas().AddShortcut(key.shortcut(), press)
	if key.Name == fyne.KeyReturn {
		w.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyEnter, Modifier: key.Modifier}, press)
	}
}

// ownActions are those of the window, whatever page is up.
func (w *Window) ownActions() []Action {
	isOpen := func() bool { return w.data != nil && !w.opening }
	list := []Action{
		{Menu: FileMenu, Name: lang.L("New…"), Key: Key{fyne.KeyN, Ctrl}, Do: func() { w.closeDataset(w.ShowNewDataset) }},
		{Menu: FileMenu, Name: lang.L("Open…"), Key: Key{fyne.KeyO, Ctrl}, Do: w.ChooseFile},
		{Menu: FileMenu, Name: lang.L("Open recent"), Sub: w.recentActions()},
		{Menu: FileMenu, Name: lang.L("Save a copy…"), Key: Key{fyne.KeyS, Ctrl | Shift}, Do: w.SaveCopy, Can: isOpen, Line: true},
		{Menu: FileMenu, Name: lang.L("Clean copy…"), Do: w.SaveCleanCopy, Can: isOpen},
		{Menu: FileMenu, Name: lang.L("Go back to…"), Key: Key{fyne.KeyB, Ctrl | Shift}, Do: w.ChooseBackup, Can: isOpen},
		{Menu: FileMenu, Name: lang.L("Close the dataset"), Key: Key{fyne.KeyW, Ctrl}, Do: w.CloseDataset, Can: isOpen},
		{Menu: FileMenu, Name: lang.L("Quit"), Key: quitKey, Do: w.Quit, Line: true},
		{Menu: EditMenu, Name: lang.L("Undo"), Key: UndoKey, Do: w.Undo, Can: isOpen, Idle: func() bool { return !w.steps.undo }},
		{Menu: EditMenu, Name: lang.L("Redo"), Key: RedoKey, Do: w.Redo, Can: isOpen, Idle: func() bool { return !w.steps.redo }},
		{Name: lang.L("Redo"), Key: Key{fyne.KeyZ, Ctrl | Shift}, Do: w.Redo, Can: isOpen},
	}
	if w.frame != nil {
		for i, p := range w.frame.pages {
			list = append(list, Action{Menu: ViewMenu, Name: p.Name, Key: Key{fyne.KeyName(rune('1' + i)), Ctrl}, Do: func() { w.frame.show(p.ID) }, Line: p.ID == SettingsPage})
		}
	} else {
		list = append(list,
			Action{Menu: ViewMenu, Name: lang.L("Start page"), Do: w.ShowHome, Can: func() bool { return !w.opening }},
			Action{Menu: ViewMenu, Name: lang.L("Settings"), Do: w.ShowSettings, Can: func() bool { return !w.opening }})
	}
	if w.pages.Help != nil {
		list = append(list, w.pages.Help(w)...)
	}
	return list
}

// recentActions open the datasets that were open lately.
func (w *Window) recentActions() []Action {
	var list []Action
	for _, r := range w.Settings.Recents() {
		list = append(list, Action{Name: DatasetName(r.Path), Do: func() { w.OpenDataset(r.Path) }})
	}
	return list
}
