package nlu

import (
	"net/url"
	"regexp"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// labelPrefix is what fastText's labels start with unless its caller says otherwise.
const labelPrefix = "__label__"

// labelledLine is a line with a label, before or after the text.
var labelledLine = regexp.MustCompile(`(?m)^[ \t]*` + labelPrefix + `\S|[ \t]` + labelPrefix + `\S+[ \t]*\r?$`)

func recogniseFastText(f *exchange.File) exchange.Evidence {
	sample := f.Sample()
	lines := 0
	for line := range strings.Lines(sample) {
		if strings.TrimSpace(line) != "" {
			lines++
		}
	}
	if labelled := len(labelledLine.FindAllString(sample, -1)); labelled == 0 || labelled*2 < lines {
		return exchange.Evidence{}
	}
	return exchange.Evidence{Sureness: exchange.Sure, Why: i18n.T("its lines have labels that start with {{.Prefix}}", i18n.Values{"Prefix": labelPrefix})}
}

// readFastText reads lines of labels and text. A line with several labels keeps none:
// a message has one category.
func readFastText(f *exchange.File, r *exchange.Reading) error {
	return r.EachLine(f.Text(), func(line exchange.Line) bool {
		labels, text := fastTextLabels(line.Text)
		row := exchange.Row{Line: line.Number, Message: text}
		if len(labels) == 1 {
			row.Category = labels[0]
		} else if len(labels) > 1 {
			r.Note(line.Number, exchange.SeveralLabels, strings.Join(labels, ", ")+": "+text)
		}
		return r.Add(row)
	})
}

// fastTextLabels parts a line into its labels and its text. Labels may stand before
// or after the text.
func fastTextLabels(line string) (labels []string, text string) {
	text = strings.TrimSpace(line)
	for {
		word, rest := cutWord(text)
		label, ok := strings.CutPrefix(word, labelPrefix)
		if !ok {
			break
		}
		labels = append(labels, decodeLabel(label))
		text = rest
	}
	if after, ok := strings.CutPrefix(text, ", "); ok && len(labels) > 0 {
		text = strings.TrimSpace(after) // "__label__greet , hello", as fastText's own examples have it
	}
	for {
		at := strings.LastIndexAny(text, " \t") + 1
		label, ok := strings.CutPrefix(text[at:], labelPrefix)
		if !ok || text[at:] == "" {
			break
		}
		labels = append(labels, decodeLabel(label))
		text = strings.TrimSpace(text[:at])
	}
	return labels, strings.ReplaceAll(text, escapedPrefix, labelPrefix)
}

func cutWord(text string) (word, rest string) {
	end := strings.IndexAny(text, " \t")
	if end < 0 {
		return text, ""
	}
	return text[:end], strings.TrimLeft(text[end:], " \t")
}

// escapedPrefix is written where a message has the prefix in it, which fastText would
// take for a label.
const escapedPrefix = "%5F_label__"

// labelSpace is what a label can't have in it, and the percent sign of its escape.
var labelSpace = regexp.MustCompile(`[\s\v\x00\p{Z}]|%[0-9A-Fa-f]{2}`)

var escapedLabel = regexp.MustCompile(`(?:%(?:20|09|0A|0B|0C|0D|00|25|C2%A0|E1%9A%80|E2%80%[89AB][0-9A-F]|E2%81%9F|E3%80%80))+`)

// encodeLabel writes white space as in a URL, so that decodeLabel gives the category.
func encodeLabel(category string) string {
	return labelSpace.ReplaceAllStringFunc(category, func(found string) string {
		if found[0] == '%' {
			return "%25" + found[1:]
		}
		return strings.ReplaceAll(url.QueryEscape(found), "+", "%20")
	})
}

func decodeLabel(label string) string {
	return escapedLabel.ReplaceAllStringFunc(label, func(found string) string {
		if text, err := url.PathUnescape(found); err == nil {
			return text
		}
		return found
	})
}
