package spreadsheet

import (
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/sheet"
)

func recogniseXLSX(f *exchange.File) exchange.Evidence {
	entries, _ := f.Entries()
	for _, e := range entries {
		name := partName(e.Name)
		if name == "xl/workbook.xml" || strings.HasPrefix(name, "xl/worksheets/") && strings.HasSuffix(name, ".xml") {
			return exchange.Evidence{Sureness: exchange.Certain, Why: i18n.T("it holds a workbook of Excel")}
		}
	}
	return exchange.Evidence{}
}

// partName is a name in a zip file as Excel understands it.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// maxPart is how large the small parts of a workbook may be: all but sheets and texts.
const maxPart = 64 << 20

// workbook is an Excel file that is being read.
type workbook struct {
	file     *exchange.File
	entries  map[string]*exchange.Entry // by partName
	opened   map[string]*exchange.File  // parts that are unpacked, until the workbook is closed
	sheet    string                     // the one part among them that is a sheet
	texts    *texts
	numbers  *numbers
	date1904 bool
}

// readXLSX reads an Excel file. Numbers are formatted by excelize, which knows Excel's many
// formats. Rows are not read by it: its row iterator ends without an error where the XML is
// broken, does not tell error values from texts, and has to load the whole sheet to find
// merged cells.
func readXLSX(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	sheets, closeSheets, err := openXLSX(f)
	if err != nil {
		return nil, err
	}
	reading, err := sheet.Read(o, exchange.Facts{Format: XLSX}, sheets, func(name string) i18n.Text {
		return i18n.T(`Excel, sheet "{{.Sheet}}"`, i18n.Values{"Sheet": name})
	})
	if err != nil {
		return nil, errors.Join(err, closeSheets())
	}
	reading.OnClose(closeSheets)
	return reading, nil
}

// openXLSX lists the sheets of a file, which can be read until they are closed.
func openXLSX(f *exchange.File) (sheets []*sheet.Sheet, closeSheets func() error, err error) {
	b := &workbook{file: f, entries: map[string]*exchange.Entry{}, opened: map[string]*exchange.File{}}
	entries, err := f.Entries()
	if err != nil {
		return nil, nil, err
	}
	for _, e := range entries {
		b.entries[partName(e.Name)] = e
	}
	if sheets, err = b.open(); err != nil {
		return nil, nil, errors.Join(i18n.Error("could not read it as an Excel file (.xlsx): {{.Cause}}", i18n.Values{"Cause": err}), b.close())
	}
	return sheets, b.close, nil
}

func (b *workbook) close() error {
	var errs []error
	for _, part := range b.opened {
		errs = append(errs, part.Close())
	}
	return errors.Join(errs...)
}

// relations are what a part of a workbook refers to.
type relations struct {
	List []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
}

// open reads which sheets there are.
func (b *workbook) open() ([]*sheet.Sheet, error) {
	var root, related relations
	main := "xl/workbook.xml"
	if err := b.decode("_rels/.rels", &root); err == nil {
		for _, r := range root.List {
			if strings.HasSuffix(r.Type, "/officeDocument") {
				main = partName(path.Join("/", r.Target))
			}
		}
	}
	var book struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			ID    string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := b.decode(main, &book); err != nil {
		return nil, err
	}
	folder := path.Dir(main)
	if err := b.decode(folder+"/_rels/"+path.Base(main)+".rels", &related); err != nil {
		return nil, err
	}
	b.date1904 = book.Properties.Date1904 == "1" || book.Properties.Date1904 == "true"
	targets, kinds := map[string]string{}, map[string]string{}
	for _, r := range related.List {
		target := r.Target
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/", folder, target)
		}
		targets[r.ID] = partName(target)
		kind := path.Base(r.Type)
		kinds[kind] = targets[r.ID]
		if kind == "chartsheet" || kind == "dialogsheet" || kind == "xlMacrosheet" {
			targets[r.ID] = ""
		}
	}
	if err := b.openTexts(kinds["sharedStrings"]); err != nil {
		return nil, err
	}
	if err := b.openNumbers(kinds["styles"]); err != nil {
		return nil, err
	}
	var sheets []*sheet.Sheet
	for _, s := range book.Sheets {
		if targets[s.ID] == "" {
			continue // a diagram
		}
		sheets = append(sheets, &sheet.Sheet{
			Name: s.Name, Hidden: s.State == "hidden" || s.State == "veryHidden", Date1904: b.date1904,
			Rows: b.rowsOf(s.Name, targets[s.ID]), Show: b.numbers.show,
		})
	}
	return sheets, nil
}

// part unpacks a part of the workbook, once.
func (b *workbook) part(name string) (*exchange.File, error) {
	if part := b.opened[name]; part != nil {
		return part, nil
	}
	entry := b.entries[name]
	if entry == nil {
		return nil, i18n.Error("{{.Part}} is missing in it", i18n.Values{"Part": name})
	}
	part, err := entry.Open()
	if err != nil {
		return nil, err
	}
	b.opened[name] = part
	return part, nil
}

// sheetPart unpacks the part of a sheet, in the place of the sheet before.
func (b *workbook) sheetPart(name string) (*exchange.File, error) {
	if before := b.opened[b.sheet]; before != nil && b.sheet != name {
		delete(b.opened, b.sheet)
		if err := before.Close(); err != nil {
			return nil, err
		}
	}
	b.sheet = name
	return b.part(name)
}

// decode reads a small part of the workbook.
func (b *workbook) decode(name string, into any) error {
	part, err := b.part(name)
	if err != nil {
		return err
	}
	if part.Size() > maxPart {
		return i18n.Error("{{.Part}} is larger than any workbook needs", i18n.Values{"Part": name})
	}
	if err := xml.NewDecoder(part.Read()).Decode(into); err != nil && !errors.Is(err, io.EOF) {
		return i18n.Error("{{.Part}} in it is broken: {{.Cause}}", i18n.Values{"Part": name, "Cause": err})
	}
	return nil
}
