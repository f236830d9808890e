package dialects

import (
	"slices"
	"time"

	"seedbed/gen/openai/openaitest"
)

// Groq is Groq: https://console.groq.com/docs/rate-limits
var Groq = openaitest.Dialect{
	Name:    "Groq",
	Model:   "openai/gpt-oss-20b",
	Differs: "Limits for tokens and requests, of a minute (TPM) and of a day (TPD), differ in their words alone. `reasoning_effort` takes some values only. Thoughts are in `reasoning`.",
	Met:     "The words decide. One of the values that the error lists is sent.",
	Context: func(n openaitest.Lengths) openaitest.Rejection {
		return errorOf(413, "tokens", "rate_limit_exceeded", "Request too large for model `openai/gpt-oss-20b` in organization `org_1` service tier `on_demand` on tokens per minute (TPM): Limit %d, Requested %d, please reduce your message size and try again.", n.Context, n.Prompt+n.Asked)
	},
	Answer: func(n openaitest.Lengths) openaitest.Rejection {
		return errorOf(400, "invalid_request_error", "", "`max_tokens` must be less than or equal to `%d`, the maximum value for `max_tokens` is less than the `context_window` for this model", n.Answer)
	},
	Minute: func(wait time.Duration) openaitest.Rejection {
		return with(errorOf(429, "tokens", "rate_limit_exceeded", "Rate limit reached for model `openai/gpt-oss-20b` in organization `org_1` service tier `on_demand` on tokens per minute (TPM): Limit 8000, Used 7900, Requested 1200. Please try again in %.2fs.", wait.Seconds()), "Retry-After", whole(wait))
	},
	Day: func(time.Time) openaitest.Rejection {
		return with(errorOf(429, "tokens", "rate_limit_exceeded", "Rate limit reached for model `openai/gpt-oss-20b` in organization `org_1` service tier `on_demand` on tokens per day (TPD): Limit 200000, Used 199900, Requested 1200. Please try again in 7m12.4s."), "Retry-After", 433)
	},
	Effort: func(value string) (openaitest.Rejection, bool) {
		return errorOf(400, "invalid_request_error", "", "`reasoning_effort` must be one of `low`, `medium`, or `high`"), !slices.Contains([]string{"low", "medium", "high"}, value)
	},
	Write: func(a openaitest.Written) (string, string) {
		body := answer(a)
		message(body)["reasoning"] = pondering(a.Thoughts)
		return asJSON(body)
	},
	Thoughts: 150,
}
