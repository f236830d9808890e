package nlu

import (
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

var (
	rasaHeading  = regexp.MustCompile(`^\s*##\s*(intent|synonym|regex|lookup)\s*:\s*(.+?)\s*$`)
	rasaItem     = regexp.MustCompile(`^\s*[-*+]\s*(.+)$`)
	rasaCategory = regexp.MustCompile(`<!-- seedbed_category: ("(?:[^"\\]|\\.)*") -->`)
)

var anyRasaHeading = regexp.MustCompile(`(?m)^\s*##\s*(?:intent|synonym|regex|lookup)\s*:`)

func recogniseRasaMarkdown(f *exchange.File) exchange.Evidence {
	heading := anyRasaHeading.FindString(f.Sample())
	if heading == "" {
		return exchange.Evidence{}
	}
	return exchange.Evidence{Sureness: exchange.Sure, Why: i18n.T(`it has headings such as "{{.Heading}}"`, i18n.Values{"Heading": strings.TrimSpace(heading)})}
}

// Rasa writes a message on one line.
var (
	rasaEscape   = strings.NewReplacer("\\", `\\`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "\b", `\b`, "\f", `\f`)
	rasaUnescape = strings.NewReplacer(`\\`, "\\", `\n`, "\n", `\r`, "\r", `\t`, "\t", `\b`, "\b", `\f`, "\f")
)

// readRasaMarkdown reads training data of Rasa 1 and 2 in Markdown.
func readRasaMarkdown(f *exchange.File, r *exchange.Reading) error {
	lines := exchange.NewLines(f.Text())
	comment := false
	section, name := "", ""
	for {
		line, err := lines.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if line.Problem != nil {
			r.Reject(line.Number, line.Problem, line.Text)
			continue
		}
		var text string
		text, comment = withoutComments(line.Text, comment)
		if heading := rasaHeading.FindStringSubmatch(text); heading != nil {
			section, name = heading[1], heading[2]
			continue
		}
		if kept := rasaCategory.FindStringSubmatch(line.Text); kept != nil {
			_ = json.Unmarshal([]byte(kept[1]), &name) // what isn't JSON leaves the name
			continue
		}
		if strings.HasPrefix(strings.TrimSpace(text), "#") {
			section = ""
			continue
		}
		if !readRasaItem(r, section, name, text, line.Number) {
			return nil
		}
	}
}

// readRasaItem reads one line of a section; false where no more are wanted.
func readRasaItem(r *exchange.Reading, section, name, text string, line int) bool {
	item := rasaItem.FindStringSubmatch(text)
	switch {
	case strings.TrimSpace(text) == "":
	case section == "synonym":
		r.Skip(line, isSynonym, text)
	case section == "regex":
		r.Skip(line, isRegex, text)
	case section == "lookup":
		r.Skip(line, isLookup, text)
	case section == "" || item == nil:
		r.Skip(line, notExample, text)
	default:
		message := rasaUnescape.Replace(withoutEntities(strings.TrimSpace(item[1])))
		return r.Add(exchange.Row{Line: line, Message: message, Category: name})
	}
	return true
}

// withoutComments takes <!-- … --> out of a line. Comments may go on over lines.
func withoutComments(line string, inside bool) (rest string, open bool) {
	for line != "" {
		mark := "<!--"
		if inside {
			mark = "-->"
		}
		before, after, found := strings.Cut(line, mark)
		if !inside {
			rest += before
		}
		if !found {
			return rest, inside
		}
		inside, line = !inside, after
	}
	return rest, inside
}
