package dialects

import (
	"fmt"
	"time"

	"seedbed/gen/openai/openaitest"
)

// OpenRouter is OpenRouter: https://openrouter.ai/docs/api-reference/errors
var OpenRouter = openaitest.Dialect{
	Name:    "OpenRouter",
	Model:   "vendor/some-model:free",
	Differs: "The provider's own error is a text within the error's metadata, and so are the headers that tell when a day ends. Comments keep the connection alive. `usage.cost` is the price of the answer.",
	Met:     "The innermost words are said, the repeated headers are read, and the price told is the one charged.",
	Context: func(n openaitest.Lengths) openaitest.Rejection {
		return errorOf(400, "", "400", "This endpoint's maximum context length is %d tokens. However, you requested about %d tokens (%d of text input, %d in the output). Please reduce the length of either one.", n.Context, n.Prompt+n.Asked, n.Prompt, n.Asked)
	},
	Answer: func(n openaitest.Lengths) openaitest.Rejection {
		return errorOf(400, "", "400", `[{"code":"too_big","maximum":%d,"path":["max_tokens"],"message":"Too big: expected number to be <=%d"}]`, n.Answer, n.Answer)
	},
	Minute: func(wait time.Duration) openaitest.Rejection {
		r := errorOf(429, "", "429", "Provider returned error")
		r.Body.(object)["error"].(object)["metadata"] = object{"provider_name": "Somebody", "raw": fmt.Sprintf(`{"error":{"message":"vendor/some-model is temporarily rate-limited upstream. Please retry in %ds."}}`, whole(wait))}
		return r
	},
	Day: func(until time.Time) openaitest.Rejection {
		r := errorOf(429, "", "429", "Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day")
		r.Body.(object)["error"].(object)["metadata"] = object{"headers": object{"X-RateLimit-Limit": "50", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": fmt.Sprint(until.UnixMilli())}}
		return r
	},
	Credit: func() openaitest.Rejection {
		return errorOf(403, "", "403", "Key limit exceeded (total limit). Manage it using https://openrouter.ai/settings/keys")
	},
	Write: func(a openaitest.Written) (string, string) {
		body := answer(a)
		usage(body)["cost"] = float64(a.PromptTokens)*1e-7 + float64(a.CompletionTokens)*4e-7
		choice(body)["native_finish_reason"] = "STOP"
		kind, text := asJSON(body)
		return kind, "\n         \n\n" + text
	},
}
