package spreadsheet_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/exchangetest"
	"seedbed/localdb/exchange/formats"
)

// made is a workbook that excelize writes.
func made(t testing.TB, build func(f *excelize.File) error) *exchange.File {
	t.Helper()
	file := excelize.NewFile()
	if err := build(file); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := file.Write(&b); err != nil {
		t.Fatal(err)
	}
	return exchange.BytesFile("book.xlsx", b.Bytes())
}

// fill writes rows into a sheet from A1 on.
func fill(f *excelize.File, sheet string, rows ...[]any) error {
	for i, row := range rows {
		if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &row); err != nil {
			return err
		}
	}
	return nil
}

// same compares what is read of a file with what is wanted, without the line of the format.
func same(t *testing.T, f *exchange.File, want string) {
	t.Helper()
	got := exchangetest.Describe(f, formats.Read)
	if _, after, ok := strings.Cut(got, "\n"); ok && strings.HasPrefix(got, "format: ") {
		got = after
	}
	if want = strings.TrimLeft(want, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestWhatIsHiddenIsNotRead(t *testing.T) {
	f := made(t, func(f *excelize.File) error {
		_, err := f.NewSheet("Old")
		return firstError(err,
			fill(f, "Sheet1", []any{"text", "secret", "intent"}, []any{"one", "no", "a"}, []any{"two", "no", "a"}, []any{"three", "no", "b"}, []any{"four", "", "b"}),
			fill(f, "Old", []any{"text", "intent"}, []any{"old one", "a"}, []any{"old two", "a"}, []any{"old three", "a"}, []any{"old four", "a"}, []any{"old five", "a"}),
			f.SetSheetVisible("Old", false, true),
			f.SetRowVisible("Sheet1", 3, false), f.SetColVisible("Sheet1", "B", false))
	})
	same(t, f, `
2 "one" category="a"
4 "three" category="b"
5 "four" category="b"
skipped: 1 sheet “Old” is hidden and was not read
skipped: 1 column B (secret) is hidden and was not read
skipped: 1 is in a row that is hidden or filtered out
`)
}

func TestTheSheetWithMessagesIsRead(t *testing.T) {
	build := func(f *excelize.File) error {
		_, err := f.NewSheet("Data")
		_, err2 := f.NewSheet("Empty")
		return firstError(err, err2, f.SetSheetName("Sheet1", "Notes"),
			fill(f, "Notes", []any{"How to use this file"}, []any{"Write one message a row, please"}, []any{"Ask Ann where it is unclear"}),
			fill(f, "Data", []any{"utterance", "intent"}, []any{"hi", "greet"}, []any{"bye", "bye"}))
	}
	same(t, made(t, build), `
2 "hi" category="greet"
3 "bye" category="bye"
skipped: 1 sheet “Notes” was not read
`)
	rows, _, reading := exchangetest.Rows(t, made(t, build), exchange.Options{Sheet: "notes"}, formats.Read)
	if len(rows) != 3 || reading.Facts.Sheet != "Notes" {
		t.Errorf("the chosen sheet: %v, %s", rows, reading.Facts.Sheet)
	}
	for name, want := range map[string]string{"Nowhere": `no such sheet: "Nowhere"; it has "Notes", "Data", "Empty"`, "Empty": "it has nothing in it"} {
		if _, err := formats.Read(made(t, build), exchange.Options{Sheet: name}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("sheet %s: %v", name, err)
		}
	}
}

func TestMergedCellsCountForEveryRow(t *testing.T) {
	f := made(t, func(f *excelize.File) error {
		return firstError(
			fill(f, "Sheet1", []any{"Messages of May"}, []any{}, []any{"intent", "text", "note"},
				[]any{"delivery", "where is it", "x"}, []any{nil, "it is late", "x"}, []any{nil, nil, "no text"}, []any{"refund", "money back"}, []any{}, []any{"bye", "see you"}),
			f.MergeCell("Sheet1", "A1", "C1"), f.MergeCell("Sheet1", "A4", "A6"), f.MergeCell("Sheet1", "A7", "A8"), f.MergeCell("Sheet1", "B7", "B8"))
	})
	same(t, f, `
4 "where is it" category="delivery"
5 "it is late" category="delivery"
7 "money back" category="refund"
9 "see you" category="bye"
skipped: 1 stands above the table
rejected: 1 it has no message
`)
}

func TestAHeaderMayHaveSeveralRows(t *testing.T) {
	f := made(t, func(f *excelize.File) error {
		return firstError(
			fill(f, "Sheet1", []any{"text", "labels"}, []any{nil, "intent", "note"}, []any{"hi", "greet", "x"}, []any{"bye", "bye"}),
			f.MergeCell("Sheet1", "A1", "A2"), f.MergeCell("Sheet1", "B1", "C1"))
	})
	same(t, f, `
3 "hi" category="greet"
4 "bye" category="bye"
skipped: 1 stands above the table
`)
}

func TestLabelsAreNoMessagesWhereThoseAreHidden(t *testing.T) {
	f := made(t, func(f *excelize.File) error {
		return firstError(fill(f, "Sheet1", []any{"text", "intent"}, []any{"hi", "greet"}), f.SetColVisible("Sheet1", "A", false))
	})
	same(t, f, `error: sheet "Sheet1": the column "text" is hidden; show it and save the file, or choose another column for the message
`)
}

func TestValuesAreTakenAsTheyAreShown(t *testing.T) {
	f := made(t, func(f *excelize.File) error {
		style := func(cell, format string) error {
			id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
			return firstError(err, f.SetCellStyle("Sheet1", cell, cell, id))
		}
		return firstError(
			fill(f, "Sheet1", []any{"text", "label", "score", "date"},
				[]any{"leading zeros", 42, 0.9, time.Date(2024, 5, 1, 10, 30, 0, 0, time.UTC)}, []any{"percent", 0.25, 0.856}, []any{"day", 45000}, []any{"general", 0.1 + 0.2}, []any{"yes", true},
				[]any{"long number", 1234567890123}, []any{"text", "007"}, []any{123, 2.0}),
			style("B2", "00000"), style("B3", "0%"), style("C3", "0%"), style("B4", "yyyy-mm-dd"), style("D2", "dd/mm/yy"))
	})
	same(t, f, `
2 "leading zeros" category="00042" confidence=0.9 time=2024-05-01T10:30:00Z
3 "percent" category="25%" confidence=0.856
4 "day" category="2023-03-15"
5 "general" category="0.3"
6 "yes" category="TRUE"
7 "long number" category="1234567890123"
8 "text" category="007"
9 "123" category="2"
`)
}

func TestRichTextIsOneText(t *testing.T) {
	f := made(t, func(f *excelize.File) error {
		return firstError(fill(f, "Sheet1", []any{"text", "intent"}, []any{"", "a"}, []any{"two", "b"}),
			f.SetCellRichText("Sheet1", "A2", []excelize.RichTextRun{{Text: "where "}, {Text: "is", Font: &excelize.Font{Bold: true}}, {Text: " it?\nNow"}}))
	})
	same(t, f, `
2 "where is it?\nNow" category="a"
3 "two" category="b"
`)
}

// book is a workbook of one sheet as other programs write it, which excelize wouldn't.
func book(t testing.TB, sheet string, more ...string) *exchange.File {
	return exchange.BytesFile("book.xlsx", exchangetest.Zip(t, append([]string{
		"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", sheet,
	}, more...)...))
}

const header = `<row r="1"><c t="str"><v>text</v></c><c t="str"><v>label</v></c></row>`

func TestErrorsFormulasAndTotals(t *testing.T) {
	same(t, book(t, `<x:worksheet xmlns:x="m"><x:sheetData>`+strings.NewReplacer("</", "</x:", "<", "<x:").Replace(header+
		`<row r="2"><c t="str"><f>A9&amp;"x"</f><v>by formula</v></c><c t="e"><v>#N/A</v></c></row>`+
		`<row r="3"><c t="e"><v>#REF!</v></c><c t="str"><v>a</v></c></row>`+
		`<row r="4"><c t="str"><f>B4</f><v></v></c><c t="str"><v>a</v></c></row>`+
		`<row r="5"><c t="str"><v>not run</v></c><c><f>VLOOKUP(A5,X:Y,2)</f></c></row>`+
		`<row r="6"><c t="str"><v>Total</v></c></row>`+
		`<row r="7"><c t="str"><v>total of what?</v></c><c t="str"><v>None</v></c></row>`+
		`<row r="9"><c t="str"><v>Total:</v></c><c><f>COUNTA(B2:B7)</f><v>6</v></c></row>`+
		`<row r="10"><c t="str"><v>Gesamt</v></c><c><v>6</v></c></row>`)+`</x:sheetData></x:worksheet>`), `
2 "by formula"
5 "not run"
6 "Total"
7 "total of what?"
noted: 1 column “label” is taken as empty: the cell shows the error #N/A
rejected: 1 the message can't be read: the cell shows the error #REF!
rejected: 1 it has no message
noted: 1 column “label” is taken as empty: the cell has a formula without a result; open the file in a spreadsheet program and save it again
noted: 1 the category NaN, NULL or None is taken for none
skipped: 2 is a row of totals
`)
}

func TestTotalsBelowTheTable(t *testing.T) {
	for _, last := range [][]any{
		{"Total", 2}, {"Total messages", 2}, {"TOTAL:", "2 messages"}, {"Total messages: 2"}, {"", "Summe", 2}, {"Итого", 2}, {"合計", 2, 0.9}, {"Grand total", "", 1.7},
	} {
		same(t, made(t, func(f *excelize.File) error {
			return fill(f, "Sheet1", []any{}, []any{"text", "intent", "score"}, []any{"total of my order", "order", 0.8}, []any{"bye", "bye", 0.9}, []any{}, last)
		}), `
3 "total of my order" category="order" confidence=0.8
4 "bye" category="bye" confidence=0.9
skipped: 1 is a row of totals
`)
	}
	for _, last := range [][]any{{"Total", "order"}, {"count on me", "thanks"}, {"total please"}, {"summe bitte", "order", 0.5}} {
		rows, _, _ := exchangetest.Rows(t, made(t, func(f *excelize.File) error {
			return fill(f, "Sheet1", []any{"text", "intent", "score"}, []any{"bye", "bye"}, last)
		}), exchange.Options{}, formats.Read)
		if len(rows) != 2 {
			t.Errorf("%v is taken for a total", last)
		}
	}
}

func TestTheTableMayStandAnywhere(t *testing.T) {
	same(t, made(t, func(f *excelize.File) error {
		return fill(f, "Sheet1", []any{"Exported by", "Ann"}, []any{"Date", "2024-05-01"}, []any{}, []any{nil, nil, "Utterance", "Intent"}, []any{nil, nil, "hi", "greet"}, []any{}, []any{nil, nil, "bye", "NULL"}, []any{nil, nil, nil, "alone"})
	}), `
5 "hi" category="greet"
7 "bye"
skipped: 2 stands above the table
noted: 1 the category NaN, NULL or None is taken for none
rejected: 1 it has no message
`)
}

func TestNumbersThatAreLabelsAreNoTotals(t *testing.T) {
	same(t, book(t, `<worksheet><sheetData>`+header+`<row><c t="str"><v>what is it</v></c><c><v>1</v></c></row><row><c t="str"><v>sum</v></c><c><v>2</v></c></row></sheetData></worksheet>`), `
2 "what is it" category="1"
3 "sum" category="2"
`)
}

func TestSharedTextsAndPhoneticRuns(t *testing.T) {
	same(t, book(t, `<worksheet><sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row><c t="s"><v>2</v></c><c t="s"><v>3</v></c></row><row><c t="s"><v>4</v></c><c t="s"><v>3</v></c></row></sheetData></worksheet>`,
		"xl/sharedStrings.xml", `<sst><si><t>text</t></si><si><t>label</t></si>
<si><r><t xml:space="preserve">荷物は</t></r><r><rPr><b/></rPr><t>どこ</t></r><rPh sb="0" eb="2"><t>ニモツ</t></rPh><phoneticPr fontId="1"/></si>
<si><t>delivery</t></si><si><t>two_x000D_
lines, _x005F_x0041_ and &lt;b&gt;</t></si></sst>`), `
2 "荷物はどこ" category="delivery"
3 "two\nlines, _x0041_ and <b>" category="delivery"
`)
}

func TestBrokenWorkbooksEndInASentence(t *testing.T) {
	row := `<row><c t="str"><v>hello there</v></c><c t="str"><v>a</v></c></row>`
	for name, c := range map[string]struct{ sheet, want string }{
		"cut off":             {`<worksheet><sheetData>` + header + strings.Repeat(row, 300) + `<row><c t="str"><v>hel`, "error: the file could be read no further; the 300 messages before were read"},
		"cut off at a row":    {`<worksheet><sheetData>` + header + row, "it is cut off"},
		"entities":            {`<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet><sheetData>` + header + `<row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>`, "invalid character entity"},
		"a text of nowhere":   {`<worksheet><sheetData>` + header + `<row><c t="s"><v>-1</v></c></row></sheetData></worksheet>`, "refers to shared text -1"},
		"deep nesting":        {`<worksheet><sheetData>` + header + strings.Repeat("<a>", 5000), "nested more than 1000 deep"},
		"a row beyond all":    {`<worksheet><sheetData>` + header + `<row r="99999999"><c t="str"><v>x</v></c></row></sheetData></worksheet>`, "larger than a spreadsheet can be"},
		"a column beyond all": {`<worksheet><sheetData>` + header + `<row><c r="ZZZZ2" t="str"><v>x</v></c></row></sheetData></worksheet>`, "cell ZZZZ2 is out of order"},
		"nothing":             {`<worksheet><dimension ref="A1:XFD1048576"/><sheetData/></worksheet>`, "the file is empty"},
	} {
		if got := exchangetest.Describe(book(t, c.sheet), formats.Read); !strings.Contains(got, c.want) {
			t.Errorf("%s: got\n%.500s", name, got)
		}
	}
}
