package shell

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"seedbed/assets"
	"seedbed/gen/check"
	"seedbed/gen/starter"
	"seedbed/localdb"
	"seedbed/localdb/atomicfile"
	"seedbed/localdb/damage"
	"seedbed/localdb/privacy"
	"seedbed/ui/widget"
)

// DatasetEnding is how a dataset's file name ends.
const DatasetEnding = ".seedbed"

// OpenFile opens a dataset, or makes one of a file with messages. Dropped on an
// open dataset, or together with one, such a file is merged into it.
func (w *Window) OpenFile(path string, merged ...string) {
	switch {
	case strings.EqualFold(filepath.Ext(path), DatasetEnding):
		w.OpenDataset(path, merged...)
	case w.data != nil:
		w.MergeFile(path)
	default:
		w.pages.Import(w, path)
	}
}

// OpenDataset closes what is open and opens another dataset; a file that came with it
// is merged.
func (w *Window) OpenDataset(path string, merged ...string) {
	w.ReplaceDataset(lang.L("Opening the dataset"), func(ctx context.Context, _ func(Progress)) (*localdb.Dataset, error) {
		return localdb.Open(ctx, path)
	}, func(err error) { w.NotOpened(path, err) }, func() {
		if len(merged) > 0 {
			w.MergeFile(merged[0])
		}
	})
}

// openCopy opens a copy, in the documents folder, of a dataset that is open elsewhere.
func (w *Window) openCopy(path string) {
	name := lang.L("{{.Name}} copy", map[string]any{"Name": DatasetName(path)})
	w.ReplaceDataset(lang.L("Saving a copy"), func(ctx context.Context, _ func(Progress)) (*localdb.Dataset, error) {
		original, err := localdb.OpenReadOnly(ctx, path)
		if err != nil {
			return nil, err
		}
		defer original.Close()
		return CreateInDocuments(name, func(to string) (*localdb.Dataset, error) {
			if _, err := os.Lstat(to); err == nil {
				return nil, fs.ErrExist
			}
			if err := original.Backup(ctx, to); err != nil {
				return nil, err
			}
			return localdb.Open(ctx, to)
		})
	}, func(err error) { w.NotOpened(path, err) }, func() {
		w.Toasts.Show(lang.L("The copy is {{.Path}}", map[string]any{"Path": ShortPath(w.data.Path())}), "", nil)
	})
}

// ReplaceDataset closes what is open, opens a dataset off the main goroutine and shows
// it; then, which may be nil, goes on from there. Where it fails the home page is up.
func (w *Window) ReplaceDataset(title string, open func(ctx context.Context, report func(Progress)) (*localdb.Dataset, error), failed func(error), then func()) {
	if w.opening {
		return
	}
	w.opening = true
	w.closeDataset(func() {
		var opened *localdb.Dataset
		w.Jobs.Run(title, func(ctx context.Context, report func(Progress)) (err error) {
			opened, err = open(ctx, report)
			return err
		}, func(err error) {
			w.opening = false
			if err != nil {
				failed(err)
				return
			}
			w.data = opened
			left := w.Settings.Remember(opened.Path(), func(*Recent) {})
			w.stopListening = opened.OnChange(func() { w.changes.Set(struct{}{}) })
			w.showDataset(w.firstPage(left.Page))
			w.backups = backupState{}
			w.Jobs.AfterPaint(w.lookAfterFile)
			if then != nil {
				then()
			}
		})
	})
}

// firstPage is the page on which a dataset opens: where it was left, or, of a file that
// the program was started with, one that shows its messages.
func (w *Window) firstPage(left string) string {
	if w.asArgument && left != Review {
		left = Overview
	}
	w.asArgument = false
	return left
}

// NotOpened says why a dataset did not open, with the button that helps.
func (w *Window) NotOpened(path string, err error) {
	w.ShowHome()
	var help []*widget.Button
	switch {
	case errors.Is(err, localdb.ErrInUse):
		help = append(help, widget.NewPrimaryButton(lang.L("Try again"), func() { w.OpenDataset(path) }),
			widget.NewButton(lang.L("Open a copy"), func() { w.openCopy(path) }))
	case errors.Is(err, localdb.ErrNotDataset):
		help = append(help, widget.NewPrimaryButton(lang.L("Import it as messages"), func() { w.pages.Import(w, path) }))
	case errors.Is(err, damage.ErrDamaged):
		help = append(help, w.damageHelp(path)...)
	case errors.Is(err, fs.ErrNotExist):
		help = append(help, widget.NewPrimaryButton(lang.L("Open another…"), w.ChooseFile))
	case errors.Is(err, fs.ErrExist):
		help = append(help, widget.NewPrimaryButton(lang.L("Open that file"), func() { w.OpenDataset(withEnding(path)) }))
	}
	w.Fail(lang.L("The dataset could not be opened"), err, help...)
}

// CloseDataset closes the dataset and goes to the home page.
func (w *Window) CloseDataset() {
	if w.data != nil {
		w.closeDataset(func() {})
	}
}

// closeDataset goes to the home page, stops what runs, closes the dataset, and goes
// on. A page keeps first what was typed in it.
func (w *Window) closeDataset(then func()) {
	data := w.data
	switch {
	case data == nil && w.onClosed != nil:
		w.onClosed = append(w.onClosed, then)
		return
	case data == nil:
		then()
		return
	}
	w.onClosed = []func(){then}
	page := w.frame.current.ID
	w.frame.leave()
	w.stopListening()
	w.data, w.run, w.steps, w.categories = nil, nil, steps{}, nil
	w.ShowHome()
	messages := -1
	w.Jobs.drain(func() error {
		if counts, err := data.Counts(context.Background()); err == nil {
			messages = counts.Kept()
		}
		return data.Close()
	}, func(err error) {
		if err != nil {
			LogError("closing the dataset", err)
		}
		w.Settings.Remember(data.Path(), func(r *Recent) {
			r.Page = page
			if messages >= 0 {
				r.Messages = &messages
			}
		})
		w.home.Load()
		waiting := w.onClosed
		w.onClosed = nil
		for _, goOn := range waiting {
			goOn()
		}
	})
}

// PractiseMerging merges a sample of conversations, whose people are invented, into the
// open dataset or into a new one.
func (w *Window) PractiseMerging() {
	name := lang.L("Practice conversations")
	var path string
	write := func(context.Context) error {
		dir, err := DocumentsDir()
		if err != nil {
			return err
		}
		path = filepath.Join(dir, name+".txt")
		return atomicfile.Write(path, func(to io.Writer) error {
			_, err := to.Write(assets.Conversations)
			return err
		})
	}
	w.Jobs.RunDetached(write, func(err error) {
		switch {
		case err != nil:
			w.Fail(lang.L("The sample could not be written"), err)
		case w.data != nil:
			w.MergeFile(path)
		default:
			w.ReplaceDataset(lang.L("Creating the dataset"), func(ctx context.Context, _ func(Progress)) (*localdb.Dataset, error) {
				return CreateDataset(ctx, "", lang.L("Practice"), TranslateStarter(starter.Default()))
			}, func(err error) { w.NotOpened("", err) }, func() { w.MergeFile(path) })
		}
	})
}

// SaveCopy writes a copy of the open dataset wherever people want one.
func (w *Window) SaveCopy() {
	if data := w.data; data != nil {
		w.saveCopy(data, lang.L("{{.Name}} copy", map[string]any{"Name": DatasetName(data.Path())}), data.Backup)
	}
}

// SaveCleanCopy writes a copy to give away, and says before what that leaves out.
func (w *Window) SaveCleanCopy() {
	data := w.data
	if data == nil {
		return
	}
	var flagged int
	w.Jobs.RunSilently(func(ctx context.Context) error {
		counts, err := data.Counts(ctx)
		flagged = counts.Flags[localdb.PersonalDetails]
		return err
	}, func(err error) {
		if err != nil {
			w.Fail(lang.L("The copy could not be saved"), err)
			return
		}
		notes := widget.NewCheck(lang.L("Include notes and tags"), nil)
		body := widget.VBox(10, widget.Body(lang.L("A clean copy is for giving away. It has the categories, the messages but for rejected ones, the passages and the checks. It has no undo history, nothing that was deleted or left out, and no addresses, paths or names of this computer.")), notes)
		if flagged > 0 {
			body.Add(widget.Notice(widget.Body(lang.L("Messages flagged for personal details: {{.N}}. Review them before you give a copy away.", map[string]any{"N": Thousands(flagged)}))))
		}
		widget.ShowDialog(w.Canvas(), lang.L("Clean copy"), body,
			widget.NewPrimaryButton(lang.L("Choose where…"), func() {
				keep := notes.Checked
				w.saveCopy(data, lang.L("{{.Name}} clean", map[string]any{"Name": DatasetName(data.Path())}), func(ctx context.Context, path string) error {
					return privacy.CleanCopy(ctx, data, path, keep, check.Settings...)
				})
			}),
			widget.NewButton(lang.L("Cancel"), func() {}))
	})
}

func (w *Window) saveCopy(data *localdb.Dataset, name string, save func(ctx context.Context, path string) error) {
	folder := filepath.Dir(data.Path())
	if documents, err := DocumentsDir(); data.ReadOnly() != nil && err == nil {
		folder = documents // a folder that can be written to
	}
	w.ChooseToSave(lang.L("Save a copy of the dataset"), filepath.Join(folder, name+DatasetEnding), func(path string) {
		path = withEnding(path)
		w.Jobs.Run(lang.L("Saving a copy"), func(ctx context.Context, _ func(Progress)) error {
			return save(ctx, path)
		}, func(err error) {
			if err != nil {
				w.Fail(lang.L("The copy could not be saved"), err)
				return
			}
			saved := lang.L("The copy is {{.Path}}", map[string]any{"Path": ShortPath(path)})
			if data.ReadOnly() != nil {
				w.Toasts.Show(saved, lang.L("Open the copy"), func() { w.OpenDataset(path) })
				return
			}
			w.Toasts.Show(saved, lang.L("Open folder"), func() { w.OpenFolder(filepath.Dir(path)) })
		})
	})
}

// CreateDataset makes a dataset that begins with a starter at the path or, where that is
// empty, under a free name in the documents folder.
func CreateDataset(ctx context.Context, path, name string, s starter.Starter) (*localdb.Dataset, error) {
	if path != "" {
		return s.Create(ctx, withEnding(path))
	}
	return CreateInDocuments(name, func(path string) (*localdb.Dataset, error) { return s.Create(ctx, path) })
}

// CreateInDocuments makes a dataset in the documents folder as CreateIn does.
func CreateInDocuments(name string, create func(path string) (*localdb.Dataset, error)) (*localdb.Dataset, error) {
	dir, err := DocumentsDir()
	if err != nil {
		return nil, err
	}
	return CreateIn(dir, name, create)
}

// CreateIn makes a dataset in a folder, under the name or the name with the first number
// that is free. Create fails with fs.ErrExist where the path is taken.
func CreateIn(dir, name string, create func(path string) (*localdb.Dataset, error)) (*localdb.Dataset, error) {
	for n := 1; ; n++ {
		path := filepath.Join(dir, name+DatasetEnding)
		if n > 1 {
			path = filepath.Join(dir, name+" "+strconv.Itoa(n)+DatasetEnding)
		}
		d, err := create(path)
		if !errors.Is(err, fs.ErrExist) {
			return d, err
		}
	}
}

func withEnding(path string) string {
	if strings.EqualFold(filepath.Ext(path), DatasetEnding) {
		return path
	}
	return path + DatasetEnding
}

// DocumentsDir is the folder that datasets are saved in unless told otherwise.
func DocumentsDir() (string, error) {
	base, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(base, "Documents", "Seedbed")
	return dir, os.MkdirAll(dir, 0o700)
}

// DatasetName is what people call a dataset: its file's name without the ending.
func DatasetName(path string) string {
	return strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
}
