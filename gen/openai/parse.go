package openai

import (
	"regexp"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/gen/openai/body"
)

// ParseItems reads the messages from a writer's answer, in order and with their
// duplicates. It reads {"messages":["…"]} in all the shapes that models give it:
// objects with a text instead of strings, a bare list, one object a line, in a
// code fence or between sentences, cut off or slightly broken (whole messages
// are kept), and numbered, bulleted or quoted lines without any JSON.
//
// An answer without messages is an *Error: Refused where the model declined,
// else BadAnswer.
func ParseItems(answer string) ([]string, error) {
	answer = body.WithoutThoughts(answer)
	var items []string
	for _, v := range readValues(answer) {
		items = v.messages(items)
	}
	if len(items) == 0 {
		items = listed(answer)
	}
	switch {
	case len(items) <= 1 && declines.MatchString(plainQuotes.Replace(answer)):
		return nil, &Error{Text: refused(answer), Kind: Refused}
	case len(items) == 0:
		return nil, &Error{Text: i18n.T("The answer holds no messages that can be read."), Kind: BadAnswer}
	}
	return items, nil
}

var (
	// listFields are where an object keeps its list of messages, and textFields
	// where it keeps its one message, the surest first.
	listFields = []string{"messages", "items", "questions", "queries", "utterances", "sentences", "examples", "results", "data", "output", "answers"}
	textFields = []string{"message", "text", "content", "question", "query", "utterance", "sentence", "user_message"}
)

// messages appends the messages in a value. Only whole ones count.
func (v value) messages(items []string) []string {
	switch v.kind {
	case '[':
		for _, item := range v.items {
			switch {
			case item.kind == '"':
				items = appendMessage(items, item)
			case item.kind == '[' || item.whole:
				items = item.entry().messages(items)
			}
		}
	case '{':
		list := v.get(listFields...)
		text := v.get(textFields...)
		switch {
		case list.kind == '[' || list.kind == '{':
			return list.messages(items)
		case list.kind == '"': // a list in one string
			return append(items, listed(list.text)...)
		case text.kind == '"':
			return appendMessage(items, text)
		}
		for _, f := range v.fields {
			if f.value.kind != '"' {
				items = f.value.messages(items) // a list under the category's name, say
			} else if numbered.MatchString(f.name) { // {"1":"…","2":"…"}
				items = appendMessage(items, f.value)
			}
		}
	}
	return items
}

// entry is the message in an object of a list, whatever else it holds:
// the field with a known name or the only one there is; else the value itself.
func (v value) entry() value {
	text := v.get(textFields...)
	if len(v.fields) == 1 {
		text = v.fields[0].value
	}
	if text.kind != '"' {
		return v
	}
	return value{kind: '[', items: []value{text}, whole: true}
}

func appendMessage(items []string, v value) []string {
	if message := strings.TrimSpace(v.text); v.whole && message != "" {
		items = append(items, message)
	}
	return items
}

var (
	numbered = regexp.MustCompile(`^(?i:message|item|question)?[ _-]?\d+$`)
	marker   = regexp.MustCompile(`^(?:[-*•–—]|\(?\d{1,4}[.):\]])\s+(\S.*)$`)
	inQuotes = regexp.MustCompile(`^["“«](.*)["”»],?$`)
	inBold   = regexp.MustCompile(`^\*\*(.+)\*\*$`)

	plainQuotes = strings.NewReplacer("’", "'", "‘", "'")
	declines    = regexp.MustCompile(`(?i)\bi(?:'m| am)? (?:can't|cannot|can not|won't|will not|unable to|not able to|not comfortable|must decline to)\b.{0,20}\b(?:(?:assist|help)(?: you)? with (?:that|this|your)|comply|(?:fulfil|generat|creat|produc|provid|writ)(?:e|ing)? (?:that|this|these|those|such|any|content|messages|examples|your))\b|\bas an ai\b.{0,40}\bi (?:can't|cannot|can not|won't|am unable)\b|\bi (?:can't|cannot|won't|am unable to) (?:create|generate|write|produce|provide) \w+|(?:dabei|damit|bei dieser anfrage) (?:kann|darf) ich (?:\w+ )?nicht|(?:ich kann|ich darf) (?:dabei|damit|das|diese anfrage) (?:leider )?nicht|je ne peux pas (?:vous aider|répondre|créer|générer|écrire)|no puedo (?:ayudar|crear|generar|escribir|cumplir)|не могу (?:помочь|создать|написать|выполнить)|我无法|无法(?:协助|帮助|满足)|申し訳.{0,20}できません`)
)

// listed reads the messages from numbered, bulleted or quoted lines; prose
// before, between and after them has no marks.
func listed(text string) []string {
	var items []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		marked := false
		if m := marker.FindStringSubmatch(line); m != nil {
			line, marked = m[1], true
		}
		if m := inBold.FindStringSubmatch(line); m != nil {
			line = m[1]
		}
		if m := inQuotes.FindStringSubmatch(line); m != nil {
			line, marked = m[1], true
		}
		if line = strings.TrimSpace(line); marked && line != "" {
			items = append(items, line)
		}
	}
	return items
}
