package dialects

import (
	"time"

	"seedbed/gen/openai/openaitest"
)

// Together is Together AI: https://docs.together.ai/docs/error-codes
var Together = openaitest.Dialect{
	Name:    "Together",
	Model:   "deepseek-ai/DeepSeek-R1-Distill",
	Differs: "The text begins with thoughts between `<think>` tags. `finish_reason` is `eos`. Limits are those of the server behind it.",
	Met:     "Thoughts are taken out before anything is read; those that never end are no answer.",
	Context: TGI.Context,
	Minute: func(wait time.Duration) openaitest.Rejection {
		return with(with(errorOf(429, "model_rate_limit", "", "You have reached the rate limit specific to this model. The maximum rate limit for this model is 6.0 queries per minute."),
			"X-Ratelimit-Remaining", 0), "X-Ratelimit-Reset", whole(wait))
	},
	Credit: func() openaitest.Rejection {
		return errorOf(402, "credit_limit", "", "Credit limit exceeded, please navigate to https://api.together.ai/settings/billing to upgrade your plan.")
	},
	Write: func(a openaitest.Written) (string, string) {
		body := answer(a)
		text := "<think>\n" + pondering(a.Thoughts)
		if a.Finish == "stop" || a.Visible > 0 {
			text += "\n</think>\n\n" + a.Text
		}
		message(body)["content"] = text
		if a.Finish == "stop" {
			choice(body)["finish_reason"] = "eos"
		}
		delete(usage(body), "completion_tokens_details")
		return asJSON(body)
	},
	Thoughts: 250,
}
