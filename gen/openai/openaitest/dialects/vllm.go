package dialects

import (
	"encoding/json"
	"strings"

	"seedbed/gen/openai/openaitest"
)

// VLLM is vLLM's server, behind a proxy that always streams:
// https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html
var VLLM = openaitest.Dialect{
	Name:    "vLLM",
	Model:   "Qwen/Qwen3-8B",
	Differs: "The answer asked for counts towards the context. Behind some proxies a stream comes that nobody asked for, with comments, CRLF and the usage in its last event.",
	Met:     "The error's numbers tell how much fits. The stream is read as the answer that it is.",
	Context: func(n openaitest.Lengths) openaitest.Rejection {
		return flat(400, "400", "'max_tokens' or 'max_completion_tokens' is too large: %d. This model's maximum context length is %d tokens and your request has %d input tokens (%d > %d - %d).", n.Asked, n.Context, n.Prompt, n.Asked, n.Context, n.Prompt)
	},
	Write: func(a openaitest.Written) (string, string) {
		var b strings.Builder
		b.WriteString(": keep-alive\r\n\r\n")
		event := func(choices []any, usage any) {
			raw, err := json.Marshal(object{"id": a.AnswerID, "object": "chat.completion.chunk", "created": 1.79e9, "model": a.Model, "choices": choices, "usage": usage})
			if err != nil { // maps of strings and numbers always marshal
				panic(err)
			}
			b.WriteString("data: " + string(raw) + "\r\n\r\n")
		}
		event([]any{object{"index": 0, "delta": object{"role": "assistant", "content": ""}, "finish_reason": nil}}, nil)
		for text := []rune(a.Text); len(text) > 0; {
			n := min(40, len(text))
			event([]any{object{"index": 0, "delta": object{"content": string(text[:n])}, "finish_reason": nil}}, nil)
			text = text[n:]
		}
		event([]any{object{"index": 0, "delta": object{}, "finish_reason": a.Finish}}, nil)
		event([]any{}, openaitest.Usage(a))
		b.WriteString("data: [DONE]\r\n\r\n")
		return "text/event-stream", b.String()
	},
}
