package replace

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"seedbed/localdb"
	"seedbed/localdb/exchange"
)

// processorTime is what the process has taken on all processors, which other processes don't
// change much.
func processorTime(b *testing.B) time.Duration {
	var used unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkPreviewOfAMillion looks a replacement up in a million messages, beside the sqlite3
// program listing the same messages, with the text replaced where it can do so. It reports the
// time until the first changes show, too.
func BenchmarkPreviewOfAMillion(b *testing.B) {
	d, _, err := localdb.Import(b.Context(), filepath.Join(b.TempDir(), "million.seedbed"), nil, func(yield func(exchange.Row, error) bool) {
		for i := range 1_000_000 {
			if !yield(exchange.Row{Message: fmt.Sprintf("My manager said number %d is fine, and I think the night shift costs me sleep", i)}, nil) {
				return
			}
		}
	}, localdb.MergeOptions{})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	if _, err := d.Counts(b.Context()); err != nil { // reads the index, as opening the review does
		b.Fatal(err)
	}
	for _, c := range []struct {
		name string
		Search
		condition, value string // for sqlite3
	}{
		{"none", Search{Find: "nowhere"}, "text LIKE '%nowhere%'", "replace(text, 'nowhere', '')"},
		{"one of all", Search{Find: "number 4711 ", Replace: "x"}, "text LIKE '%number 4711 %'", "replace(text, 'number 4711 ', 'x')"},
		{"all, any case", Search{Find: "MANAGER", Replace: "boss"}, "text LIKE '%MANAGER%'", "replace(text, 'manager', 'boss')"},
		{"all, whole words", Search{Find: "manager", Replace: "boss", WholeWords: true, MatchCase: true}, `text REGEXP '\bmanager\b'`, "replace(text, 'manager', 'boss')"},
		{"pattern with a text", Search{Find: `number (\d+)7 is`, Replace: "$1", Regexp: true}, `text REGEXP 'number (\d+)7 is'`, "text"},
		{"pattern without", Search{Find: `\d+`, Replace: "#", Regexp: true}, `text REGEXP '\d+'`, "text"},
	} {
		b.Run(c.name, func(b *testing.B) {
			var used, early, peer time.Duration
			for b.Loop() {
				b.StopTimer()
				begun := time.Now()
				query := fmt.Sprintf("SELECT id, %s FROM messages WHERE deleted = 0 AND %s", c.value, c.condition)
				if err := exec.Command("sqlite3", "-readonly", d.Path(), query).Run(); err != nil {
					b.Fatalf("sqlite3: %v", err)
				}
				peer += time.Since(begun)
				b.StartTimer()
				begun, before, first := time.Now(), processorTime(b), time.Duration(0)
				p, err := Find(b.Context(), d, c.Search, nil, func(*Preview) { first = time.Since(begun) })
				if err != nil {
					b.Fatal(err)
				}
				if first == 0 { // there were fewer
					first = time.Since(begun)
				}
				used, early = used+processorTime(b)-before, early+first
				b.ReportMetric(float64(len(p.Changes)), "changes")
			}
			each := func(d time.Duration) float64 { return d.Seconds() / float64(b.N) }
			b.ReportMetric(each(used), "cpu-s")
			b.ReportMetric(each(early), "s-first")
			b.ReportMetric(each(peer), "s-sqlite3")
		})
	}
}
