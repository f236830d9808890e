package realdata

import (
	"context"
	"iter"
	"strings"

	"seedbed/localdb"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/formats"
	"seedbed/localdb/exchange/markup"
	"seedbed/localdb/exchange/table"
)

// Pasted is text of the clipboard and how it is read: cells that a spreadsheet copied, CSV,
// a table of a web page, or one message a line.
type Pasted struct {
	Text    string
	Options exchange.Options
	Source  localdb.Source // of messages that don't say
}

// NewPasted finds out what a text is. Tabs in its first line are the cells of a spreadsheet; what
// no reader is sure of is one message a line.
func NewPasted(text string) Pasted {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "")
	p := Pasted{Text: text, Source: localdb.Real}
	first, _, _ := strings.Cut(strings.TrimLeft(text, "\r\n"), "\n")
	if strings.Contains(strings.TrimRight(first, "\r\t "), "\t") {
		p.Options.Format, p.Options.Delimiter = table.CSV, '\t'
		return p
	}
	p.Options.Format = table.Lines
	for _, c := range formats.Recognise(p.file()) {
		if c.Format == markup.HTML || c.Format == table.CSV && c.Sureness >= exchange.Likely {
			p.Options.Format = c.Format
			break
		}
	}
	return p
}

func (p Pasted) file() *exchange.File { return exchange.BytesFile("", []byte(p.Text)) }

// Facts are how it is read: its columns and what they are for.
func (p Pasted) Facts() (exchange.Facts, error) {
	reading, err := formats.Read(p.file(), p.Options)
	if err != nil {
		return exchange.Facts{}, err
	}
	return reading.Facts, reading.Close()
}

// Rows are its messages.
func (p Pasted) Rows() Rows {
	source := "real"
	if p.Source == localdb.Synthetic {
		source = "synthetic"
	}
	return func(_ context.Context, rejected func(exchange.Rejected)) iter.Seq2[exchange.Row, error] {
		return func(yield func(exchange.Row, error) bool) {
			options := p.Options
			options.Rejected = rejected
			reading, err := formats.Read(p.file(), options)
			if err != nil {
				yield(exchange.Row{}, err)
				return
			}
			defer reading.Close()
			for row, err := range reading.Rows() {
				if row.Source == "" {
					row.Source = source
				}
				if !yield(row, err) {
					return
				}
			}
		}
	}
}
