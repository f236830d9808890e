package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2/lang"

	"seedbed/assets/i18n"
	"seedbed/localdb"
)

// undo takes the last change back, whatever it was.
func (a *app) undo() { a.undoThen(func() {}) }

// redo makes the last undone change again.
func (a *app) redo() { a.redoThen(func() {}) }

func (a *app) undoThen(then func()) {
	a.step(then, lang.L("Undoing"), a.data.Undo, localdb.ErrNothingToUndo, lang.L("Nothing to undo"), func(title string) string {
		return lang.L("Undone: {{.What}}", map[string]any{"What": title})
	})
}

func (a *app) redoThen(then func()) {
	a.step(then, lang.L("Doing again"), a.data.Redo, localdb.ErrNothingToRedo, lang.L("Nothing to redo"), func(title string) string {
		return lang.L("Done again: {{.What}}", map[string]any{"What": title})
	})
}

func (a *app) step(then func(), what string, do func(context.Context) (i18n.Text, error), atEnd error, nothing string, done func(title string) string) {
	var title i18n.Text
	a.jobs.change(what, func(ctx context.Context) (err error) {
		title, err = do(ctx)
		return err
	}, func(err error) {
		switch {
		case stopped(err):
			a.toasts.Done(lang.L("Stopped. Nothing was changed."), "", nil)
		case errors.Is(err, atEnd):
			a.toasts.Done(nothing, "", nil)
		case err != nil:
			a.fail(lang.L("The change could not be taken back"), err)
		default:
			a.toasts.Done(done(translated(title.Parts())), "", nil)
		}
		then()
	})
}
