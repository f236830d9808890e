//go:build window

package windowtest

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"seedbed/gen/openai/openaitest"
	"seedbed/localdb"
)

// makeSample starts the program in a fresh home and lets it make the sample.
func makeSample(d *desk) (path string) {
	d.t.Helper()
	d.start()
	d.press("s")
	path = filepath.Join(d.home, "Documents", "Seedbed", "Sample.seedbed")
	d.until("the sample has 640 messages", func() bool { return len(d.messages(path, localdb.Filter{})) == 640 })
	d.rest()
	return path
}

func TestSampleReviewExportReopen(t *testing.T) {
	d := newDesk(t, 1400, 900)
	path := makeSample(d)

	// Find a message, relabel it, take that back.
	wanted := d.messages(path, localdb.Filter{Categories: []string{"social"}})[0]
	category := func() string {
		list := d.messages(path, localdb.Filter{IDs: []int64{wanted.ID}})
		if len(list) == 0 {
			return ""
		}
		return list[0].Category
	}
	d.click(60, 222) // Review, in the navigation
	d.press("slash")
	d.write(strings.ToLower(plain(wanted.Text)))
	d.press("Return")
	d.rest()
	d.press("6")
	d.until("the message is emotional", func() bool { return category() == "emotional" })
	d.press("ctrl+z")
	d.until("the message is social again", func() bool { return category() == "social" })

	// Accept everything at once.
	d.press("slash", "ctrl+a", "BackSpace", "Return")
	d.rest()
	d.press("ctrl+a", "a")
	accepted := func() int { return len(d.messages(path, localdb.Filter{Statuses: []localdb.Status{localdb.Accepted}})) }
	d.until("all messages are accepted", func() bool { return accepted() == 640 })

	// Export, and find the files that a training script expects.
	d.press("ctrl+8")
	d.rest()
	d.press("ctrl+Return")
	out := filepath.Join(d.home, "Documents", "Seedbed", "Sample")
	for _, name := range []string{"combined.csv", "intent/train.csv", "intent/val.csv", "intent/test.csv"} {
		d.until(name+" is there", func() bool {
			_, err := os.Stat(filepath.Join(out, name))
			return err == nil
		})
	}
	if data, err := os.ReadFile(filepath.Join(out, "combined.csv")); err != nil || strings.Count(string(data), "\n") < 641 {
		t.Errorf("combined.csv has %d lines, %v", strings.Count(string(data), "\n"), err)
	}

	// Closed and opened again, everything is as it was, undo included.
	d.quit()
	d.start(path)
	if n := accepted(); n != 640 {
		t.Errorf("%d messages are still accepted", n)
	}
	d.press("ctrl+4")
	d.rest()
	d.press("ctrl+z")
	d.until("accepting is undone across the restart", func() bool { return accepted() == 0 })
}

// plain is the longest stretch of letters and spaces, which every keyboard can type.
func plain(text string) string {
	longest := ""
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r != ' ' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') }) {
		if len(part) > len(longest) {
			longest = part
		}
	}
	return strings.TrimSpace(longest)
}

func TestKilledInTheMiddleOfARun(t *testing.T) {
	endpoint := openaitest.New(t, openaitest.Options{FirstToken: 300 * time.Millisecond, TokensPerSecond: 200})
	d := newDesk(t, 1400, 900)
	preferences := filepath.Join(d.home, ".config", "fyne", "app.seedbed.desktop")
	if err := os.MkdirAll(preferences, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(preferences, "preferences.json"), []byte(`{"base-url":"`+endpoint.URL+`","model":"gpt-6-luna"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	d.start()
	before := bytes.Clone(d.pixels)
	d.press("n")
	// The cursor blinks in the name's field, so the program never rests.
	d.until("the page of new datasets is up", func() bool { return !bytes.Equal(before, d.pixels) })
	d.press("Return")
	path := filepath.Join(d.home, "Documents", "Seedbed", "My dataset.seedbed")
	d.until("the dataset is there", func() bool {
		_, err := os.Stat(path)
		return err == nil
	})
	d.rest()
	d.press("ctrl+3")
	d.rest() // the writers of this computer have been looked for
	d.press("ctrl+Return")
	d.until("messages arrive", func() bool { return len(d.messages(path, localdb.Filter{})) > 50 })
	d.kill()

	d.start(path)
	d.rest()
	d.press("Escape") // what says that the program ended unexpectedly
	d.press("ctrl+3")
	d.rest()
	d.press("ctrl+Return")
	d.until("the run is complete", func() bool { return len(d.messages(path, localdb.Filter{})) == 640 })
	d.rest()
	if n := len(d.messages(path, localdb.Filter{})); n != 640 {
		t.Errorf("%d messages", n)
	}
}

func TestNoDisplay(t *testing.T) {
	program := exec.CommandContext(t.Context(), seedbed(t))
	home := t.TempDir()
	program.Env = []string{"HOME=" + home, "XDG_CACHE_HOME=" + filepath.Join(home, ".cache"), "XDG_CONFIG_HOME=" + filepath.Join(home, ".config")}
	out, err := program.CombinedOutput()
	if program.ProcessState.ExitCode() != 1 || !strings.Contains(string(out), "start Seedbed on a desktop") || strings.Contains(string(out), "goroutine") {
		t.Errorf("%v:\n%s", err, out)
	}
}
