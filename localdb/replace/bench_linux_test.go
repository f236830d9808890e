package replace

import (
	"fmt"
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

// BenchmarkPreviewOfAMillion looks a replacement up in a million messages.
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
	for _, c := range []struct {
		name string
		Search
	}{
		{"none", Search{Find: "nowhere", Replace: ""}},
		{"one of all", Search{Find: "number 4711 ", Replace: "x"}},
		{"all, any case", Search{Find: "MANAGER", Replace: "boss"}},
		{"all, whole words", Search{Find: "manager", Replace: "boss", WholeWords: true, MatchCase: true}},
		{"pattern with a text", Search{Find: `number (\d+)7 is`, Replace: "$1", Regexp: true}},
		{"pattern without", Search{Find: `\d+`, Replace: "#", Regexp: true}},
	} {
		b.Run(c.name, func(b *testing.B) {
			begun := processorTime(b)
			defer func() { b.ReportMetric((processorTime(b)-begun).Seconds()/float64(b.N), "cpu-s/op") }()
			for b.Loop() {
				p, err := Find(b.Context(), d, c.Search, nil)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(p.Changes)), "changes")
			}
		})
	}
}
