package exchange

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// findListed finds columns that are lists of messages under the name of their category.
// They are told from the columns of records by their names, which are none of a field, and
// by their cells: all are texts of about the same length, or the lists end at different rows.
func (c *Columns) findListed(records [][]string, chosen map[string]Field) {
	for i, column := range c.List {
		if chosen[column.Name] == Listed {
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
		c.List[i].Use = Listed
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
	names := map[string]bool{}
	cells, worded, ragged := 0, 0, 0
	shortest, longest := 0.0, 0.0
	seen := map[string]bool{}
	for i, name := range header {
		name = strings.TrimSpace(name)
		if name == "" && i >= Width(header) {
			continue
		}
		folded := Fold(name)
		if folded == "" || len(name) > longestListed || FieldOf(name) != Ignore || names[folded] || notCategories[folded] || sideName(folded) || strings.ContainsAny(name, ".?!") {
			return false
		}
		names[folded] = true
		length, count, ended, gap := 0, 0, false, false
		for _, r := range records {
			cell := ""
			if i < len(r) {
				cell = strings.TrimSpace(r[i])
			}
			if cell == "" {
				ended = true
				continue
			}
			gap = gap || ended
			if seen[cell] {
				return false // messages are no values that come again
			}
			seen[cell] = true
			cells, count, length = cells+1, count+1, length+utf8.RuneCountInString(cell)
			if words(cell) {
				worded++
			}
		}
		if count == 0 {
			return false
		}
		mean := float64(length) / float64(count)
		if mean > meanListed {
			return false
		}
		if shortest == 0 || mean < shortest {
			shortest = mean
		}
		longest = max(longest, mean)
		if ended && !gap {
			ragged++
		}
	}
	if len(names) < 2 || cells < leastListed || float64(worded) < shareOfTexts*float64(cells) {
		return false
	}
	return (ragged > 0 || len(records) > 1 && len(names) > 2) && longest <= longestToShort*shortest
}

func sideName(folded string) bool { _, is := sideColumns[folded]; return is }

// words tells whether a text has several words, or is in a script without spaces.
func words(text string) bool {
	return len(strings.Fields(text)) > 1 || strings.ContainsFunc(text, func(r rune) bool { return r >= 0x2E80 }) && utf8.RuneCountInString(text) > 2
}

// listedRows makes the rows of a record of lists: one for each of its cells.
func (c *Columns) listedRows(line int, record []string) (rows []Row) {
	for _, i := range c.listed {
		if i < len(record) && strings.TrimSpace(record[i]) != "" && !NoLabel(strings.TrimSpace(record[i])) {
			text := record[i]
			if c.Unguard {
				text = unguard(text)
			}
			rows = append(rows, Row{Line: line, Message: text, Category: c.List[i].Name})
		}
	}
	return slices.Clip(rows)
}
