package markup

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/sheet"
)

// underHeader is the line below the header of a table.
var underHeader = regexp.MustCompile(`^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$`)

// recogniseMarkdown accepts a document with a table whose header names a message, and one
// that is mostly tables.
func recogniseMarkdown(f *exchange.File) exchange.Evidence {
	sample := string(fromOrg([]byte(f.Sample())))
	lines := strings.Split(sample, "\n")
	found := false
	for i, line := range lines {
		line = strings.TrimRight(line, "\r")
		found = found || i > 0 && strings.Contains(line, "|") && underHeader.MatchString(line) && strings.Contains(lines[i-1], "|")
	}
	if !found {
		return exchange.Evidence{}
	}
	return evidenceOf(markdownTables([]byte(sample)), sample, i18n.T("the Markdown document is little more than tables"))
}

var extraColumns = i18n.T("the row has more columns than the header; a | inside a text needs a backslash before it")

// markdownTables finds the tables of a document. They are called as the headings above them.
func markdownTables(source []byte) (tables []textTable) {
	source = fromOrg(source)
	document := goldmark.New(goldmark.WithExtensions(extension.Table)).Parser().Parse(text.NewReader(source))
	used := map[string]bool{}
	heading := ""
	line, at := 1, 0 // the line of the byte at
	_ = ast.Walk(document, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		if node.Kind() == ast.KindHeading {
			heading = exchange.Beginning(strings.TrimSpace(inline(node, source)), 60)
			return ast.WalkSkipChildren, nil
		}
		if node.Kind() != extast.KindTable {
			return ast.WalkContinue, nil
		}
		t := textTable{name: heading}
		if heading == "" || used[heading] {
			t.name = tableName(len(tables) + 1)
		}
		used[heading] = true
		for row := node.FirstChild(); row != nil; row = row.NextSibling() {
			made := sheet.Row{}
			for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
				made.Cells = append(made.Cells, sheet.Cell{Text: strings.TrimSpace(inline(cell, source))})
			}
			if first := row.FirstChild(); first != nil && first.Lines().Len() > 0 {
				start := first.Lines().At(0).Start
				line += bytes.Count(source[at:max(at, start)], []byte("\n"))
				at = max(at, start)
				if columnsAt(source, at) > len(made.Cells) {
					for i := range made.Cells {
						made.Cells[i].Lost = extraColumns
					}
				}
			}
			made.Line = line
			t.rows = append(t.rows, made)
		}
		tables = append(tables, t)
		return ast.WalkSkipChildren, nil
	})
	return tables
}

var (
	orgRule    = regexp.MustCompile(`(?m)^[ \t]*\|-+(?:\+-+)+\|[ \t]*\r?$`)
	orgHeading = regexp.MustCompile(`(?m)^\*{1,6} `)
)

// fromOrg writes the tables and headings of Org as those of Markdown, in the same places.
func fromOrg(source []byte) []byte {
	if !orgRule.Match(source) {
		return source
	}
	source = orgRule.ReplaceAllFunc(source, func(rule []byte) []byte { return bytes.ReplaceAll(rule, []byte("+"), []byte("|")) })
	return orgHeading.ReplaceAllFunc(source, func(stars []byte) []byte { return bytes.ReplaceAll(stars, []byte("*"), []byte("#")) })
}

// columnsAt counts the columns in the line of source that has its first cell at a place.
func columnsAt(source []byte, at int) int {
	rest, _, _ := bytes.Cut(source[at:], []byte("\n"))
	rest = bytes.TrimSpace(rest)
	if bytes.HasSuffix(rest, []byte("|")) && !bytes.HasSuffix(rest, []byte(`\|`)) {
		rest = rest[:len(rest)-1]
	}
	return 1 + bytes.Count(rest, []byte("|")) - bytes.Count(rest, []byte(`\|`))
}

var lineBreak = regexp.MustCompile(`(?i)^<br\s*/?>$`)

// inline gives what a person sees of the inside of a node. Tags other than for a line break
// are texts of people, such as <name>.
func inline(node ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(node, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			segment := n.Segment.Value(source)
			if n.Parent().Kind() != ast.KindCodeSpan {
				segment = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(segment)))
			}
			b.Write(segment)
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(source))
		case *ast.RawHTML:
			raw := string(n.Segments.Value(source))
			if lineBreak.MatchString(raw) {
				raw = "\n"
			}
			b.WriteString(raw)
		}
		return ast.WalkContinue, nil
	})
	return strings.ReplaceAll(b.String(), "\u00A0", " ")
}
