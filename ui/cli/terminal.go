package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// terminal is where a command talks to a person or a program.
type terminal struct {
	in       io.Reader
	out, err io.Writer
	toOutput bool // the command's file goes to standard output, and its result to standard error
	lively   bool // standard error is a terminal, so that a bar makes sense
}

func newTerminal(out, errOut io.Writer) *terminal {
	file, ok := errOut.(*os.File)
	return &terminal{in: os.Stdin, out: out, err: errOut, lively: ok && term.IsTerminal(int(file.Fd()))}
}

// say writes a line of progress.
func (t *terminal) say(format string, args ...any) { fmt.Fprintf(t.err, format+"\n", args...) }

// result writes a command's result: an object for a program, or lines for a person.
func (t *terminal) result(asJSON bool, value any, lines func(io.Writer)) error {
	to := t.out
	if t.toOutput {
		to = t.err
	}
	if !asJSON {
		lines(to)
		return nil
	}
	encoder := json.NewEncoder(to)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

// barOf describes what bars count.
const barOf = "messages"

// bar returns a function that shows how many messages are done, and one that ends
// the bar.
func (t *terminal) bar(total int) (set func(done int, remark string), end func()) {
	if !t.lively {
		return func(int, string) {}, func() {}
	}
	bar := progressbar.NewOptions(total,
		progressbar.OptionSetWriter(t.err),
		progressbar.OptionSetDescription(barOf),
		progressbar.OptionShowCount(),
		progressbar.OptionSetWidth(30),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionSetPredictTime(true),
	)
	return func(done int, remark string) {
		if remark != "" {
			bar.Describe(barOf + " " + remark)
		}
		_ = bar.Set(min(done, total)) // a bar that can't be drawn doesn't stop the work
	}, func() { _ = bar.Finish() }
}

// counter returns a function that shows how many messages have been read, of an
// unknown number, and one that ends the counter.
func (t *terminal) counter() (set func(done int), end func()) {
	if !t.lively {
		return func(int) {}, func() {}
	}
	bar := progressbar.NewOptions(-1,
		progressbar.OptionSetWriter(t.err),
		progressbar.OptionSetDescription("reading"),
		progressbar.OptionShowCount(),
		progressbar.OptionClearOnFinish(),
	)
	return func(done int) { _ = bar.Set(done) }, func() { _ = bar.Finish() } // as above
}

// sortedKeys are the keys of a map in order.
func sortedKeys[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}
