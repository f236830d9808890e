package ui

import (
	"os"
	"os/signal"
	"syscall"

	"fyne.io/fyne/v2"
)

// leave ends the program once everything is closed. App.Quit would close the queue of
// Fyne's loop, to which its own timers and the goroutine that saves preferences may be
// about to send: now and then that ends in "send on closed channel" or never (Fyne 2.8.1,
// runOnMainWithWait and runGL in internal/driver/glfw/loop.go).
func leave(f fyne.App) {
	// What Fyne does at its end: it saves the preferences that were set just before.
	if l, ok := f.Lifecycle().(interface{ OnStopped() func() }); ok {
		if stopped := l.OnStopped(); stopped != nil {
			stopped()
		}
	}
	os.Exit(0)
}

// quitWhenAsked ends the program by quit when the system asks for it, as at the end of a
// person's session. Fyne's own answer, in place once its loop runs, would leave the dataset
// open.
func quitWhenAsked(quit func()) {
	ends := []os.Signal{os.Interrupt, syscall.SIGTERM}
	asked := make(chan os.Signal, 1)
	signal.Reset(ends...)
	signal.Notify(asked, ends...)
	<-asked
	quit()
}
