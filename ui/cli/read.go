package cli

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"seedbed/gen/intent/outofscope"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/charset"
	"seedbed/localdb/exchange/formats"
)

// readFlags say how files of messages are read. Every command that reads some has them.
type readFlags struct {
	Format             string   `placeholder:"FORMAT" help:"The kind of file, such as csv or whatsapp; recognised by its content unless given."`
	Encoding           string   `placeholder:"NAME" help:"The encoding of a text file, such as windows-1251; found out unless given."`
	Sheet              string   `placeholder:"NAME" help:"The sheet of a spreadsheet; the first with messages unless given."`
	Inner              []string `placeholder:"NAME" sep:"none" help:"A file inside a zip file to read, by its path there; can be repeated. All of one format unless given."`
	MessageColumn      string   `placeholder:"NAME" help:"The column of the messages; found by its name and content unless given, like the others."`
	CategoryColumn     string   `placeholder:"NAME" help:"The column of the categories."`
	RoleColumn         string   `placeholder:"NAME" help:"The column that says who speaks."`
	ConversationColumn string   `placeholder:"NAME" help:"The column that says which conversation a message is of, or which message it answers."`
	MarkedColumns      []string `placeholder:"NAME" help:"Columns that each stand for a category and are marked (1, x, yes) where a message has it, with commas between them."`
	IgnoredColumns     []string `placeholder:"NAME" help:"Columns that are used for nothing, with commas between them."`
	KeepRoles          []string `default:"user" placeholder:"ROLE" help:"Whose messages count: user (everybody but assistants, agents and systems), all, or roles by their names, with commas between them."`
}

// options are what the flags say.
func (f readFlags) options() (o exchange.Options, err error) {
	o = exchange.Options{Sheet: f.Sheet, Inner: f.Inner, KeepRoles: f.KeepRoles, Columns: map[string]exchange.Field{}}
	for field, name := range map[exchange.Field]string{
		exchange.Message: f.MessageColumn, exchange.Category: f.CategoryColumn, exchange.Role: f.RoleColumn, exchange.Conversation: f.ConversationColumn,
	} {
		if name != "" {
			o.Columns[name] = field
		}
	}
	for _, name := range f.MarkedColumns {
		o.Columns[name] = exchange.Marked
	}
	for _, name := range f.IgnoredColumns {
		o.Columns[name] = exchange.Ignore
	}
	if f.Encoding != "" {
		if o.Encoding, err = charset.Parse(f.Encoding); err != nil {
			return o, usageError{fmt.Errorf("--encoding: %w", err)}
		}
	}
	if f.Format != "" {
		if o.Format = formats.ByID(f.Format); o.Format == nil {
			return o, usageError{fmt.Errorf("--format %s is not known; known are %s", f.Format, formatIDs())}
		}
	}
	return o, nil
}

func formatIDs() string {
	ids := make([]string, len(formats.Readers))
	for i, r := range formats.Readers {
		ids[i] = r.Format.ID
	}
	return strings.Join(ids, ", ")
}

// input is a file of messages that is being read.
type input struct {
	*exchange.Reading
	path     string
	t        *terminal
	reported int // unusable lines that were reported one by one
}

// maxReported is how many lines are reported one by one.
const maxReported = 20

// openInput begins to read a file, and says as what. It must be closed.
func openInput(t *terminal, path string, f readFlags) (*input, error) {
	options, err := f.options()
	if err != nil {
		return nil, err
	}
	return openWith(t, path, options)
}

func openWith(t *terminal, path string, options exchange.Options) (*input, error) {
	in := &input{path: path, t: t}
	options.Rejected = in.tell
	reading, err := formats.Open(path, options)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	in.Reading = reading
	return in, nil
}

// introduce says as what the file is read, and what of that is in doubt.
func (in *input) introduce() {
	in.t.say("%s: read as %s", in.path, formatAndFacts(in.Facts))
	if guess := in.Facts.Encoding; guess.Encoding != "" && guess.Doubtful() {
		in.t.say("%s: its encoding is not certain. It is read as %s%s; if letters are wrong, choose with --encoding", in.path, guess.Encoding, orElse(guess))
	}
	if !in.Facts.Doubt.IsZero() {
		in.t.say("%s: %s", in.path, in.Facts.Doubt)
	}
	if columns := in.columns(); len(columns) > 1 && !in.Facts.Labelled() {
		in.t.say("%s: no column of categories was found. Its columns are %s; name one with --category-column", in.path, strings.Join(columns, ", "))
	}
}

func orElse(guess charset.Guess) string {
	if len(guess.Alternatives) == 0 {
		return ""
	}
	return " and may be " + guess.Others()
}

func formatAndFacts(f exchange.Facts) string {
	name, about := f.Format.String(), f.Describe().String()
	if strings.Contains(about, name) {
		return about
	}
	return name + " (" + about + ")"
}

// columns are the names of all columns, in quotes.
func (in *input) columns() (names []string) {
	for _, column := range in.Facts.Columns {
		names = append(names, strconv.Quote(column.Name))
	}
	return names
}

// messages gives the rows with progress, and at their end says what was left out.
func (in *input) messages(ctx context.Context) iter.Seq2[exchange.Row, error] {
	return func(yield func(exchange.Row, error) bool) {
		set, end := in.t.counter()
		defer end()
		n := 0
		for row, err := range in.Rows() {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(row, fmt.Errorf("%s: %w", in.path, err))
				return
			}
			if n++; n%1000 == 0 {
				set(n)
			}
			if !yield(row, nil) {
				return
			}
		}
		end()
		in.tellReasons()
	}
}

// tell says that a line can't be used.
func (in *input) tell(r exchange.Rejected) {
	switch in.reported++; {
	case in.reported <= maxReported:
		in.t.say("%s%s: %s: %q", in.path, place(r), r.Reason, r.Text)
	case in.reported == maxReported+1:
		in.t.say("%s: and more lines like these", in.path)
	}
}

// place says where something is in a file.
func place(r exchange.Rejected) string {
	text := ""
	if r.Place != "" {
		text = ", " + r.Place
	}
	if r.Line > 0 {
		text += ", line " + strconv.Itoa(r.Line)
	}
	return text
}

// tellReasons counts what didn't become messages, by its reasons.
func (in *input) tellReasons() {
	for _, reason := range in.Tally.Reasons {
		first := strings.TrimPrefix(place(reason.Examples[0]), ", ")
		if first != "" && reason.Count > 1 {
			first = ", first " + first
		} else if first != "" {
			first = ", " + first
		}
		in.t.say("%s: %d %s%s: %s", in.path, reason.Count, outcomes[reason.Outcome], first, reason.Text)
	}
}

var outcomes = [...]string{exchange.OutcomeRejected: "could not be used", exchange.OutcomeSkipped: "skipped", exchange.OutcomeNoted: "read in part"}

// readReport is what every command says with --json of what it could not read.
type readReport struct {
	RejectedLines int           `json:"rejected_lines"`
	Skipped       int           `json:"skipped"`
	Reasons       []reasonCount `json:"reasons"`
}

type reasonCount struct {
	Outcome string `json:"outcome"` // "could not be used", "skipped" or "read in part"
	Reason  string `json:"reason"`
	Count   int    `json:"count"`
}

func (r *readReport) add(tally exchange.Tally) {
	r.RejectedLines += tally.Rejected
	r.Skipped += tally.Skipped
	for _, reason := range tally.Reasons {
		r.Reasons = append(r.Reasons, reasonCount{outcomes[reason.Outcome], reason.Text.String(), reason.Count})
	}
}

func (r *readReport) join(other readReport) {
	r.RejectedLines += other.RejectedLines
	r.Skipped += other.Skipped
	r.Reasons = append(r.Reasons, other.Reasons...)
}

// rowFile is a file of messages that was read whole.
type rowFile struct {
	rows []exchange.Row
	read readReport
}

// readRows reads a file of messages.
func readRows(ctx context.Context, t *terminal, path string, f readFlags) (file rowFile, err error) {
	in, err := openInput(t, path, f)
	if err != nil {
		return file, err
	}
	return in.all(ctx)
}

// all reads the file to its end and closes it.
func (in *input) all(ctx context.Context) (file rowFile, err error) {
	defer func() { err = errors.Join(err, in.Close()) }()
	in.introduce()
	for row, err := range in.messages(ctx) {
		if err != nil {
			return file, err
		}
		file.rows = append(file.rows, row)
	}
	file.read.add(in.Tally)
	return file, nil
}

// readLabelled reads the messages of a file that have a category and, with none, those
// without one, whose category is then outofscope.None.
func readLabelled(ctx context.Context, t *terminal, path string, f readFlags, none bool) (rowFile, error) {
	in, err := openLabelled(t, path, f)
	if err != nil {
		return rowFile{}, err
	}
	file, err := in.all(ctx)
	if err != nil {
		return file, err
	}
	labelled, foreign := file.rows[:0], 0
	for _, row := range file.rows {
		if row.Category == "" && none {
			row.Category = outofscope.None
			foreign++
		}
		if row.Category == "" {
			in.tell(exchange.Rejected{Place: row.Place, Line: row.Line, Reason: errNoCategory, Text: row.Message})
			continue
		}
		labelled = append(labelled, row)
	}
	if without := len(file.rows) - len(labelled); without > 0 {
		file.read.RejectedLines += without
		file.read.Reasons = append(file.read.Reasons, reasonCount{outcomes[exchange.OutcomeRejected], errNoCategory.Error(), without})
		t.say("%s: %d could not be used: %v", path, without, errNoCategory)
	}
	if foreign > 0 {
		t.say("%s: %d messages without a category count as %s", path, foreign, outofscope.None)
	}
	if file.rows = labelled; len(labelled) == foreign {
		return file, fmt.Errorf("%s holds no message with a category", path)
	}
	return file, nil
}

var errNoCategory = errors.New("no category")

// openLabelled finds the column with the categories, whatever its name: where only
// one is left beside the messages, it is that.
func openLabelled(t *terminal, path string, f readFlags) (*input, error) {
	in, err := openInput(t, path, f)
	if err != nil {
		return nil, err
	}
	names := in.columns()
	if in.Facts.Labelled() || len(names) == 0 { // none in a format that says what is what
		return in, nil
	}
	if err := in.Close(); err != nil {
		return nil, err
	}
	var unused []string
	for _, column := range in.Facts.Columns {
		if column.Use == exchange.Ignore {
			unused = append(unused, column.Name)
		}
	}
	if len(unused) != 1 {
		return nil, fmt.Errorf("%s has no column of categories; its columns are %s: name one with --category-column", path, strings.Join(names, ", "))
	}
	f.CategoryColumn = unused[0]
	return openInput(t, path, f)
}
