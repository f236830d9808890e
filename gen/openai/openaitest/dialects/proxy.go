package dialects

import (
	"encoding/json"
	"fmt"
	"time"

	"seedbed/gen/openai/openaitest"
)

// Proxy is a proxy such as LiteLLM or one-api: https://docs.litellm.ai/docs/proxy/users
var Proxy = openaitest.Dialect{
	Name:    "LiteLLM, one-api",
	Model:   "team-model",
	Differs: "Errors wrap those of the provider. Budgets and limits of the proxy's own have words of their own. Numbers may be floats or strings, and content the JSON itself.",
	Met:     "Each of that is read.",
	Context: func(n openaitest.Lengths) openaitest.Rejection {
		return errorOf(400, "", "400", "litellm.ContextWindowExceededError: litellm.BadRequestError: OpenAIException - This model's maximum context length is %d tokens. However, your messages resulted in %d tokens.", n.Context, n.Prompt+n.Asked)
	},
	Answer: func(n openaitest.Lengths) openaitest.Rejection {
		return errorOf(400, "", "400", "litellm.BadRequestError: DashscopeException - <400> InternalError.Algo.InvalidParameter: Range of max_tokens should be [1, %d]", n.Answer)
	},
	Minute: func(wait time.Duration) openaitest.Rejection {
		return errorOf(429, "throttling_error", "429", "Rate limit exceeded for api_key: 88dc. Limit type: requests. Current limit: 3, Remaining: 0. Limit resets at: %s UTC", time.Now().Add(wait+time.Minute).UTC().Format(time.DateTime))
	},
	Credit: func() openaitest.Rejection {
		return errorOf(400, "budget_exceeded", "400", "ExceededBudget: User=default_user_id over budget. Spend=11.2, Budget=10.0")
	},
	Write: func(a openaitest.Written) (string, string) {
		body := answer(a)
		var content any
		if json.Unmarshal([]byte(a.Text), &content) == nil {
			message(body)["content"] = content
		}
		choice(body)["index"] = "0"
		body["created"] = 1.79e9
		body["usage"] = object{"prompt_tokens": fmt.Sprint(a.PromptTokens), "completion_tokens": float64(a.CompletionTokens) + 0.0, "total_tokens": fmt.Sprintf("%d.0", a.PromptTokens+a.CompletionTokens)}
		return asJSON(body)
	},
}
