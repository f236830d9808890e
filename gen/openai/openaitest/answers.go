package openaitest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// answer is a finished answer, faults and all, before it is sent.
type answer struct {
	content, refusal, finish       string
	messages                       []string // the whole ones in it
	promptTokens, completionTokens int
	thoughts                       int // tokens, beside completionTokens
}

// write makes the answer to a request.
func (s *Server) write(q chatRequest, call *Call) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := answer{finish: "stop", promptTokens: promptTokens(call)}
	switch {
	case call.Labels:
		a.content = s.labels(q, call.Asked)
	case call.Category == "":
		a.content = "Hello! How can I help you today?"
	default:
		a.messages = s.messages(call)
		a.content = asJSON(map[string]any{"messages": a.messages})
	}
	a.spoil(call)
	a.completionTokens = 3 + tokens(a.content+a.refusal)
	s.think(q, &a)
	if call.Fault == NoFinish {
		a.finish = ""
	}
	return a
}

// promptTokens are those of a request, with what surrounds its messages.
func promptTokens(call *Call) int { return 8 + tokens(call.System) + tokens(call.User) }

// tokens estimates as real tokenisers come out on English: four characters each.
func tokens(text string) int { return (utf8.RuneCountInString(text) + 3) / 4 }

// messages takes the next messages of a category, as many as asked for or as
// the fault makes of it.
func (s *Server) messages(call *Call) []string {
	if s.options.Write != nil {
		return s.options.Write(call.Asked)
	}
	count := call.Count
	switch call.Fault {
	case TooFew:
		count = min(count/2, count-1)
	case TooMany:
		count += 5
	case Echo:
		return promptLines(call.User, count)
	default:
	}
	var messages []string
	if call.Fault == Duplicates {
		messages = again(s.written[call.Category], count)
	}
	terms := passageTerms(call.User)
	for len(messages) < count {
		about := ""
		if len(terms) > 0 { // spread over the passages, in their order
			about = terms[len(messages)*len(terms)/count]
		}
		messages = append(messages, s.fresh(call.Category, about))
	}
	return messages
}

var (
	passage  = regexp.MustCompile(`(?s)<passage[^>]*>(.*?)</passage>`)
	longWord = regexp.MustCompile(`\pL{7,20}`)
)

// passageTerms are words that stand in the passages of a prompt, in their order.
func passageTerms(user string) []string {
	found := passage.FindAllStringSubmatch(user, -1)
	terms := make([]string, 0, 12*len(found))
	for _, m := range found {
		terms = append(terms, longWord.FindAllString(m[1], 12)...)
	}
	return terms
}

// fresh writes a message that wasn't there before.
func (s *Server) fresh(category, about string) string {
	text := message(category, s.next[category], s.options.Seed, about)
	s.next[category]++
	s.written[category] = append(s.written[category], text)
	s.origin[text] = category
	return text
}

// again gives messages that were given before, every other one with a small change.
func again(written []string, count int) []string {
	written = written[max(0, len(written)-count):]
	messages := make([]string, 0, count)
	for i, text := range written {
		if i%2 == 1 {
			text = strings.TrimRight(text, ".!?") + "!!"
		}
		messages = append(messages, text)
	}
	return messages
}

// promptLines are the first lines of a prompt, as a confused model repeats them.
func promptLines(user string, count int) []string {
	var lines []string
	for line := range strings.Lines(user) {
		if line = strings.TrimSpace(line); line != "" && len(lines) < count {
			lines = append(lines, line)
		}
	}
	return lines
}

// spoil gives the answer its fault.
func (a *answer) spoil(call *Call) {
	switch call.Fault {
	case Fenced:
		a.content = "Sure! Here are the messages you asked for:\n\n```json\n" + a.content + "\n```\n\nLet me know if you need more."
	case Numbered:
		var list strings.Builder
		list.WriteString("Here you go:\n\n")
		for i, text := range a.messages {
			fmt.Fprintf(&list, "%d. %s\n", i+1, text)
		}
		a.content = list.String()
	case Truncated:
		a.cut(0.7)
	case BrokenJSON:
		a.content = strings.Replace(a.content, `","`, `" "`, 1)
		a.content = strings.Replace(a.content, `"]`, `",]`, 1)
	case Garbage:
		a.content, a.messages = "{{{ ### <div>lorem", nil
	case Refusal:
		a.content, a.messages = "", nil
		if call.N%2 == 0 {
			a.content = "I'm sorry, but I can't help with that request."
		} else {
			a.refusal = "I can't help with that."
		}
	case EmptyAnswer, EmptyChoices:
		a.content, a.messages = "", nil
	default:
	}
}

// cut ends the answer after a part of its length, as a length limit does.
func (a *answer) cut(part float64) {
	runes := []rune(a.content)
	a.content = string(runes[:int(float64(len(runes))*part)])
	a.finish = "length"
	whole := 0
	for whole < len(a.messages) && strings.Contains(a.content, asJSON(a.messages[whole])) {
		whole++
	}
	a.messages = a.messages[:whole]
}

// send charges for the answer and sends it.
func (s *Server) send(w http.ResponseWriter, call *Call, a answer) {
	s.mu.Lock()
	call.Status = http.StatusOK
	call.Charged = true
	call.Told = call.Fault != NoUsage && call.Fault != DropMidBody
	call.PromptTokens, call.CompletionTokens = a.promptTokens, a.completionTokens+a.thoughts
	s.charged += call.PromptTokens + call.CompletionTokens
	call.Messages = a.messages
	written := Written{Call: *call, Text: a.content, Refusal: a.refusal, Finish: a.finish, Visible: a.completionTokens, Thoughts: a.thoughts}
	s.mu.Unlock()

	if write := s.options.Dialect.Write; write != nil && (call.Fault == None || call.Fault >= TooFew && call.Fault <= Refusal) {
		kind, body := write(written)
		w.Header().Set("Content-Type", kind)
		_, _ = io.WriteString(w, body)
		return
	}

	message := map[string]any{"role": "assistant", "content": a.content}
	if a.refusal != "" {
		message["refusal"] = a.refusal
	}
	choice := map[string]any{"index": 0, "message": message, "finish_reason": a.finish}
	if a.finish == "" {
		choice["finish_reason"] = nil
	}
	body := map[string]any{
		"id": call.AnswerID, "object": "chat.completion", "created": 1790000000 + call.N, "model": call.Model,
		"choices": []any{choice},
		"usage":   Usage(written),
	}
	switch call.Fault {
	case EmptyChoices:
		body["choices"] = []any{}
	case NoUsage:
		delete(body, "usage")
	case DropMidBody:
		half := asJSON(body)
		w.Header().Set("Content-Length", strconv.Itoa(len(half)))
		_, _ = w.Write([]byte(half[:len(half)/2]))
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	default:
	}
	w.Header().Set("X-Request-Id", "req_"+call.AnswerID)
	reply(w, http.StatusOK, body)
}

// Usage is the usage of an answer as OpenAI tells it.
func Usage(a Written) map[string]any {
	return map[string]any{
		"prompt_tokens": a.PromptTokens, "completion_tokens": a.CompletionTokens, "total_tokens": a.PromptTokens + a.CompletionTokens,
		"completion_tokens_details": map[string]any{"reasoning_tokens": a.Thoughts},
	}
}

var (
	labelLine  = regexp.MustCompile(`(?m)^\s*[\[(]?(\d+)[\]).:]+\s+(.+?)\s*$`)
	labelEntry = regexp.MustCompile(`\{\s*"id"\s*:\s*(\d+)\s*,\s*"(?:message|text)"\s*:\s*("(?:[^"\\]|\\.)*")\s*\}`)
)

// labels answers a labelling request: messages as {"id":1,"text":"…"} or as
// lines "1. …", categories from the schema.
func (s *Server) labels(q chatRequest, asked Asked) string {
	categories := enum(q.ResponseFormat.JSONSchema.Schema)
	type label struct {
		ID         int     `json:"id"`
		Category   string  `json:"category"`
		Confidence float64 `json:"confidence"`
	}
	labels := []label{}
	add := func(number, text string) {
		id, _ := strconv.Atoi(number)
		category, confidence := s.labelFor(text, categories)
		labels = append(labels, label{id, category, confidence})
	}
	for _, m := range labelEntry.FindAllStringSubmatch(asked.User, -1) {
		var text string
		if json.Unmarshal([]byte(m[2]), &text) == nil {
			add(m[1], text)
		}
	}
	if len(labels) == 0 {
		for _, m := range labelLine.FindAllStringSubmatch(asked.User, -1) {
			add(m[1], m[2])
		}
	}
	return asJSON(map[string]any{"labels": labels})
}

func (s *Server) labelFor(text string, categories []string) (string, float64) {
	if s.options.Label != nil {
		return s.options.Label(text, categories)
	}
	if category, known := s.origin[text]; known {
		return category, 0.95
	}
	if len(categories) > 0 {
		return categories[0], 0.5
	}
	return "", 0
}

// enum finds the categories in a schema of labels.
func enum(schema json.RawMessage) []string {
	var s struct {
		Properties struct {
			Labels struct {
				Items struct {
					Properties struct {
						Category struct{ Enum []string }
					}
				}
			}
		}
	}
	_ = json.Unmarshal(schema, &s) // no schema, no categories
	return s.Properties.Labels.Items.Properties.Category.Enum
}

// asJSON is a value as compact JSON, with < and & as they are.
func asJSON(v any) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return ""
	}
	return strings.TrimSuffix(b.String(), "\n")
}
