package starter

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb"
	"seedbed/localdb/exchange"
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
	f, err := exchange.OpenFile(path)
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
	found, err = readList(f)
	if errors.Is(err, errNoList) {
		return FromMessages(ctx, path)
	}
	return found, err
}

// ReadText reads the categories of a text that was pasted: one a line, a table with a
// header, or JSON.
func ReadText(text string) (Found, error) {
	if strings.TrimSpace(text) == "" {
		return Found{}, i18n.Error("there is no text; paste the names of your categories, one a line")
	}
	found, err := readList(exchange.BytesFile("", []byte(text)))
	if errors.Is(err, errNoList) {
		return Found{}, i18n.Error("the text is no list of categories; give each category a line of its own that begins with a short name, as in “refund: wants money back”")
	}
	return found, err
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

// longestList bounds the files that may be a list, in bytes.
const longestList = 4 << 20

// readList reads a file that is a list of categories; errNoList where it is none.
func readList(f *exchange.File) (Found, error) {
	if records, ok, err := spreadsheet.Records(f, mostRecords); ok {
		if err != nil {
			return Found{}, err
		}
		return readTable(records)
	}
	text := f.Sample()
	if text == "" || f.Size() > longestList || strings.ContainsFunc(text, isControl) {
		return Found{}, errNoList
	}
	if found, err := readJSONList(f); !errors.Is(err, errNoList) {
		return found, err
	}
	if otherFormat(f) {
		return Found{}, errNoList
	}
	records, err := table.Records(f, mostRecords)
	if err != nil {
		return Found{}, err
	}
	if found, err := readTable(records); !errors.Is(err, errNoList) {
		return found, err
	}
	return readLines(f)
}

// isControl reports what no text has.
func isControl(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\n\v\f\r", r) || r == 0x7f }
