package dialects

import (
	"seedbed/gen/openai/openaitest"
)

// DeepSeek is DeepSeek: https://api-docs.deepseek.com/quick_start/error_codes
var DeepSeek = openaitest.Dialect{
	Name:    "DeepSeek",
	Model:   "deepseek-reasoner",
	Differs: "Thoughts are in `reasoning_content`; where they fill the answer's length, its text is empty. It has no rate limits but an overloaded server. Cached tokens have names of their own.",
	Met:     "An answer without text for its thoughts is asked again with more room.",
	Context: OpenAI.Context,
	Answer: func(n openaitest.Lengths) openaitest.Rejection {
		return errorOf(400, "invalid_request_error", "invalid_request_error", "Invalid max_tokens value, the valid range of max_tokens is [1, %d]", n.Answer)
	},
	Credit: func() openaitest.Rejection {
		return errorOf(402, "unknown_error", "invalid_request_error", "Insufficient Balance")
	},
	Write: func(a openaitest.Written) (string, string) {
		body := answer(a)
		message(body)["reasoning_content"] = pondering(a.Thoughts)
		usage(body)["prompt_cache_hit_tokens"] = a.PromptTokens / 2
		usage(body)["prompt_cache_miss_tokens"] = a.PromptTokens - a.PromptTokens/2
		return asJSON(body)
	},
	Thoughts: 600,
}
