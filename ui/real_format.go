package ui

import (
	"slices"

	"fyne.io/fyne/v2/lang"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/charset"
	"seedbed/localdb/exchange/formats"
	"seedbed/localdb/exchange/spreadsheet"
	"seedbed/localdb/exchange/table"
	"seedbed/ui/widget"
)

// askFormat lets a person correct what was found out about a file.
func (p *realPage) askFormat() {
	s := p.source
	readable := make([]*exchange.Format, len(formats.Readers))
	for i, r := range formats.Readers {
		readable[i] = r.Format
	}
	encodings := charset.Known
	delimiters := []rune{',', ';', '\t', '|'}
	headers := []exchange.Header{exchange.HeaderPresent, exchange.HeaderAbsent}
	header := exchange.HeaderAbsent
	if s.facts.Header {
		header = exchange.HeaderPresent
	}

	format := choose(readable, s.facts.Format, func(f *exchange.Format) string { return translated(f.Name.Parts()) })
	encoding := choose(encodings, s.facts.Encoding.Encoding, func(e charset.Encoding) string { return string(e) })
	delimiter := choose(delimiters, s.facts.Delimiter, delimiterName)
	first := choose(headers, header, headerName)
	sheet := choose(s.facts.Sheets, s.facts.Sheet, func(name string) string { return name })
	pairs := []any{lang.L("Kind of file"), widget.Row(0, format)}
	switch s.facts.Format {
	case table.CSV:
		pairs = append(pairs, lang.L("Encoding"), widget.Row(0, encoding), lang.L("Between columns"), widget.Row(0, delimiter), lang.L("First line"), widget.Row(0, first))
	case spreadsheet.XLSX:
		pairs = append(pairs, lang.L("Sheet"), widget.Row(0, sheet))
	default:
	}
	widget.ShowDialog(p.app.window.Canvas(), lang.L("How to read the file"), fields(pairs...),
		widget.NewPrimary(lang.L("Read again"), func() {
			options := exchange.Options{Format: readable[format.At()]}
			switch {
			case options.Format != s.facts.Format:
			case options.Format == table.CSV:
				options.Encoding, options.Delimiter, options.Header = encodings[encoding.At()], delimiters[delimiter.At()], headers[first.At()]
			case options.Format == spreadsheet.XLSX:
				options.Sheet = sheet.Chosen()
			}
			p.open(&realSource{name: s.name, path: s.path, options: options})
		}),
		widget.NewButton(lang.L("Find it out again"), func() { p.open(&realSource{name: s.name, path: s.path}) }),
		widget.NewButton(lang.L("Cancel"), func() {}))
}

// choose is a list of which the given value is chosen.
func choose[T comparable](values []T, chosen T, name func(T) string) *widget.Select {
	names := make([]string, len(values))
	for i, value := range values {
		names[i] = name(value)
	}
	s := widget.NewSelect(names, nil)
	s.SetOptions(names, max(0, slices.Index(values, chosen)))
	return s
}

func delimiterName(r rune) string {
	switch r {
	case ',':
		return lang.L("Comma")
	case ';':
		return lang.L("Semicolon")
	case '\t':
		return lang.L("Tab")
	default:
		return "|"
	}
}

func headerName(h exchange.Header) string {
	if h == exchange.HeaderPresent {
		return lang.L("names the columns")
	}
	return lang.L("is a message already")
}
