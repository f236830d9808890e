package dialects

import (
	"fmt"
	"time"

	"seedbed/gen/openai/openaitest"
)

// Gemini is Google's OpenAI-compatible endpoint: https://ai.google.dev/gemini-api/docs/rate-limits
var Gemini = openaitest.Dialect{
	Name:    "Google Gemini",
	Model:   "gemini-2.5-flash",
	Differs: "Errors come in a list of one. Every limit is worded as a quota that is exceeded; which one it is stands in `quotaId`. The model thinks, and `completion_tokens` doesn't count that.",
	Met:     "`quotaId` and `retryDelay` decide. The total is what is charged.",
	Context: func(n openaitest.Lengths) openaitest.Rejection {
		return google(400, "INVALID_ARGUMENT", fmt.Sprintf("The input token count (%d) exceeds the maximum number of tokens allowed (%d).", n.Prompt, n.Context))
	},
	PromptOnly: true,
	Answer: func(n openaitest.Lengths) openaitest.Rejection {
		return google(400, "INVALID_ARGUMENT", fmt.Sprintf("Unable to submit request because it has a maxOutputTokens value of %d but the supported range is from 1 (inclusive) to %d (exclusive). Update the value and try again.", n.Asked, n.Answer+1))
	},
	Minute: func(wait time.Duration) openaitest.Rejection {
		return exceeded("GenerateRequestsPerMinutePerProjectPerModel-FreeTier", wait)
	},
	Day: func(time.Time) openaitest.Rejection {
		return exceeded("GenerateRequestsPerDayPerProjectPerModel-FreeTier", 20*time.Second) // which isn't when the day ends
	},
	Credit: func() openaitest.Rejection {
		return google(429, "RESOURCE_EXHAUSTED", "Your project has exceeded its monthly spending cap. Please go to AI Studio to manage it.")
	},
	Write: func(a openaitest.Written) (string, string) {
		body := answer(a)
		usage(body)["completion_tokens"] = a.Visible
		delete(usage(body), "completion_tokens_details")
		return asJSON(body)
	},
	Thoughts: 300,
}

func google(status int, name, words string, details ...any) openaitest.Rejection {
	return openaitest.Rejection{Status: status, Body: []any{object{"error": object{"code": status, "message": words, "status": name, "details": details}}}}
}

func exceeded(quota string, wait time.Duration) openaitest.Rejection {
	return google(429, "RESOURCE_EXHAUSTED",
		fmt.Sprintf("You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.\n* Quota exceeded for metric: generativelanguage.googleapis.com/generate_content_free_tier_requests, limit: 10, model: gemini-2.5-flash\nPlease retry in %.6fs.", wait.Seconds()),
		object{"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": []any{object{"quotaMetric": "generativelanguage.googleapis.com/generate_content_free_tier_requests", "quotaId": quota}}},
		object{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": fmt.Sprintf("%ds", whole(wait))})
}
