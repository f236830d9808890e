package dialects

import (
	"fmt"

	"seedbed/gen/openai/openaitest"
)

// LMStudio is LM Studio: https://lmstudio.ai/docs/app/api/endpoints/openai
var LMStudio = openaitest.Dialect{
	Name:    "LM Studio",
	Model:   "qwen3-4b-thinking",
	Differs: "Errors are plain texts. The whole answer may come as `reasoning_content`, where the model marks no end of its thoughts.",
	Met:     "JSON that ends the thoughts of an answer without text is the answer.",
	Context: func(n openaitest.Lengths) openaitest.Rejection {
		return openaitest.Rejection{Status: 400, Body: object{"error": fmt.Sprintf("Trying to keep the first %d tokens when context the overflows. However, the model is loaded with context length of only %d tokens, which is not enough. Try to load the model with a larger context length, or provide a shorter input", n.Prompt, n.Context)}}
	},
	PromptOnly: true,
	Write: func(a openaitest.Written) (string, string) {
		body := answer(a)
		message(body)["content"] = ""
		message(body)["reasoning_content"] = pondering(a.Thoughts) + a.Text
		delete(usage(body), "completion_tokens_details")
		return asJSON(body)
	},
	Thoughts: 120,
}
