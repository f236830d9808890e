package spreadsheet

import (
	"strings"
	"testing"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/exchangetest"
)

func FuzzRead(f *testing.F) { exchangetest.Fuzz(f, Readers...) }

// drain reads a file that may be broken in any way.
func drain(t *testing.T, read func(*exchange.File, exchange.Options) (*exchange.Reading, error), file []byte) {
	reading, err := read(exchange.BytesFile("fuzz", file), exchange.Options{})
	if err != nil {
		return
	}
	for row, err := range reading.Rows() {
		if err == nil && (strings.TrimSpace(row.Message) == "" || row.Line < 1) {
			t.Fatalf("no message: %+v", row)
		}
	}
	if err := reading.Close(); err != nil {
		t.Fatal(err)
	}
}

func FuzzXLSX(f *testing.F) {
	f.Add(`<worksheet><cols><col min="2" max="2" hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row><row hidden="1"/><row><c s="1"><f>SUM(A1)</f><v>45000.5</v></c><c t="inlineStr"><is><r><t>x</t></r></is></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`,
		`<sst><si><t>text</t><rPh><t>x</t></rPh></si><si><r><t>a</t></r></si></sst>`,
		`<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="[$-F800]dddd, mmmm dd, yyyy;[Red]0.00E+00 ?/?;@"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>`)
	f.Add(`<worksheet><sheetData><row><c><v>1E0</v></c></row></sheetData></worksheet>`, `<sst/>`, `<styleSheet/>`)
	f.Fuzz(func(t *testing.T, sheet, texts, styles string) {
		drain(t, readXLSX, exchangetest.Zip(t,
			"xl/workbook.xml", `<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="S" r:id="1"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="1" Type="/worksheet" Target="s.xml"/><Relationship Id="2" Type="/sharedStrings" Target="t.xml"/><Relationship Id="3" Type="/styles" Target="y.xml"/></Relationships>`,
			"xl/s.xml", sheet, "xl/t.xml", texts, "xl/y.xml", styles))
	})
}

func FuzzODS(f *testing.F) {
	f.Add(`<document-content><body><spreadsheet><table name="S"><table-column number-columns-repeated="2" visibility="collapse"/><table-row number-rows-repeated="3"><table-cell value-type="string" number-rows-spanned="2"><p>a<s c="3"/><span>b</span></p></table-cell><covered-table-cell/></table-row><table-row-group display="false"><table-row visibility="filter"><table-cell formula="of:=SUM(1)" value-type="float" value="1"/></table-row></table-row-group></table></spreadsheet></body></document-content>`)
	f.Fuzz(func(t *testing.T, content string) {
		drain(t, readODS, exchangetest.Zip(t, "mimetype", odsType, "content.xml", content))
	})
}

func FuzzXML2003(f *testing.F) {
	f.Add(`<?xml version="1.0" encoding="windows-1252"?><Workbook><Worksheet Name="S"><Table><Column Index="2" Hidden="1" Span="1"/><Row Index="2"><Cell MergeDown="1" MergeAcross="1"><Data Type="String">a<B>b</B></Data></Cell></Row><Row Hidden="1"><Cell Index="4" Formula="=SUM(R1C1)"><Data Type="Number">1</Data></Cell></Row></Table><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>`)
	f.Fuzz(func(t *testing.T, content string) { drain(t, readXML2003, []byte(content)) })
}
