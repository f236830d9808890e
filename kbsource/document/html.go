package document

import (
	"bytes"
	"context"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readHTML reads a page without what surrounds its text.
func readHTML(_ context.Context, data []byte) ([]section, error) {
	document, err := html.Parse(strings.NewReader(decodePage(data)))
	if err != nil {
		return nil, ErrBroken
	}
	return sectionsOf(mainContent(document))
}

// sectionsOf reads all text of a page under its headings.
func sectionsOf(page *html.Node) ([]section, error) {
	r := pageReader{}
	r.walk(page)
	r.endParagraph()
	return r.outline.done()
}

// parsePage parses a page that a program wrote, such as that of an EPUB.
func parsePage(data []byte) (*html.Node, error) {
	document, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		return nil, ErrBroken
	}
	return document, nil
}

type pageReader struct {
	outline outline
	text    strings.Builder
	base    int // added to the level of headings
}

func (r *pageReader) endParagraph() {
	text := oneLine(r.text.String())
	r.text.Reset()
	if text != "" {
		r.outline.paragraph(text)
	}
}

func (r *pageReader) children(node *html.Node) {
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		r.walk(child)
	}
}

func (r *pageReader) walk(node *html.Node) {
	switch {
	case node.Type == html.TextNode:
		r.text.WriteString(node.Data)
		return
	case isQuestionButton(node):
		r.endParagraph()
		r.outline.heading(foldedLevel, rawText(node))
		return
	case node.Type == html.ElementNode && isLeftOut(node):
		return
	case node.Type != html.ElementNode:
		r.children(node)
		return
	}
	switch node.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		r.endParagraph()
		r.outline.heading(r.base+int(node.Data[1]-'0'), textOf(node))
	case atom.Details:
		r.details(node)
	case atom.Table:
		r.endParagraph()
		r.table(node)
	case atom.Ul, atom.Ol, atom.Menu:
		r.endParagraph()
		r.list(node, 0)
		r.outline.endList()
	case atom.Dl:
		r.endParagraph()
		r.definitions(node)
	default:
		block := isBlock[node.DataAtom]
		if block {
			r.endParagraph()
		}
		r.children(node)
		if block {
			r.endParagraph()
		}
	}
}

// foldedLevel is that of the headings of parts that fold out, below all others.
const foldedLevel = 7

// details reads a part that folds out: its summary is a heading.
func (r *pageReader) details(node *html.Node) {
	r.endParagraph()
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		if child.DataAtom == atom.Summary {
			r.outline.heading(foldedLevel, textOf(child))
			continue
		}
		r.walk(child)
	}
	r.endParagraph()
	r.outline.leave(foldedLevel)
}

// list reads the items of a list and of the lists inside it.
func (r *pageReader) list(node *html.Node, depth int) {
	for item := node.FirstChild; item != nil; item = item.NextSibling {
		switch {
		case item.Type != html.ElementNode || isLeftOut(item):
		case item.DataAtom == atom.Ul || item.DataAtom == atom.Ol:
			r.list(item, depth+1)
		case find(item, isStructure) != nil: // such as a card with a heading
			r.outline.endList()
			r.walk(item)
			r.endParagraph()
		default:
			r.outline.item(depth, textWithout(item, isList))
			for _, inner := range findAll(item, isList) {
				r.list(inner, depth+1)
			}
		}
	}
}

// definitions reads a list of terms: each leads what is said about it.
func (r *pageReader) definitions(node *html.Node) {
	term, ended := "", false
	var walk func(*html.Node)
	walk = func(node *html.Node) {
		for child := node.FirstChild; child != nil; child = child.NextSibling {
			switch child.DataAtom {
			case atom.Dt:
				if text := shortened(oneLine(textOf(child))); term == "" || ended {
					term, ended = text, false
				} else {
					term += ", " + text
				}
			case atom.Dd:
				if text := oneLine(textOf(child)); text != "" {
					r.outline.add(block{lead: term, lines: []string{text}})
				}
				ended = true
			default:
				walk(child)
			}
		}
	}
	walk(node)
}

// table reads a table row by row. One that only lays out a page is read as its text.
func (r *pageReader) table(node *html.Node) {
	rows := findAll(node, func(n *html.Node) bool { return n.DataAtom == atom.Tr })
	g := grid{keyed: true}
	var places spans
	width := 0
	for _, row := range rows {
		cells, headings, keyed := 0, 0, false
		for cell := row.FirstChild; cell != nil; cell = cell.NextSibling {
			if cell.DataAtom != atom.Td && cell.DataAtom != atom.Th || cell.Type != html.ElementNode {
				continue
			}
			if find(cell, isStructure) != nil {
				r.children(node)
				r.endParagraph()
				return
			}
			if cell.DataAtom == atom.Th || onlyBold(cell) {
				headings++
				keyed = keyed || cells == 0
			}
			cells++
			places.cell(textOf(cell), number(cell, "colspan"), number(cell, "rowspan"))
		}
		if cells == 0 {
			continue
		}
		if (headings == cells || row.Parent.DataAtom == atom.Thead) && g.marked == len(g.rows) {
			g.marked++
		} else {
			g.keyed = g.keyed && keyed
		}
		g.rows = append(g.rows, places.endRow())
		width = max(width, cells)
	}
	if width < 2 {
		r.children(node)
		r.endParagraph()
		return
	}
	if caption := find(node, func(n *html.Node) bool { return n.DataAtom == atom.Caption }); caption != nil {
		g.caption = textOf(caption)
	}
	r.outline.table(g)
}

func number(node *html.Node, name string) int {
	n, err := strconv.Atoi(attribute(node, name))
	if err != nil {
		return 1
	}
	return n
}
