package shell

import (
	"fmt"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"seedbed/assets/crash"
	"seedbed/ui/grid"
	"seedbed/ui/theme"
)

// slowStart is how long the first picture waits for what it shows.
const slowStart = 300 * time.Millisecond

// Start shows the home page, or opens the files that the program was started with. Fonts
// and files are read while the window comes up, and its first picture is complete: each
// painting costs more than all that. The queue is what the window's jobs post to.
func (w *Window) Start(files []string, queue *StartQueue) error {
	fonts := make(chan struct{})
	crash.Go(func() {
		defer close(fonts)
		theme.PreloadFonts()
		grid.PreloadFonts(w.Settings.Theme())
	})
	if len(files) > 0 {
		w.asArgument = true
		w.OpenFile(files[0], files[1:]...)
	}
	err := w.open()
	<-fonts
	if err != nil {
		return err
	}
	scale := w.Fyne.Canvas().Scale()
	w.fitScreen(scale)
	if !w.moveBack(scale) {
		w.centre(scale)
	}
	if len(files) == 0 {
		w.ShowHome()
	}
	w.followSystem()
	queue.run(w.Jobs, slowStart)
	if w.blank {
		w.ShowHome()
	}
	w.Fyne.Show() // paints at once
	return nil
}

// open brings the window up. Without a display Fyne panics.
func (w *Window) open() (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("the window can't be opened here (%v); start Seedbed on a desktop, or use its commands, which seedbed --help lists", cause)
		}
	}()
	w.Fyne.Show()
	return nil
}

// StartQueue takes what is posted to the main goroutine, and keeps it until the window's
// loop runs.
type StartQueue struct {
	mu      sync.Mutex
	looping bool
	waiting []func()
}

// Post calls something on the main goroutine.
func (q *StartQueue) Post(do func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.looping {
		fyne.Do(do)
	} else {
		q.waiting = append(q.waiting, do)
	}
}

// run calls what is posted until no work is under way or patience ends, and leaves the
// rest to the window's loop.
func (q *StartQueue) run(work *Jobs, patience time.Duration) {
	for end := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
		idle := work.isIdle()
		q.mu.Lock()
		waiting := q.waiting
		q.waiting = nil
		q.looping = idle && len(waiting) == 0 || time.Now().After(end)
		q.mu.Unlock()
		for _, do := range waiting {
			do()
		}
		if q.looping {
			return
		}
	}
}
