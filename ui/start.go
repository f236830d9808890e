package ui

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"seedbed/assets"
	"seedbed/assets/crash"
	"seedbed/kbsource"
	"seedbed/localdb/atomicfile"
	"seedbed/localdb/scratch"
	"seedbed/ui/help"
	"seedbed/ui/report"
	"seedbed/ui/shell"
	"seedbed/ui/system"
)

const appID = "app.seedbed.desktop"

// restartTime is how long the window must have worked to be started anew after a panic:
// one that comes at once would come again.
const restartTime = 20 * time.Second

// Run opens the window and returns when it is closed, or why there is none. The files
// are what was double-clicked or named on the command line.
func Run(files []string) error {
	if slices.ContainsFunc(files, kbsource.HasPassword) {
		return errors.New("what should be opened holds a password or a key, which an argument must not: enter the address on the page Knowledge instead")
	}
	stopLogging := report.StartLog()
	defer stopLogging()
	session, ended := report.Begin()
	began := time.Now()
	collect := debug.SetGCPercent(-1) // nothing is garbage yet
	f := fyneapp.NewWithID(appID)
	keepPrivate(f)
	queue := &shell.StartQueue{}
	w := shell.New(f, shell.NewJobs(queue.Post), pages())
	w.RespectMotion()
	w.Leave = func() {
		session.End()
		stopLogging()
		leave(f)
	}
	err := crash.Try(func() error {
		if len(files) == 0 {
			help.OfferTour(w)
		}
		if err := w.Start(files, queue); err != nil {
			return err
		}
		debug.SetGCPercent(collect)
		w.Jobs.AfterPaint(func() {
			w.Fyne.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon))
			w.Jobs.Watch(shareMemory())
			if ended != "" {
				w.TellEnded(ended)
			}
			crash.Go(func() { quitWhenAsked(func() { w.Jobs.Post(w.Quit) }) })
		})
		w.Jobs.RunDetached(func(context.Context) error {
			scratch.Clean(os.TempDir())
			return nil
		}, func(error) {})
		f.Run()
		return nil
	})
	p := crash.In(err)
	if p == nil {
		session.End()
		return err
	}
	session.Crash(p)
	if time.Since(began) > restartTime {
		err = errors.Join(err, w.Restart())
	}
	return err
}

// keepPrivate keeps others from reading the preferences, which name files, and what Fyne
// caches. Fyne writes the preferences in place, and so keeps the permissions of the file.
func keepPrivate(f fyne.App) {
	_ = os.Chmod(f.Cache().RootURI().Path(), 0o700) //nolint:gosec // a folder; Fyne makes it, and without it there is nothing to read
	path := filepath.Join(f.Storage().RootURI().Path(), "preferences.json")
	if err := os.Chmod(path, 0o600); errors.Is(err, fs.ErrNotExist) {
		err = atomicfile.Write(path, func(to io.Writer) error { _, err := io.WriteString(to, "{}\n"); return err })
		if err != nil {
			shell.LogError("making the preferences private", err)
		}
	}
}

// quietTime is how long nothing is under way until memory is given back.
const quietTime = 2 * time.Second

// shareMemory leaves the memory to other programs while no job runs: garbage is
// collected early, after each fifth that is added, and when all is quiet given back.
func shareMemory() (watcher func(running, working int)) {
	percent := map[bool]int{true: 20, false: 100}
	lean := false
	giveBack := time.AfterFunc(quietTime, func() {
		debug.FreeOSMemory()
		system.TrimMemory()
	})
	return func(running, working int) {
		if lean != (running == 0) {
			lean = running == 0
			debug.SetGCPercent(percent[lean])
		}
		if working == 0 {
			giveBack.Reset(quietTime)
		} else {
			giveBack.Stop()
		}
	}
}
