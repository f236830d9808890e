package starter

import (
	"encoding/csv"
	"slices"
	"strings"
	"unicode/utf8"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/columns"
	"seedbed/localdb/exchange/formats"
	"seedbed/localdb/exchange/list"
	"seedbed/localdb/exchange/markup"
	"seedbed/localdb/exchange/table"
)

// mostRecords bounds how many rows of a table are read: more than that are no list of
// categories.
const mostRecords = 20_000

// otherFormat tells whether a text is of a format that says what is a message and what a
// category, such as Rasa's.
func otherFormat(f *exchange.File) bool {
	candidates := formats.Recognise(f)
	if len(candidates) == 0 || candidates[0].Sureness < exchange.Likely {
		return false
	}
	for _, family := range [][]exchange.Reader{table.Readers, list.Readers, markup.Readers} {
		if slices.ContainsFunc(family, func(r exchange.Reader) bool { return r.Format == candidates[0].Format }) {
			return false
		}
	}
	return true
}

// headerWithin is how many rows may stand above the header, such as a title.
const headerWithin = 6

// readTable reads a table whose header names the categories' column; errNoList where there
// is none, or where its rows are messages.
func readTable(records [][]string) (Found, error) {
	for at := range records[:min(len(records), headerWithin)] {
		fields := headerFields(records[at])
		if fields == nil {
			continue
		}
		var entries []entry
		for _, record := range records[at+1:] {
			var e entry
			for i, f := range fields {
				if i < len(record) {
					e.set(f, record[i])
				}
			}
			if e.name != "" {
				entries = append(entries, e)
			}
		}
		if len(entries) == 0 || repeats(entries) {
			return Found{}, errNoList
		}
		categories, notes, err := tidy(entries)
		return Found{Starter: Starter{Categories: categories}, Form: i18n.T("a table with one category a row"), Notes: notes}, err
	}
	return Found{}, errNoList
}

// byHeader are the records of a text whose first line is a header of a list with several
// columns, however few of its cells are filled; nil where it is none.
func byHeader(text string) [][]string {
	for _, comma := range ",;\t|" {
		r := csv.NewReader(strings.NewReader(text))
		r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, true, -1
		header, err := r.Read()
		if err != nil || len(header) < 2 {
			continue
		}
		known := 0
		for _, f := range headerFields(header) {
			if f != unknownField {
				known++
			}
		}
		if known < 2 {
			continue
		}
		if rest, err := r.ReadAll(); err == nil {
			return append([][]string{header}, rest...)
		}
	}
	return nil
}

// readHeaderless reads a table without a header: the names in its first column, unless that
// numbers the rows, what the categories are or how many messages they should have in the
// next, and examples in others; errNoList where they can't be names.
func readHeaderless(records [][]string) (Found, error) {
	numbers := func(column int) bool {
		return !slices.ContainsFunc(records, func(record []string) bool {
			if column >= len(record) {
				return true
			}
			_, ok := number(record[column])
			return !ok
		})
	}
	width := columns.UsualWidth(records)
	if columns.HasHeader(records, exchange.Options{}) && !numbers(0) && !numbers(1) || width < 2 {
		return Found{}, errNoList
	}
	first := 0
	if numbers(0) && width > 2 {
		first = 1
	}
	var entries []entry
	long, names, descriptions := 0, 0, 0
	for _, record := range records {
		if len(record) <= first {
			return Found{}, errNoList
		}
		e := entry{name: record[first]}
		if len(record) > first+1 {
			e.is = strings.TrimSpace(record[first+1])
			descriptions += utf8.RuneCountInString(e.is)
			e.takeCount()
			e.examples = slices.DeleteFunc(slices.Clone(record[first+2:]), func(cell string) bool { return strings.TrimSpace(cell) == "" })
		}
		names += utf8.RuneCountInString(e.name)
		if utf8.RuneCountInString(e.name) > longestName {
			long++
		}
		entries = append(entries, e)
	}
	if long*5 > len(entries) || repeats(entries) || width > 2 && names >= descriptions { // messages with their categories
		return Found{}, errNoList
	}
	categories, notes, err := tidy(entries)
	return Found{Starter: Starter{Categories: categories}, Form: i18n.T("a table with one category a row"), Notes: notes}, err
}

// headerFields are what the columns say by a header; nil where the record is no header of
// a list of categories.
func headerFields(record []string) []field {
	fields := make([]field, len(record))
	named, text := false, false
	for i, cell := range record {
		f := fieldOf(cell)
		if slices.Contains(fields[:i], f) && f != examplesField {
			f = unknownField // the first column counts
		}
		fields[i] = f
		named = named || f == nameField
		text = text || f == textField
	}
	described := slices.Contains(fields, isField) || slices.Contains(fields, isNotField)
	if !named || text && !described || len(strings.TrimSpace(strings.Join(record, ""))) == 0 {
		return nil
	}
	return fields
}
