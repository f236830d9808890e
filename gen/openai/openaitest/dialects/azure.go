package dialects

import (
	"time"

	"seedbed/gen/openai/openaitest"
)

// Azure is Azure OpenAI: https://learn.microsoft.com/azure/ai-services/openai/reference
var Azure = openaitest.Dialect{
	Name:    "Azure OpenAI",
	Model:   "my-gpt-4.1",
	Azure:   true,
	Differs: "The deployment is in the path, the key in `Api-Key`. Waits are in milliseconds, in seconds and in the words, and may be a day.",
	Met:     "The longest of the waits counts.",
	Context: OpenAI.Context,
	Answer:  OpenAI.Answer,
	Minute: func(wait time.Duration) openaitest.Rejection {
		return with(with(errorOf(429, "", "429", "Requests to the ChatCompletions_Create Operation under Azure OpenAI API have exceeded call rate limit of your current pricing tier. Please retry after %d seconds.", whole(wait)),
			"Retry-After", whole(wait)), "Retry-After-Ms", wait.Milliseconds())
	},
	Day: func(time.Time) openaitest.Rejection {
		return with(errorOf(429, "", "429", "Requests have exceeded the daily token limit of your current tier. Please retry after 86400 seconds."), "Retry-After", 86400)
	},
	Credit: func() openaitest.Rejection {
		return errorOf(403, "", "insufficient_quota", "Your subscription's spending limit is reached.")
	},
}
