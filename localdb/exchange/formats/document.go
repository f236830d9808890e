package formats

import (
	"fmt"
	"strings"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/charset"
)

// Document is docs/formats.md: what is read, written and refused.
func Document() string {
	var b strings.Builder
	b.WriteString(`# Formats

A file is recognised by its content, not by its name: every reader says how sure it
is, and the surest one reads. ` + "`seedbed look FILE`" + ` shows which one that is and why;
` + "`--format`" + ` chooses another. Zip files are opened, and the files in them are read one after
another. Whatever does not become a message is counted with its reason.

This page is made from the code.

## Read

| format | ` + "`--format`" + ` | what is read |
| --- | --- | --- |
`)
	for _, r := range Readers {
		fmt.Fprintf(&b, "| %s | `%s` | %s |\n", name(r.Format), r.Format.ID, cell(r.About))
	}
	b.WriteString("\n## Written\n\n| format | what is written |\n| --- | --- |\n")
	for _, w := range Writers {
		fmt.Fprintf(&b, "| %s (%s) | %s |\n", name(w.Format), w.Format.Extension, cell(w.About))
	}
	b.WriteString("\n## Refused\n\nWhat no reader knows is refused with what it looks like and what would help:\n\n")
	for _, r := range Refusals {
		fmt.Fprintf(&b, "- %s\n", r.Name)
	}
	b.WriteString("- PDF, Word documents, presentations, pictures, sound, programs, databases, and archives other than zip\n")
	b.WriteString("\n## Encodings\n\nFound out by the bytes, with a word where that leaves a doubt; `--encoding` chooses another:\n")
	encodings := make([]string, len(charset.Known))
	for i, e := range charset.Known {
		encodings[i] = string(e)
	}
	b.WriteString(strings.Join(encodings, ", ") + ".\n")
	return b.String()
}

func name(f *exchange.Format) string {
	s := f.String()
	return strings.ToUpper(s[:1]) + s[1:]
}

// cell keeps a sentence within a cell of a table.
func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }
