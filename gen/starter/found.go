package starter

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/columns"
	"seedbed/localdb/exchange/spreadsheet"
	"seedbed/localdb/exchange/table"
)

// Found is what was read as a list of categories.
type Found struct {
	Starter
	Form  i18n.Text // what it was read as: "a list with one category a line"
	Notes []Note    // what was changed or guessed, for a person to look at

	// Messages is how many labelled messages there are by category, where the categories
	// are those of messages.
	Messages map[string]int
}

// Note is something that was changed or guessed of a list.
type Note struct {
	Category string // its name; "" for the list as a whole
	Text     i18n.Text
}

// errNoList means that a text is no list of categories.
var errNoList = i18n.Error("it is no list of categories, and holds no messages with categories")

// ReadFile reads the categories of a file: a list of them in JSON as [Starter.WriteJSON]
// writes it, in a table (CSV, TSV, Excel, OpenDocument) with a header or in plain text; of
// another dataset; or those of the labelled messages in any file that can be read.
func ReadFile(ctx context.Context, path string) (Found, error) {
	found, err := readFile(ctx, path)
	if err != nil {
		return Found{}, i18n.Error("no categories were read from {{.File}}: {{.Cause}}", i18n.Values{"File": filepath.Base(path), "Cause": err})
	}
	return found, nil
}

func readFile(ctx context.Context, path string) (found Found, err error) {
	open := func() (*exchange.File, error) { return exchange.OpenFile(path) }
	f, err := open()
	if err != nil {
		return Found{}, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	head, err := f.Head()
	switch {
	case err != nil:
		return Found{}, err
	case f.Size() == 0:
		return Found{}, exchange.ErrEmpty
	case strings.HasPrefix(string(head), "SQLite format 3\x00"):
		return ofDataset(ctx, path)
	}
	return read(ctx, f, open)
}

// ReadText reads the categories of a text that was pasted, in any of the forms that a file
// can have.
func ReadText(ctx context.Context, text string) (Found, error) {
	if strings.TrimSpace(text) == "" {
		return Found{}, i18n.Error("there is no text; paste the names of your categories, one a line")
	}
	open := func() (*exchange.File, error) { return exchange.BytesFile("", []byte(text)), nil }
	f, _ := open() // never fails
	found, err := read(ctx, f, open)
	if err != nil && ctx.Err() == nil {
		return Found{}, i18n.Error("no categories were found; give each one a line of its own that begins with a short name, as in “refund: wants money back”: {{.Cause}}", i18n.Values{"Cause": err})
	}
	return found, err
}

// read reads a list, or else messages; a table without a header is a list where its rows
// are no messages with categories.
func read(ctx context.Context, f *exchange.File, open func() (*exchange.File, error)) (Found, error) {
	found, records, err := readList(f)
	if !errors.Is(err, errNoList) {
		return found, err
	}
	found, err = fromMessages(ctx, open)
	if ctx.Err() != nil || err == nil && !found.hardlyAny() {
		return found, err
	}
	if list, noList := readHeaderless(records); noList == nil {
		return list, nil
	}
	return found, err
}

// hardlyAny tells whether there are so few messages of each category that they may be what
// the categories are.
func (f Found) hardlyAny() bool {
	messages := 0
	for _, n := range f.Messages {
		messages += n
	}
	return len(f.Categories)*10 >= messages*7
}

// ofDataset reads the categories of another dataset.
func ofDataset(ctx context.Context, path string) (Found, error) {
	d, err := localdb.OpenReadOnly(ctx, path)
	if err != nil {
		return Found{}, err
	}
	s, err := Of(ctx, d)
	if err = errors.Join(err, d.Close()); err != nil {
		return Found{}, err
	}
	if len(s.Categories) == 0 {
		return Found{}, i18n.Error("the dataset has no categories")
	}
	return Found{Starter: s, Form: i18n.T("the categories of a dataset")}, nil
}

// How large a text may be that is a list, in bytes: longestLines is what [exchange.File]
// gives as a sample.
const (
	longestList  = 4 << 20
	longestLines = 1 << 18
)

// readList reads a file that is a list of categories; errNoList where it is none, with the
// records of a table.
func readList(f *exchange.File) (found Found, records [][]string, err error) {
	records, ok, err := spreadsheet.Records(f, mostRecords)
	if err != nil {
		return Found{}, nil, err
	}
	if ok {
		found, err = readTable(records)
		return found, records, err
	}
	if text := f.Sample(); text == "" || f.Size() > longestList || strings.ContainsFunc(text, isControl) {
		return Found{}, nil, errNoList
	}
	if found, err = readJSONList(f); !errors.Is(err, errNoList) {
		return found, nil, err
	}
	short := f.Size() <= longestLines
	if short {
		if found, err = readRecords(f.Sample()); !errors.Is(err, errNoList) {
			return found, nil, err
		}
	}
	if otherFormat(f) {
		return Found{}, nil, errNoList
	}
	if short {
		if records = byHeader(f.Sample()); records != nil {
			found, err = readTable(records)
			return found, records, err
		}
	}
	if records, err = table.Records(f, mostRecords); err != nil {
		return Found{}, nil, err
	}
	found, err = readTable(records)
	oneLine := !strings.Contains(strings.TrimSpace(f.Sample()), "\n")
	if short && errors.Is(err, errNoList) && (oneLine || columns.UsualWidth(records) < 2) {
		found, err = readLines(f)
	}
	return found, records, err
}

// isControl reports what no text has.
func isControl(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\n\v\f\r", r) || r == 0x7f }
