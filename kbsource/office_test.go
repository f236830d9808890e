//go:build unix

package kbsource

import (
	"archive/zip"
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"
)

// zipped is a zip file of some parts.
func zipped(t testing.TB, files map[string]string) string {
	t.Helper()
	var archive bytes.Buffer
	w := zip.NewWriter(&archive)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(files[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return archive.String()
}

func word(body string) map[string]string {
	return map[string]string{
		"word/document.xml": `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>` + body + `<w:sectPr/></w:body></w:document>`,
		"word/styles.xml": `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
			<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
			<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/><w:basedOn w:val="berschrift1"/></w:style>
			<w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="Kapitel"/><w:basedOn w:val="berschrift2"/></w:style>
			<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
			<w:style w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
			<w:style w:type="paragraph" w:styleId="Listenabsatz"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>`,
		"word/footnotes.xml": `<w:footnotes xmlns:w="x"><w:footnote><w:p><w:r><w:t>A footnote about nothing in particular.</w:t></w:r></w:p></w:footnote></w:footnotes>`,
	}
}

// para is a paragraph of a style.
func para(style, runs string) string {
	if !strings.HasPrefix(runs, "<") {
		runs = `<w:r><w:t xml:space="preserve">` + runs + `</w:t></w:r>`
	}
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` + runs + `</w:p>`
}

// row is a row of a Word table.
func row(properties string, cells ...string) string {
	return `<w:tr>` + properties + `<w:tc>` + strings.Join(cells, `</w:tc><w:tc>`) + `</w:tc></w:tr>`
}

const travelText = `
[Guide › Travel] Trips are booked by the travel desk at least ten days before departure.

[Guide › Travel › Reimbursement] The following costs are paid back:
- Train tickets
  - in second class
Grade: 5; Days: 30
Grade: 6; Days: 32

[Guide › Insurance] Every employee is insured against accidents on a trip.`

func TestWordDocuments(t *testing.T) {
	item := func(level, text string) string {
		return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
	}
	wants(t, "a.docx", zipped(t, word(
		para("Titel", "Guide")+
			`<w:sdt><w:sdtContent>`+para("Verzeichnis1", "Travel 1 and Reimbursement 2 and Insurance 3")+`</w:sdtContent></w:sdt>`+
			para("berschrift1", "1. Travel")+
			para("", `<w:r><w:t xml:space="preserve">Trips are booked by the </w:t></w:r><w:ins w:id="1"><w:r><w:t>travel desk</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>secretary</w:delText></w:r></w:del><w:r><w:t xml:space="preserve"> at least ten days before departure.</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden.</w:t></w:r>`)+
			para("berschrift2", "Reimbursement")+
			para("", "The following costs are paid back:")+
			para("Listenabsatz", "Train tickets")+item("1", "in second class")+
			`<w:tbl><w:tblPr/>`+row(`<w:trPr><w:tblHeader/></w:trPr>`, para("", "Grade"), para("", "Days"))+row("", para("", "5"), para("", "30"))+row("", para("", "6"), para("", "32"))+row(`<w:trPr><w:del w:id="3"/></w:trPr>`, para("", "7"), para("", "99"))+`</w:tbl>`+
			para("berschrift1", "Insurance")+
			`<w:p><w:moveFrom><w:r><w:t>Moved away.</w:t></w:r></w:moveFrom><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:txbxContent>`+para("", "Every employee is insured against accidents on a trip.")+`</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>`+para("", "Every employee is insured.")+`</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>`,
	)), travelText)
	wants(t, "merged cells.docx", zipped(t, word(
		para("Kapitel", "Leave")+`<w:tbl>`+
			row("", para("", "Grade"), para("", "Site"), para("", "Days"))+
			row("", `<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>`+para("", "five"), para("", "Berlin"), para("", "thirty"))+
			row("", `<w:tcPr><w:vMerge/></w:tcPr><w:p/>`, para("", "Rome"), para("", "twenty-eight"))+
			row("", para("", "six"), `<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>`+para("", "by agreement"))+`</w:tbl>`,
	)), "[Leave] Grade: five; Site: Berlin; Days: thirty\nGrade: five; Site: Rome; Days: twenty-eight\nGrade: six; Site: by agreement; Days: by agreement")
	wants(t, "no styles.docx", zipped(t, map[string]string{"word/document.xml": `<w:document xmlns:w="x"><w:body>` + para("Heading2", "Notice periods") + para("", prose) + `</w:body></w:document>`}), "[Notice periods] "+prose)
}

func TestOpenDocumentTexts(t *testing.T) {
	wants(t, "a.odt", zipped(t, map[string]string{"content.xml": `<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s"><office:automatic-styles><style:style style:name="P1" style:parent-style-name="Title"/></office:automatic-styles><office:body><office:text>
		<text:tracked-changes><text:changed-region><text:deletion><text:p>Trips are booked by the secretary.</text:p></text:deletion></text:changed-region></text:tracked-changes>
		<text:p text:style-name="P1">Guide</text:p><text:table-of-content><text:index-body><text:p>Travel 1, Reimbursement 2, Insurance 3</text:p></text:index-body></text:table-of-content>
		<text:h text:outline-level="1">Travel</text:h><text:p>Trips are booked by<text:s/>the <text:span>travel desk</text:span><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A footnote.</text:p></text:note-body></text:note> at least ten days before departure.</text:p>
		<text:h text:outline-level="2">Reimbursement</text:h><text:p>The following costs are paid back:</text:p>
		<text:list><text:list-item><text:p>Train tickets</text:p><text:list><text:list-item><text:p>in second class</text:p></text:list-item></text:list></text:list-item></text:list>
		<table:table><table:table-column table:number-columns-repeated="2"/><table:table-header-rows><table:table-row><table:table-cell><text:p>Grade</text:p></table:table-cell><table:table-cell><text:p>Days</text:p></table:table-cell></table:table-row></table:table-header-rows>
		<table:table-row><table:table-cell><text:p>5</text:p></table:table-cell><table:table-cell><text:p>30</text:p></table:table-cell></table:table-row>
		<table:table-row><table:table-cell><text:p>6</text:p></table:table-cell><table:table-cell><text:p>32</text:p></table:table-cell></table:table-row></table:table>
		<text:h text:outline-level="1">Insurance</text:h><text:p>Every employee is insured against accidents on a trip.</text:p>
		</office:text></office:body></office:document-content>`}), travelText)
}

func TestPresentations(t *testing.T) {
	slide := func(shapes string) string {
		return `<p:sld xmlns:p="p" xmlns:a="a"><p:cSld><p:spTree>` + shapes + `</p:spTree></p:cSld></p:sld>`
	}
	shape := func(kind, paragraphs string) string {
		return `<p:sp><p:nvSpPr><p:nvPr><p:ph type="` + kind + `"/></p:nvPr></p:nvSpPr><p:txBody>` + paragraphs + `</p:txBody></p:sp>`
	}
	line := func(level, text string) string {
		return `<a:p><a:pPr lvl="` + level + `"/><a:r><a:t>` + text + `</a:t></a:r></a:p>`
	}
	cell := func(text string) string { return `<a:tc><a:txBody>` + line("0", text) + `</a:txBody></a:tc>` }
	wants(t, "a.pptx", zipped(t, map[string]string{
		"ppt/presentation.xml":            `<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst><p:sldId id="256" r:id="rId9"/><p:sldId id="257" r:id="rId2"/></p:sldIdLst></p:presentation>`,
		"ppt/_rels/presentation.xml.rels": `<Relationships><Relationship Id="rId2" Target="slides/slide1.xml"/><Relationship Id="rId9" Target="slides/slide2.xml"/></Relationships>`,
		"ppt/slides/slide1.xml":           slide(shape("body", line("0", "The following costs are paid back:")+line("0", "Train tickets")+line("1", "in second class")) + shape("title", line("0", "Reimbursement")) + `<p:graphicFrame><a:tbl><a:tblPr firstRow="1"/><a:tr>` + cell("Grade") + cell("Days") + `</a:tr><a:tr>` + cell("5") + cell("30") + `</a:tr></a:tbl></p:graphicFrame>` + shape("sldNum", line("0", "2"))),
		"ppt/slides/slide2.xml":           slide(shape("ctrTitle", line("0", "Travel")) + shape("subTitle", line("0", "Trips are booked by the travel desk at least ten days before departure."))),
	}), "[Travel] Trips are booked by the travel desk at least ten days before departure.\n\n[Reimbursement] The following costs are paid back:\n- Train tickets\n  - in second class\nGrade: 5; Days: 30")
}

func TestBooks(t *testing.T) {
	book := map[string]string{
		"META-INF/container.xml": `<container><rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`,
		"OEBPS/book.opf": `<package><manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="c2" href="two%20b.xhtml" media-type="application/xhtml+xml"/><item id="c1" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>
			<spine><itemref idref="nav"/><itemref idref="c1"/><itemref idref="c2"/></spine></package>`,
		"OEBPS/nav.xhtml":     `<html><body><p>Travel, Reimbursement, Insurance, and many other things</p></body></html>`,
		"OEBPS/one.xhtml":     `<?xml version="1.0"?><html xmlns:epub="e"><body><h1>Travel</h1><p>Trips are booked by the travel desk at least ten days before departure.<a epub:type="noteref" href="#n1"><sup>1</sup></a></p><aside epub:type="footnote" id="n1">A footnote.</aside><h2>Reimbursement</h2><p>The following costs are paid back:</p><ul><li>Train tickets in second class</li></ul></body></html>`,
		"OEBPS/two b.xhtml":   `<html><body><h1>Insurance</h1><p>Every employee is insured against accidents on a trip.</p></body></html>`,
		"OEBPS/unlisted.html": `<p>This is no part of the book, whatever it says.</p>`,
	}
	wants(t, "a.epub", zipped(t, book), "[Travel] Trips are booked by the travel desk at least ten days before departure.\n\n[Travel › Reimbursement] The following costs are paid back:\n- Train tickets in second class\n\n[Insurance] Every employee is insured against accidents on a trip.")
}
