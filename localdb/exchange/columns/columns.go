// Package columns finds out what the columns of a table are for (by what a person chose,
// by their names, by what stands in them) and makes rows of its records. Whether the first
// record names the columns, and what stands above and among the rows, is found out here, too.
package columns

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/plaintext"
)

// Columns turns the records of a table into rows.
type Columns struct {
	List     []exchange.Column
	Above    int      // how many records stand above the table: its title and the like
	NoHeader bool     // no line is one of names, not even in the middle of the file
	Unguard  bool     // texts carry the apostrophes of ForExcel
	Labels   []string // names of categories that are kept as their places in this list; nil otherwise
	Serial   bool     // times are those of spreadsheets: days since 1900

	at        [fieldCount]int // which column holds a field; -1 for none
	header    []string        // nil in a file without one
	explained int             // how many records below the header explain the columns
	plural    bool            // the category's column may hold several labels
	whole     bool            // labels are whole numbers that are written as 1.0
	hashed    bool            // several labels of a message have # between them
	spaced    bool            // several labels of a message have spaces between them
	rich      bool            // messages are kept as JSON
	marks     []mark          // columns that stand for a category
	listed    []int           // columns that are lists of messages
	promptEnd string          // what stands behind each message to tell a model that it ends
	side      polarity        // what yes and no in the role's column mean
	sided     bool            // the role's column says a side
	html      bool            // messages are HTML
	further   []int           // further columns of labels, called like that of the category
	abstains  bool            // a label of -1 is none: the others are words
	responses *responses      // of annotators; nil where none are apart from the labels
	thread    *thread         // of messages that say which one they answer; nil otherwise
}

// ErrNoMessages is returned for a file in which nothing can be a message.
var ErrNoMessages = i18n.Error("no column of the file holds messages; choose the one that does")

// ErrNoColumn is returned where a column was chosen that the file does not have.
var ErrNoColumn = i18n.Error("the file has no such column")

// Choose decides what each column is used for: as the caller says, then
// by its name, then by what stands in it.
func Choose(header []string, records [][]string, chosen map[string]exchange.Field) (*Columns, error) {
	c := &Columns{header: header}
	for f := range c.at {
		c.at[f] = -1
	}
	width := len(header)
	for _, r := range records {
		if header == nil {
			width = max(width, len(r))
		}
	}
	c.explained = c.explaining(records)
	records = records[c.explained:]
	taken := make([]bool, width)
	c.List = make([]exchange.Column, width)
	for i := range width {
		c.List[i].Label = columnLabel(header, i)
		c.List[i].Name = c.List[i].Label.String()
		c.List[i].Example = example(records, i)
		if f, ok := chosen[c.List[i].Name]; ok {
			taken[i] = true
			c.use(f, i)
		}
	}
	c.byName(taken, records)
	c.findResponses(taken)
	c.findFurther(taken)
	c.findAnswers(records, taken)
	c.findSide(records, taken)
	c.findMarks(records, taken, chosen)
	if c.at[exchange.Message] < 0 && c.at[exchange.Category] < 0 && len(c.marks) == 0 {
		c.findListed(records, chosen)
	}
	if len(c.listed) == 0 {
		c.byContent(records, taken)
	}
	for f, i := range c.at {
		if i >= 0 {
			c.List[i].Use = exchange.Field(f)
		}
	}
	c.plural = pluralLabels[exchange.Fold(c.NameOf(exchange.Category))]
	c.side, c.sided = sideColumn(c.NameOf(exchange.Role))
	c.whole = wholeNumbers(records, c.at[exchange.Category])
	c.hashed = joinedLabels(records, c.at[exchange.Category])
	c.spaced = spacedLabels(c.NameOf(exchange.Category), records, c.at[exchange.Category])
	c.rich = richTexts(records, c.at[exchange.Message])
	c.html = markedUp(records, c.at[exchange.Message])
	c.abstains = abstains(records, c.at[exchange.Category])
	for name := range chosen {
		if !slices.ContainsFunc(c.List, func(has exchange.Column) bool { return has.Name == name }) {
			return c, i18n.Error(`{{.What}}: "{{.Column}}"; it has {{.Columns}}`, i18n.Values{"What": ErrNoColumn, "Column": name, "Columns": c.names()})
		}
	}
	c.thread = c.findThread()
	if c.at[exchange.Message] < 0 && len(c.listed) == 0 {
		return c, ErrNoMessages
	}
	return c, nil
}

// names lists the columns for people.
func (c *Columns) names() string {
	names := make([]string, len(c.List))
	for i, column := range c.List {
		names[i] = strconv.Quote(column.Name)
	}
	return strings.Join(names, ", ")
}

// NameOf is the name of the column that holds a field; "" where none does.
func (c *Columns) NameOf(f exchange.Field) string {
	if c.at[f] < 0 {
		return ""
	}
	return c.List[c.at[f]].Name
}

// At is the number of the column that holds a field, from 0; -1 where none does.
func (c *Columns) At(f exchange.Field) int { return c.at[f] }

func (c *Columns) use(f exchange.Field, column int) {
	if f != exchange.Ignore && f != exchange.Marked && f != exchange.Listed && c.at[f] < 0 {
		c.at[f] = column
	}
}

var (
	namelessColumn = i18n.T("column {{.N}}")
	repeatedColumn = i18n.T("{{.Name}} (column {{.N}})")
)

// columnLabel is what a person knows a column by; a name that comes twice gets
// its number.
func columnLabel(header []string, i int) i18n.Text {
	if i >= len(header) || strings.TrimSpace(header[i]) == "" {
		return namelessColumn.With(i18n.Values{"N": i + 1})
	}
	name := strings.TrimSpace(header[i])
	for _, before := range header[:i] {
		if strings.TrimSpace(before) == name {
			return repeatedColumn.With(i18n.Values{"Name": name, "N": i + 1})
		}
	}
	return i18n.T("{{.Name}}", i18n.Values{"Name": name})
}

func example(records [][]string, column int) string {
	for _, r := range records {
		if column < len(r) && strings.TrimSpace(r[column]) != "" {
			return exchange.Beginning(r[column], 80)
		}
	}
	return ""
}

// row makes a row of a record; problem says why it cannot, nil where it can, and note
// what of it was lost, the zero text for nothing.
func (c *Columns) row(line int, record []string) (row exchange.Row, note i18n.Text, problem error) {
	row.Line = line
	row.Message = strings.TrimSuffix(c.text(record, exchange.Message), c.promptEnd)
	if c.rich {
		row.Message = textOfCell(row.Message)
	}
	if c.html {
		row.Message = plaintext.FromHTML(row.Message)
	}
	if s := c.text(record, exchange.Confidence); strings.TrimSpace(s) != "" {
		if row.Confidence, row.HasConfidence = parseConfidence(s); !row.HasConfidence {
			problem = i18n.Error(`the confidence "{{.Confidence}}" is not a number from 0 to 1`, i18n.Values{"Confidence": exchange.Beginning(s, 40)})
		}
	}
	// A confidence in its place shows that what is too much stands behind it; without
	// one it may as well be a comma in the message.
	if extra := len(record) - len(c.List); extra > 0 && !row.HasConfidence && !Blank(record[len(c.List):]) {
		return row, note, i18n.Error("it has {{.Columns}} columns instead of {{.Expected}}: a separator inside a text needs quotes", i18n.Values{"Columns": len(record), "Expected": len(c.List)})
	}
	if problem != nil {
		return row, note, problem
	}
	if strings.TrimSpace(row.Message) == "" {
		return row, note, i18n.Error("it has no message")
	}
	note = c.labelled(&row, record)
	if note.IsZero() && NoLabel(strings.TrimSpace(row.Message)) {
		note = nullMessage
	}
	if note.IsZero() && len(record) > len(c.List) && !Blank(record[len(c.List):]) {
		note = tooManyColumns
	}
	row.Role = c.role(record)
	row.Conversation = c.text(record, exchange.Conversation)
	if c.thread != nil {
		row.Conversation = c.thread.conversation(record)
	}
	row.Source = c.text(record, exchange.Source)
	row.Status = c.text(record, exchange.Status)
	row.Note = strings.TrimSpace(c.text(record, exchange.Note))
	row.Tags = c.text(record, exchange.Tags)
	row.Time = c.time(record)
	return row, note, nil
}

// labelled gives a row its category; note says what of it was lost.
func (c *Columns) labelled(row *exchange.Row, record []string) (note i18n.Text) {
	switch {
	case c.responses != nil:
		var score string
		row.Category, score, note = c.responses.label(record)
		row.Confidence, row.HasConfidence = parseConfidence(score)
	case len(c.marks) > 0:
		row.Category, note = c.markedLabel(record)
	default:
		row.Category, note = c.category(strings.TrimSpace(c.text(record, exchange.Category)), row.HasConfidence)
		if len(c.further) > 0 {
			row.Category, note = c.withFurther(record, row.Category, note)
		}
	}
	return note
}

// time gives the time of a record, the zero time where it has none.
func (c *Columns) time(record []string) time.Time {
	s := c.text(record, exchange.Time)
	if s == "" {
		return time.Time{}
	}
	if days, err := strconv.ParseFloat(s, 64); err == nil && c.Serial && days > 10_000 && days < 100_000 { // 1927 to 2173
		return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Add(time.Duration(days * float64(24*time.Hour))).Round(time.Millisecond)
	}
	return exchange.ParseTime(s)
}

var (
	nullLabel      = i18n.T("the category NaN, NULL or None is taken for none")
	tooManyColumns = i18n.T("it has more columns than the header; what stands in them is left out")
	nullMessage    = i18n.T("the message is NaN, NULL or N/A, which may stand for no text")
)

func (c *Columns) text(record []string, f exchange.Field) string {
	i := c.at[f]
	if i < 0 || i >= len(record) {
		return ""
	}
	if c.Unguard {
		return unguard(record[i])
	}
	return record[i]
}

// repeats says whether a record is the header again, as in the middle of files
// that were joined.
func (c *Columns) repeats(record []string) bool {
	if c.NoHeader || len(record) < len(c.header) || len(record[0]) > 80 {
		return false
	}
	if c.header == nil {
		return AllNamed(record)
	}
	for i, name := range c.header {
		if !strings.EqualFold(strings.TrimSpace(record[i]), strings.TrimSpace(name)) {
			return false
		}
	}
	return true
}
