package ui

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"seedbed/gen"
	"seedbed/localdb"
	"seedbed/ui/widget"
)

const datasetEnding = ".seedbed"

// openFile opens a dataset, or makes one of a file with messages. Dropped on an
// open dataset, or together with one, such a file is merged into it.
func (a *app) openFile(path string, merged ...string) {
	switch {
	case strings.EqualFold(filepath.Ext(path), datasetEnding):
		a.openDataset(path, merged...)
	case a.data != nil:
		a.mergeFile(path)
	default:
		a.importAsDataset(path)
	}
}

// openDataset closes what is open and opens another dataset; a file that came with it
// is merged.
func (a *app) openDataset(path string, merged ...string) {
	a.take(lang.L("Opening the dataset"), func(ctx context.Context, _ func(progress)) (*localdb.Dataset, error) {
		return localdb.Open(ctx, path)
	}, func(err error) { a.notOpened(path, err) }, func() {
		if len(merged) > 0 {
			a.mergeFile(merged[0])
		}
	})
}

// openCopy opens a copy, in the documents folder, of a dataset that is open elsewhere.
func (a *app) openCopy(path string) {
	name := lang.L("{{.Name}} copy", map[string]any{"Name": datasetName(path)})
	a.take(lang.L("Saving a copy"), func(ctx context.Context, _ func(progress)) (*localdb.Dataset, error) {
		original, err := localdb.OpenReadOnly(ctx, path)
		if err != nil {
			return nil, err
		}
		defer original.Close()
		return underFreeName(name, func(to string) (*localdb.Dataset, error) {
			if _, err := os.Lstat(to); err == nil {
				return nil, fs.ErrExist
			}
			if err := original.Backup(ctx, to); err != nil {
				return nil, err
			}
			return localdb.Open(ctx, to)
		})
	}, func(err error) { a.notOpened(path, err) }, func() {
		a.toasts.Show(lang.L("The copy is {{.Path}}", map[string]any{"Path": shortPath(a.data.Path())}), "", nil)
	})
}

// newDataset makes an empty dataset with the shipped categories. An empty path
// takes a free name in the documents folder.
func (a *app) newDataset(path string) {
	a.take(lang.L("Making the dataset"), func(ctx context.Context, _ func(progress)) (*localdb.Dataset, error) {
		return create(ctx, path, lang.L("My dataset"))
	}, func(err error) { a.notOpened(path, err) }, nil)
}

// take closes what is open, opens a dataset off the main goroutine and shows it;
// then, which may be nil, goes on from there. Where it fails the home page is up.
func (a *app) take(title string, open func(ctx context.Context, report func(progress)) (*localdb.Dataset, error), failed func(error), then func()) {
	if a.opening {
		return
	}
	a.opening = true
	a.closeDataset(func() {
		var opened *localdb.Dataset
		a.jobs.run(title, func(ctx context.Context, report func(progress)) (err error) {
			opened, err = open(ctx, report)
			return err
		}, func(err error) {
			a.opening = false
			if err != nil {
				failed(err)
				return
			}
			a.data = opened
			left := a.settings.remember(opened.Path(), func(*recent) {})
			a.unlisten = opened.OnChange(func() {
				a.revision.Add(1)
				a.news.set(struct{}{})
			})
			a.showDataset(left.Page)
			if then != nil {
				then()
			}
		})
	})
}

// notOpened says why a dataset did not open, with the button that helps.
func (a *app) notOpened(path string, err error) {
	a.showHome()
	var help []*widget.Button
	switch {
	case errors.Is(err, localdb.ErrInUse):
		help = append(help, widget.NewPrimaryButton(lang.L("Try again"), func() { a.openDataset(path) }),
			widget.NewButton(lang.L("Open a copy"), func() { a.openCopy(path) }))
	case errors.Is(err, localdb.ErrNotDataset):
		help = append(help, widget.NewPrimaryButton(lang.L("Read it as messages"), func() { a.importAsDataset(path) }))
	case errors.Is(err, fs.ErrNotExist):
		help = append(help, widget.NewPrimaryButton(lang.L("Open another…"), a.chooseFile))
	case errors.Is(err, fs.ErrExist):
		help = append(help, widget.NewPrimaryButton(lang.L("Open that one"), func() { a.openDataset(withEnding(path)) }))
	}
	a.fail(lang.L("The dataset could not be opened"), err, help...)
}

// leaveDataset closes the dataset and goes to the home page.
func (a *app) leaveDataset() {
	if a.data != nil {
		a.closeDataset(func() {})
	}
}

// closeDataset goes to the home page, stops what runs, closes the dataset, and goes
// on. A page keeps first what was typed in it.
func (a *app) closeDataset(then func()) {
	data := a.data
	switch {
	case data == nil && a.onClosed != nil:
		a.onClosed = append(a.onClosed, then)
		return
	case data == nil:
		then()
		return
	}
	a.onClosed = []func(){then}
	page := a.shell.at.id
	a.shell.leave()
	a.unlisten()
	a.data, a.run = nil, nil
	a.showHome()
	messages := -1
	a.jobs.leave(func() error {
		if counts, err := data.Counts(context.Background()); err == nil {
			messages = counts.Total
		}
		return data.Close()
	}, func(err error) {
		if err != nil {
			logError("closing the dataset", err)
		}
		a.settings.remember(data.Path(), func(r *recent) {
			r.Page = page
			if messages >= 0 {
				r.Messages = &messages
			}
		})
		a.home.shown()
		waiting := a.onClosed
		a.onClosed = nil
		for _, goOn := range waiting {
			goOn()
		}
	})
}

// saveCopy writes a copy of the open dataset wherever people want one.
func (a *app) saveCopy() {
	data := a.data
	if data == nil {
		return
	}
	name := lang.L("{{.Name}} copy", map[string]any{"Name": datasetName(data.Path())}) + datasetEnding
	a.chooseToSave(lang.L("Save a copy of the dataset"), filepath.Join(filepath.Dir(data.Path()), name), func(path string) {
		path = withEnding(path)
		a.jobs.run(lang.L("Saving a copy"), func(ctx context.Context, _ func(progress)) error {
			return data.Backup(ctx, path)
		}, func(err error) {
			if err != nil {
				a.fail(lang.L("The copy could not be saved"), err)
				return
			}
			a.toasts.Show(lang.L("The copy is {{.Path}}", map[string]any{"Path": shortPath(path)}), lang.L("Open folder"), func() { a.openFolder(filepath.Dir(path)) })
		})
	})
}

// create makes a dataset at the path, or under a free name in the documents folder.
func create(ctx context.Context, path, name string) (*localdb.Dataset, error) {
	if path != "" {
		return localdb.Create(ctx, withEnding(path), gen.Categories("en"))
	}
	return underFreeName(name, func(path string) (*localdb.Dataset, error) {
		return localdb.Create(ctx, path, gen.Categories("en"))
	})
}

// underFreeName makes a dataset in the documents folder, under the name or the name
// with the first number that is free.
func underFreeName(name string, create func(path string) (*localdb.Dataset, error)) (*localdb.Dataset, error) {
	dir, err := documents()
	if err != nil {
		return nil, err
	}
	for n := 1; ; n++ {
		path := filepath.Join(dir, name+datasetEnding)
		if n > 1 {
			path = filepath.Join(dir, name+" "+strconv.Itoa(n)+datasetEnding)
		}
		d, err := create(path)
		if !errors.Is(err, fs.ErrExist) {
			return d, err
		}
	}
}

func withEnding(path string) string {
	if strings.EqualFold(filepath.Ext(path), datasetEnding) {
		return path
	}
	return path + datasetEnding
}

// documents is the folder that datasets are saved in unless told otherwise.
func documents() (string, error) {
	base, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(base, "Documents", "Seedbed")
	return dir, os.MkdirAll(dir, 0o750)
}

// datasetName is what people call a dataset: its file's name without the ending.
func datasetName(path string) string {
	return strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
}
