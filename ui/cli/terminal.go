package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"seedbed/assets/visible"
	"seedbed/localdb"
)

// terminal is where a command talks to a person or a program.
type terminal struct {
	in       io.Reader
	out, err io.Writer
	toOutput bool            // the command's file goes to standard output, and its result to standard error
	replaces map[string]bool // the outputs of which was said that they replace something
	lively   bool            // standard error is a terminal, so that a bar makes sense
}

func newTerminal(out, errOut io.Writer) *terminal {
	file, ok := errOut.(*os.File)
	return &terminal{replaces: map[string]bool{}, in: os.Stdin, out: out, err: errOut, lively: ok && term.IsTerminal(int(file.Fd()))}
}

// say writes a line of progress.
func (t *terminal) say(format string, args ...any) { printf(t.err, format+"\n", args...) }

// printf writes lines for people; see [textOf]. A terminal that was closed stops nothing.
func printf(w io.Writer, format string, args ...any) { fmt.Fprint(w, textOf(format, args...)) }

// textOf is text for people. What others wrote, such as messages, names of files and errors
// of servers, stays in its line, and nothing in it acts on the terminal.
func textOf(format string, args ...any) string {
	shown := make([]any, len(args))
	for i, arg := range args {
		switch arg := arg.(type) {
		case error:
			shown[i] = visible.Line(arg.Error())
		case fmt.Stringer:
			shown[i] = visible.Line(arg.String())
		case string:
			shown[i] = visible.Line(arg)
		default:
			shown[i] = arg
		}
	}
	return fmt.Sprintf(format, shown...)
}

// writeJSON writes an object for a program, in which a terminal finds nothing to act on either.
func writeJSON(w io.Writer, value any, indent string) error {
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", indent)
	if err := encoder.Encode(value); err != nil {
		return err
	}
	_, err := io.WriteString(w, visible.JSON(text.String()))
	return err
}

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
	return writeJSON(to, value, "  ")
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
		bar.Describe(strings.TrimSpace(barOf + " " + visible.Line(remark)))
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

// readDataset opens a dataset for reading, and says what is special about it.
func (t *terminal) readDataset(ctx context.Context, path string) (*localdb.Dataset, error) {
	d, err := localdb.OpenReadOnly(ctx, path)
	if err != nil {
		return nil, err
	}
	t.sayRemarks(d)
	return d, nil
}

// changeDataset opens a dataset for changing, and says what is special about it.
func (t *terminal) changeDataset(ctx context.Context, path string) (*localdb.Dataset, error) {
	d, err := localdb.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	if err := d.ReadOnly(); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), d.Close())
	}
	t.sayRemarks(d)
	return d, nil
}

func (t *terminal) sayRemarks(d *localdb.Dataset) {
	for _, remark := range d.Remarks() {
		t.say("%s", remark)
	}
}
