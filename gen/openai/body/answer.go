// Package body reads the bodies of answers as endpoints really send them: OpenAI's shape with
// numbers as floats or strings, content in parts or as JSON, a stream that nobody asked for, and
// the shapes of other APIs that proxies pass on unchanged.
package body

import (
	"cmp"
	"encoding/json"
	"regexp"
	"strings"
)

// Answer is what a body holds.
type Answer struct {
	ID, Model string
	Text      string // without thoughts
	Thoughts  string // what the model thought aloud, in a field of its own or in <think> tags
	Refusal   string // the model's own words
	Finish    string // "stop", "length", "content_filter", "error", another word, or "" for none
	Stream    bool   // the text came in pieces, so that it may have ended early
	Usage     Usage
}

// Read reads a body. Ok is false where there is no answer in it.
func Read(raw []byte) (answer Answer, ok bool) {
	objects, stream, whole := Objects(raw)
	a := reader{Answer: Answer{Stream: stream}}
	for _, o := range objects {
		a.read(o, 0)
	}
	if !a.found || !whole && !stream {
		return a.Answer, false
	}
	a.choose()
	return a.Answer, true
}

// reader puts an answer together.
type reader struct {
	Answer
	choices []*choice
	found   bool
}

// choice is one of the answers to the same request, of which one was asked for.
type choice struct {
	index                           int
	text, thoughts, refusal, called strings.Builder
	finish                          string
}

func (r *reader) choice(index int) *choice {
	for _, c := range r.choices {
		if c.index == index {
			return c
		}
	}
	const most = 8 // one was asked for
	if len(r.choices) == most {
		return r.choices[most-1]
	}
	c := &choice{index: index}
	r.choices = append(r.choices, c)
	return c
}

// maxWrappers bounds how many objects may stand around an answer.
const maxWrappers = 3

// read reads an object, which is a whole answer or a piece of it.
func (r *reader) read(o Object, depth int) {
	r.ID, r.Model = cmp.Or(r.ID, o.Text("id")), cmp.Or(r.Model, o.Text("model"))
	r.Usage = r.Usage.more(usage(o)).more(usage(o.Object("usage"))).more(usage(o.Object("x_groq").Object("usage"))).more(usage(o.Object("usageMetadata")))
	if _, given := o["choices"]; given {
		r.found = true
	}
	switch {
	case len(o.List("choices")) > 0:
		r.readChoices(o.List("choices"))
	case o.List("candidates") != nil || o.Object("promptFeedback") != nil:
		r.gemini(o)
	case o.Object("message") != nil && o.Text("type") == "": // Ollama's own API
		r.whole(o).read(o)
	case o.Text("output_text") != "" || o.List("output") != nil: // OpenAI's Responses
		r.responses(o)
	case o.List("content") != nil: // Anthropic's own API
		r.whole(o).content(o["content"])
	case o.Text("generated_text") != "":
		r.whole(o).text.WriteString(o.Text("generated_text"))
	case o.Object("output").Text("text") != "": // DashScope's own API
		r.whole(o.Object("output")).text.WriteString(o.Object("output").Text("text"))
	case len(o.List("predictions")) > 0: // Vertex
		r.whole(o).content(o.List("predictions")[0])
	default:
		for _, name := range []string{"response", "result", "data", "body", "output"} {
			if inner := o.Object(name); inner != nil && depth < maxWrappers {
				r.read(inner, depth+1)
				return
			}
		}
		if text, ok := o["response"].(string); ok {
			r.whole(o).text.WriteString(text)
		}
	}
}

func (r *reader) readChoices(choices []any) {
	for i, v := range choices {
		c := object(v)
		if c == nil {
			continue
		}
		index := i
		if n, ok := number(c["index"]); ok {
			index = int(n)
		}
		r.choice(index).read(c)
		r.Usage = r.Usage.more(usage(c.Object("usage")))
	}
}

// whole is the one choice of an object that has no list of them.
func (r *reader) whole(o Object) *choice {
	r.found = true
	c := r.choice(0)
	c.finish = cmp.Or(o.Text("finish_reason", "done_reason", "stop_reason"), c.finish)
	return c
}

// gemini reads an answer of Gemini's own API.
func (r *reader) gemini(o Object) {
	c := r.whole(o)
	c.finish = cmp.Or(o.Object("promptFeedback").Text("blockReason"), c.finish)
	for _, candidate := range o.List("candidates") {
		candidate := object(candidate)
		c.finish = cmp.Or(candidate.Text("finishReason"), c.finish)
		for _, part := range candidate.Object("content").List("parts") {
			part := object(part)
			if thought, _ := part["thought"].(bool); thought {
				c.think(part["text"])
				continue
			}
			c.text.WriteString(part.Text("text"))
		}
	}
}

// responses reads an answer of OpenAI's Responses API.
func (r *reader) responses(o Object) {
	c := r.whole(o)
	c.finish = cmp.Or(o.Object("incomplete_details").Text("reason"), o.Text("status"), c.finish)
	for _, item := range o.List("output") {
		item := object(item)
		switch item.Text("type") {
		case "reasoning":
			c.think(item["summary"])
			c.think(item["content"])
		default:
			c.content(item["content"])
		}
	}
	if c.text.Len() == 0 {
		c.text.WriteString(o.Text("output_text"))
	}
}

// read reads a choice or a piece of one.
func (c *choice) read(o Object) {
	message := o.Object("message")
	if message == nil {
		message = o.Object("delta")
	}
	if message == nil {
		message = Object{"content": o["message"]} // a message that is a string
		if o["message"] == nil {
			message = Object{"content": o["text"]} // the older completions
		}
	}
	c.content(message["content"])
	for _, name := range []string{"reasoning_content", "reasoning", "thinking"} {
		if message[name] != nil {
			c.think(message[name])
			break // OpenRouter says it under two names
		}
	}
	c.refusal.WriteString(message.Text("refusal"))
	c.called.WriteString(message.Object("function_call").Text("arguments"))
	for _, call := range message.List("tool_calls") {
		c.called.WriteString(object(call).Object("function").Text("arguments"))
	}
	if finish := o.Text("finish_reason", "done_reason", "stop_reason", "native_finish_reason"); finish != "" {
		c.finish = finish
	}
}

// content reads the content of a message: a text, parts of one, or the JSON itself.
func (c *choice) content(v any) {
	switch v := v.(type) {
	case nil:
	case string:
		c.text.WriteString(v)
	case []any:
		if !parts(v) {
			c.text.WriteString(asJSON(v))
			return
		}
		for _, part := range v {
			c.part(part)
		}
	case map[string]any:
		if part := Object(v); part["type"] != nil || len(v) == 1 && part["text"] != nil {
			c.part(v)
			return
		}
		c.text.WriteString(asJSON(v))
	default:
		c.text.WriteString(asJSON(v))
	}
}

// parts reports whether a list is one of parts of a content: objects with a type, or texts. The
// other lists are themselves what the model wrote.
func parts(items []any) bool {
	for _, item := range items {
		o := object(item)
		if o == nil || o["type"] == nil && (len(o) != 1 || o["text"] == nil) {
			return false
		}
	}
	return true
}

func (c *choice) part(v any) {
	o := object(v)
	switch o.Text("type") {
	case "thinking", "reasoning", "redacted_thinking": // Mistral, Anthropic
		for _, name := range []string{"thinking", "reasoning", "text", "summary"} {
			c.think(o[name])
		}
	case "refusal":
		c.refusal.WriteString(o.Text("refusal"))
	case "tool_use":
		c.called.WriteString(o.Text("input"))
	default:
		if inner := o.Object("text"); inner != nil {
			o = inner // {"text":{"value":…}}
		}
		c.text.WriteString(o.Text("text", "value", "content"))
	}
}

// think reads thoughts: a text or a list of parts.
func (c *choice) think(v any) {
	switch v := v.(type) {
	case string:
		c.thoughts.WriteString(v)
	case []any:
		for _, part := range v {
			c.thoughts.WriteString(object(part).Text("text", "thinking", "summary"))
		}
	}
}

// choose takes the first choice that says something.
func (r *reader) choose() {
	for i, c := range r.choices {
		text, thoughts := apart(c.text.String())
		if strings.TrimSpace(text) == "" {
			text = cmp.Or(strings.TrimSpace(c.called.String()), text)
		}
		said := strings.TrimSpace(text) != "" || c.refusal.Len() > 0
		if i > 0 && !said {
			continue
		}
		r.Text, r.Thoughts, r.Refusal, r.Finish = text, c.thoughts.String()+thoughts, c.refusal.String(), finish(c.finish)
		if said {
			break
		}
	}
	if strings.TrimSpace(r.Text) == "" && r.Finish != "length" {
		r.Text, r.Thoughts = answerAmong(r.Thoughts)
	}
}

// answerAmong finds the JSON that ends what came as thoughts: LM Studio and vLLM put the whole
// of an answer there whose model doesn't mark where its thoughts end.
func answerAmong(thoughts string) (text, rest string) {
	trimmed := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(thoughts), "```"))
	if !strings.HasSuffix(trimmed, "}") && !strings.HasSuffix(trimmed, "]") {
		return "", thoughts
	}
	const tries = 200 // bounds the time that a long text takes
	from := 0
	for range tries {
		at := strings.IndexAny(trimmed[from:], "{[")
		if at < 0 {
			break
		}
		if from += at; json.Valid([]byte(trimmed[from:])) {
			return trimmed[from:], trimmed[:from]
		}
		from++
	}
	return "", thoughts
}

// filtered is in the words for an answer that a filter stopped.
var filtered = regexp.MustCompile(`filter|safety|prohibited|block|refus|sensitive|moderat|violat|polic`)

// finish is OpenAI's word for why an answer ended.
func finish(said string) string {
	word := strings.ToLower(strings.TrimSpace(said))
	switch word {
	case "stop", "eos", "eos_token", "end", "end_turn", "stop_sequence", "stop_token", "complete", "completed", "finish", "finished", "tool_calls", "tool_use", "function_call":
		return "stop"
	case "length", "max_tokens", "model_length", "max_output_tokens", "max_length", "incomplete", "model_context_window_exceeded":
		return "length"
	case "recitation", "spii":
		return "content_filter"
	case "error", "failed", "network_error", "insufficient_system_resource": // the last is DeepSeek's
		return "error"
	case "null", "none":
		return ""
	}
	if filtered.MatchString(word) {
		return "content_filter"
	}
	return word
}
