package ui

import (
	"errors"
	"os/exec"
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"github.com/ncruces/zenity"

	"seedbed/ui/widget"
)

// People know their system's own file dialog, so it comes first; Fyne's is for a
// Linux without one.

// chooseFolder asks for a folder.
func (a *app) chooseFolder(title string, chosen func(path string)) {
	if !hasNativeDialogs() {
		dialog.ShowFolderOpen(func(folder fyne.ListableURI, err error) {
			if err == nil && folder != nil {
				chosen(folder.Path())
			}
		}, a.window)
		return
	}
	a.native(chosen, func() (string, error) { return zenity.SelectFile(zenity.Title(title), zenity.Directory()) })
}

// chooseToOpen asks for a file that exists.
func (a *app) chooseToOpen(title string, endings []string, chosen func(path string)) {
	if !hasNativeDialogs() {
		dialog.ShowFileOpen(func(file fyne.URIReadCloser, err error) {
			if err == nil && file != nil {
				_ = file.Close()
				chosen(file.URI().Path())
			}
		}, a.window)
		return
	}
	patterns := make([]string, len(endings))
	for i, ending := range endings {
		patterns[i] = "*" + ending
	}
	a.native(chosen, func() (string, error) {
		return zenity.SelectFile(zenity.Title(title), zenity.FileFilters{
			{Name: lang.L("Files with messages"), Patterns: patterns, CaseFold: true}, {Name: lang.L("All files"), Patterns: []string{"*"}},
		})
	})
}

// chooseToSave asks where to write a new file. Fyne's own dialog would empty a file
// that is there already, so without the system's the path is typed.
func (a *app) chooseToSave(title, path string, chosen func(path string)) {
	if !hasNativeDialogs() {
		field := widget.NewField(path)
		save := widget.NewPrimaryButton(lang.L("Save"), func() { chosen(field.Text) })
		field.OnSubmitted = func(string) { save.Tapped(nil) }
		widget.ShowDialog(a.window.Canvas(), title, field, save, widget.NewButton(lang.L("Cancel"), func() {}))
		return
	}
	a.native(chosen, func() (string, error) {
		return zenity.SelectFileSave(zenity.Title(title), zenity.Filename(path), zenity.ConfirmOverwrite())
	})
}

// native asks off the main goroutine, since the system's dialog has the person's
// attention for as long as they like; nothing waits for it.
func (a *app) native(chosen func(path string), ask func() (string, error)) {
	a.jobs.start(func() {
		path, err := ask()
		a.jobs.post(func() {
			switch {
			case errors.Is(err, zenity.ErrCanceled):
			case err != nil:
				a.fail(lang.L("The file dialog could not be opened"), err)
			default:
				chosen(path)
			}
		})
	})
}

func hasNativeDialogs() bool {
	if runtime.GOOS != "linux" {
		return true
	}
	for _, name := range []string{"zenity", "matedialog", "qarma"} {
		if _, err := exec.LookPath(name); err == nil {
			return true
		}
	}
	return false
}
