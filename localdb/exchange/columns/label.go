package columns

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// noLabels is what programs write into a cell that is empty, in lower case.
var noLabels = map[string]bool{
	"nan": true, "null": true, "none": true, "n/a": true, "na": true, "#n/a": true, "<na>": true, "nil": true, "nat": true,
	"(null)": true, "<null>": true, "\\n": true, "[]": true, "{}": true, "-nan": true, "#null!": true,
	"#ref!": true, "#div/0!": true, "#value!": true, "#name?": true, "#num!": true,
}

// NoLabel tells whether a cell stands for nothing, as programs write it: NaN, NULL, None,
// N/A, an empty list.
func NoLabel(cell string) bool {
	return cell == "" || len(cell) <= 8 && noLabels[strings.ToLower(cell)]
}

// pythonString is an element of a list as Python prints it.
var pythonString = regexp.MustCompile(`^\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\s'",\[\]]+))\s*(?:,|\s|$)`)

// LabelList reads a cell that holds a list of labels, as Python, pandas and JSON write it:
// ['delivery', 'refund']. ok is false for any other cell.
func LabelList(cell string) (labels []string, ok bool) {
	if len(cell) < 2 || cell[0] != '[' && cell[0] != '(' && cell[0] != '{' {
		return nil, false
	}
	last := cell[len(cell)-1]
	if strings.IndexByte("])}", last) < 0 || strings.IndexByte("[({", cell[0]) != strings.IndexByte("])}", last) {
		return nil, false
	}
	if json.Unmarshal([]byte(cell), &labels) == nil {
		return labels, true
	}
	if labels, ok = labelObject(cell); ok {
		return labels, true
	}
	var paths [][]string
	if json.Unmarshal([]byte(cell), &paths) == nil {
		return LabelPaths(paths), true
	}
	rest := strings.TrimSpace(cell[1 : len(cell)-1])
	quoted := rest == "" || rest[0] == '\'' || rest[0] == '"'
	if cell[0] != '[' && !quoted {
		return nil, false // (see above), {name}
	}
	labels = nil
	for rest != "" {
		m := pythonString.FindStringSubmatch(rest)
		if m == nil || quoted && m[3] != "" {
			return nil, false
		}
		label := m[1] + m[2] + m[3]
		labels = append(labels, strings.NewReplacer(`\'`, `'`, `\"`, `"`, `\\`, `\`).Replace(label))
		rest = strings.TrimLeft(rest[len(m[0]):], ", \n")
	}
	return labels, true
}

// LabelPaths gives the labels of a taxonomy, which are chosen by their paths from the top:
// Orders/Status. The chosen parents of a chosen leaf say nothing of their own.
func LabelPaths(paths [][]string) (labels []string) {
	for i, path := range paths {
		parent := slices.ContainsFunc(paths, func(other []string) bool {
			return len(other) > len(path) && slices.Equal(other[:len(path)], path)
		})
		if label := strings.Join(path, "/"); !parent && label != "" && !slices.ContainsFunc(paths[:i], func(other []string) bool { return slices.Equal(other, path) }) {
			labels = append(labels, label)
		}
	}
	return labels
}

// labelObject reads a label that is kept as an object of JSON: {"intent": "refund"}, or
// {"choices": ["refund"]} as Label Studio writes it.
func labelObject(cell string) (labels []string, ok bool) {
	var object map[string]any
	if cell[0] != '{' || json.Unmarshal([]byte(cell), &object) != nil {
		return nil, false
	}
	if taxonomy, err := json.Marshal(object["taxonomy"]); err == nil && object["taxonomy"] != nil {
		return LabelList(string(taxonomy))
	}
	for _, key := range []string{"choices", "labels", "label", "intent", "category", "class", "name", "value"} {
		switch v := object[key].(type) {
		case string:
			return []string{v}, true
		case []any:
			for _, e := range v {
				label, isText := e.(string)
				if !isText {
					return nil, false
				}
				labels = append(labels, label)
			}
			return labels, true
		}
	}
	return nil, false
}

// AnyColumn is the column of names of labels of which nothing says which column they are of.
const AnyColumn = ""

// LabelsOf gives the names of the labels in a column; nil where none are known.
func LabelsOf(names map[string][]string, column string) []string {
	for _, name := range []string{column, column[strings.LastIndex(column, ".")+1:], AnyColumn} {
		if list := names[name]; list != nil {
			return list
		}
	}
	return nil
}

// wholeNumber is a label that was a number, as pandas writes those of a column with gaps.
var wholeNumber = regexp.MustCompile(`^-?\d+\.0$`)

// wholeNumbers tells whether the labels of a column are such numbers, all of them.
func wholeNumbers(records [][]string, column int) bool {
	found := false
	for _, r := range records {
		if column < 0 || column >= len(r) || NoLabel(strings.TrimSpace(r[column])) {
			continue
		}
		if !wholeNumber.MatchString(strings.TrimSpace(r[column])) {
			return false
		}
		found = true
	}
	return found
}

// abstains tells whether labels are words and -1, which stands for none then, as Snorkel writes
// it where no function gave a label.
func abstains(records [][]string, column int) bool {
	found := false
	for _, r := range records {
		switch cell := cellAt(r, column); {
		case cell == "-1":
			found = true
		case isNumber(cell):
			return false
		}
	}
	return found
}

// pluralLabels are the names of columns that hold several labels, folded.
var pluralLabels = map[string]bool{"labels": true, "intents": true, "tags": true, "categories": true, "topics": true, "kategorien": true, "etiquetas": true}

// splitLabels reads a cell of a column whose name says that it holds several labels.
func splitLabels(column, cell string) []string {
	if !pluralLabels[exchange.Fold(column)] {
		return []string{cell}
	}
	return strings.FieldsFunc(cell, func(r rune) bool { return r == '|' || r == ';' || r == ',' })
}

// joinedLabels tells whether several labels of a message have # between them, as doccano writes
// them into CSV: the parts are also labels of their own.
func joinedLabels(records [][]string, column int) bool {
	alone := map[string]bool{}
	for _, r := range records {
		if cell := cellAt(r, column); !strings.Contains(cell, "#") {
			alone[cell] = true
		}
	}
	joined, known := 0, 0
	for _, r := range records {
		cell := cellAt(r, column)
		if !strings.Contains(cell, "#") {
			continue
		}
		joined++
		if !slices.ContainsFunc(strings.Split(cell, "#"), func(part string) bool { return part == "" || !alone[part] }) {
			known++
		}
	}
	return known > 0 && known*10 >= joined*8
}

var spacedTags = exchange.Pattern(`^[\p{Ll}\p{Lo}\d_:./-]+(?: [\p{Ll}\p{Lo}\d_:./-]+)*$`)

// spacedLabels tells whether tags have spaces between them, as Zendesk writes them: none has a
// capital or any punctuation, and there are some that stand alone.
func spacedLabels(name string, records [][]string, column int) bool {
	if exchange.Fold(name) != "tags" {
		return false
	}
	alone, several := map[string]bool{}, false
	for _, r := range records {
		cell := cellAt(r, column)
		switch {
		case cell == "":
		case !spacedTags().MatchString(cell):
			return false
		case strings.Contains(cell, " "):
			several = true
		default:
			alone[cell] = true
		}
	}
	return several && len(alone) > 0
}

// labelsOf gives the labels in a cell of the category's column.
func labelsOf(column, cell string) (labels []string) {
	all, ok := LabelList(cell)
	if !ok {
		all = splitLabels(column, cell)
	}
	for _, label := range all {
		if label = strings.TrimSpace(label); !NoLabel(label) {
			labels = append(labels, label)
		}
	}
	return labels
}

// category reads a label. One with a confidence is a label whatever it is called.
func (c *Columns) category(cell string, sure bool) (category string, note i18n.Text) {
	switch {
	case cell == "", cell == "[]", cell == "{}", cell == "-1" && c.abstains:
		return "", note
	case NoLabel(cell) && !sure:
		return "", nullLabel
	case !sure && cell[0] == '"' && json.Unmarshal([]byte(cell), &category) == nil:
		return c.label(strings.TrimSpace(category)), note
	case c.hashed && strings.Contains(strings.Trim(cell, "#"), "#"):
		return "", exchange.SeveralLabels
	case c.spaced && strings.Contains(cell, " "):
		return "", exchange.SeveralLabels
	case cell[0] != '[' && cell[0] != '(' && cell[0] != '{' && !c.plural:
		return c.label(cell), note
	}
	labels := labelsOf(c.NameOf(exchange.Category), cell)
	switch {
	case sure && len(labels) != 1:
		return cell, note
	case len(labels) == 0:
		return "", nullLabel
	case len(labels) > 1:
		return "", exchange.SeveralLabels
	}
	return c.label(labels[0]), note
}

// label gives the name of a category that is kept as its place in a list; -1 is no
// label.
func (c *Columns) label(category string) string {
	if c.whole && wholeNumber.MatchString(category) {
		category = strings.TrimSuffix(category, ".0")
	}
	if c.Labels == nil {
		return category
	}
	i, err := strconv.Atoi(category)
	switch {
	case err == nil && i == -1:
		return ""
	case err == nil && i >= 0 && i < len(c.Labels):
		return c.Labels[i]
	}
	return category
}
