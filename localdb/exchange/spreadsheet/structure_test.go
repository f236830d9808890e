package spreadsheet_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/exchangetest"
	"seedbed/localdb/exchange/formats"
)

// labelled gives "category: message" of each row of a workbook.
func labelled(t *testing.T, f *exchange.File) (lines []string, reading *exchange.Reading) {
	t.Helper()
	rows, _, reading := exchangetest.Rows(t, f, exchange.Options{}, formats.Read)
	for _, r := range rows {
		lines = append(lines, r.Category+": "+r.Message)
	}
	return lines, reading
}

var complaints = [][]any{
	{"where is my parcel", "order"}, {"track my order please", "order"}, {"this is a mess here", "complaint"}, {"I am not happy at all", "complaint"},
}

func under(header []any, rows [][]any) [][]any { return append([][]any{header}, rows...) }

func TestSheetsBesideTheDataAreNotChosen(t *testing.T) {
	for name, beside := range map[string][][]any{
		"README":       {{"This workbook holds messages of our customers"}, {"Please label the column category"}, {"Ask Ann if in doubt"}},
		"Legend":       {{"category", "description"}, {"order", "questions about an order"}, {"complaint", "somebody is not happy"}, {"greet", "a greeting of any kind"}},
		"Instructions": {{"step", "text", "category"}, {"1", "read the message first", "see Legend"}, {"2", "choose one category", "see Legend"}},
		"Kategorien":   {{"Kategorie", "Beschreibung", "Text"}, {"order", "Fragen zu Bestellungen", "wo ist mein Paket"}, {"complaint", "unzufrieden", "so ein Mist"}},
		"Sheet9":       {{"label", "description"}, {"order", "questions about an order"}, {"complaint", "somebody is not happy"}},
	} {
		for _, header := range [][]any{{"message", "category"}, {"msg", "what for"}} {
			for _, first := range []bool{true, false} {
				f := made(t, func(f *excelize.File) error {
					sheets := []string{name, "Data"}
					if !first {
						slices.Reverse(sheets)
					}
					if err := f.SetSheetName("Sheet1", sheets[0]); err != nil {
						return err
					}
					_, err := f.NewSheet(sheets[1])
					return firstError(err, fill(f, name, beside...), fill(f, "Data", under(header, complaints)...))
				})
				if lines, reading := labelled(t, f); reading.Facts.Sheet != "Data" || len(lines) != len(complaints) {
					t.Errorf("beside %s, which is first: %v, sheet %q is read: %q", name, first, reading.Facts.Sheet, lines)
				}
			}
		}
	}
	alone := made(t, func(f *excelize.File) error {
		return firstError(f.SetSheetName("Sheet1", "Labels"), fill(f, "Labels", under([]any{"message", "category"}, complaints)...))
	})
	if lines, _ := labelled(t, alone); len(lines) != len(complaints) {
		t.Errorf("of a single sheet of such a name %q is read", lines)
	}
}

func TestAMergedCellAboveRowsIsTheirCategory(t *testing.T) {
	want := []string{"Orders: where is my parcel", "Orders: track my order please", "Complaints: this is a mess here", "Complaints: I am not happy at all"}
	blocks := [][]any{{"Orders"}, {"where is my parcel", "web"}, {"track my order please", "app"}, {"Complaints"}, {"this is a mess here", "web"}, {"I am not happy at all", "mail"}}
	for name, rows := range map[string][][]any{
		"with a header":    under([]any{"message", "from"}, blocks),
		"with a title":     append([][]any{{"Messages of May"}, {}, {"message", "channel"}}, blocks...),
		"without a header": blocks,
	} {
		f := made(t, func(f *excelize.File) error {
			errs := []error{fill(f, "Sheet1", rows...)}
			for i, row := range rows {
				if len(row) == 1 && (row[0] == "Orders" || row[0] == "Complaints") {
					first, _ := excelize.CoordinatesToCellName(1, i+1)
					last, _ := excelize.CoordinatesToCellName(2, i+1)
					errs = append(errs, f.MergeCell("Sheet1", first, last))
				}
			}
			return firstError(errs...)
		})
		if lines, _ := labelled(t, f); !slices.Equal(lines, want) {
			t.Errorf("%s: %q", name, lines)
		}
	}
	named := made(t, func(f *excelize.File) error {
		return firstError(fill(f, "Sheet1", []any{"message", "category"}, []any{"May"}, []any{"where is my parcel", "order"}, []any{"June"}, []any{"this is a mess", "complaint"}),
			f.MergeCell("Sheet1", "A2", "B2"), f.MergeCell("Sheet1", "A4", "B4"))
	})
	if lines, _ := labelled(t, named); !slices.Contains(lines, "order: where is my parcel") || !slices.Contains(lines, "complaint: this is a mess") {
		t.Errorf("beside a column of categories: %q", lines)
	}
}

func TestRowsBetweenAndBelowTheHeaderAreToldFromMessages(t *testing.T) {
	f := made(t, func(f *excelize.File) error {
		rows := under([]any{"message", "category", "count"}, [][]any{{"what customers wrote", "order or complaint", "times"}})
		for i, row := range complaints {
			rows = append(rows, append(slices.Clone(row), 3))
			if i == 1 {
				rows = append(rows, []any{"Subtotal", nil, 6})
			}
		}
		return fill(f, "Sheet1", append(rows, []any{"Subtotal", nil, 6}, []any{"Grand total", nil, 12})...)
	})
	same(t, f, `
3 "where is my parcel" category="order"
4 "track my order please" category="order"
6 "this is a mess here" category="complaint"
7 "I am not happy at all" category="complaint"
skipped: 1 explains the columns
skipped: 3 is a row of totals
`)
}

func TestCellsWithLinksCommentsAndRichText(t *testing.T) {
	f := made(t, func(f *excelize.File) error {
		return firstError(fill(f, "Sheet1", under([]any{"message", "category"}, complaints)...),
			f.SetCellRichText("Sheet1", "A2", []excelize.RichTextRun{{Text: "where "}, {Text: "is my", Font: &excelize.Font{Bold: true}}, {Text: " parcel"}}),
			f.SetCellHyperLink("Sheet1", "A3", "https://example.com/order", "External"),
			f.AddComment("Sheet1", excelize.Comment{Cell: "A4", Author: "Ann", Text: "is this right?"}))
	})
	want := []string{"order: where is my parcel", "order: track my order please", "complaint: this is a mess here", "complaint: I am not happy at all"}
	if lines, _ := labelled(t, f); !slices.Equal(lines, want) {
		t.Errorf("read as %q", lines)
	}
	flat := `<?xml version="1.0"?><office:document xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:dc="d" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="Data">` +
		odsRow("message", "category") +
		odsRow(`<office:annotation><dc:creator>Ann</dc:creator><text:p>is this right?</text:p></office:annotation><text:p>where <text:span>is my</text:span> <text:a href="u">parcel</text:a></text:p>`, "order") +
		odsRow("this is a mess here", "complaint") + `</table:table></office:spreadsheet></office:body></office:document>`
	if lines, _ := labelled(t, exchange.BytesFile("x.fods", []byte(flat))); !slices.Equal(lines, []string{"order: where is my parcel", "complaint: this is a mess here"}) {
		t.Errorf("of OpenDocument: %q", lines)
	}
}

func odsRow(cells ...string) string {
	var b strings.Builder
	for _, cell := range cells {
		if !strings.HasPrefix(cell, "<") {
			cell = "<text:p>" + cell + "</text:p>"
		}
		b.WriteString(`<table:table-cell office:value-type="string">` + cell + `</table:table-cell>`)
	}
	return "<table:table-row>" + b.String() + "</table:table-row>"
}

func TestColumnsOfAWorkbookAreLabelsOrLists(t *testing.T) {
	marked := made(t, func(f *excelize.File) error {
		return fill(f, "Sheet1", []any{"Nachricht", "Bestellung", "Beschwerde", "Gruß"}, []any{"wo ist mein Paket", "x"}, []any{"bitte nachsehen", "x"},
			[]any{"so ein Mist", nil, "x"}, []any{"ich bin sauer", nil, "X"}, []any{"hallo zusammen", nil, nil, "x"}, []any{"und jetzt"})
	})
	if lines, _ := labelled(t, marked); !slices.Equal(lines, []string{"Bestellung: wo ist mein Paket", "Bestellung: bitte nachsehen", "Beschwerde: so ein Mist", "Beschwerde: ich bin sauer", "Gruß: hallo zusammen", ": und jetzt"}) {
		t.Errorf("marks: %q", lines)
	}
	truths := made(t, func(f *excelize.File) error {
		return fill(f, "Sheet1", []any{"text", "order", "greet", "bye"}, []any{"where is it", true, false, false}, []any{"my parcel", true, false, false}, []any{"hello you", false, true, false}, []any{"see you", false, false, true})
	})
	if lines, _ := labelled(t, truths); !slices.Equal(lines, []string{"order: where is it", "order: my parcel", "greet: hello you", "bye: see you"}) {
		t.Errorf("truths: %q", lines)
	}
	lists := made(t, func(f *excelize.File) error {
		return fill(f, "Sheet1", []any{"Order status", "Small talk"}, []any{"where is my parcel", "hello there"}, []any{"track it please", "good morning"}, []any{"is it sent yet"})
	})
	if lines, _ := labelled(t, lists); !slices.Equal(lines, []string{"Order status: where is my parcel", "Small talk: hello there", "Order status: track it please", "Small talk: good morning", "Order status: is it sent yet"}) {
		t.Errorf("lists: %q", lines)
	}
}
