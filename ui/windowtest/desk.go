//go:build window

// Package windowtest drives the real program in a real window, with the keyboard
// and the mouse, on a display of its own.
package windowtest

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"seedbed/localdb"
)

// patience is how long anything may take on a busy machine.
const patience = 3 * time.Minute

// desk is a display with a fresh home, on which the program can be started.
type desk struct {
	t       testing.TB
	display string
	pixels  []byte // what it shows, as a dump that it paints into
	home    string
	path    string // where programs are looked for
	program *exec.Cmd
	window  string
	said    bytes.Buffer

	keys, typed, clicks int // how many a person would have needed
}

// newDesk starts a display of the given size.
func newDesk(t testing.TB, width, height int) *desk {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	frameBuffer := t.TempDir()
	screen := exec.CommandContext(t.Context(), "Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", width, height), "-fbdir", frameBuffer, "-nolisten", "tcp", "-noreset")
	screen.ExtraFiles = []*os.File{w}
	if err := screen.Start(); err != nil {
		t.Fatalf("starting Xvfb: %v", err)
	}
	t.Cleanup(func() {
		_ = screen.Process.Kill()
		_ = screen.Wait()
	})
	_ = w.Close()
	number, err := bufio.NewReader(r).ReadString('\n') // to its end, or Xvfb fails to write it
	if err != nil {
		t.Fatalf("Xvfb gave no display: %v", err)
	}
	_ = r.Close()
	d := &desk{t: t, display: ":" + strings.TrimSpace(number), home: t.TempDir(), path: os.Getenv("PATH"), pixels: mapped(t, filepath.Join(frameBuffer, "Xvfb_screen0"))}
	d.until("the display is up", func() bool { return d.command("xdotool", "getdisplaygeometry").Run() == nil })
	d.do("mousemove", strconv.Itoa(width-1), strconv.Itoa(height-1)) // so that nothing is hovered over
	d.prefer()
	return d
}

// mapped is a file in memory, as it changes.
func mapped(t testing.TB, path string) []byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	bytes, err := unix.Mmap(int(f.Fd()), 0, int(info.Size()), unix.PROT_READ, unix.MAP_SHARED)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = unix.Munmap(bytes) })
	return bytes
}

// seedbed is the program under test, built by make.
func seedbed(t testing.TB) string {
	t.Helper()
	path := os.Getenv("SEEDBED_BINARY")
	if path == "" {
		path = "../../bin/seedbed"
	}
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("build the program first (make build): %v", err)
	}
	return path
}

func (d *desk) command(name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(d.t.Context(), name, args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+d.display, "HOME="+d.home, "PATH="+d.path, "LANG=en_GB.UTF-8", "LC_ALL=en_GB.UTF-8",
		"XDG_CONFIG_HOME="+filepath.Join(d.home, ".config"), "XDG_CACHE_HOME="+filepath.Join(d.home, ".cache"),
		"DBUS_SESSION_BUS_ADDRESS=disabled:", "OPENAI_API_KEY=")
	return cmd
}

// start starts the program and waits until its window is there and at rest.
func (d *desk) start(files ...string) {
	d.t.Helper()
	d.launch(files...)
	d.rest()
}

// launch starts the program and waits for its window.
func (d *desk) launch(files ...string) {
	d.t.Helper()
	d.program = d.command(seedbed(d.t), files...)
	d.program.Dir = d.home
	d.program.Stdout, d.program.Stderr = &d.said, &d.said
	if err := d.program.Start(); err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(d.kill)
	d.until("the window is there", func() bool {
		out, err := d.command("xdotool", "search", "--onlyvisible", "--name", "Seedbed").Output()
		d.window = strings.TrimSpace(strings.SplitN(string(out), "\n", 2)[0])
		return err == nil && d.window != ""
	})
	d.do("windowfocus", "--sync", d.window)
}

// rest waits until the program has done what it was asked to: for a second it hardly
// uses the processor. On a busy machine it gets more than that where it wants it.
func (d *desk) rest() {
	d.t.Helper()
	const (
		polls  = 10                    // of until, in a second
		hardly = 30 * time.Millisecond // its window looks for events sixty times a second
	)
	used := []time.Duration{}
	d.until("the program rests", func() bool {
		used = append(used, d.processorTime())
		return len(used) > polls && used[len(used)-1]-used[len(used)-1-polls] <= hardly
	})
}

// processorTime is how long the program has run on a processor.
func (d *desk) processorTime() time.Duration {
	d.t.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", d.program.Process.Pid))
	if err != nil {
		d.fail(err.Error())
	}
	// What follows the name, which may have spaces, begins with the third field of proc(5).
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	user, _ := strconv.ParseInt(fields[14-3], 10, 64)
	system, _ := strconv.ParseInt(fields[15-3], 10, 64)
	return time.Duration(user+system) * time.Second / 100 // USER_HZ
}

// kill ends the program as a power cut would.
func (d *desk) kill() {
	if d.program != nil && d.program.ProcessState == nil {
		_ = d.program.Process.Kill()
		_ = d.program.Wait()
	}
}

// quit ends the program as a person would and waits until it has.
func (d *desk) quit() {
	d.t.Helper()
	d.do("key", "ctrl+q")
	d.waitForEnd()
}

// waitForEnd waits until the program has ended by itself, without an error.
func (d *desk) waitForEnd() {
	d.t.Helper()
	ended := make(chan error, 1)
	go func() { ended <- d.program.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			d.fail(fmt.Sprintf("the program ended with %v", err))
		}
	case <-time.After(patience):
		d.fail("the program did not end when it was asked to")
	}
}

func (d *desk) do(args ...string) {
	d.t.Helper()
	if out, err := d.command("xdotool", args...).CombinedOutput(); err != nil {
		d.fail(fmt.Sprintf("xdotool %v: %v\n%s", args, err, out))
	}
}

// press presses keys one after another, such as "ctrl+4" or "Down".
func (d *desk) press(keys ...string) {
	d.t.Helper()
	for _, key := range keys {
		d.keys++
		d.do("key", "--delay", "40", key)
		time.Sleep(120 * time.Millisecond)
	}
}

// write types a text.
func (d *desk) write(text string) {
	d.t.Helper()
	d.typed += len(text)
	d.do("type", "--delay", "60", text)
	time.Sleep(200 * time.Millisecond)
}

// click clicks a place of the window.
func (d *desk) click(x, y int) {
	d.t.Helper()
	d.do("mousemove", "--window", d.window, strconv.Itoa(x), strconv.Itoa(y))
	time.Sleep(300 * time.Millisecond)
	d.do("mousemove_relative", "1", "1")
	time.Sleep(300 * time.Millisecond)
	d.clicks++
	d.do("click", "1")
	time.Sleep(300 * time.Millisecond)
}

// until waits for something to become true.
func (d *desk) until(what string, is func() bool) {
	d.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if is() {
			return
		}
	}
	d.fail("waited in vain until " + what)
}

// fail ends the test with a picture of the window.
func (d *desk) fail(why string) {
	d.t.Helper()
	picture := filepath.Join(os.TempDir(), "seedbed-"+d.t.Name()+".png")
	_ = d.command("import", "-window", "root", picture).Run()
	d.t.Fatalf("%s\nthe window: %s\nthe program said: %s", why, picture, d.said.String())
}

// messages reads the messages of a dataset that match a filter, also while the
// program has it open.
func (d *desk) messages(path string, filter localdb.Filter) []localdb.Message {
	d.t.Helper()
	ctx := context.Background()
	data, err := localdb.OpenReadOnly(ctx, path)
	if err != nil {
		return nil
	}
	defer data.Close()
	var list []localdb.Message
	for m, err := range data.Messages(ctx, filter) {
		if err != nil {
			return nil
		}
		list = append(list, m)
	}
	return list
}

// prefer writes the preferences that the program starts with, as JSON without its braces.
// The tour was left before.
func (d *desk) prefer(fields ...string) {
	d.t.Helper()
	json := "{" + strings.Join(append(fields, `"toured": true`), ", ") + "}"
	folder := filepath.Join(d.home, ".config", "fyne", "app.seedbed.desktop")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "preferences.json"), []byte(json), 0o600); err != nil {
		d.t.Fatal(err)
	}
}
