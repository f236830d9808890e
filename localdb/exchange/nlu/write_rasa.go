package nlu

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// intent is a category with its messages.
type intent struct {
	category string
	name     string // what the file calls it
	messages []string
}

// group gathers the rows by category, in the order in which the categories come, and
// tells what a person should know of it. Messages longer than length characters are
// written all the same; 0 is no limit.
func group(rows iter.Seq2[exchange.Row, error], format *exchange.Format, rule nameRule, length int, o exchange.WriteOptions) (intents []*intent, names intentNames, err error) {
	byCategory := map[string]*intent{}
	unlabelled, long := 0, 0
	for row, err := range rows {
		switch {
		case err != nil:
			return nil, nil, err
		case row.Category == "":
			unlabelled++
			continue
		}
		in := byCategory[row.Category]
		if in == nil {
			in = &intent{category: row.Category}
			byCategory[row.Category] = in
			intents = append(intents, in)
		}
		in.messages = append(in.messages, row.Message)
		if length > 0 && len([]rune(row.Message)) > length {
			long++
		}
	}
	names = rule.names(func(yield func(string) bool) {
		for category := range byCategory {
			if !yield(category) {
				return
			}
		}
	})
	for _, in := range intents {
		in.name = names[in.category]
	}
	names.tell(o, format.Name)
	tellUnlabelled(o, format, unlabelled)
	if long > 0 {
		o.Tell(i18n.T("messages longer than the {{.Length}} characters that {{.Format}} allows: {{.N}}", i18n.Values{"N": long, "Length": length, "Format": format.Name}))
	}
	return intents, names, nil
}

// rasaNames: a slash makes a retrieval intent, which needs responses to be trained, and
// control characters and marks of comments break the files.
var rasaNames = nameRule{cased: true, allows: func(r rune) bool {
	return r != '/' && r != '<' && !unicode.IsControl(r) && r != '\u2028' && r != '\u2029'
}}

func writeRasaYAML(w io.Writer, rows iter.Seq2[exchange.Row, error], o exchange.WriteOptions) error {
	intents, _, err := group(rows, RasaYAML, rasaNames, 0, o)
	if err != nil {
		return err
	}
	list := &yaml.Node{Kind: yaml.SequenceNode}
	for _, in := range intents {
		item := mapping("intent", text(in.name))
		if in.name != in.category {
			item.Content = append(item.Content, text("metadata"), mapping(categoryKey, text(in.category)))
		}
		item.Content = append(item.Content, text("examples"), rasaExamples(in.messages))
		list.Content = append(list.Content, item)
	}
	file := mapping("version", &yaml.Node{Kind: yaml.ScalarNode, Value: "3.1", Style: yaml.DoubleQuotedStyle})
	file.Content = append(file.Content, text("nlu"), list)
	out := yaml.NewEncoder(w)
	out.SetIndent(2)
	if err := out.Encode(file); err != nil {
		return err
	}
	return out.Close()
}

// rasaExamples gives messages as a text with one a line, or as a list of texts where one
// of them doesn't fit on a line.
func rasaExamples(messages []string) *yaml.Node {
	if !slices.ContainsFunc(messages, func(m string) bool { return !fitsLine(m) }) {
		var b strings.Builder
		for _, m := range messages {
			b.WriteString("- " + markLiteral(m) + "\n")
		}
		return &yaml.Node{Kind: yaml.ScalarNode, Value: b.String(), Style: yaml.LiteralStyle}
	}
	list := &yaml.Node{Kind: yaml.SequenceNode}
	for _, m := range messages {
		list.Content = append(list.Content, mapping("text", &yaml.Node{Kind: yaml.ScalarNode, Value: markLiteral(m), Style: yaml.DoubleQuotedStyle}))
	}
	return list
}

// fitsLine tells whether a message can be a line of a block of text in YAML.
func fitsLine(message string) bool {
	return message == strings.TrimSpace(message) && !strings.ContainsFunc(message, func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == '\uFEFF' || r == unicode.ReplacementChar || r > 0xFFFF && !unicode.IsPrint(r)
	})
}

func text(value string) *yaml.Node {
	n := &yaml.Node{}
	n.SetString(value)
	return n
}

func mapping(key string, value *yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{text(key), value}}
}

func writeRasaMarkdown(w io.Writer, rows iter.Seq2[exchange.Row, error], o exchange.WriteOptions) error {
	intents, _, err := group(rows, RasaMarkdown, rasaNames, 0, o)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	for _, in := range intents {
		fmt.Fprintf(out, "## intent:%s\n", in.name)
		if in.name != in.category {
			category, _ := json.Marshal(in.category) // a text always marshals, and <, > and & are escaped
			fmt.Fprintf(out, "<!-- %s: %s -->\n", categoryKey, category)
		}
		for _, m := range in.messages {
			fmt.Fprintf(out, "- %s\n", rasaEscape.Replace(markLiteral(m)))
		}
		fmt.Fprintln(out)
	}
	return out.Flush()
}

// rasaExample is an example of Rasa's JSON.
type rasaExample struct {
	Text     string        `json:"text"`
	Intent   string        `json:"intent"`
	Entities []any         `json:"entities"`
	Metadata *rasaMetadata `json:"metadata,omitempty"`
}

type rasaMetadata struct {
	Intent map[string]string `json:"intent"`
}

func writeRasaJSON(w io.Writer, rows iter.Seq2[exchange.Row, error], o exchange.WriteOptions) error {
	intents, _, err := group(rows, RasaJSON, rasaNames, 0, o)
	if err != nil {
		return err
	}
	examples := []rasaExample{}
	for _, in := range intents {
		for _, m := range in.messages {
			e := rasaExample{Text: m, Intent: in.name, Entities: []any{}}
			if in.name != in.category {
				e.Metadata = &rasaMetadata{map[string]string{categoryKey: in.category}}
			}
			examples = append(examples, e)
		}
	}
	return writeJSON(w, map[string]any{"rasa_nlu_data": map[string]any{
		"common_examples": examples, "regex_features": []any{}, "lookup_tables": []any{}, "entity_synonyms": []any{},
	}})
}

func writeJSON(w io.Writer, value any) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(value)
}
