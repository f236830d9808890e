package ui

import (
	"errors"
	"runtime/debug"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"seedbed/assets"
	"seedbed/kbsource"
	"seedbed/ui/shell"
)

const appID = "app.seedbed.desktop"

// Run opens the window and returns when it is closed, or why there is none. The files
// are what was double-clicked or named on the command line.
func Run(files []string) error {
	if slices.ContainsFunc(files, kbsource.HasPassword) {
		return errors.New("what should be opened holds a password or a key, which an argument must not: enter the address on the page Knowledge instead")
	}
	stopLogging := shell.StartLog()
	defer stopLogging()
	collect := debug.SetGCPercent(-1) // nothing is garbage yet
	f := fyneapp.NewWithID(appID)
	queue := &shell.StartQueue{}
	w := shell.New(f, shell.NewJobs(queue.Post), pages())
	if err := w.Start(files, queue); err != nil {
		return err
	}
	debug.SetGCPercent(collect)
	w.Jobs.AfterPaint(func() {
		w.Fyne.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon))
		w.Jobs.Watch(shareMemory())
	})
	f.Run()
	return nil
}

// quietTime is how long nothing is under way until memory is given back.
const quietTime = 2 * time.Second

// shareMemory leaves the memory to other programs while no job runs: garbage is
// collected early, after each fifth that is added, and when all is quiet given back.
func shareMemory() (watcher func(running, working int)) {
	percent := map[bool]int{true: 20, false: 100}
	lean := false
	giveBack := time.AfterFunc(quietTime, debug.FreeOSMemory)
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
