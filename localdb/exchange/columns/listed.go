package columns

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"seedbed/localdb/exchange"
)

// findListed finds columns that are lists of messages under the name of their category.
// They are told from the columns of records by their names, which are none of a field, and
// by their cells: all are texts of about the same length, or the lists end at different rows.
func (c *Columns) findListed(records [][]string, chosen map[string]exchange.Field) {
	for i, column := range c.List {
		if chosen[column.Name] == exchange.Listed {
			c.listed = append(c.listed, i)
		}
	}
	if len(c.listed) == 0 && len(chosen) == 0 && c.header != nil && listsOfMessages(c.header, records) {
		for i := range c.List {
			if strings.TrimSpace(c.header[i]) != "" {
				c.listed = append(c.listed, i)
			}
		}
	}
	for _, i := range c.listed {
		c.List[i].Use = exchange.Listed
	}
}

// notCategories are names of columns of records that no field has, and of languages, as in
// translations.
var notCategories = wordSet(`id nr no number name firstname lastname vorname nachname title titel subject betreff answer answers response responses reply antwort
	réponse respuesta risposta resposta note notes notiz notizen remark remarks bemerkung bemerkungen summary zusammenfassung resolution lösung action aktion address adresse
	url link email phone telefon city country land product produkt date datum time zeit user customer kunde agent author key schlüssel term begriff definition frage
	pergunta pregunta domanda source target quelle ziel original translation übersetzung before after premise hypothesis context sentence1 sentence2 question1 question2
	en de fr es it pt nl pl ru uk tr zh ja ko ar sv da fi cs hu english german french spanish italian portuguese dutch polish russian turkish chinese japanese
	deutsch englisch französisch spanisch italienisch français anglais allemand español inglés alemán italiano`)

const (
	leastListed    = 4   // messages under all names
	shareOfTexts   = 0.6 // of the cells with several words
	longestToShort = 2.5 // mean length of the texts in one list to that in another
	longestListed  = 60  // of a category's name, in bytes
	meanListed     = 400 // of a message, in characters
)

// listsOfMessages tells whether each column is a list of messages under its category.
func listsOfMessages(header []string, records [][]string) bool {
	names, seen := map[string]bool{}, map[string]bool{}
	cells, worded, ragged := 0, 0, false
	shortest, longest := math.Inf(1), 0.0
	for i, name := range header[:Width(header)] {
		folded := exchange.Fold(strings.TrimSpace(name))
		if names[folded] || !namesList(strings.TrimSpace(name)) {
			return false
		}
		names[folded] = true
		list, ok := listBelow(records, i, seen)
		if !ok {
			return false
		}
		cells += list.cells
		worded += list.worded
		ragged = ragged || list.short
		shortest, longest = min(shortest, list.mean), max(longest, list.mean)
	}
	if len(names) < 2 || cells < leastListed || float64(worded) < shareOfTexts*float64(cells) {
		return false
	}
	return (ragged || len(records) > 1 && len(names) > 2) && longest <= longestToShort*shortest
}

// namesList tells whether a column's name could be a category with its messages below it.
func namesList(name string) bool {
	folded := exchange.Fold(name)
	if folded == "" || len(name) > longestListed || strings.ContainsAny(name, ".?!") {
		return false
	}
	return FieldOf(name) == exchange.Ignore && !notCategories[folded] && !sideName(folded)
}

// messageList is what a column of messages holds.
type messageList struct {
	cells, worded int     // all, and those with several words
	mean          float64 // length in characters
	short         bool    // it ends above the last record, and has no gaps
}

// listBelow measures a column; ok is false where it can't be a list of messages. Its
// cells are added to seen.
func listBelow(records [][]string, column int, seen map[string]bool) (list messageList, ok bool) {
	length, ended, gap := 0, false, false
	for _, r := range records {
		cell := cellAt(r, column)
		if cell == "" {
			ended = true
			continue
		}
		if seen[cell] || formOf(cell) == moment {
			return list, false // messages are no values that come again, and no times
		}
		seen[cell] = true
		gap = gap || ended
		list.cells++
		length += utf8.RuneCountInString(cell)
		if words(cell) {
			list.worded++
		}
	}
	if list.cells == 0 {
		return list, false
	}
	list.mean = float64(length) / float64(list.cells)
	list.short = ended && !gap
	return list, list.mean <= meanListed
}

func sideName(folded string) bool { _, is := sideColumns[folded]; return is }

// words tells whether a text has several words, or is in a script without spaces.
func words(text string) bool {
	return len(strings.Fields(text)) > 1 || strings.ContainsFunc(text, func(r rune) bool { return r >= 0x2E80 }) && utf8.RuneCountInString(text) > 2
}

// listedRows makes the rows of a record of lists: one for each of its cells.
func (c *Columns) listedRows(line int, record []string) (rows []exchange.Row) {
	for _, i := range c.listed {
		if i < len(record) && strings.TrimSpace(record[i]) != "" && !NoLabel(strings.TrimSpace(record[i])) {
			text := record[i]
			if c.Unguard {
				text = unguard(text)
			}
			rows = append(rows, exchange.Row{Line: line, Message: text, Category: c.List[i].Name})
		}
	}
	return slices.Clip(rows)
}
