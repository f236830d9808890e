package document

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// isBlock are the elements that end a paragraph.
var isBlock = atoms(atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Header, atom.Aside, atom.Blockquote, atom.Br, atom.Hr,
	atom.Li, atom.Dt, atom.Dd, atom.Tr, atom.Td, atom.Th, atom.Caption, atom.Figure, atom.Figcaption, atom.Address, atom.Form, atom.Fieldset, atom.Body, atom.Summary)

// leftOut are the elements whose content isn't the text of a document.
var leftOut = atoms(atom.Script, atom.Style, atom.Head, atom.Nav, atom.Footer, atom.Noscript, atom.Template, atom.Pre, atom.Svg, atom.Math, atom.Button,
	atom.Select, atom.Textarea, atom.Input, atom.Iframe, atom.Object, atom.Canvas, atom.Audio, atom.Video, atom.Dialog, atom.Del, atom.S, atom.Strike, atom.Rp, atom.Rt)

func atoms(list ...atom.Atom) map[atom.Atom]bool {
	set := make(map[atom.Atom]bool, len(list))
	for _, a := range list {
		set[a] = true
	}
	return set
}

// isLeftOut reports whether an element is no part of a document's text.
func isLeftOut(node *html.Node) bool {
	switch {
	case leftOut[node.DataAtom]:
		return true
	case node.DataAtom == atom.Sup || node.DataAtom == atom.A:
		return isFootnoteMark(node)
	case node.DataAtom == atom.Form: // some pages are one form
		return find(node, isHeading) == nil
	}
	kind := attribute(node, "epub:type") + " " + attribute(node, "role") + " " + attribute(node, "class")
	return strings.Contains(kind, "footnote") || strings.Contains(kind, "endnote") || strings.Contains(kind, "pagebreak")
}

// isFootnoteMark reports whether an element is the number of a footnote, or the sign
// that links to a heading.
func isFootnoteMark(node *html.Node) bool {
	link := node
	if node.DataAtom == atom.Sup {
		link = find(node, func(n *html.Node) bool { return n.DataAtom == atom.A })
	}
	if link == nil || !strings.Contains(attribute(link, "href"), "#") {
		return false
	}
	text := strings.Trim(rawText(node), " []()*†‡¶#§↩︎⏎⤴\u200b\u00a0")
	raised := node.DataAtom == atom.Sup || find(node, func(n *html.Node) bool { return n.DataAtom == atom.Sup }) != nil
	return strings.Trim(text, "0123456789") == "" && (raised || text == "" || strings.HasSuffix(attribute(node, "epub:type"), "noteref") || attribute(node, "role") == "doc-noteref")
}

// isStructure reports whether an element is more than a line of text.
func isStructure(node *html.Node) bool {
	return isHeading(node) || node.DataAtom == atom.Table || node.DataAtom == atom.Dl || node.DataAtom == atom.Details
}

func isHeading(node *html.Node) bool {
	switch node.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

func isList(node *html.Node) bool {
	return node.DataAtom == atom.Ul || node.DataAtom == atom.Ol || node.DataAtom == atom.Menu
}

// find returns the first element inside a node that fits, or nil.
func find(node *html.Node, fits func(*html.Node) bool) *html.Node {
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		if child.Type == html.ElementNode && fits(child) {
			return child
		}
		if found := find(child, fits); found != nil {
			return found
		}
	}
	return nil
}

// findAll returns the elements inside a node that fit and are in no other that fits.
func findAll(node *html.Node, fits func(*html.Node) bool) (found []*html.Node) {
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		if child.Type == html.ElementNode && fits(child) {
			found = append(found, child)
		} else {
			found = append(found, findAll(child, fits)...)
		}
	}
	return found
}

func attribute(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// textOf is the text of an element in one line.
func textOf(node *html.Node) string {
	text := textWithout(node, func(*html.Node) bool { return false })
	if isHeading(node) {
		text = strings.TrimRight(text, "¶# ")
	}
	return text
}

// textWithout is the text of an element without that of some elements in it. Blocks in
// it are words of their own.
func textWithout(node *html.Node, skip func(*html.Node) bool) string {
	heading := isHeading(node)
	var text strings.Builder
	var walk func(*html.Node)
	walk = func(node *html.Node) {
		for child := node.FirstChild; child != nil; child = child.NextSibling {
			switch {
			case child.Type == html.TextNode:
				text.WriteString(child.Data)
			case child.Type == html.ElementNode && child.DataAtom == atom.Button && heading: // it folds out what is below
				walk(child)
			case child.Type != html.ElementNode || skip(child) || isLeftOut(child):
			case isBlock[child.DataAtom] || isList(child):
				text.WriteByte(' ')
				walk(child)
				text.WriteByte(' ')
			default:
				walk(child)
			}
		}
	}
	walk(node)
	return oneLine(text.String())
}

// rawText is all text of an element.
func rawText(node *html.Node) string {
	if node.Type == html.TextNode {
		return node.Data
	}
	var text strings.Builder
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		text.WriteString(rawText(child))
	}
	return text.String()
}

// onlyBold reports whether all text of a table's cell is bold.
func onlyBold(cell *html.Node) bool {
	bold := find(cell, func(n *html.Node) bool { return n.DataAtom == atom.B || n.DataAtom == atom.Strong })
	return bold != nil && oneLine(rawText(bold)) == oneLine(rawText(cell))
}

func isTopHeading(node *html.Node) bool { return node.DataAtom == atom.H1 }

// isQuestionButton reports whether an element folds out the answer to a question.
func isQuestionButton(node *html.Node) bool {
	return node.DataAtom == atom.Button && strings.HasSuffix(strings.TrimSpace(rawText(node)), "?")
}
