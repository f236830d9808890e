package dialects

import (
	"time"

	"seedbed/gen/openai/openaitest"
)

// XAI is xAI: https://docs.x.ai/developers/cost-tracking
var XAI = openaitest.Dialect{
	Name:    "xAI",
	Model:   "grok-4-fast-reasoning",
	Differs: "Thoughts count neither in `completion_tokens` nor towards `max_tokens`, but in the total and on the bill, which each answer tells in `cost_in_usd_ticks`.",
	Met:     "The total is what is charged, and what an answer has shown beyond `max_tokens` is left room for under the cap.",
	Context: func(n openaitest.Lengths) openaitest.Rejection {
		return openaitest.Rejection{Status: 400, Body: object{"code": "Client specified an invalid argument", "error": "This model's maximum prompt length is " + itoa(n.Context) + " but the request contains " + itoa(n.Prompt) + " tokens."}}
	},
	PromptOnly: true,
	Minute: func(time.Duration) openaitest.Rejection {
		return openaitest.Rejection{Status: 429, Body: object{"code": "Some resource has been exhausted", "error": "Too many requests for team 1 and model grok-4-fast-reasoning. Your team's rate limit is 480 requests per minute."}}
	},
	Credit: func() openaitest.Rejection {
		return openaitest.Rejection{Status: 429, Body: object{"code": "Some resource has been exhausted", "error": "Your team 1 has either used all available credits or reached its monthly spending limit. To continue making API requests, please purchase more credits or raise your spending limit."}}
	},
	Effort: func(string) (openaitest.Rejection, bool) {
		return openaitest.Rejection{Status: 400, Body: object{"code": "Client specified an invalid argument", "error": "Argument not supported on this model: reasoning_effort"}}, true
	},
	Write: func(a openaitest.Written) (string, string) {
		body := answer(a)
		usage(body)["completion_tokens"] = a.Visible
		usage(body)["cost_in_usd_ticks"] = a.PromptTokens*2000 + a.CompletionTokens*5000 // $0.20 and $0.50 a million
		return asJSON(body)
	},
	Thoughts: 400,
	Apart:    true,
}
