package nlu

import (
	"cmp"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// Limits for YAML, which is parsed as a whole.
const (
	maxYAML    = 64 << 20 // bytes
	maxAliases = 10_000   // uses of *aliases, which could unfold to far more than the file
)

var (
	rasaIntent = regexp.MustCompile(`(?m)^\s*-?\s*["']?intent["']?\s*:`)
	rasaNLU    = regexp.MustCompile(`(?m)^["']?nlu["']?\s*:`)
	rasaItems  = regexp.MustCompile(`(?m)^\s*["']?examples["']?\s*:`)
)

func recogniseRasaYAML(f *exchange.File) exchange.Evidence {
	sample := f.Sample()
	switch {
	case strings.HasPrefix(strings.TrimSpace(sample), "{"):
	case rasaNLU.MatchString(sample) && (rasaIntent.MatchString(sample) || rasaItems.MatchString(sample)):
		return exchange.Evidence{Sureness: exchange.Sure, Why: i18n.T("it is YAML with intents and their examples under nlu")}
	}
	return exchange.Evidence{}
}

// rasaYAML reads training data of Rasa 2 and 3 in YAML.
type rasaYAML struct {
	r       *exchange.Reading
	aliases int
	known   bool // it has parts of a Rasa project
}

func readRasaYAML(f *exchange.File, r *exchange.Reading) error {
	if f.Size() > maxYAML {
		return i18n.Error("the YAML file is larger than {{.MB}} MB; split it into several", i18n.Values{"MB": maxYAML >> 20})
	}
	documents := yaml.NewDecoder(f.Text())
	y := &rasaYAML{r: r}
	for {
		var document yaml.Node
		err := documents.Decode(&document)
		switch {
		case errors.Is(err, io.EOF):
			return y.nothing()
		case err != nil:
			return i18n.Error("the YAML can't be read: {{.Cause}}", i18n.Values{"Cause": err})
		}
		if err := y.document(&document); err != nil || r.Stopped() {
			return err
		}
	}
}

// nothing is the error for a file that is something else.
func (y *rasaYAML) nothing() error {
	if y.known || y.r.Stopped() {
		return nil
	}
	return i18n.Error("the YAML has no examples of intents; choose the file that has nlu: in it, often data/nlu.yml")
}

var errAliases = i18n.Error("it uses YAML aliases (*name) more than {{.N}} times, which isn't supported", i18n.Values{"N": maxAliases})

// node follows an alias.
func (y *rasaYAML) node(n *yaml.Node) (*yaml.Node, error) {
	for n.Kind == yaml.AliasNode {
		if y.aliases++; y.aliases > maxAliases {
			return nil, errAliases
		}
		n = n.Alias
	}
	return n, nil
}

// members gives the keys and values of a mapping.
func (y *rasaYAML) members(n *yaml.Node, do func(key string, value *yaml.Node) error) error {
	if n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		value, err := y.node(n.Content[i+1])
		if err == nil {
			err = do(n.Content[i].Value, value)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (y *rasaYAML) document(n *yaml.Node) error {
	if len(n.Content) != 1 {
		return nil
	}
	return y.members(n.Content[0], func(key string, value *yaml.Node) error {
		y.known = y.known || slices.Contains([]string{"nlu", "stories", "rules", "intents", "responses"}, key)
		switch key {
		case "nlu":
			return y.items(value)
		case "stories", "rules":
			y.skipEach(value, isStory)
		case "intents":
			y.skipEach(value, isName)
		case "responses":
			for i := 0; i+1 < len(value.Content); i += 2 {
				y.r.Skip(value.Content[i].Line, isResponse, value.Content[i].Value)
			}
		}
		return nil
	})
}

func (y *rasaYAML) skipEach(list *yaml.Node, reason i18n.Text) {
	for _, n := range list.Content {
		text := n.Value
		if text == "" && len(n.Content) > 0 {
			text = cmp.Or(n.Content[0].Value, text)
		}
		y.r.Skip(n.Line, reason, text)
	}
}

// rasaSection is one item under nlu.
type rasaSection struct {
	line     int
	kind     string // intent, synonym, regex or lookup
	name     string
	category string // what metadata says the intent is called
	examples *yaml.Node
}

func (y *rasaYAML) items(list *yaml.Node) error {
	for _, item := range list.Content {
		item, err := y.node(item)
		if err != nil {
			return err
		}
		s := rasaSection{line: item.Line}
		err = y.members(item, func(key string, value *yaml.Node) error {
			switch key {
			case "intent", "synonym", "regex", "lookup":
				s.kind, s.name = key, value.Value
			case "examples":
				s.examples = value
			case "metadata":
				return y.members(value, func(key string, value *yaml.Node) error {
					if key == categoryKey {
						s.category = value.Value
					}
					return nil
				})
			}
			return nil
		})
		if err == nil {
			err = y.section(s)
		}
		if err != nil || y.r.Stopped() {
			return err
		}
	}
	return nil
}

func (y *rasaYAML) section(s rasaSection) error {
	switch {
	case s.kind == "":
		y.r.Skip(s.line, i18n.T("neither an intent nor a synonym, regular expression or lookup table"), "")
		return nil
	case s.examples == nil:
		y.r.Skip(s.line, i18n.T("without examples"), s.name)
		return nil
	case s.examples.Kind != yaml.SequenceNode:
		for i, example := range exampleLines(s.examples) {
			y.line(s, example, firstLine(s.examples)+i)
		}
		return nil
	}
	for _, example := range s.examples.Content {
		example, err := y.node(example)
		if err != nil {
			return err
		}
		text, line := example.Value, example.Line
		err = y.members(example, func(key string, value *yaml.Node) error {
			if key == "text" {
				text, line = value.Value, value.Line
			}
			return nil
		})
		if err != nil {
			return err
		}
		y.example(s, strings.Trim(text, "\n\r "), line)
	}
	return nil
}

// exampleLines gives the lines of a text of examples without its last line break.
func exampleLines(text *yaml.Node) []string {
	return strings.Split(strings.TrimRight(text.Value, "\r\n"), "\n")
}

// firstLine is the line of the file on which a text starts.
func firstLine(text *yaml.Node) int {
	if text.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return text.Line + 1
	}
	return text.Line
}

// line reads one line of a text of examples, each with a dash before it.
func (y *rasaYAML) line(s rasaSection, line string, number int) {
	line = strings.TrimSpace(line)
	example, ok := strings.CutPrefix(line, "-")
	switch {
	case line == "" || strings.HasPrefix(line, "#"):
	case ok:
		y.example(s, strings.TrimSpace(example), number)
	default:
		y.r.Reject(number, i18n.Error(`an example starts with "- "`), line)
	}
}

func (y *rasaYAML) example(s rasaSection, text string, line int) {
	switch s.kind {
	case "intent":
		y.r.Add(exchange.Row{Line: line, Message: withoutEntities(text), Category: cmp.Or(s.category, s.name)})
	case "synonym":
		y.r.Skip(line, isSynonym, text)
	case "regex":
		y.r.Skip(line, isRegex, text)
	default:
		y.r.Skip(line, isLookup, text)
	}
}
