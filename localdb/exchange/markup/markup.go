// Package markup reads the tables of documents: HTML, as programs export it and Excel saves
// it as a web page, Markdown, Textile and reStructuredText.
package markup

import (
	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// The formats of this package.
var (
	HTML     = &exchange.Format{ID: "html", Name: i18n.T("HTML table"), Extension: ".html"}
	Markdown = &exchange.Format{ID: "markdown", Name: i18n.T("Markdown table"), Extension: ".md"}
	Textile  = &exchange.Format{ID: "textile", Name: i18n.T("Textile table"), Extension: ".textile"}
	Grid     = &exchange.Format{ID: "grid-table", Name: i18n.T("grid table"), Extension: ".rst"}
)

const meaning = "One table: the one that is asked for, or the one that looks most like a table of messages; the others are counted. Titles above it and totals below it are left out, and a cell over several rows counts for each."

// Readers lists the formats of this family.
var Readers = []exchange.Reader{
	{Format: HTML, Recognise: recogniseHTML, Read: readHTML, About: meaning + " Reports that are HTML but named .xls are read, too. Pages without a table of messages are refused."},
	{Format: Markdown, Recognise: recogniseMarkdown, Read: readTables(Markdown, markdownTables), About: meaning + " Text around the tables is not read, and markup inside a cell is taken out."},
	{Format: Textile, Recognise: recogniseTextile, Read: readTables(Textile, textileTables), About: meaning + " Tables with header cells, of Textile or of Jira and Confluence (||header||). Text around the tables is not read, and markup inside a cell is taken out."},
	{Format: Grid, Recognise: recogniseGrid, Read: readTables(Grid, gridTables), About: meaning + " Tables between rules of + and - with = below their header, of reStructuredText and Pandoc. Lines of one cell are joined."},
}

// maxTables is how many tables of a document can be chosen from.
const maxTables = 1000
