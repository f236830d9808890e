package dialects

import (
	"time"

	"seedbed/gen/openai/openaitest"
)

// Anthropic is the OpenAI-compatible endpoint of Anthropic: https://docs.anthropic.com/en/api/openai-sdk
var Anthropic = openaitest.Dialect{
	Name:    "Anthropic",
	Model:   "claude-haiku-4-5",
	Differs: "A spending limit is a 400 with the date on which it ends. `finish_reason` is `end_turn` or `max_tokens`.",
	Met:     "It stops at once and says the date.",
	Context: func(n openaitest.Lengths) openaitest.Rejection {
		return claude(400, "invalid_request_error", "input length and `max_tokens` exceed context limit: %d + %d > %d, decrease input length or `max_tokens` and try again", n.Prompt, n.Asked, n.Context)
	},
	Answer: func(n openaitest.Lengths) openaitest.Rejection {
		return claude(400, "invalid_request_error", "max_tokens: %d > %d, which is the maximum allowed number of output tokens for claude-haiku-4-5", n.Asked, n.Answer)
	},
	Minute: func(wait time.Duration) openaitest.Rejection {
		return with(claude(429, "rate_limit_error", "This request would exceed the rate limit for your organization of 50 requests per minute."), "Retry-After", whole(wait))
	},
	Credit: func() openaitest.Rejection {
		return claude(400, "invalid_request_error", "You have reached your specified API usage limits. You will regain access on %s at 00:00 UTC.", time.Now().UTC().AddDate(0, 0, 20).Format(time.DateOnly))
	},
	Write: func(a openaitest.Written) (string, string) {
		body := answer(a)
		choice(body)["finish_reason"] = map[string]string{"stop": "end_turn", "length": "max_tokens"}[a.Finish]
		return asJSON(body)
	},
}

func claude(status int, kind, words string, values ...any) openaitest.Rejection {
	r := errorOf(status, kind, "", words, values...)
	r.Body.(object)["type"] = "error"
	return r
}
