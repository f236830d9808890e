package ui

import (
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"seedbed/assets"
	"seedbed/ui/grid"
	"seedbed/ui/theme"
)

// Run opens the window and returns when it is closed, or why there is none. The files
// are what was double-clicked or named on the command line.
func Run(files []string) error {
	stopLogging := startLog()
	defer stopLogging()
	collect := debug.SetGCPercent(-1) // nothing is garbage yet
	f := fyneapp.NewWithID(appID)
	news := &inbox{}
	a := newApp(f, newJobs(news.post))
	if err := a.begin(files, news); err != nil {
		return err
	}
	debug.SetGCPercent(collect)
	a.jobs.later(func() {
		a.window.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon))
		a.jobs.watch(shareMemory())
	})
	f.Run()
	return nil
}

// quietTime is how long nothing is under way until memory is given back.
const quietTime = 2 * time.Second

// shareMemory leaves the memory to other programs while no job runs: garbage is
// collected early, after each fifth that is added, and when all is quiet given back.
func shareMemory() (see func(running, working int)) {
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

// slowStart is how long the first picture waits for what it shows.
const slowStart = 300 * time.Millisecond

// begin shows the home page, or opens what the program was started with. Fonts and
// files are read while the window comes up, and its first picture is the whole: each
// painting costs more than all that.
func (a *app) begin(files []string, news *inbox) error {
	fonts := make(chan struct{})
	go func() {
		defer close(fonts)
		theme.PreloadFonts()
		grid.PreloadFonts(a.settings.theme())
	}()
	if len(files) > 0 {
		a.openFile(files[0], files[1:]...)
	}
	err := a.raise()
	<-fonts
	if err != nil {
		return err
	}
	if len(files) == 0 {
		a.showHome()
	}
	news.handle(a.jobs, slowStart)
	if a.empty {
		a.showHome()
	}
	a.window.Show() // paints at once
	return nil
}

// raise brings the window up. Without a display Fyne panics.
func (a *app) raise() (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("the window can't be opened here (%v); start Seedbed on a desktop, or use its commands, which seedbed --help lists", cause)
		}
	}()
	a.window.Show()
	return nil
}

// inbox takes what work has to tell the main goroutine. Before the window's loop runs,
// that waits for handle.
type inbox struct {
	mu      sync.Mutex
	looping bool
	waiting []func()
}

func (b *inbox) post(news func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.looping {
		fyne.Do(news)
	} else {
		b.waiting = append(b.waiting, news)
	}
}

// handle does what is posted until no work is under way or patience ends, and leaves
// the rest to the window's loop.
func (b *inbox) handle(work *jobs, patience time.Duration) {
	for end := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
		atRest := work.atRest()
		b.mu.Lock()
		news := b.waiting
		b.waiting = nil
		b.looping = atRest && len(news) == 0 || time.Now().After(end)
		b.mu.Unlock()
		for _, tell := range news {
			tell()
		}
		if b.looping {
			return
		}
	}
}
