package spreadsheet_test

import (
	"strings"
	"testing"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/exchangetest"
	"seedbed/localdb/exchange/formats"
)

const odsMimetype = "application/vnd.oasis.opendocument.spreadsheet"

// document is the content of a file of LibreOffice with tables in it.
func document(tables string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"><office:scripts/><office:font-face-decls/>
<office:automatic-styles><style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet><table:calculation-settings/>` + tables + `<table:named-expressions/></office:spreadsheet></office:body></office:document-content>`
}

func ods(t testing.TB, tables string) *exchange.File {
	return exchange.BytesFile("book.ods", exchangetest.Zip(t, "mimetype", odsMimetype, "content.xml", document(tables)))
}

// cells makes a row of cells of text.
func cells(texts ...string) string {
	row := "<table:table-row>"
	for _, text := range texts {
		row += `<table:table-cell office:value-type="string"><text:p>` + text + `</text:p></table:table-cell>`
	}
	return row + "</table:table-row>"
}

func TestODSIsReadAsItIsShown(t *testing.T) {
	same(t, ods(t, `<table:table table:name="Lists" table:style-name="ta2">`+cells("text", "intent")+cells("helper", "x")+`</table:table>
<table:table table:name="Notes" table:style-name="ta1">`+cells("Read me")+`</table:table>
<table:table table:name="Data" table:style-name="ta1"><office:forms/><table:table-column/><table:table-column table:visibility="collapse"/><table:table-column table:number-columns-repeated="16382"/>
<table:table-row><table:table-cell table:number-columns-spanned="4" table:number-rows-spanned="1" office:value-type="string"><text:p>Support, May 2024</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated="3"/></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
<table:table-header-rows>`+cells("text", "secret", "label", "sent at", "score")+`</table:table-header-rows>
<table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>a note</text:p></office:annotation><text:p>two <text:span>spans</text:span>,<text:s text:c="2"/>and
  <text:a xlink:href="x">a link</text:a></text:p><text:p>and a line</text:p></table:table-cell><table:table-cell/><table:table-cell table:number-rows-spanned="2" office:value-type="float" office:value="7" calcext:value-type="float"><text:p>007</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2024-05-01T10:30:00"><text:p>01.05.24</text:p></table:table-cell><table:table-cell office:value-type="percentage" office:value="0.856"><text:p>86 %</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>in the merged cell</text:p></table:table-cell><table:table-cell/><table:covered-table-cell/></table:table-row>
<table:table-row table:visibility="filter"><table:table-cell office:value-type="string"><text:p>filtered out</text:p></table:table-cell></table:table-row>
<table:table-row-group table:display="false"><table:table-row table:visibility="collapse"><table:table-cell office:value-type="string"><text:p>folded</text:p></table:table-cell></table:table-row></table:table-row-group>
<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><text:p>again</text:p></table:table-cell><table:table-cell/><table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>no label</text:p></table:table-cell><table:table-cell/><table:table-cell table:formula="of:=VLOOKUP(1;2;3)" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>Summe</text:p></table:table-cell><table:table-cell/><table:table-cell table:formula="of:=COUNTA([.C5:.C9])" office:value-type="float" office:value="5"><text:p>5</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048564"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>`), `
5 "two spans,  and a link\nand a line" category="007" confidence=0.856 time=2024-05-01T10:30:00Z
6 "in the merged cell" category="007"
9 "again" category="TRUE"
10 "again" category="TRUE"
11 "no label"
skipped: 1 sheet “Notes” was not read
skipped: 1 sheet “Lists” is hidden and was not read
skipped: 1 stands above the table
skipped: 1 column B (secret) is hidden and was not read
skipped: 2 is in a row that is hidden or filtered out
noted: 1 column “label” is taken as empty: the cell shows the error #N/A
skipped: 1 is a row of totals
`)
}

func TestFlatODSIsRead(t *testing.T) {
	flat := strings.NewReplacer("document-content", "document").Replace(document(`<table:table table:name="S">` + cells("text", "intent") + cells("hi", "greet") + `</table:table>`))
	flat = strings.Replace(flat, `office:version="1.3"`, `office:version="1.3" office:mimetype="`+odsMimetype+`"`, 1)
	same(t, exchange.BytesFile("book.fods", []byte(flat)), "2 \"hi\" category=\"greet\"\n")
}

func TestBombsInODSEndInASentence(t *testing.T) {
	begin := `<table:table table:name="S">` + cells("text", "intent")
	for name, c := range map[string]struct{ tables, want string }{
		"rows":          {begin + `<table:table-row table:number-rows-repeated="2000000000"><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table>`, "larger than a spreadsheet can be"},
		"columns":       {begin + `<table:table-row><table:table-cell table:number-columns-repeated="2000000000" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table>`, "larger than a spreadsheet can be"},
		"both":          {begin + `<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table>`, "larger than a spreadsheet can be"},
		"cut off":       {begin + cells("hello", "greet") + `<table:table-row>`, "cut off"},
		"deep nesting":  {begin + strings.Repeat("<table:table-row-group>", 2000), "nested more than 1000 deep"},
		"no table":      {``, "the file is empty"},
		"hidden sheets": {`<table:table table:name="S" table:style-name="ta2">` + cells("hello") + `</table:table>`, `all sheets of the file are hidden`},
	} {
		content := document(c.tables)
		if strings.Contains(name, "cut") || strings.Contains(name, "deep") {
			content, _, _ = strings.Cut(content, "<table:named-expressions/>")
		}
		f := exchange.BytesFile("book.ods", exchangetest.Zip(t, "mimetype", odsMimetype, "content.xml", content))
		if got := exchangetest.Describe(f, formats.Read); !strings.Contains(got, c.want) {
			t.Errorf("%s: got\n%.500s", name, got)
		}
	}
}
