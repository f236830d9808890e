package document

import (
	"bytes"
	"context"
	"encoding/xml"
	"strings"
)

// readODT reads an OpenDocument text, as LibreOffice writes it, without its deleted
// text, footnotes, comments and table of contents.
func readODT(_ context.Context, data []byte) ([]section, error) {
	p, err := openParts(data)
	if err != nil {
		return nil, err
	}
	if manifest, err := p.read("META-INF/manifest.xml"); err == nil && bytes.Contains(manifest, []byte("encryption-data")) {
		return nil, errEncrypted
	}
	content, err := p.read("content.xml")
	if err != nil {
		return nil, err
	}
	o := odtReader{xml: newXMLReader(content), titles: map[string]bool{"Title": true}}
	if err := o.xml.root(func(xml.StartElement) error { return o.content(-1) }); err != nil {
		return nil, err
	}
	return o.outline.done()
}

type odtReader struct {
	xml     *xmlReader
	outline outline
	titles  map[string]bool    // the styles of a document's title
	cells   []*strings.Builder // the cells of tables that are open, the innermost last
}

// content reads elements that hold headings, paragraphs, lists and tables. depth is that
// of the list around them, or -1.
func (o *odtReader) content(depth int) error {
	return o.xml.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "h":
			text, err := o.text()
			o.heading(intValue(e, "outline-level", 1), text)
			return err
		case "p":
			text, err := o.text()
			o.paragraph(e, depth, text)
			return err
		case "list":
			return o.content(depth + 1)
		case "table":
			return o.table()
		case "style":
			if value(e, "parent-style-name") == "Title" {
				o.titles[value(e, "name")] = true
			}
			return o.xml.skip()
		case "tracked-changes", "table-of-content", "alphabetical-index", "annotation", "note", "scripts", "font-face-decls", "forms", "desc", "title":
			return o.xml.skip()
		}
		return o.content(depth)
	}, nil)
}

func (o *odtReader) heading(level int, text string) {
	if len(o.cells) > 0 {
		o.paragraph(xml.StartElement{}, -1, text)
		return
	}
	o.outline.heading(level, text)
}

func (o *odtReader) paragraph(e xml.StartElement, depth int, text string) {
	switch text = oneLine(text); {
	case text == "":
	case len(o.cells) > 0:
		cell := o.cells[len(o.cells)-1]
		cell.WriteByte(' ')
		cell.WriteString(text)
	case depth >= 0:
		o.outline.item(depth, text)
	case o.titles[value(e, "style-name")]:
		o.outline.heading(0, text)
	default:
		o.outline.paragraph(text)
	}
}

// text reads the text of a heading or paragraph.
func (o *odtReader) text() (string, error) {
	var text strings.Builder
	write := func(s string) { text.WriteString(s) }
	var read func(e xml.StartElement) error
	read = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "s", "tab", "line-break":
			text.WriteByte(' ')
		case "note", "annotation", "ruby-text", "desc", "title", "image":
			return o.xml.skip()
		case "text-box":
			return o.content(-1)
		}
		return o.xml.children(read, write)
	}
	err := o.xml.children(read, write)
	return text.String(), err
}

// table reads a table. One inside a cell is part of that cell's text.
func (o *odtReader) table() error {
	var g grid
	var places spans
	var rows func(marked bool) error
	rows = func(marked bool) error {
		return o.xml.children(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "table-header-rows":
				return rows(true)
			case "table-rows", "table-row-group":
				return rows(marked)
			case "table-row":
				if err := o.row(&places); err != nil {
					return err
				}
				if marked && g.marked == len(g.rows) {
					g.marked++
				}
				g.rows = append(g.rows, places.endRow())
				return nil
			}
			return o.xml.skip()
		}, nil)
	}
	if err := rows(false); err != nil {
		return err
	}
	switch {
	case len(o.cells) > 0:
		for _, row := range g.rows {
			o.paragraph(xml.StartElement{}, -1, strings.Join(row, " "))
		}
	case isLayout(g):
		for _, row := range g.rows {
			o.outline.paragraph(strings.Join(row, " "))
		}
	default:
		o.outline.table(g)
	}
	return nil
}

func (o *odtReader) row(places *spans) error {
	return o.xml.children(func(e xml.StartElement) error {
		if e.Name.Local != "table-cell" { // covered cells are part of others
			return o.xml.skip()
		}
		o.cells = append(o.cells, &strings.Builder{})
		err := o.content(-1)
		text := oneLine(o.cells[len(o.cells)-1].String())
		o.cells = o.cells[:len(o.cells)-1]
		if text != "" || intValue(e, "number-columns-repeated", 1) == 1 {
			places.cell(text, intValue(e, "number-columns-spanned", 1), intValue(e, "number-rows-spanned", 1))
		} else {
			for range min(intValue(e, "number-columns-repeated", 1), maxSpan) {
				places.cell("", 1, 1)
			}
		}
		return err
	}, nil)
}
