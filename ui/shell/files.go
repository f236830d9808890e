package shell

import (
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"github.com/ncruces/zenity"

	"seedbed/localdb/exchange/formats"
	"seedbed/ui/widget"
)

// ChooseFile asks for a dataset, or for a file with messages, and opens it.
func (w *Window) ChooseFile() {
	endings := append([]string{DatasetEnding}, formats.Endings()...)
	w.ChooseToOpen(lang.L("Open a dataset or a file with messages"), endings, func(path string) { w.OpenFile(path) })
}

// ChooseFolder asks for a folder, in the system's own file dialog as people know it; on a
// Linux without one, its path can be typed.
func (w *Window) ChooseFolder(title string, chosen func(path string)) {
	if !hasNativeDialogs() {
		w.askPath(title, chosen, func() *dialog.FileDialog {
			return dialog.NewFolderOpen(func(folder fyne.ListableURI, err error) {
				if err == nil && folder != nil {
					chosen(folder.Path())
				}
			}, w.Fyne)
		})
		return
	}
	w.native(chosen, func() (string, error) { return zenity.SelectFile(zenity.Title(title), zenity.Directory()) })
}

// ChooseToOpen asks for a file that exists.
func (w *Window) ChooseToOpen(title string, endings []string, chosen func(path string)) {
	if !hasNativeDialogs() {
		w.askPath(title, chosen, func() *dialog.FileDialog {
			return dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
				if err == nil && file != nil {
					_ = file.Close()
					chosen(file.URI().Path())
				}
			}, w.Fyne)
		})
		return
	}
	patterns := make([]string, len(endings))
	for i, ending := range endings {
		patterns[i] = "*" + ending
	}
	w.native(chosen, func() (string, error) {
		return zenity.SelectFile(zenity.Title(title), zenity.FileFilters{
			{Name: lang.L("Files that can be read"), Patterns: patterns, CaseFold: true}, {Name: lang.L("All files"), Patterns: []string{"*"}},
		})
	})
}

// askPath asks for a path, which can be typed, pasted, or found in Fyne's dialog: that one
// knows neither Escape nor a key for anything else.
func (w *Window) askPath(title string, chosen func(path string), browser func() *dialog.FileDialog) {
	path := widget.NewField("")
	path.SetPlaceHolder(lang.L("Path"))
	open := widget.NewPrimaryButton(lang.L("Open"), func() { chosen(FullPath(path.Text)) })
	open.Disable()
	path.OnChanged = func(text string) { SetEnabled(open, strings.TrimSpace(text) != "") }
	path.OnSubmitted = func(string) { open.Tapped(nil) }
	browse := widget.NewButton(lang.L("Browse…"), func() {
		browsing := browser()
		browsing.SetTitleText(title)
		browsing.Show()
		browsing.Resize(w.Canvas().Size()) // which it makes as much smaller as it has to
	})
	widget.ShowDialog(w.Canvas(), title, widget.VBox(10, path, widget.Muted(lang.L("You can also drop it on this window."))), open, browse, widget.NewButton(lang.L("Cancel"), func() {}))
}

// ChooseToSave asks where to write a new file. Fyne's own dialog would empty a file
// that is there already, so without the system's the path is typed.
func (w *Window) ChooseToSave(title, path string, chosen func(path string)) {
	if !hasNativeDialogs() {
		field := widget.NewField(path)
		save := widget.NewPrimaryButton(lang.L("Save"), func() { chosen(field.Text) })
		field.OnSubmitted = func(string) { save.Tapped(nil) }
		widget.ShowDialog(w.Canvas(), title, field, save, widget.NewButton(lang.L("Cancel"), func() {}))
		return
	}
	w.native(chosen, func() (string, error) {
		return zenity.SelectFileSave(zenity.Title(title), zenity.Filename(path), zenity.ConfirmOverwrite())
	})
}

// native asks off the main goroutine, since the system's dialog has the person's
// attention for as long as they like; nothing waits for it.
func (w *Window) native(chosen func(path string), ask func() (string, error)) {
	w.Jobs.Start(func() {
		path, err := ask()
		w.Jobs.Post(func() {
			switch {
			case errors.Is(err, zenity.ErrCanceled):
			case err != nil:
				w.Fail(lang.L("The file dialog could not be opened"), err)
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

// OpenFolder shows a folder in the system's file manager.
func (w *Window) OpenFolder(path string) {
	w.Jobs.Start(func() {
		if err := w.App.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}); err != nil {
			w.Jobs.Post(func() { w.Tell(lang.L("The folder could not be opened"), path) })
		}
	})
}

// ShortPath is a path as people say it: from their home folder on.
func ShortPath(path string) string {
	if base, err := os.UserHomeDir(); err == nil {
		if rest, ok := strings.CutPrefix(path, base+string(filepath.Separator)); ok {
			return rest
		}
	}
	return path
}

// FullPath is the path that people mean: one that isn't absolute begins in their home
// folder.
func FullPath(path string) string {
	path = strings.TrimSpace(path)
	home, err := os.UserHomeDir()
	if path == "" || filepath.IsAbs(path) || err != nil {
		return path
	}
	return filepath.Join(home, strings.TrimPrefix(path, "~"))
}
