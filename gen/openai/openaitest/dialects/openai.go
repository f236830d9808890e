package dialects

import (
	"time"

	"seedbed/gen/openai/openaitest"
)

// OpenAI is OpenAI's own endpoint: https://platform.openai.com/docs/guides/rate-limits
var OpenAI = openaitest.Dialect{
	Name:    "OpenAI",
	Model:   "gpt-6-luna",
	Differs: "Limits of a minute and of a day have the same code and differ in their words. A request that is too large for the tokens of a minute is a 429 too.",
	Met:     "The words decide; a request that no wait helps is made smaller.",
	Context: func(n openaitest.Lengths) openaitest.Rejection {
		return errorOf(400, "invalid_request_error", "context_length_exceeded",
			"This model's maximum context length is %d tokens. However, you requested %d tokens (%d in the messages, %d in the completion). Please reduce the length of the messages or completion.", n.Context, n.Prompt+n.Asked, n.Prompt, n.Asked)
	},
	Answer: func(n openaitest.Lengths) openaitest.Rejection {
		return errorOf(400, "invalid_request_error", "invalid_value",
			"max_tokens is too large: %d. This model supports at most %d completion tokens, whereas you provided %d.", n.Asked, n.Answer, n.Asked)
	},
	Minute: func(wait time.Duration) openaitest.Rejection {
		return with(errorOf(429, "requests", "rate_limit_exceeded", "Rate limit reached for gpt-6-luna in organization org-1 on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in %ds. Visit https://platform.openai.com/account/rate-limits to learn more.", whole(wait)),
			"X-Ratelimit-Remaining-Requests", 0)
	},
	Day: func(time.Time) openaitest.Rejection {
		return errorOf(429, "requests", "rate_limit_exceeded", "Rate limit reached for gpt-6-luna in organization org-1 on requests per day (RPD): Limit 200, Used 200, Requested 1. Please try again in 7m12s.")
	},
	Credit: func() openaitest.Rejection {
		return errorOf(429, "insufficient_quota", "insufficient_quota", "You exceeded your current quota, please check your plan and billing details.")
	},
}
