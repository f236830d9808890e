// Package dialects holds how services speak that call themselves OpenAI-compatible, one in each
// file, for the test endpoint of package openaitest. The wordings are those of the services'
// documentation and of what people report of them.
package dialects

import (
	"encoding/json"
	"fmt"
	"math"
	"time"

	"seedbed/gen/openai/openaitest"
)

// All are the dialects, in the order of docs/endpoints.md.
func All() []openaitest.Dialect {
	return []openaitest.Dialect{
		OpenAI, Azure, Gemini, Anthropic, Mistral, Groq, DeepSeek, XAI, OpenRouter, Together,
		Ollama, LMStudio, LlamaCpp, VLLM, TGI, Proxy,
	}
}

type object = map[string]any

// errorOf is an error in OpenAI's shape.
func errorOf(status int, kind, code, words string, values ...any) openaitest.Rejection {
	return openaitest.Rejection{Status: status, Body: object{"error": object{"message": fmt.Sprintf(words, values...), "type": kind, "param": nil, "code": code}}}
}

// with adds a header to a rejection.
func with(r openaitest.Rejection, name string, value any) openaitest.Rejection {
	header := map[string]string{name: fmt.Sprint(value)}
	for name, value := range r.Header {
		header[name] = value
	}
	r.Header = header
	return r
}

// whole are the seconds of a wait as Retry-After has them.
func whole(wait time.Duration) int { return int(math.Ceil(wait.Seconds())) }

// answer is an answer in OpenAI's shape, which the dialects change.
func answer(a openaitest.Written) object {
	message := object{"role": "assistant", "content": a.Text}
	if a.Refusal != "" {
		message["refusal"] = a.Refusal
	}
	return object{
		"id": a.AnswerID, "object": "chat.completion", "created": 1790000000 + a.N, "model": a.Model,
		"choices": []any{object{"index": 0, "message": message, "finish_reason": a.Finish}},
		"usage":   openaitest.Usage(a),
	}
}

// choice is the one choice of an answer, and message its message.
func choice(body object) object  { return body["choices"].([]any)[0].(object) }
func message(body object) object { return choice(body)["message"].(object) }
func usage(body object) object   { return body["usage"].(object) }

// asJSON sends a body as JSON.
func asJSON(body any) (kind, text string) {
	raw, err := json.Marshal(body)
	if err != nil { // maps of strings and numbers always marshal
		panic(err)
	}
	return "application/json", string(raw)
}

// pondering is the text of thoughts of so many tokens.
func pondering(tokens int) string {
	const thought = "Let me think about it. " // about six tokens
	text := ""
	for range (tokens + 5) / 6 {
		text += thought
	}
	return text
}

func itoa(n int) string { return fmt.Sprint(n) }
