package list

import (
	"errors"
	"io"
	"strings"

	"seedbed/localdb/exchange"
)

// entry is one item of a list; in a file without marks it is one line.
type entry struct {
	number  int    // of the line it starts on
	whole   string // the line as it is, without the space around it
	text    string // without its mark
	mark    mark   // the zero mark for none
	indent  int    // how far to the right it starts; a tab counts four
	gap     bool   // a blank line stands before it
	problem error  // why it can't be read
}

func newEntry(line exchange.Line, gap bool) entry {
	trimmed := strings.TrimLeft(line.Text, " \t")
	space := line.Text[:len(line.Text)-len(trimmed)]
	e := entry{number: line.Number, whole: strings.TrimSpace(line.Text), gap: gap, problem: line.Problem}
	e.indent = len(space) + 3*strings.Count(space, "\t")
	e.mark, e.text = cutMark(e.whole)
	return e
}

// entries reads a file entry by entry.
type entries struct {
	lines   *exchange.Lines
	marked  bool    // lines without a mark go on with the item above
	heading heading // of sections; nil for none
	ahead   *entry
	gap     bool
}

func newEntries(text io.Reader, marked bool, h heading) *entries {
	return &entries{lines: exchange.NewLines(text), marked: marked, heading: h}
}

// line gives the next line that isn't blank.
func (e *entries) line() (entry, error) {
	if e.ahead != nil {
		next := *e.ahead
		e.ahead = nil
		return next, nil
	}
	for {
		line, err := e.lines.Next()
		if err != nil {
			return entry{}, err
		}
		if line.Problem == nil && strings.TrimSpace(line.Text) == "" {
			e.gap = true
			continue
		}
		next := newEntry(line, e.gap)
		e.gap = false
		return next, nil
	}
}

// next gives the next entry; io.EOF after the last.
func (e *entries) next() (entry, error) {
	item, err := e.line()
	if err != nil || item.problem != nil {
		return item, err
	}
	if !e.marked {
		item.text, item.mark = item.whole, mark{}
		return item, nil
	}
	for item.mark.kind != "" {
		following, err := e.line()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return item, err
		}
		if !e.goesOn(item, following) {
			e.ahead = &following
			break
		}
		item.text = strings.TrimSpace(item.text + " " + following.whole)
	}
	return item, nil
}

// goesOn tells whether a line goes on with the item above it.
func (e *entries) goesOn(item, line entry) bool {
	switch {
	case line.problem != nil, line.mark.kind != "", len(item.text)+len(line.whole) > exchange.MaxRecord:
		return false
	case e.heading != nil && e.headed(line):
		return false
	}
	return line.indent > item.indent || !line.gap
}

func (e *entries) headed(line entry) bool {
	_, ok := e.heading(line)
	return ok
}

// linesOf gives the lines of a sample that aren't blank.
func linesOf(sample string) []entry { return collect(sample, (*entries).line, false, nil) }

// entriesOf gives the entries of a sample.
func entriesOf(sample string, marked bool, h heading) []entry {
	return collect(sample, (*entries).next, marked, h)
}

func collect(sample string, next func(*entries) (entry, error), marked bool, h heading) (all []entry) {
	e := newEntries(strings.NewReader(sample), marked, h)
	for len(all) < surveyedLines {
		found, err := next(e)
		if err != nil {
			break
		}
		if found.problem == nil {
			all = append(all, found)
		}
	}
	return all
}

// each passes the entries of a file to do until it returns false, and accounts for those
// that can't be read.
func (e *entries) each(r *exchange.Reading, next func(*entries) (entry, error), do func(entry) bool) error {
	for !r.Stopped() {
		found, err := next(e)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return r.BrokenOff(err)
		case found.problem != nil:
			r.Reject(found.number, found.problem, found.whole)
		case !do(found):
			return nil
		}
	}
	return nil
}
