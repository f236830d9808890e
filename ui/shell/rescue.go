package shell

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"seedbed/localdb"
	"seedbed/localdb/damage"
	"seedbed/localdb/rescue"
	"seedbed/ui/widget"
)

// damageHelp are the buttons that help with a damaged dataset.
func (w *Window) damageHelp(path string) []*widget.Button {
	return []*widget.Button{
		widget.NewPrimaryButton(lang.L("Rescue"), func() { w.rescueDataset(path) }),
		widget.NewButton(lang.L("Go back to…"), func() { w.chooseBackup(path) }),
	}
}

// rescueDataset copies what can be read of a damaged dataset into a new one, beside it or,
// where nothing can be written there, in the documents folder, and opens that.
func (w *Window) rescueDataset(path string) {
	var report rescue.Report
	name := lang.L("{{.Name}} rescued", map[string]any{"Name": DatasetName(path)})
	w.ReplaceDataset(lang.L("Rescuing the dataset"), func(ctx context.Context, progress func(Progress)) (*localdb.Dataset, error) {
		create := func(to string) (_ *localdb.Dataset, err error) {
			report, err = rescue.Rescue(ctx, path, to, func(done, total int) {
				progress(Progress{What: lang.L("Rescuing the dataset"), Done: done, Total: total})
			})
			if err != nil {
				return nil, err
			}
			return localdb.Open(ctx, to)
		}
		d, err := CreateIn(filepath.Dir(path), name, create)
		if errors.Is(err, fs.ErrPermission) {
			return CreateInDocuments(name, create)
		}
		return d, err
	}, func(err error) {
		w.ShowHome()
		w.Fail(lang.L("The dataset could not be rescued"), err, widget.NewButton(lang.L("Go back to…"), func() { w.chooseBackup(path) }))
	}, func() {
		w.Tell(lang.L("What was rescued"), rescued(report, path, w.data.Path()), widget.NewButton(lang.L("Go back to…"), func() { w.chooseBackup(path) }))
	})
}

// rescued says what became of a damaged dataset.
func rescued(r rescue.Report, from, to string) string {
	var lines []string
	for _, kind := range []struct {
		name string
		rescue.Count
	}{
		{lang.L("Messages"), r.Messages},
		{lang.L("Categories"), r.Categories},
		{lang.L("Passages"), r.Passages},
		{lang.L("Runs"), r.Runs},
	} {
		values := map[string]any{"Kind": kind.name, "Rescued": Thousands(kind.Rescued), "Lost": Thousands(kind.Lost)}
		switch {
		case kind.AndMore:
			lines = append(lines, lang.L("{{.Kind}}: {{.Rescued}} rescued, {{.Lost}} lost, and perhaps more at the end.", values))
		case kind.Rescued+kind.Lost > 0:
			lines = append(lines, lang.L("{{.Kind}}: {{.Rescued}} rescued, {{.Lost}} lost.", values))
		}
	}
	if r.Unlabelled > 0 {
		lines = append(lines, lang.L("{{.N}} messages lost their label or status and are to be reviewed again.", map[string]any{"N": Thousands(r.Unlabelled)}))
	}
	lines = append(lines, "", lang.L("The new dataset is {{.New}}. The damaged file {{.Old}} is unchanged.", map[string]any{"New": ShortPath(to), "Old": ShortPath(from)}))
	if !r.Complete() {
		lines = append(lines, lang.L("A backup may have what is lost."))
	}
	return strings.Join(lines, "\n")
}

// checkInterval is how often all of a dataset's file is checked.
const checkInterval = 7 * 24 * time.Hour

// lookAfterFile makes a backup of the dataset that was just opened, where one is due, and
// after that checks its file now and then.
func (w *Window) lookAfterFile() { w.backUp(w.checkFile) }

// checkFile checks all of the open dataset's file where that was long ago.
func (w *Window) checkFile() {
	if w.data == nil {
		return
	}
	path := w.data.Path()
	recents := w.Settings.Recents()
	if i := slices.IndexFunc(recents, func(r Recent) bool { return r.Path == path }); i >= 0 && time.Since(recents[i].Checked) < checkInterval {
		return
	}
	w.Jobs.RunSilently(func(ctx context.Context) error { return damage.Full(ctx, path) }, func(err error) {
		switch {
		case err == nil:
			w.Settings.Remember(path, func(r *Recent) { r.Checked = time.Now() })
		case errors.Is(err, damage.ErrDamaged):
			w.Fail(lang.L("The dataset is damaged"), err)
		case !IsStopped(err):
			LogError("checking the dataset's file", err)
		}
	})
}
