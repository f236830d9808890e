package exchange

import (
	"errors"
	"iter"
	"slices"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange/charset"
)

// Outcome says what became of something in a file that is not simply a row.
type Outcome int

// Rejected lines can't be used, skipped ones are no messages, and of noted ones a row
// was made although something of them was lost.
const (
	OutcomeRejected Outcome = iota
	OutcomeSkipped
	OutcomeNoted
)

// Reason is why something was left out, how often, and where first.
type Reason struct {
	Outcome  Outcome
	Text     i18n.Text // of the first; those of the same wording count together
	Count    int
	Examples []Rejected // the first, at most maxExamples
	key      string
}

const maxExamples = 3

// SeveralLabels is the reason to note of a message that has no category because it has
// several.
var SeveralLabels = i18n.T("several labels, so it has no category")

// Tally counts what became of the file so far.
type Tally struct {
	Rows     int
	Rejected int      // could not be used
	Skipped  int      // are no messages of a person: notices, pictures, other people's turns
	Noted    int      // rows of which something was lost, such as the second of two labels
	Blank    int      // lines with nothing but white space and separators
	Reasons  []Reason // of Rejected, Skipped and Noted, in the order in which they were met
}

// Reading is a file that is being read. A reader's walk fills it by Add, Skip, Reject,
// Note and Blank; who asked for it takes the rows from Rows.
type Reading struct {
	Facts Facts
	Tally Tally

	options Options
	walk    func(*Reading) error
	yield   func(Row, error) bool
	closers []func() error
	seen    int // rows and what was skipped, where a format has no lines of its own
	stopped bool
	failed  error
}

// NewReading makes a reading of walk, which adds the rows of the file and returns at its
// end, or when Stopped.
func NewReading(o Options, f Facts, walk func(*Reading) error) *Reading {
	return &Reading{Facts: f, options: o, walk: walk}
}

// Rows gives the rows one after another, once. A line that cannot be used is counted
// and the reading goes on; an error ends it.
func (r *Reading) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		r.yield = yield
		if err := errors.Join(r.walk(r), r.failed); err != nil && (!r.stopped || r.failed != nil) {
			yield(Row{}, err)
		}
	}
}

// OnClose adds what is to be closed with the reading. The last added is closed first.
func (r *Reading) OnClose(do func() error) { r.closers = append(r.closers, do) }

// CloseLast adds what is to be closed after everything else: the file itself.
func (r *Reading) CloseLast(do func() error) { r.closers = slices.Insert(r.closers, 0, do) }

// Close lets go of the file.
func (r *Reading) Close() error {
	var errs []error
	for _, do := range slices.Backward(r.closers) {
		errs = append(errs, do())
	}
	r.closers = nil
	return errors.Join(errs...)
}

// Stopped tells a walk that nobody wants more rows.
func (r *Reading) Stopped() bool { return r.stopped }

// Add gives one row; false means that no more are wanted. A row without a line gets its
// place in the file. One without text, or of a role that isn't kept, is skipped.
func (r *Reading) Add(row Row) bool {
	if r.stopped {
		return false
	}
	if row.Line == 0 {
		r.seen++
		row.Line = r.seen
	}
	if strings.TrimSpace(row.Message) == "" {
		r.skip(row.Place, row.Line, withoutText, "")
		return true
	}
	if row.Role != "" && r.options.KeepRoles != nil && !KeepsRole(r.options.KeepRoles, row.Role) {
		r.skip(row.Place, row.Line, otherRole.With(i18n.Values{"Role": Beginning(row.Role, 40)}), row.Message)
		return true
	}
	if r.options.MaxRows > 0 && r.Tally.Rows == r.options.MaxRows {
		r.failed = i18n.Error("{{.What}}: more than {{.N}}; those before were read", i18n.Values{"What": ErrTooManyRows, "N": r.options.MaxRows})
		r.stopped = true
		return false
	}
	if charset.Damaged(row.Message) {
		r.note(row.Place, row.Line, damaged, row.Message)
	}
	r.Tally.Rows++
	r.stopped = !r.yield(row, nil)
	return !r.stopped
}

var (
	damaged     = i18n.T("letters look wrong; the file may be of another encoding, or was damaged before")
	withoutText = i18n.T("has no text")
	otherRole   = i18n.T("said by {{.Role}}, whose turns are not kept")
)

// Reject counts what can't be used, and tells who asked for it. Line 0 stands for the
// next place in the file, as for Skip and Note.
func (r *Reading) Reject(line int, reason error, text string) {
	r.rejectAt(Rejected{Line: r.line(line), Reason: reason, Text: Beginning(text, 200)})
}

func (r *Reading) rejectAt(rejected Rejected) {
	r.Tally.Rejected++
	said := i18n.T("{{.Reason}}", i18n.Values{"Reason": rejected.Reason})
	key := rejected.Reason.Error()
	var known *i18n.Text
	if errors.As(rejected.Reason, &known) {
		said = *known
		key, _ = said.Parts()
	}
	r.countOne(OutcomeRejected, key, said, rejected)
	if r.options.Rejected != nil {
		r.options.Rejected(rejected)
	}
}

// Skip counts what is no message.
func (r *Reading) Skip(line int, reason i18n.Text, text string) { r.skip("", line, reason, text) }

func (r *Reading) skip(place string, line int, reason i18n.Text, text string) {
	r.Tally.Skipped++
	r.countOne(OutcomeSkipped, reason.String(), reason, Rejected{Place: place, Line: r.line(line), Text: Beginning(text, 200)})
}

// SkipPlace counts a whole sheet, or file inside a zip file, that isn't read.
func (r *Reading) SkipPlace(place string, reason i18n.Text) {
	r.Tally.Skipped++
	r.countOne(OutcomeSkipped, reason.String(), reason, Rejected{Place: place})
}

// RejectPlace counts a whole sheet, or file inside a zip file, that can't be read.
func (r *Reading) RejectPlace(place string, reason error) {
	r.rejectAt(Rejected{Place: place, Reason: reason})
}

// Note counts a row of which something was lost.
func (r *Reading) Note(line int, reason i18n.Text, text string) { r.note("", line, reason, text) }

func (r *Reading) note(place string, line int, reason i18n.Text, text string) {
	r.Tally.Noted++
	r.countOne(OutcomeNoted, reason.String(), reason, Rejected{Place: place, Line: r.line(line), Text: Beginning(text, 200)})
}

// Blank counts a line without anything on it.
func (r *Reading) Blank() { r.Tally.Blank++ }

func (r *Reading) line(line int) int {
	if line == 0 {
		r.seen++
		return r.seen
	}
	return line
}

func (r *Reading) countOne(outcome Outcome, key string, reason i18n.Text, example Rejected) {
	if example.Reason == nil {
		example.Reason = &reason
	}
	r.count(Reason{Outcome: outcome, Text: reason, Count: 1, Examples: []Rejected{example}, key: key})
}

// count adds to the tally what was left out for one reason.
func (r *Reading) count(more Reason) {
	i := slices.IndexFunc(r.Tally.Reasons, func(known Reason) bool { return known.Outcome == more.Outcome && known.key == more.key })
	if i < 0 {
		r.Tally.Reasons = append(r.Tally.Reasons, more)
		return
	}
	known := &r.Tally.Reasons[i]
	known.Count += more.Count
	room := min(maxExamples-len(known.Examples), len(more.Examples))
	known.Examples = append(known.Examples, more.Examples[:room]...)
}

// Include adds what another reading of the same options gives, such as that of a file in
// a zip file, and closes it. The place names it in rows and examples.
func (r *Reading) Include(inner *Reading, place string) (err error) {
	defer func() { err = errors.Join(err, inner.Close()) }()
	inner.options.KeepRoles, inner.options.MaxRows = nil, 0
	if told := r.options.Rejected; told != nil {
		inner.options.Rejected = func(rejected Rejected) {
			rejected.Place = place
			told(rejected)
		}
	}
	for row, err := range inner.Rows() {
		if err != nil {
			return err
		}
		if row.Place == "" {
			row.Place = place
		}
		if !r.Add(row) {
			break
		}
	}
	r.Tally.Blank += inner.Tally.Blank
	r.Tally.Rejected += inner.Tally.Rejected
	r.Tally.Skipped += inner.Tally.Skipped
	r.Tally.Noted += inner.Tally.Noted
	for _, reason := range inner.Tally.Reasons {
		for i := range reason.Examples {
			reason.Examples[i].Place = place
		}
		r.count(reason)
	}
	return nil
}

// BrokenOff is the error of a reading that ends in the middle of the file.
func (r *Reading) BrokenOff(err error) error {
	return i18n.Error("the file could be read no further; the {{.N}} messages before were read: {{.Cause}}",
		i18n.Values{"N": r.Tally.Rows, "Cause": err})
}
