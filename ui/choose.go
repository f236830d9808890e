package ui

import (
	"context"
	"errors"
	"os/exec"
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"github.com/ncruces/zenity"
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

// chooseToSave asks where to write a new file.
func (a *app) chooseToSave(title, name string, chosen func(path string)) {
	if !hasNativeDialogs() {
		save := dialog.NewFileSave(func(file fyne.URIWriteCloser, err error) {
			if err == nil && file != nil {
				_ = file.Close()
				chosen(file.URI().Path())
			}
		}, a.window)
		save.SetFileName(name)
		save.Show()
		return
	}
	a.native(chosen, func() (string, error) {
		return zenity.SelectFileSave(zenity.Title(title), zenity.Filename(name), zenity.ConfirmOverwrite())
	})
}

// native asks off the main goroutine, since the system's dialog has the person's
// attention for as long as they like.
func (a *app) native(chosen func(path string), ask func() (string, error)) {
	var path string
	a.jobs.quietly(func(context.Context) (err error) {
		path, err = ask()
		return err
	}, func(err error) {
		if errors.Is(err, zenity.ErrCanceled) {
			return
		}
		if err != nil {
			a.fail(lang.L("The file dialog could not be opened"), err)
			return
		}
		chosen(path)
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
