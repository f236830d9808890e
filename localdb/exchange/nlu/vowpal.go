package nlu

import (
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

var (
	// vowpalLine is a label, its weight and a tag, and the first namespace.
	vowpalLine = exchange.Pattern(`^([^\s|]+)(?: +[0-9.]+){0,2}(?: +'?[^\s|]*)?\s*\|(\S*)\s+(\S.*)$`)
	// vowpalNext is where another namespace begins.
	vowpalNext = exchange.Pattern(`\s\|\S*\s`)
)

// recogniseVowpal takes lines of the form whose first namespace is always the same.
func recogniseVowpal(f *exchange.File) exchange.Evidence {
	lines, name := 0, ""
	for line := range strings.Lines(f.Sample()) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		m := vowpalLine().FindStringSubmatch(strings.TrimSpace(line))
		if m == nil || m[2] == "" || strings.HasPrefix(m[2], "|") || lines > 0 && m[2] != name {
			return exchange.Evidence{}
		}
		name = m[2]
		lines++
	}
	if lines < 2 {
		return exchange.Evidence{}
	}
	return exchange.Evidence{Sureness: exchange.Sure, Why: i18n.T("its lines have a label and the namespace {{.Name}}", i18n.Values{"Name": name})}
}

func readVowpal(f *exchange.File, r *exchange.Reading) error {
	return r.EachLine(f.Text(), func(line exchange.Line) bool {
		m := vowpalLine().FindStringSubmatch(strings.TrimSpace(line.Text))
		if m == nil {
			r.Reject(line.Number, i18n.Error("the line has no label and text"), line.Text)
			return true
		}
		return r.Add(exchange.Row{Line: line.Number, Message: vowpalNext().ReplaceAllString(m[3], " "), Category: m[1]})
	})
}
