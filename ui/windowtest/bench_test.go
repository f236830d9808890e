//go:build window

package windowtest

import (
	"bufio"
	"context"
	"fmt"
	"image"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"seedbed/assets/i18n"
	"seedbed/gen/starter"
	"seedbed/localdb"
)

const millionRows = 1_000_000

// barX, barTop and barLength are where the scroll bar is in a window of 1280 × 800.
const barX, barTop, barLength = 965, 262, 510

// rounds is how often a start is measured; the median counts.
const rounds = 5

// million makes a dataset of a million messages, most of them longer than a line of the
// review.
func million(b *testing.B) string {
	b.Helper()
	ctx, path := context.Background(), filepath.Join(b.TempDir(), "million.seedbed")
	var categories []localdb.Category
	for _, c := range starter.Default().Categories {
		categories = append(categories, localdb.Category{Name: c.Name, Kind: c.Kind, Colour: c.Colour, Key: c.Key, Training: true})
	}
	d, err := localdb.Create(ctx, path, categories)
	if err != nil {
		b.Fatal(err)
	}
	words := strings.Fields("i want to know how my manager sees the promotion and whether a course about leading people helps before the talk on monday")
	random := rand.New(rand.NewPCG(1, 2))
	list := make([]localdb.Message, 10_000)
	for range millionRows / len(list) {
		for i := range list {
			text := make([]string, 1+random.IntN(40))
			for j := range text {
				text[j] = words[random.IntN(len(words))]
			}
			list[i] = localdb.Message{
				Text: strings.Join(text, " "), Category: categories[random.IntN(len(categories))].Name,
				Confidence: random.Float64(), LabelledBy: localdb.ByWriter,
			}
		}
		if _, err := d.Add(ctx, i18n.Text{}, list); err != nil {
			b.Fatal(err)
		}
	}
	if err := d.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

func median(list []time.Duration) time.Duration {
	slices.Sort(list)
	return list[len(list)/2]
}

// versus measures two starts, turn by turn, and reports both and their ratio. Each has
// been started once before in its home, whose time is reported too: a first start
// fills caches, those of the fonts and of the drawing driver too.
func versus(b *testing.B, peer string, ours, theirs func() time.Duration) {
	b.Helper()
	for b.Loop() {
		b.ReportMetric(theirs().Seconds(), "s-first-"+peer)
		b.ReportMetric(ours().Seconds(), "s-first-seedbed")
		var mine, yours []time.Duration
		for range rounds {
			yours = append(yours, theirs())
			mine = append(mine, ours())
		}
		b.ReportMetric(median(mine).Seconds(), "s-seedbed")
		b.ReportMetric(median(yours).Seconds(), "s-"+peer)
		b.ReportMetric(median(mine).Seconds()/median(yours).Seconds(), "ratio")
	}
	b.ReportMetric(0, "ns/op")
}

// BenchmarkRowsOnScreen is the time from the start of the program to the rows of a
// million on the screen, in Seedbed's review and in DB Browser for SQLite.
func BenchmarkRowsOnScreen(b *testing.B) {
	file := million(b)
	rows := image.Rect(320, 280, 500, 650) // where both show rows
	mine, yours := newDesk(b, 1400, 900), newDesk(b, 1400, 900)
	versus(b, "sqlitebrowser", func() time.Duration {
		recent := fmt.Sprintf(`[{"path":%q,"page":"review"}]`, file) // where it was left
		mine.prefer(fmt.Sprintf(`"recent": %q`, recent))
		return mine.watch(mine.command(seedbed(b), file), rows)
	}, func() time.Duration {
		return yours.watch(yours.command("sqlitebrowser", "--table", "messages", file), rows)
	})
}

// BenchmarkFirstFrame is the time from the start of the program to its first page,
// beside a Fyne window with one line.
func BenchmarkFirstFrame(b *testing.B) {
	hello := filepath.Join(b.TempDir(), "hello")
	if out, err := exec.Command("go", "build", "-tags", "x11,migrated_fynedo", "-o", hello, "./testdata/hello").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	whole := image.Rect(0, 0, 1400, 900)
	mine, yours := newDesk(b, 1400, 900), newDesk(b, 1400, 900)
	versus(b, "hello",
		func() time.Duration { return mine.watch(mine.command(seedbed(b)), whole) },
		func() time.Duration { return yours.watch(yours.command(hello), whole) })
}

// BenchmarkJumps reports the memory of the program before and after 10,000 jumps to
// random places of a million rows: presses on the track of the scroll bar.
func BenchmarkJumps(b *testing.B) {
	file := million(b)
	for b.Loop() {
		d := newDesk(b, 1400, 900)
		d.start(file) // a first start compiles what draws
		d.quit()
		d.start(file)
		d.press("ctrl+4")
		time.Sleep(3 * time.Second)
		before := d.memory("VmRSS")
		random := rand.New(rand.NewPCG(3, 4))
		var script strings.Builder
		for range 10_000 {
			fmt.Fprintf(&script, "mousemove %d %d mousedown 1 mouseup 1 sleep 0.02\n", barX, barTop+random.IntN(barLength))
		}
		jumps := d.command("xdotool", "-")
		jumps.Stdin = strings.NewReader(script.String())
		if out, err := jumps.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		time.Sleep(3 * time.Second)
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(before, "MB-before")
		b.ReportMetric(d.memory("VmRSS"), "MB-after")
		b.ReportMetric(d.memory("VmHWM"), "MB-peak")
	}
}

// memory reads a line of the kernel's account of the program, in MB.
func (d *desk) memory(name string) float64 {
	d.t.Helper()
	f, err := os.Open(fmt.Sprintf("/proc/%d/status", d.program.Process.Pid))
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if fields := strings.Fields(lines.Text()); fields[0] == name+":" {
			kB, err := strconv.ParseFloat(fields[1], 64)
			if err != nil {
				d.t.Fatal(err)
			}
			return kB / 1000
		}
	}
	d.t.Fatalf("no %s", name)
	return 0
}

// BenchmarkNewcomer is the time from the start of the program in a fresh home to the
// splits of the sample, all accepted, by the keys that the pages show.
func BenchmarkNewcomer(b *testing.B) {
	for b.Loop() {
		d := newDesk(b, 1400, 900)
		start := time.Now()
		makeSample(d)
		d.press("ctrl+4", "ctrl+a", "a", "ctrl+8")
		time.Sleep(500 * time.Millisecond)
		d.press("ctrl+Return")
		d.until("the splits are there", func() bool {
			_, err := os.Stat(filepath.Join(d.home, "Documents", "Seedbed", "Sample", "intent", "test.csv"))
			return err == nil
		})
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(time.Since(start).Seconds(), "s")
		b.ReportMetric(6, "keys")
	}
}
