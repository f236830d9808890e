package shell

import (
	"context"
	"errors"

	"fyne.io/fyne/v2/lang"

	"seedbed/assets/i18n"
	"seedbed/localdb"
)

// Change makes a person's change of the dataset in the background. Changes are made in
// the order in which they were asked for, undo and redo among them. Window tells where a
// change failed, under the title failed, or was stopped; after is called on the main
// goroutine in any case, with the error.
func (w *Window) Change(title, failed string, change func(ctx context.Context, report localdb.Report) error, after func(err error)) {
	w.Jobs.change(title, change, func(err error) {
		if IsStopped(err) {
			w.Toasts.Show(lang.L("Stopped. Nothing was changed."), "", nil)
		} else {
			w.Fail(failed, err)
		}
		after(err)
	})
}

// Undo takes back the last change, whatever it was.
func (w *Window) Undo() {
	if w.data != nil {
		w.step(lang.L("Undoing"), w.data.Undo, localdb.ErrNothingToUndo, lang.L("Nothing to undo"), func(change string) string {
			return lang.L("Undone: {{.What}}", map[string]any{"What": change})
		})
	}
}

// Redo makes the last undone change again.
func (w *Window) Redo() {
	if w.data != nil {
		w.step(lang.L("Redoing"), w.data.Redo, localdb.ErrNothingToRedo, lang.L("Nothing to redo"), func(change string) string {
			return lang.L("Redone: {{.What}}", map[string]any{"What": change})
		})
	}
}

func (w *Window) step(title string, step func(context.Context, localdb.Report) (i18n.Text, error), atEnd error, nothing string, done func(change string) string) {
	var change i18n.Text
	var categories localdb.Categories
	data, none := w.data, false
	w.Change(title, lang.L("The change could not be taken back"), func(ctx context.Context, report localdb.Report) (err error) {
		if change, err = step(ctx, report); errors.Is(err, atEnd) {
			none = true
			return nil
		}
		if err == nil {
			categories, err = data.Categories(ctx)
		}
		return err
	}, func(err error) {
		switch {
		case none:
			w.Toasts.Show(nothing, "", nil)
		case err == nil:
			w.Toasts.Show(done(Say(change, categories)), "", nil)
		}
		if p := w.Page(); p != nil {
			call(p.Undone)
		}
	})
}
