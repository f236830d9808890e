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

// inside waits until the window is inside the screen.
func (d *desk) inside(width, height int) {
	d.t.Helper()
	d.until("the window is inside the screen", func() bool {
		x, y, w, h := d.place()
		return x >= 0 && y >= 0 && x+w <= width && y+h <= height
	})
}

// The usual size is larger than many laptops' screens.
func TestTheWindowOpensInsideTheScreenAndKeepsItsPlace(t *testing.T) {
	const width, height = 1366, 768
	d := newDesk(t, width, height)
	d.start()
	d.inside(width, height)
	d.do("windowsize", "--sync", d.window, "1100", "700")
	d.do("windowmove", "--sync", d.window, "200", "50")
	d.rest()
	for range 3 {
		d.press("n", "Escape")
		d.quit()
		d.start()
		d.inside(width, height)
		if x, y, w, h := d.place(); x != 200 || y != 50 || w != 1100 || h != 700 {
			t.Errorf("the window was closed at (200, 50) with 1100×700 and opens at (%d, %d) with %d×%d", x, y, w, h)
		}
	}
}

// A size and a place that a screen had which is gone don't hide the window.
func TestTheWindowComesBackFromAScreenThatIsGone(t *testing.T) {
	d := newDesk(t, 1024, 640)
	d.prefer(`"window": [1900, 30, 2400, -900]`)
	d.start()
	d.inside(1024, 640)
	if _, _, w, h := d.place(); w < 1000 || h < 500 {
		t.Errorf("the window opens with %d×%d", w, h)
	}
}
