//go:build window

package windowtest

import (
	"regexp"
	"strconv"
	"testing"
)

var geometry = regexp.MustCompile(`Position: (-?\d+),(-?\d+)[\s\S]*Geometry: (\d+)x(\d+)`)

// place is where the window is on the screen, in pixels.
func (d *desk) place() (x, y, width, height int) {
	d.t.Helper()
	out, err := d.command("xdotool", "getwindowgeometry", d.window).Output()
	found := geometry.FindStringSubmatch(string(out))
	if err != nil || found == nil {
		d.t.Fatalf("the window's place can't be told from %q: %v", out, err)
	}
	var numbers [4]int
	for i := range numbers {
		numbers[i], _ = strconv.Atoi(found[i+1])
	}
	return numbers[0], numbers[1], numbers[2], numbers[3]
}

// The usual size is larger than many laptops' screens.
func TestTheWindowOpensInsideTheScreenAndKeepsItsSize(t *testing.T) {
	const width, height = 1366, 768
	d := newDesk(t, width, height)
	d.start()
	inside := func() {
		t.Helper()
		d.until("the window is inside the screen", func() bool {
			x, y, w, h := d.place()
			return x >= 0 && y >= 0 && x+w <= width && y+h <= height
		})
	}
	inside()
	d.do("windowsize", "--sync", d.window, "1100", "700")
	d.rest()
	d.quit()
	d.start()
	inside()
	if _, _, w, h := d.place(); w != 1100 || h != 700 {
		t.Errorf("the window was closed at 1100×700 and opens at %d×%d", w, h)
	}
}
