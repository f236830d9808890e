package dialects

import (
	"fmt"
	"time"

	"seedbed/gen/openai/openaitest"
)

// Mistral is Mistral's platform: https://docs.mistral.ai/api
var Mistral = openaitest.Dialect{
	Name:    "Mistral",
	Model:   "magistral-small-latest",
	Differs: "The content of a thinking model is a list of parts, the thoughts among them. Errors are flat, and a used-up minute says no time.",
	Met:     "The parts that are text are the answer. The client waits longer each time.",
	Context: func(n openaitest.Lengths) openaitest.Rejection {
		return flat(400, "3051", "Prompt contains %d tokens and 0 draft tokens, too large for model with %d maximum context length", n.Prompt, n.Context)
	},
	PromptOnly: true,
	Minute:     func(time.Duration) openaitest.Rejection { return flat(429, "1300", "Rate limit exceeded") },
	Credit: func() openaitest.Rejection {
		return flat(402, "2001", "You cannot make requests because your monthly spending limit is reached.")
	},
	Write: func(a openaitest.Written) (string, string) {
		body := answer(a)
		thoughts := []any{object{"type": "text", "text": pondering(a.Thoughts)}}
		message(body)["content"] = []any{object{"type": "thinking", "thinking": thoughts}, object{"type": "text", "text": a.Text}}
		delete(usage(body), "completion_tokens_details")
		return asJSON(body)
	},
	Thoughts: 200,
}

func flat(status int, code, words string, values ...any) openaitest.Rejection {
	return openaitest.Rejection{Status: status, Body: object{"object": "error", "message": fmt.Sprintf(words, values...), "type": "invalid_request_error", "param": nil, "code": code}}
}
