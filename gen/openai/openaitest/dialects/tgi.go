package dialects

import (
	"seedbed/gen/openai/openaitest"
)

// TGI is Hugging Face's Text Generation Inference: https://huggingface.co/docs/text-generation-inference
var TGI = openaitest.Dialect{
	Name:    "TGI",
	Model:   "tgi",
	Differs: "Limits are those of the server's start, worded for its own API. `finish_reason` is `eos_token`.",
	Met:     "The words are read all the same.",
	Context: func(n openaitest.Lengths) openaitest.Rejection {
		return openaitest.Rejection{Status: 422, Body: object{
			"error": "Input validation error: `inputs` tokens + `max_new_tokens` must be <= " + itoa(n.Context) + ". Given: " + itoa(n.Prompt) + " `inputs` tokens and " + itoa(n.Asked) + " `max_new_tokens`", "error_type": "validation",
		}}
	},
	Write: func(a openaitest.Written) (string, string) {
		body := answer(a)
		if a.Finish == "stop" {
			choice(body)["finish_reason"] = "eos_token"
		}
		delete(usage(body), "completion_tokens_details")
		return asJSON(body)
	},
}
