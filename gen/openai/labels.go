package openai

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/gen/openai/body"
)

// NoneOfThese is the answer for a message that belongs to none of the categories.
const NoneOfThese = "none of these"

// Label is a labeller's answer for one message.
type Label struct {
	Category   string  // one of those asked, as asked; "" for none of them
	Confidence float64 // 0 to 1
	Stated     bool    // false where the answer gives no confidence that can be read
}

// ParseLabels reads a labeller's answer to the messages with these ids, row by row. What isn't
// certain is no label, and the message is missing from the result: an id that wasn't asked, a
// category that isn't one of those given, and an id with two categories. Rows without ids
// count where there are exactly as many as messages, and ids from zero where all of them are.
// Nothing readable at all is an *Error.
func ParseLabels(answer string, ids []int64, categories []string) (map[int64]Label, error) {
	answer = body.WithoutThoughts(answer)
	var rows []labelRow
	for _, v := range readValues(answer) {
		rows = v.labelRows(rows)
	}
	labels, doubtful := map[int64]Label{}, map[int64]bool{}
	names := labelNames(categories)
	for _, row := range numberedRows(rows, ids) {
		category, known := names[foldName(row.category)]
		label := Label{Category: category, Confidence: row.confidence, Stated: row.stated}
		before, twice := labels[row.id]
		if !known || twice && before.Category != category {
			doubtful[row.id] = true
		}
		if twice && before.Confidence < label.Confidence {
			label = before
		}
		labels[row.id] = label
	}
	for id := range labels {
		if doubtful[id] || !slices.Contains(ids, id) {
			delete(labels, id)
		}
	}
	if len(labels) > 0 {
		return labels, nil
	}
	if declines.MatchString(plainQuotes.Replace(answer)) {
		return nil, &Error{Text: refused(answer), Kind: Refused}
	}
	return nil, &Error{Text: i18n.T("The answer holds no labels that can be read. The messages stay without one."), Kind: BadAnswer}
}

// labelNames are the answers that can be given, as [foldName] folds them. A category by one of
// the names for none is the category.
func labelNames(categories []string) map[string]string {
	names := map[string]string{foldName(NoneOfThese): "", "none": "", "none_of_them": "", "none_of_the_above": "", "none_of_the_categories": ""}
	for _, category := range categories {
		names[foldName(category)] = category
	}
	return names
}

// labelRow is a row of an answer as it stands there.
type labelRow struct {
	id         int64
	hasID      bool
	category   string
	confidence float64
	stated     bool
}

// labelRows appends the rows in a value. Only whole ones count.
func (v value) labelRows(rows []labelRow) []labelRow {
	switch v.kind {
	case '{':
		if category := v.get("category", "label", "intent", "class"); v.whole && (category.kind == '"' || category.kind == 'x') {
			return append(rows, v.labelRow(category.text))
		}
		for _, f := range v.fields {
			before := len(rows)
			if f.value.kind == '"' && f.value.whole { // {"1":"…"}
				rows = append(rows, labelRow{category: f.value.text})
			} else {
				rows = f.value.labelRows(rows)
			}
			id, numbered := idOf(f.name)
			switch {
			case numbered && len(rows) == before+1 && !rows[before].hasID:
				rows[before].id, rows[before].hasID = id, true
			case f.value.kind == '"':
				rows = rows[:before] // a remark
			}
		}
	case '[':
		for _, item := range v.items {
			if item.kind == '"' && item.whole {
				rows = append(rows, labelRow{category: item.text})
				continue
			}
			rows = item.labelRows(rows)
		}
	}
	return rows
}

// labelRow reads {"id":…,"category":…,"confidence":…}.
func (v value) labelRow(category string) labelRow {
	row := labelRow{category: category}
	row.id, row.hasID = idOf(v.get("id", "message_id", "number", "index").text)
	row.confidence, row.stated = confidenceOf(v.get("confidence", "score", "probability").text)
	return row
}

var writtenID = regexp.MustCompile(`^(?i:message|msg|id)?[ _#-]*(\d+)(?:\.0+)?$`)

// idOf reads an id as a number or in words.
func idOf(text string) (id int64, ok bool) {
	m := writtenID.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return 0, false
	}
	id, err := strconv.ParseInt(m[1], 10, 64)
	return id, err == nil
}

// confidenceOf reads a number from 0 to 1, or a percentage that is marked as one.
func confidenceOf(text string) (confidence float64, ok bool) {
	number, percent := strings.CutSuffix(strings.TrimSpace(text), "%")
	confidence, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if percent {
		confidence /= 100
	}
	if err != nil || math.IsNaN(confidence) || confidence < 0 || confidence > 1 {
		return 0, false
	}
	return confidence, true
}

// numberedRows are the rows of which it is certain which message each is about, with its id.
func numberedRows(rows []labelRow, ids []int64) []labelRow {
	numbered := slices.DeleteFunc(slices.Clone(rows), func(r labelRow) bool { return !r.hasID })
	if len(numbered) == 0 && len(rows) == len(ids) {
		for i := range rows { // in the order of the messages
			rows[i].id = ids[i]
		}
		return rows
	}
	if slices.Contains(ids, 0) || !slices.ContainsFunc(numbered, func(r labelRow) bool { return r.id == 0 }) {
		return numbered
	}
	// Counted from zero: every id is one too low, which is certain where all are there.
	counted := map[int64]bool{}
	for i := range numbered {
		numbered[i].id++
		counted[numbered[i].id] = true
	}
	for _, id := range ids {
		if !counted[id] {
			return nil
		}
	}
	if len(counted) != len(ids) {
		return nil
	}
	return numbered
}

// foldName makes "RAG query" and "rag_query" the same.
func foldName(name string) string {
	return strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(strings.TrimSpace(name)))
}
