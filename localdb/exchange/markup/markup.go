// Package markup reads the tables of documents: HTML, as programs export it and Excel saves
// it as a web page, and Markdown.
package markup

import (
	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// The formats of this package.
var (
	HTML     = &exchange.Format{ID: "html", Name: i18n.T("HTML table"), Extension: ".html"}
	Markdown = &exchange.Format{ID: "markdown", Name: i18n.T("Markdown table"), Extension: ".md"}
)

const meaning = "One table: the one that is asked for, or the one that looks most like a table of messages; the others are counted. Titles above it and totals below it are left out, and a cell over several rows counts for each."

// Readers lists the formats of this family.
var Readers = []exchange.Reader{
	{Format: HTML, Recognise: recogniseHTML, Read: readHTML, About: meaning + " Reports that are HTML but named .xls are read, too. Pages without a table of messages are refused."},
	{Format: Markdown, Recognise: recogniseMarkdown, Read: readMarkdown, About: meaning + " Text around the tables is not read, and markup inside a cell is taken out."},
}

// maxTables is how many tables of a document can be chosen from.
const maxTables = 1000
