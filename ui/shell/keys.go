package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"seedbed/assets/crash"
)

// ActKey is the key of a page's main action, as it stands on a button.
const ActKey = "Ctrl Enter"

// bindKeys binds the window's own keys, all of them with Ctrl: letters and digits
// alone belong to the pages.
func (w *Window) bindKeys() {
	const control, shift = fyne.KeyModifierShortcutDefault, fyne.KeyModifierShift
	custom := func(key fyne.KeyName, modifier fyne.KeyModifier) fyne.Shortcut {
		return &desktop.CustomShortcut{KeyName: key, Modifier: modifier}
	}
	for i := range 9 {
		w.bind(custom(fyne.KeyName(rune('1'+i)), control), func() {
			if w.frame != nil && i < len(w.frame.pages) {
				w.frame.show(w.frame.pages[i].ID)
			}
		})
	}
	ofPage := func(action func(*Page) func()) func() {
		return func() {
			if p := w.Page(); p != nil {
				call(action(p))
			}
		}
	}
	act := ofPage(func(p *Page) func() { return p.Act })
	w.bind(custom(fyne.KeyReturn, control), act)
	w.bind(custom(fyne.KeyEnter, control), act)
	w.bind(custom(fyne.KeyS, control), ofPage(func(p *Page) func() { return p.Save }))
	w.bind(custom(fyne.KeyG, control), ofPage(func(p *Page) func() { return p.Strengthen }))
	w.bind(custom(fyne.KeyT, control), ofPage(func(p *Page) func() { return p.Try }))
	w.bind(&fyne.ShortcutUndo{}, w.Undo)
	w.bind(&fyne.ShortcutRedo{}, w.Redo)
	w.bind(custom(fyne.KeyZ, control|shift), w.Redo)
	w.bind(custom(fyne.KeyO, control), w.ChooseFile)
	w.bind(custom(fyne.KeyS, control|shift), w.SaveCopy)
	w.bind(custom(fyne.KeyW, control), w.CloseDataset)
	w.Canvas().AddShortcut(custom(fyne.KeyQ, control), func(fyne.Shortcut) { w.quit() })
}

// bind gives a key to the window while no dialog is up.
func (w *Window) bind(key fyne.Shortcut, do func()) {
	w.Canvas().AddShortcut(key, func(fyne.Shortcut) {
		defer crash.Catch()
		if !w.HasDialog() {
			do()
		}
	})
}
