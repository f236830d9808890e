package dialects

import (
	"seedbed/gen/openai/openaitest"
)

// Ollama is Ollama: https://github.com/ollama/ollama/blob/main/docs/openai.md
var Ollama = openaitest.Dialect{
	Name:       "Ollama",
	Model:      "llama3.2:3b",
	Differs:    "A prompt that exceeds the context loses its beginning, and nothing is said: only the count of its tokens shows it.",
	Met:        "A count below what the prompt can have is noticed.",
	PromptOnly: true,
	Cut:        func(context int) int { return context/2 + 2 }, // https://github.com/ollama/ollama/issues/17427
	Write: func(a openaitest.Written) (string, string) {
		body := answer(a)
		delete(usage(body), "completion_tokens_details")
		return asJSON(body)
	},
}
