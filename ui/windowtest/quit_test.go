//go:build window

package windowtest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"seedbed/localdb"
)

// TestQuitWhileThingsMove quits at ever other moments, while a run tells how far it is, the
// list scrolls, the cursor blinks and preferences are being saved. Each time the program
// ends as it should.
func TestQuitWhileThingsMove(t *testing.T) {
	const times = 20
	d := newDesk(t, 1400, 900)
	path := makeSample(d)
	d.quit()
	for i := range times {
		d.launch(path)
		d.do("mousemove", "--window", d.window, "900", fmt.Sprint(500+i))
		d.do("click", "--repeat", "3", "--delay", "10", "5") // the list scrolls, or the page
		if i%2 == 0 {
			d.do("key", "--delay", "20", "ctrl+3", "ctrl+Return") // a run
		} else {
			d.do("key", "--delay", "20", "ctrl+4", "slash", "ctrl+a", "x") // a blinking cursor and a search
		}
		time.Sleep(time.Duration(i) * 20 * time.Millisecond)
		width, height := fmt.Sprint(1100+i), fmt.Sprint(700+i)
		d.do("windowsize", d.window, width, height)
		d.quit()
		d.endedWell()
	}
	if n := len(d.messages(path, localdb.Filter{})); n < 640 {
		t.Errorf("%d messages are left of 640", n)
	}
}

// TestEndsWhenTheSystemAsks ends the program as the end of a person's session does.
func TestEndsWhenTheSystemAsks(t *testing.T) {
	d := newDesk(t, 1400, 900)
	path := makeSample(d)
	if err := d.program.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	d.waitForEnd()
	d.endedWell()
	if _, err := os.Stat(path + "-wal"); err == nil {
		t.Error("the dataset was not closed")
	}
}

// endedWell fails the test where the program left what only an unexpected end leaves, or
// said that it failed.
func (d *desk) endedWell() {
	d.t.Helper()
	left, err := filepath.Glob(filepath.Join(d.home, ".cache", "*", "session-*"))
	if err != nil || len(left) > 0 {
		d.fail(fmt.Sprintf("it left %v, %v", left, err))
	}
	if said := d.said.String(); strings.Contains(said, "panic") || strings.Contains(said, "goroutine") {
		d.fail("it failed")
	}
}
