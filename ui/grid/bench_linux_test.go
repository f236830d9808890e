package grid

import (
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"golang.org/x/sys/unix"
)

// million returns a grid of a million rows in a window of the size of a laptop screen.
func million(b *testing.B) *Grid {
	g, _ := show(b, appTheme{zoom: 1}, numbered{n: 1_000_000}, fyne.NewSize(1366, 768))
	paintOnce(g)
	return g
}

func paintOnce(g *Grid) { g.paint(0, 0) }

// measured times a step with its painting, and reports the median and the 95th percentile
// in milliseconds: of the clock, and of the processor, which other programs don't change.
func measured(b *testing.B, g *Grid, step func()) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var clock, processor []time.Duration
	for b.Loop() {
		start, used := time.Now(), threadTime(b)
		step()
		paintOnce(g)
		clock, processor = append(clock, time.Since(start)), append(processor, threadTime(b)-used)
	}
	report := func(took []time.Duration, of string) {
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-"+of)
		b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-"+of)
	}
	report(clock, "ms")
	report(processor, "cpu-ms")
}

// threadTime is the processor time that the present thread has used.
func threadTime(b *testing.B) time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		b.Fatal(err)
	}
	return time.Duration(t.Nano())
}

func BenchmarkPaint(b *testing.B) {
	g := million(b)
	measured(b, g, func() {})
}

// BenchmarkPaint4K paints four times the pixels of a full HD screen.
func BenchmarkPaint4K(b *testing.B) {
	g, w := show(b, appTheme{zoom: 1}, prose{n: 1_000_000}, fyne.NewSize(1920, 1080))
	w.Canvas().(interface{ SetScale(float32) }).SetScale(2)
	g.Refresh()
	measured(b, g, func() {})
}

func BenchmarkScrollStep(b *testing.B) {
	g := million(b)
	measured(b, g, func() {
		g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -25)})
	})
}

func BenchmarkArrowKey(b *testing.B) {
	g := million(b)
	measured(b, g, func() { g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) })
}

func BenchmarkPage(b *testing.B) {
	g := million(b)
	measured(b, g, func() { g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown}) })
}

// BenchmarkJump shows rows whose texts are not cached.
func BenchmarkJump(b *testing.B) {
	g := million(b)
	g.SetRows(prose{n: 1_000_000})
	random := rand.New(rand.NewPCG(1, 2))
	measured(b, g, func() { g.SetCursorRow(random.IntN(1_000_000)) })
}

// mixed returns a grid of a million rows of one to sixty words, shown in up to three lines.
func mixed(b *testing.B, lines int) *Grid {
	g, _ := show(b, appTheme{zoom: 1}, prose{n: 1_000_000, mixed: true}, fyne.NewSize(1366, 768))
	read(lines)(g)
	paintOnce(g)
	return g
}

// BenchmarkLinesStep, BenchmarkLinesPage and BenchmarkLinesJump are those above with rows
// of different heights, and BenchmarkLinesDrag drags the thumb of the scroll bar.
func BenchmarkLinesStep(b *testing.B) {
	g := mixed(b, 3)
	measured(b, g, func() { g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) })
}

func BenchmarkLinesPage(b *testing.B) {
	g := mixed(b, 3)
	measured(b, g, func() { g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown}) })
}

func BenchmarkLinesJump(b *testing.B) {
	g := mixed(b, 3)
	random := rand.New(rand.NewPCG(1, 2))
	measured(b, g, func() { g.SetCursorRow(random.IntN(1_000_000)) })
}

func BenchmarkLinesDrag(b *testing.B) {
	g := mixed(b, 3)
	random := rand.New(rand.NewPCG(1, 2))
	measured(b, g, func() {
		g.scrollBar(onRowBar, g.rowBar().drag(random.IntN(g.view.height)))
	})
}

// BenchmarkAllLinesJump shows the whole of every message.
func BenchmarkAllLinesJump(b *testing.B) {
	g := mixed(b, 0)
	random := rand.New(rand.NewPCG(1, 2))
	measured(b, g, func() { g.SetCursorRow(random.IntN(1_000_000)) })
}

// BenchmarkSelectAll selects a million rows and clears the selection.
func BenchmarkSelectAll(b *testing.B) {
	g := million(b)
	measured(b, g, func() {
		g.SelectAll()
		g.ClearSelection()
	})
}

// BenchmarkMemory reports the growth of the heap in 10,000 jumps to other texts.
func BenchmarkMemory(b *testing.B) {
	g := million(b)
	g.SetRows(prose{n: 1_000_000})
	random := rand.New(rand.NewPCG(1, 2))
	for b.Loop() {
		before := heap()
		for range 10_000 {
			g.SetCursorRow(random.IntN(1_000_000))
			paintOnce(g)
		}
		b.ReportMetric(float64(heap()-before)/(1<<20), "MB-grown")
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapInuse)
}
