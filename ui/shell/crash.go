package shell

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2/lang"

	"seedbed/assets/crash"
	"seedbed/localdb/atomicfile"
	"seedbed/ui/report"
	"seedbed/ui/widget"
)

// Crashed tells of a panic that was caught, and lets people go on. Any goroutine may call
// it. While one is told, others are only written to the program's folder.
func (w *Window) Crashed(p *crash.Panic) {
	LogError("a fault of the program", p)
	text := report.Of(p)
	if _, err := report.Save(text); err != nil {
		LogError("saving the report of a fault", err)
	}
	w.Jobs.Post(func() {
		if w.telling {
			return
		}
		w.telling = true
		widget.ShowDialog(w.Canvas(), lang.L("Something went wrong in Seedbed"), widget.Body(joinSentences(lang.L("A fault of the program interrupted what was being done."), w.whatIsSafe(),
			lang.L("You can go on. If it happens again, please send us the report, which contains no messages and no keys."))),
			widget.NewPrimaryButton(lang.L("Go on"), func() {}),
			widget.NewButton(lang.L("Save the report…"), func() { w.SaveReport(text) }),
			widget.NewButton(lang.L("Close Seedbed"), w.Quit)).OnClosed = func() { w.telling = false }
	})
}

// whatIsSafe says that nothing stored is lost.
func (w *Window) whatIsSafe() string {
	if w.data == nil {
		return lang.L("No dataset is open, so nothing is lost.")
	}
	return lang.L("Your dataset is safe: every change is stored at once, in {{.Path}}.", map[string]any{"Path": w.data.Path()})
}

// TellEnded tells that the program ended unexpectedly the last time, and offers the
// report of it.
func (w *Window) TellEnded(text string) {
	safe, buttons := lang.L("Nothing that was stored is lost."), []*widget.Button{}
	if recents := w.Settings.Recents(); len(recents) > 0 {
		last := recents[0].Path
		safe = lang.L("Nothing that was stored is lost: a dataset has every change up to then. The last one that was open is {{.Path}}.", map[string]any{"Path": last})
		if w.data == nil && !w.opening {
			buttons = append(buttons, widget.NewPrimaryButton(lang.L("Open it"), func() { w.OpenDataset(last) }))
		}
	}
	buttons = append(buttons, widget.NewButton(lang.L("Save the report…"), func() { w.SaveReport(text) }), widget.NewButton(lang.L("Close"), func() {}))
	widget.ShowDialog(w.Canvas(), lang.L("Seedbed ended unexpectedly the last time"),
		widget.Body(joinSentences(safe, lang.L("A report helps us to find the cause. It contains no messages and no keys."))), buttons...)
}

// SaveReport saves a report wherever people want it.
func (w *Window) SaveReport(text string) {
	dir, err := DocumentsDir()
	if err != nil {
		dir = report.Folder()
	}
	name := "seedbed-report-" + time.Now().Format("2006-01-02") + ".txt"
	w.ChooseToSave(lang.L("Save the report"), filepath.Join(dir, name), func(path string) {
		path = FullPath(path)
		w.Jobs.RunSilently(func(context.Context) error {
			return atomicfile.Write(path, func(to io.Writer) error { _, err := io.WriteString(to, text); return err })
		}, func(err error) {
			if err != nil {
				w.Fail(lang.L("The report could not be saved"), err)
				return
			}
			w.Toasts.Show(lang.L("The report is {{.Path}}", map[string]any{"Path": ShortPath(path)}), lang.L("Open folder"), func() { w.OpenFolder(filepath.Dir(path)) })
		})
	})
}

// closingTime is how long a dataset may take to close after the window has failed.
const closingTime = 5 * time.Second

// Restart starts the program anew, on the same dataset, after a panic in the window's own
// loop, which can't go on.
func (w *Window) Restart() error {
	var files []string
	if data := w.data; data != nil {
		files = []string{data.Path()}
		closed := make(chan struct{})
		go func() {
			defer close(closed)
			_ = crash.Try(data.Close) // everything is on the disk already
		}()
		select {
		case <-closed:
		case <-time.After(closingTime):
		}
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	return exec.CommandContext(context.Background(), program, files...).Start()
}
