package dialects

import (
	"fmt"

	"seedbed/gen/openai/openaitest"
)

// LlamaCpp is the server of llama.cpp: https://github.com/ggml-org/llama.cpp/pull/15780
var LlamaCpp = openaitest.Dialect{
	Name:    "llama.cpp",
	Model:   "model.gguf",
	Differs: "The context is what the server was started with, and an answer ends there. The error tells the numbers in fields of their own.",
	Met:     "Those fields are read. An answer that is cut keeps its whole messages.",
	Context: func(n openaitest.Lengths) openaitest.Rejection {
		return openaitest.Rejection{Status: 400, Body: object{"error": object{
			"code": 400, "message": fmt.Sprintf("request (%d tokens) exceeds the available context size (%d tokens), try increasing it", n.Prompt, n.Context),
			"type": "exceed_context_size_error", "n_prompt_tokens": n.Prompt, "n_ctx": n.Context,
		}}}
	},
	PromptOnly: true,
	Write: func(a openaitest.Written) (string, string) {
		body := answer(a)
		delete(usage(body), "completion_tokens_details")
		body["timings"] = object{"prompt_n": a.PromptTokens, "predicted_n": a.CompletionTokens, "predicted_per_second": 31.4}
		return asJSON(body)
	},
}
