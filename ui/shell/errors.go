package shell

import (
	"errors"
	"io/fs"
	"log/slog"
	"syscall"

	"fyne.io/fyne/v2/lang"

	"seedbed/assets/crash"
	"seedbed/assets/i18n"
	"seedbed/kbsource"
	"seedbed/localdb"
	"seedbed/localdb/damage"
	"seedbed/ui/widget"
)

// Fail tells what went wrong and what to do next; the log gets all of it. Work
// that a person stopped is no failure.
func (w *Window) Fail(what string, err error, help ...*widget.Button) {
	if err == nil || IsStopped(err) {
		return
	}
	LogError(what, err)
	if crash.In(err) != nil {
		return // which Crashed tells
	}
	if errors.Is(err, localdb.ErrReadOnly) && w.data != nil {
		help = append(help, w.saveCopyButton())
	}
	if w.data != nil && errors.Is(damage.Explain(err), damage.ErrDamaged) {
		help = append(w.damageHelp(w.data.Path()), help...)
	}
	details := widget.NewButton(lang.L("Copy the details"), func() { w.App.Clipboard().SetContent(what + "\n" + err.Error()) })
	widget.ShowDialog(w.Canvas(), what, widget.Body(w.Explain(err)), append(help, widget.NewButton(lang.L("Close"), func() {}), details)...)
}

// Tell says something that is no failure but must be read.
func (w *Window) Tell(title, text string, help ...*widget.Button) {
	widget.ShowDialog(w.Canvas(), title, widget.Body(text), append(help, widget.NewButton(lang.L("Close"), func() {}))...)
}

// Explain is what people read of an error: what happened and what to do.
func Explain(err error) string {
	return sentence(ErrorText(err))
}

// Explain is Explain with the names by which people know the categories of the open dataset.
func (w *Window) Explain(err error) string { return sentence(errorText(err, w.categories)) }

// ErrorText is the part of an error that is meant for people, in the window's language.
// What only says where it happened is left to the log.
func ErrorText(err error) string { return errorText(err, nil) }

func errorText(err error, categories localdb.Categories) string {
	err = damage.Explain(err)
	var source *kbsource.Error
	var file *fs.PathError
	var said interface {
		Parts() (template string, values map[string]any)
	}
	switch {
	case errors.As(err, &source):
		return Translate(source.Parts())
	case errors.Is(err, fs.ErrNotExist) && errors.As(err, &file):
		return lang.L("{{.Path}} was not found. It may have been moved, renamed or deleted.", map[string]any{"Path": file.Path})
	case errors.Is(err, fs.ErrExist):
		return lang.L("A file with this name already exists; nothing was changed. Open it, or choose another name.")
	case errors.Is(err, fs.ErrPermission) && errors.As(err, &file):
		return lang.L("You don't have permission to read or write {{.Path}}; nothing was changed there. Choose another place, or ask the administrator of this computer.", map[string]any{"Path": file.Path})
	case errors.Is(err, syscall.ENOSPC):
		return lang.L("The disk is full. Existing files are unchanged: free some space and try again.")
	case errors.As(err, &said):
		return Say(i18n.T(said.Parts()), categories)
	}
	return err.Error()
}

// LogError writes the whole of an error to the log.
func LogError(what string, err error) { slog.Error(what, "error", err) }
