package shell

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"github.com/dustin/go-humanize"

	"seedbed/localdb"
	"seedbed/localdb/backup"
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
		lines = append(lines, lang.N("{{.N}} messages lost their label or status and are to be reviewed again.", r.Unlabelled, map[string]any{"N": Thousands(r.Unlabelled)}))
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
	if w.data == nil || w.data.ReadOnly() != nil { // whose file can't be locked for it
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

// backupState is when the open dataset is backed up.
type backupState struct {
	due     time.Time
	running bool
}

// backUp makes a backup of the open dataset where one is due, and goes on.
func (w *Window) backUp(then func()) {
	data := w.data
	if data == nil || data.ReadOnly() != nil || !w.Settings.Backups() || w.backups.running || time.Now().Before(w.backups.due) {
		then()
		return
	}
	w.backups.running = true
	var next time.Time
	w.Jobs.RunSilently(func(ctx context.Context) (err error) {
		next, err = backup.SaveIfDue(ctx, data)
		return err
	}, func(err error) {
		w.backups = backupState{due: next}
		if err != nil && !IsStopped(err) {
			LogError("making a backup", err)
		}
		then()
	})
}

// ChooseBackup lists the backups of the open dataset, to go back to one.
func (w *Window) ChooseBackup() {
	if w.data != nil {
		w.chooseBackup(w.data.Path())
	}
}

// chooseBackup lists the backups of the dataset at a path.
func (w *Window) chooseBackup(path string) {
	var list []backup.Backup
	w.Jobs.RunSilently(func(context.Context) (err error) {
		list, err = backup.List(path)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			w.Fail(lang.L("The backups could not be read"), err)
		case len(list) == 0:
			w.Tell(lang.L("There are no backups yet"), lang.L("They are made while a dataset with messages changes, at most once an hour, unless that is switched off in the settings."))
		default:
			w.showBackups(path, list)
		}
	})
}

// showBackups shows backups, and fills in what has changed since each as that is found.
func (w *Window) showBackups(path string, list []backup.Backup) {
	rows := widget.VBox(10, widget.Body(lang.L("Going back saves the present state as a backup first, so that you can return to it.")))
	since := make([]*widget.Text, len(list))
	var dialog *widget.Dialog
	for i, b := range list {
		since[i] = widget.Muted(lang.L("Comparing…"))
		row, button := widget.VBox(0, widget.Line(describeBackup(b)), since[i]), widget.NewButton(lang.L("Go back"), func() {
			dialog.Close()
			w.goBack(path, b)
		})
		rows.Add(container.NewBorder(nil, nil, nil, container.NewVBox(button), row))
	}
	dialog = widget.ShowDialog(w.Canvas(), lang.L("Go back to an earlier state of {{.Name}}", map[string]any{"Name": DatasetName(path)}), rows, widget.NewButton(lang.L("Cancel"), func() {}))
	w.Jobs.RunSilently(func(ctx context.Context) error {
		for i, b := range list {
			text := changedSince(ctx, b, path)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			w.Jobs.Post(func() { since[i].SetText(text) })
		}
		return nil
	}, func(error) {})
}

func describeBackup(b backup.Backup) string {
	made := b.Made.Local()
	values := map[string]any{"Day": Day(made), "Time": made.Format("15:04"), "Size": humanize.Bytes(uint64(b.Size))}
	if b.BeforeUpdate {
		return lang.L("{{.Day}}, {{.Time}}, {{.Size}}, before an update", values)
	}
	return lang.L("{{.Day}}, {{.Time}}, {{.Size}}", values)
}

// changedSince says what has changed since a backup, or why one can't be gone back to.
func changedSince(ctx context.Context, b backup.Backup, path string) string {
	if localdb.Restorable(ctx, b.Path) != nil {
		return lang.L("This backup is damaged itself.")
	}
	c, err := backup.ChangesSince(ctx, b, path)
	switch {
	case err != nil:
		return lang.L("It can't be compared with the present state, which can't be read.")
	case c == backup.Changes{}:
		return lang.L("The messages are the same now.")
	}
	return lang.L("Since then {{.Added}} messages were added, {{.Deleted}} deleted and {{.Changed}} changed.",
		map[string]any{"Added": Thousands(c.Added), "Deleted": Thousands(c.Deleted), "Changed": Thousands(c.Changed)})
}

// goBack puts a dataset back to a backup and opens it.
func (w *Window) goBack(path string, b backup.Backup) {
	var kept string          // the damaged file, under its new name
	var before backup.Backup // the state until now
	w.ReplaceDataset(lang.L("Going back"), func(ctx context.Context, _ func(Progress)) (_ *localdb.Dataset, err error) {
		if kept, err = backup.GoBack(ctx, b, path); err != nil {
			return nil, err
		}
		if list, err := backup.List(path); err == nil && len(list) > 0 {
			before = list[0]
		}
		return localdb.Open(ctx, path)
	}, func(err error) {
		w.ShowHome()
		w.Fail(lang.L("The dataset could not be put back"), err, widget.NewPrimaryButton(lang.L("Open it as it is"), func() { w.OpenDataset(path) }))
	}, func() {
		text := lang.L("This is the dataset as it was: {{.When}}.", map[string]any{"When": describeBackup(b)})
		if kept != "" {
			w.Tell(text, lang.L("The damaged file was kept as {{.Path}}.", map[string]any{"Path": ShortPath(kept)}))
			return
		}
		w.Toasts.Show(text, lang.L("Undo"), func() { w.goBack(path, before) })
	})
}
