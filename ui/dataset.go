package ui

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2/lang"

	"seedbed/gen"
	"seedbed/localdb"
)

const datasetEnding = ".seedbed"

// openFile opens a dataset, or makes one of a file with messages. Dropped on an
// open dataset, such a file is merged into it.
func (a *app) openFile(path string) {
	switch {
	case strings.EqualFold(filepath.Ext(path), datasetEnding):
		a.openDataset(path)
	case a.data != nil:
		a.mergeFile(path)
	default:
		a.importAsDataset(path)
	}
}

// openDataset closes what is open and opens another dataset.
func (a *app) openDataset(path string) {
	a.closeDataset(func() {
		a.take(lang.L("Opening the dataset"), func(ctx context.Context) (*localdb.Dataset, error) {
			return localdb.Open(ctx, path)
		}, nil)
	})
}

// newDataset makes an empty dataset with the shipped categories. An empty path
// takes a free name in the documents folder.
func (a *app) newDataset(path string) {
	a.closeDataset(func() {
		a.take(lang.L("Making the dataset"), func(ctx context.Context) (*localdb.Dataset, error) {
			return create(ctx, path, lang.L("My dataset"))
		}, nil)
	})
}

// take opens a dataset off the main goroutine and shows it; then, which may be nil,
// goes on from there.
func (a *app) take(title string, open func(ctx context.Context) (*localdb.Dataset, error), then func()) {
	var opened *localdb.Dataset
	a.jobs.run(title, func(ctx context.Context, _ func(progress)) (err error) {
		opened, err = open(ctx)
		return err
	}, func(err error) {
		if err != nil {
			a.showHome()
			a.fail(lang.L("The dataset could not be opened"), err)
			return
		}
		a.data = opened
		a.unlisten = opened.OnChange(func() { a.news.set(struct{}{}) })
		a.showDataset()
		if then != nil {
			then()
		}
	})
}

// closeDataset stops what runs on the open dataset, closes it, and goes on.
func (a *app) closeDataset(then func()) {
	data := a.data
	if data == nil {
		then()
		return
	}
	a.unlisten()
	a.jobs.quietly(func(ctx context.Context) error {
		a.jobs.stopAll()
		if counts, err := data.Counts(ctx); err == nil {
			a.settings.remember(data.Path(), counts.Total)
		}
		return data.Close()
	}, func(err error) {
		a.data = nil
		if err != nil {
			logError("closing the dataset", err)
		}
		then()
	})
}

// create makes a dataset at the path, or under a free name in the documents folder.
func create(ctx context.Context, path, name string) (*localdb.Dataset, error) {
	if path != "" {
		return localdb.Create(ctx, withEnding(path), gen.Categories("en"))
	}
	dir, err := documents()
	if err != nil {
		return nil, err
	}
	for n := 1; ; n++ {
		path := filepath.Join(dir, name+datasetEnding)
		if n > 1 {
			path = filepath.Join(dir, name+" "+thousands(n)+datasetEnding)
		}
		d, err := localdb.Create(ctx, path, gen.Categories("en"))
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
	return dir, os.MkdirAll(dir, 0o755)
}

// name is what people call a dataset: its file's name without the ending.
func datasetName(path string) string {
	return strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
}
