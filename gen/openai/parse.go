package openai

import (
	"regexp"
	"strings"
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
	answer = withoutThoughts(answer)
	var items []string
	for _, v := range readValues(answer) {
		items = v.messages(items)
	}
	if len(items) == 0 {
		items = listed(answer)
	}
	switch {
	case len(items) <= 1 && declines.MatchString(plainQuotes.Replace(answer)):
		return nil, &Error{Kind: Refused, Message: "The model refused: " + quote(answer)}
	case len(items) == 0:
		return nil, &Error{Kind: BadAnswer, Message: "The answer holds no messages that can be read."}
	}
	return items, nil
}

// textFields are where an object keeps its message, the surest first.
var textFields = []string{"message", "text", "content", "question", "query", "utterance", "sentence", "user_message"}

// messages appends the messages in a value. Only whole ones count.
func (v value) messages(items []string) []string {
	switch v.kind {
	case '[':
		for _, item := range v.items {
			switch {
			case item.kind == '"':
				items = appendMessage(items, item)
			case item.kind == '[' || item.whole:
				items = item.messages(items)
			}
		}
	case '{':
		if text, ok := v.get(textFields...); ok && text.kind == '"' {
			return appendMessage(items, text)
		}
		for _, f := range v.fields {
			switch {
			case f.value.kind == '"' && numbered.MatchString(f.name): // {"1":"…","2":"…"}
				items = appendMessage(items, f.value)
			case f.value.kind == '"' && f.name == "messages": // a list in one string
				items = append(items, listed(f.value.text)...)
			default:
				items = f.value.messages(items)
			}
		}
	}
	return items
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

	thoughts = regexp.MustCompile(`(?is)^.*?</think(?:ing)?>`)
	thinking = regexp.MustCompile(`(?i)^\s*<think(?:ing)?>`)

	plainQuotes = strings.NewReplacer("’", "'", "‘", "'")
	declines    = regexp.MustCompile(`(?i)\b(?:i'm sorry|i am sorry|sorry|i apologi[sz]e|as an ai(?: language)? model|unfortunately)?,?\s*(?:but )?i(?:'m| am)? (?:can't|cannot|can not|won't|will not|unable to|not able to|not comfortable|must decline to)\s+(?:to )?(?:assist|help (?:you )?with (?:that|this)|comply|fulfil|generate|create|provid|produc|writ|creating|generating)`)
)

// withoutThoughts drops what a model thought aloud before its answer.
func withoutThoughts(answer string) string {
	if end := thoughts.FindStringIndex(answer); end != nil {
		return answer[end[1]:]
	}
	if thinking.MatchString(answer) { // thoughts that never ended
		return ""
	}
	return answer
}

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
