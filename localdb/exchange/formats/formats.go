// Package formats lists every format of other people's files that is read or written,
// recognises which one a file is of, and opens it.
package formats

import (
	"cmp"
	"errors"
	"slices"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/annotation"
	"seedbed/localdb/exchange/chat"
	"seedbed/localdb/exchange/helpdesk"
	"seedbed/localdb/exchange/jsonfile"
	"seedbed/localdb/exchange/list"
	"seedbed/localdb/exchange/mail"
	"seedbed/localdb/exchange/markup"
	"seedbed/localdb/exchange/nlu"
	"seedbed/localdb/exchange/parquet"
	"seedbed/localdb/exchange/spreadsheet"
	"seedbed/localdb/exchange/table"
)

// Readers lists what is read, in the order to show it to people. Of readers that are
// equally sure of a file the first one reads it.
var Readers = slices.Concat(table.Readers, list.Readers, spreadsheet.Readers, markup.Readers, jsonfile.Readers, parquet.Readers, chat.Readers, helpdesk.Readers, mail.Readers, nlu.Readers, annotation.Readers)

// Writers lists what is written, in the order to show it to people.
var Writers = slices.Concat(table.Writers, spreadsheet.Writers, jsonfile.Writers, parquet.Writers, nlu.Writers)

// Endings lists how the names of readable files end, for a file chooser. Any other file
// can be read as well if its content is recognised.
func Endings() []string {
	endings := []string{".tsv", ".zip"}
	for _, r := range Readers {
		endings = append(endings, r.Format.Extension)
	}
	slices.Sort(endings)
	return slices.Compact(endings)
}

// ByID finds a format by what the terminal calls it; nil for none.
func ByID(id string) *exchange.Format {
	for _, r := range Readers {
		if r.Format.ID == id {
			return r.Format
		}
	}
	for _, w := range Writers {
		if w.Format.ID == id {
			return w.Format
		}
	}
	return nil
}

// Candidate is a reader that a file may be for.
type Candidate struct {
	exchange.Reader
	exchange.Evidence
}

// Recognise gives the readers that a file may be for, the surest first.
func Recognise(f *exchange.File) []Candidate {
	var candidates []Candidate
	for _, r := range Readers {
		if e := r.Recognise(f); e.Sureness >= exchange.Possible {
			candidates = append(candidates, Candidate{r, e})
		}
	}
	slices.SortStableFunc(candidates, func(a, b Candidate) int { return cmp.Compare(b.Sureness, a.Sureness) })
	return candidates
}

// Open starts to read a file of any format. The reading must be closed.
func Open(path string, o exchange.Options) (*exchange.Reading, error) {
	f, err := exchange.OpenFile(path)
	if err != nil {
		return nil, err
	}
	reading, err := Read(f, o)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return reading, nil
}

// Read starts to read a file of any format. The reading closes the file.
func Read(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	f.Encoding = o.Encoding
	reading, err := read(f, o)
	if err != nil {
		return nil, err
	}
	reading.CloseLast(f.Close)
	return reading, nil
}

func read(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	if _, err := f.Head(); err != nil {
		return nil, err
	}
	if f.Size() == 0 {
		return nil, exchange.ErrEmpty
	}
	if o.Format != nil {
		return readChosen(f, o)
	}
	candidates, refusal := Recognise(f), refuse(f)
	if len(candidates) == 0 && f.IsZip() && refusal.reason == nil {
		return readZip(o, entriesOf(f))
	}
	if len(candidates) == 0 || candidates[0].Sureness < refusal.sureness {
		if refusal.reason != nil {
			return nil, refusal.reason
		}
		return nil, because(i18n.T("its lines are no messages that could be recognised; if they are, choose the format yourself"))
	}
	if o.Inner != nil {
		return nil, notNarrowed(f, candidates[0].Format)
	}
	reading, err := readSheet(candidates[0].Reader, f, o)
	if err != nil {
		return nil, err
	}
	if reading.Facts.Why.IsZero() {
		reading.Facts.Why = candidates[0].Why
		if len(candidates) > 1 && candidates[1].Sureness == candidates[0].Sureness {
			reading.Facts.Why = i18n.T("{{.Why}}; or {{.Other}}", i18n.Values{"Why": candidates[0].Why, "Other": candidates[1].Why})
		}
	}
	for _, other := range candidates[1:] {
		reading.Facts.Others = append(reading.Facts.Others, other.Format)
	}
	return reading, nil
}

// readChosen reads a file as the format that was chosen, or those files in a zip file
// that are of it.
func readChosen(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	for _, r := range Readers {
		if r.Format != o.Format {
			continue
		}
		if f.IsZip() && r.Recognise(f).Sureness == exchange.No {
			return readZip(o, slices.DeleteFunc(entriesOf(f), func(e recognised) bool { return e.Format != o.Format }))
		}
		if o.Inner != nil {
			return nil, notNarrowed(f, r.Format)
		}
		return readSheet(r, f, o)
	}
	return nil, i18n.Error("files of {{.Format}} are not read", i18n.Values{"Format": o.Format.Name})
}

// readSheet reads a file, and refuses where a sheet was chosen and the format has none.
func readSheet(r exchange.Reader, f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	reading, err := r.Read(f, o)
	if err == nil && o.Sheet != "" && len(reading.Facts.Sheets) == 0 {
		return nil, i18n.Error("files of {{.Format}} have no sheets that could be chosen", i18n.Values{"Format": r.Format.Name})
	}
	return reading, err
}

func notNarrowed(f *exchange.File, format *exchange.Format) error {
	if !f.IsZip() {
		return i18n.Error("the file is no zip file, and holds no files that could be chosen")
	}
	return i18n.Error("this zip file is read as a whole, as {{.Format}}; single files of it can't be chosen", i18n.Values{"Format": format.Name})
}
