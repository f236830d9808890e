package spreadsheet

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/sheet"
)

func recogniseODS(f *exchange.File) exchange.Evidence {
	if entries, _ := f.Entries(); isODS(f) && !isLocked(entries) {
		return exchange.Evidence{Sureness: exchange.Certain, Why: i18n.T("it is marked as an OpenDocument spreadsheet")}
	}
	return exchange.Evidence{}
}

const (
	odfType = "application/vnd.oasis.opendocument."
	odsType = odfType + "spreadsheet"
)

// isODF is true of any OpenDocument file in a zip file. Its type is packed first, and as it is.
func isODF(f *exchange.File) bool { return hasType(f, odfType) }

// isODS is true of a spreadsheet, packed or flat.
func isODS(f *exchange.File) bool {
	return hasType(f, odsType) || !f.IsZip() && strings.Contains(f.Sample()[:min(len(f.Sample()), 1<<14)], `mimetype="`+odsType)
}

func hasType(f *exchange.File, kind string) bool {
	entries, _ := f.Entries()
	e := entryNamed(entries, "mimetype")
	if e == nil || e.Size > 200 {
		return false
	}
	file, err := e.Open()
	if err != nil {
		return false
	}
	content, _ := file.Head()
	return bytes.HasPrefix(bytes.TrimSpace(content), []byte(kind)) && file.Close() == nil
}

func entryNamed(entries []*exchange.Entry, name string) *exchange.Entry {
	for _, e := range entries {
		if e.Name == name {
			return e
		}
	}
	return nil
}

func readODS(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	sheets, closeSheets, err := openODS(f)
	if err != nil {
		return nil, err
	}
	reading, err := sheet.Read(o, exchange.Facts{Format: ODS}, sheets, func(name string) i18n.Text {
		return i18n.T(`OpenDocument, sheet "{{.Sheet}}"`, i18n.Values{"Sheet": name})
	})
	if err != nil {
		return nil, errors.Join(err, closeSheets())
	}
	reading.OnClose(closeSheets)
	return reading, nil
}

// openODS lists the sheets of a file, which can be read until they are closed.
func openODS(f *exchange.File) (sheets []*sheet.Sheet, closeSheets func() error, err error) {
	content, closeSheets := f, func() error { return nil }
	if f.IsZip() {
		entries, err := f.Entries()
		if err != nil {
			return nil, nil, err
		}
		e := entryNamed(entries, "content.xml")
		if e == nil {
			return nil, nil, brokenODS(i18n.Error("{{.Part}} is missing in it", i18n.Values{"Part": "content.xml"}))
		}
		if content, err = e.Open(); err != nil {
			return nil, nil, err
		}
		closeSheets = content.Close
	}
	if sheets, err = odsSheets(content); err != nil {
		return nil, nil, errors.Join(brokenODS(err), closeSheets())
	}
	return sheets, closeSheets, nil
}

func brokenODS(err error) error {
	return i18n.Error("could not read it as an OpenDocument spreadsheet (.ods); open it in LibreOffice and save it again, as .xlsx or CSV: {{.Cause}}", i18n.Values{"Cause": err})
}

// odsSheets lists the sheets. It reads the whole file once, so that one that is broken is
// known before a row is taken.
func odsSheets(content *exchange.File) ([]*sheet.Sheet, error) {
	s := newScanner(content.Read())
	var sheets []*sheet.Sheet
	hiddenStyles := map[string]bool{}
	spreadsheet := false
	style := ""
	for {
		s.begin()
		at := s.InputOffset()
		token, err := s.next()
		if errors.Is(err, io.EOF) && s.depth == 0 {
			break
		}
		if err != nil {
			return nil, cutOff(err)
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "document-content", "document", "automatic-styles", "body":
		case "style":
			style = attribute(e, "name")
		case "table-properties":
			if attribute(e, "display") == "false" {
				hiddenStyles[style] = true
			}
		case "spreadsheet":
			spreadsheet = true
		case "table":
			name := attribute(e, "name")
			sheets = append(sheets, &sheet.Sheet{
				Name: name, Hidden: hiddenStyles[attribute(e, "style-name")],
				Rows: odsRowsFrom(content, at, name),
			})
			if err := s.passItems(); err != nil {
				return nil, err
			}
		default:
			if err := s.pass(); err != nil {
				return nil, err
			}
		}
	}
	if !spreadsheet {
		return nil, i18n.Error("there is no spreadsheet in it")
	}
	return sheets, nil
}

// passItems goes behind the end of the element that has just begun, however much it holds.
func (s *scanner) passItems() error {
	for outer := s.depth; s.depth >= outer; {
		s.begin()
		if _, err := s.next(); err != nil {
			return cutOff(err)
		}
	}
	return nil
}

// odsRowsFrom gives the rows of the table that begins at a place of the file.
func odsRowsFrom(content *exchange.File, at int64, name string) func() iter.Seq2[sheet.Row, error] {
	return func() iter.Seq2[sheet.Row, error] {
		return func(yield func(sheet.Row, error) bool) {
			r := &odsRows{
				scanner: newScanner(io.NewSectionReader(content.Read(), at, content.Size()-at)),
				yield:   func(row sheet.Row) bool { return yield(row, nil) },
			}
			if err := r.read(); err != nil {
				yield(sheet.Row{}, sheet.Unreadable(name, err))
			}
		}
	}
}
