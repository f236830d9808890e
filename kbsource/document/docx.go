package document

import (
	"context"
	"encoding/xml"
	"strconv"
	"strings"
)

// readDocx reads a Word document without its deleted text, footnotes, headers and table
// of contents.
func readDocx(_ context.Context, data []byte) ([]section, error) {
	p, err := openParts(data)
	if err != nil {
		return nil, err
	}
	d := docxReader{}
	if styles, err := p.read("word/styles.xml"); err == nil {
		d.styles = readStyles(styles)
	}
	body, err := p.read("word/document.xml")
	if err != nil {
		return nil, err
	}
	d.xml = newXMLReader(body)
	if err := d.xml.root(func(xml.StartElement) error { return d.content() }); err != nil {
		return nil, err
	}
	return d.outline.done()
}

type docxReader struct {
	xml     *xmlReader
	styles  map[string]docxStyle
	outline outline
	cells   []*strings.Builder // the cells of tables that are open, the innermost last
	// merged are the texts of cells that go on in the next row, by column.
	merged map[int]string
}

// docxStyle is what a paragraph's style says of it.
type docxStyle struct {
	name, base string
	level      int  // of a heading, from 1 on; 0 if it isn't set
	list       bool // its paragraphs are items of a list
}

func readStyles(data []byte) map[string]docxStyle {
	styles := map[string]docxStyle{}
	x := newXMLReader(data)
	_ = x.root(func(xml.StartElement) error { // headings are recognised by other means, too
		return x.children(func(style xml.StartElement) error {
			var s docxStyle
			var read func(e xml.StartElement) error
			read = func(e xml.StartElement) error {
				switch e.Name.Local {
				case "name":
					s.name = strings.ToLower(value(e, "val"))
				case "basedOn":
					s.base = value(e, "val")
				case "outlineLvl":
					s.level = intValue(e, "val", 8) + 1
				case "numPr":
					s.list = true
				}
				return x.children(read, nil)
			}
			err := x.children(read, nil)
			styles[value(style, "styleId")] = s
			return err
		}, nil)
	})
	return styles
}

// paragraphKind is what a paragraph is.
type paragraphKind struct {
	level int // of a heading; -1 if it is none
	item  bool
	depth int // of the item
	skip  bool
}

// kindOf looks at a style and those that it is based on.
func (d *docxReader) kindOf(id string) paragraphKind {
	kind := paragraphKind{level: -1}
	for range 10 { // styles may be based on each other in a circle
		s, ok := d.styles[id]
		if !ok {
			s.name = strings.ToLower(id)
		}
		name := strings.ReplaceAll(s.name, " ", "")
		for _, word := range []string{"heading", "überschrift", "berschrift", "titre", "ttulo", "título", "titolo", "kop"} {
			if number, ok := strings.CutPrefix(name, word); ok {
				if n, err := strconv.Atoi(number); err == nil {
					kind.level = min(max(n, 1), 9)
					return kind
				}
			}
		}
		switch {
		case s.level >= 1 && s.level <= 9:
			kind.level = s.level
			return kind
		case name == "title" || name == "titel":
			kind.level = 0
			return kind
		case strings.HasPrefix(name, "toc") || strings.HasPrefix(name, "footnote") || strings.HasPrefix(name, "endnote"):
			kind.skip = true
			return kind
		case s.list || strings.HasPrefix(name, "listbullet") || strings.HasPrefix(name, "listnumber") || strings.HasPrefix(name, "aufzhlung"):
			kind.item = true
		}
		if s.base == "" {
			break
		}
		id = s.base
	}
	return kind
}

// content reads the elements that hold paragraphs and tables.
func (d *docxReader) content() error {
	return d.xml.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "p":
			return d.paragraph()
		case "tbl":
			return d.table()
		case "del", "moveFrom", "Fallback", "sectPr", "sdtPr":
			return d.xml.skip()
		}
		return d.content()
	}, nil)
}

func (d *docxReader) paragraph() error {
	kind := paragraphKind{level: -1}
	var text strings.Builder
	var read func(e xml.StartElement) error
	read = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "pPr":
			return d.properties(&kind)
		case "t":
			return d.xml.children(func(xml.StartElement) error { return d.xml.skip() }, func(s string) { text.WriteString(s) })
		case "tab", "br", "cr", "ptab":
			text.WriteByte(' ')
		case "noBreakHyphen":
			text.WriteByte('-')
		case "vanish":
			if isOn(e) {
				text.WriteString(hiddenMark)
			}
		case "r":
			return d.run(&text, read)
		case "txbxContent": // a text box: a paragraph of its own
			return d.content()
		case "del", "moveFrom", "Fallback", "instrText", "footnoteReference", "endnoteReference", "rt":
			return d.xml.skip()
		}
		return d.xml.children(read, nil)
	}
	if err := d.xml.children(read, nil); err != nil {
		return err
	}
	d.add(kind, text.String())
	return nil
}

// hiddenMark is written into a run's text where its properties say that it is hidden.
const hiddenMark = "\x00"

// run reads a stretch of text of the same format.
func (d *docxReader) run(text *strings.Builder, read func(e xml.StartElement) error) error {
	before := text.Len()
	if err := d.xml.children(read, nil); err != nil {
		return err
	}
	if all := text.String(); strings.Contains(all[before:], hiddenMark) {
		text.Reset()
		text.WriteString(all[:before])
	}
	return nil
}

func (d *docxReader) properties(kind *paragraphKind) error {
	var read func(e xml.StartElement) error
	read = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "pStyle":
			*kind = d.kindOf(value(e, "val"))
		case "outlineLvl":
			if n := intValue(e, "val", 9); n < 9 {
				kind.level = n + 1
			}
		case "numId":
			kind.item = value(e, "val") != "0"
		case "ilvl":
			kind.depth = intValue(e, "val", 0)
		case "rPr": // the format of the paragraph's mark
			return d.xml.skip()
		}
		return d.xml.children(read, nil)
	}
	return d.xml.children(read, nil)
}

func (d *docxReader) add(kind paragraphKind, text string) {
	switch text = oneLine(text); {
	case text == "" || kind.skip:
	case len(d.cells) > 0:
		cell := d.cells[len(d.cells)-1]
		cell.WriteByte(' ')
		cell.WriteString(text)
	case kind.level >= 0:
		d.outline.heading(kind.level, text)
	case kind.item:
		d.outline.item(kind.depth, text)
	default:
		d.outline.paragraph(text)
	}
}

// table reads a table. One inside a cell is part of that cell's text.
func (d *docxReader) table() error {
	var g grid
	above := d.merged
	d.merged = map[int]string{}
	err := d.xml.children(func(e xml.StartElement) error {
		if e.Name.Local != "tr" {
			return d.xml.skip()
		}
		row, marked, deleted, err := d.row()
		if len(row) > 0 && !deleted {
			if marked && g.marked == len(g.rows) {
				g.marked++
			}
			g.rows = append(g.rows, row)
		}
		return err
	}, nil)
	d.merged = above
	switch {
	case err != nil:
		return err
	case len(d.cells) > 0:
		cell := d.cells[len(d.cells)-1]
		for _, row := range g.rows {
			cell.WriteByte(' ')
			cell.WriteString(strings.Join(row, " "))
		}
	case isLayout(g):
		for _, row := range g.rows {
			d.outline.paragraph(strings.Join(row, " "))
		}
	default:
		d.outline.table(g)
	}
	return nil
}

// isLayout reports whether a table has but one column, such as a frame around a text.
func isLayout(g grid) bool {
	for _, row := range g.rows {
		if len(row) > 1 {
			return false
		}
	}
	return true
}

func (d *docxReader) row() (row []string, marked, deleted bool, err error) {
	var read func(e xml.StartElement) error
	read = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "trPr":
			return d.xml.children(func(e xml.StartElement) error {
				marked = marked || e.Name.Local == "tblHeader" && isOn(e)
				deleted = deleted || e.Name.Local == "del"
				return d.xml.skip()
			}, nil)
		case "tc":
			text, columns, err := d.cell(len(row))
			for i := range min(columns, maxSpan) {
				if len(row) < maxColumns {
					row = append(row, text)
				}
				if i == 0 {
					text = shortened(text)
				}
			}
			return err
		case "tblPrEx":
			return d.xml.skip()
		}
		return d.xml.children(read, nil) // content controls around cells
	}
	err = d.xml.children(read, nil)
	return row, marked, deleted, err
}

// cell reads a cell, which may continue that above it.
func (d *docxReader) cell(column int) (text string, columns int, err error) {
	columns = 1
	merge := ""
	d.cells = append(d.cells, &strings.Builder{})
	err = d.xml.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "tcPr":
			return d.xml.children(func(e xml.StartElement) error {
				switch e.Name.Local {
				case "gridSpan":
					columns = intValue(e, "val", 1)
				case "vMerge":
					if merge = value(e, "val"); merge == "" {
						merge = "continue"
					}
				}
				return d.xml.skip()
			}, nil)
		case "p":
			return d.paragraph()
		case "tbl":
			return d.table()
		}
		return d.content()
	}, nil)
	text = oneLine(d.cells[len(d.cells)-1].String())
	d.cells = d.cells[:len(d.cells)-1]
	switch merge {
	case "continue":
		text = d.merged[column]
	case "":
		delete(d.merged, column)
	default:
		d.merged[column] = shortened(text)
	}
	return text, columns, err
}
