package body_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"strings"
	"testing"

	"seedbed/gen/openai/body"
)

const text = `{"messages":["Hello"]}`

func TestRead(t *testing.T) {
	quoted := `"{\"messages\":[\"Hello\"]}"`
	tests := []struct{ name, body, want, finish string }{
		{"as asked", `{"choices":[{"index":0,"finish_reason":"stop","message":{"content":` + quoted + `}}]}`, text, "stop"},
		{"a mark before it", "\ufeff\n  " + `{"choices":[{"finish_reason":"STOP","message":{"content":` + quoted + `}}]}`, text, "stop"},
		{"numbers as texts and floats", `{"created":1.79e9,"choices":[{"index":"0","finish_reason":"stop","message":{"content":` + quoted + `}}]}`, text, "stop"},
		{"content in parts", `{"choices":[{"finish_reason":"stop","message":{"content":[{"type":"text","text":"{\"messages\":"},{"type":"text","text":"[\"Hello\"]}"}]}}]}`, text, "stop"},
		{"content is the JSON", `{"choices":[{"finish_reason":"stop","message":{"content":{"messages":["Hello"]}}}]}`, text, "stop"},
		{"content is a list", `{"choices":[{"finish_reason":"stop","message":{"content":["Hello"]}}]}`, `["Hello"]`, "stop"},
		{"message is a text", `{"choices":[{"finish_reason":"stop","message":` + quoted + `}]}`, text, "stop"},
		{"older completions", `{"choices":[{"finish_reason":"eos","text":` + quoted + `}]}`, text, "stop"},
		{"delta without a stream", `{"choices":[{"finish_reason":"stop","message":null,"delta":{"content":` + quoted + `}}]}`, text, "stop"},
		{"several choices", `{"choices":[{"index":0,"finish_reason":"stop","message":{"content":""}},{"index":1,"finish_reason":"stop","message":{"content":` + quoted + `}}]}`, text, "stop"},
		{"a tool was called", `{"choices":[{"finish_reason":"tool_calls","message":{"content":null,"tool_calls":[{"function":{"name":"messages","arguments":` + quoted + `}}]}}]}`, text, "stop"},
		{"thoughts in a field", `{"choices":[{"finish_reason":"stop","message":{"reasoning_content":"Hm. {","content":` + quoted + `}}]}`, text, "stop"},
		{"the answer among the thoughts", `{"choices":[{"finish_reason":"stop","message":{"reasoning_content":"A {thought}.\n{\"messages\":[\"Hello\"]}","content":""}}]}`, text, "stop"},
		{"nothing but thoughts", `{"choices":[{"finish_reason":"stop","message":{"reasoning":"Hm.","content":""}}]}`, "", "stop"},
		{"thoughts in tags", `{"choices":[{"finish_reason":"stop","message":{"content":"<think>1. Hm</think>{\"messages\":[\"Hello\"]}"}}]}`, text, "stop"},
		{"thoughts without an end", `{"choices":[{"finish_reason":"length","message":{"content":"<think>1. Hm"}}]}`, "", "length"},
		{"a tag in a message", `{"choices":[{"finish_reason":"stop","message":{"content":"{\"messages\":[\"what is </think> for\"]}"}}]}`, `{"messages":["what is </think> for"]}`, "stop"},
		{"Ollama", `{"model":"m","message":{"role":"assistant","content":` + quoted + `},"done":true,"done_reason":"stop"}`, text, "stop"},
		{"Ollama, in pieces", `{"message":{"content":"{\"messages\":"},"done":false}` + "\n" + `{"message":{"content":"[\"Hello\"]}"},"done":true,"done_reason":"stop"}`, text, "stop"},
		{"Responses", `{"object":"response","status":"completed","output":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Hm"}]},{"type":"message","content":[{"type":"output_text","text":` + quoted + `}]}]}`, text, "stop"},
		{"Responses, cut", `{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"output":[]}`, "", "length"},
		{"Anthropic", `{"type":"message","content":[{"type":"thinking","thinking":"Hm"},{"type":"text","text":` + quoted + `}],"stop_reason":"end_turn"}`, text, "stop"},
		{"wrapped", `{"success":true,"result":{"response":` + quoted + `}}`, text, ""},
		{"Gemini", `{"candidates":[{"content":{"parts":[{"text":"Hm","thought":true},{"text":` + quoted + `}]},"finishReason":"STOP"}]}`, text, "stop"},
		{"Gemini, refused", `{"candidates":[],"promptFeedback":{"blockReason":"SAFETY"}}`, "", "content_filter"},
		{"DashScope", `{"output":{"text":` + quoted + `,"finish_reason":"stop"},"request_id":"x"}`, text, "stop"},
		{"JSON as a string", `"{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":\"Hello\"}}]}"`, "Hello", "stop"},
		{"a remark after it", `{"choices":[{"finish_reason":"stop","message":{"content":"Hello"}}]}` + "\n<!-- proxy 7 -->", "Hello", "stop"},
		{"no script", ")]}'\n" + `{"choices":[{"finish_reason":"stop","message":{"content":"Hello"}}]}`, "Hello", "stop"},
		{"no number", `{"choices":[{"finish_reason":"stop","logprob":NaN,"message":{"content":"Hello: NaN"}}]}`, "Hello: NaN", "stop"},
		{"UTF-16", "\xff\xfe{\x00\"\x00c\x00h\x00o\x00i\x00c\x00e\x00s\x00\"\x00:\x00[\x00]\x00}\x00", "", ""},
		{"a filter", `{"choices":[{"finish_reason":"sensitive_content","message":{"content":""}}]}`, "", "content_filter"},
		{"no finish_reason", `{"choices":[{"message":{"content":` + quoted + `}}]}`, text, ""},
		{"cut at the model's length", `{"choices":[{"finish_reason":"model_length","message":{"content":` + quoted + `}}]}`, text, "length"},
		{"a stream", "data: {\"choices\":[{\"delta\":{\"content\":\"{\\\"messages\\\":\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"[\\\"Hello\\\"]}\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n", text, "stop"},
		{"a stream with CRLF, comments, events and no end", ": OPENROUTER PROCESSING\r\n\r\nevent: x\r\ndata:{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"{\\\"messages\\\":[\\\"Hello\\\"]}\"}}]}\r\n\r\n:\r\n\r\n", text, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok := body.Read([]byte(test.body))
			if !ok || got.Text != test.want || got.Finish != test.finish {
				t.Errorf("%t, %q, %q", ok, got.Text, got.Finish)
			}
			var packed bytes.Buffer
			w := gzip.NewWriter(&packed)
			_, _ = w.Write([]byte(test.body))
			_ = w.Close()
			if unpacked, ok := body.Read(packed.Bytes()); !ok || unpacked.Text != got.Text {
				t.Error("packed, it reads otherwise")
			}
		})
	}
	for _, none := range []string{"", "  ", "Hello", "<html></html>", "data: nothing", "{", `{"choices":[`, `{"hello":"world"}`, `[]`, "null", "data: {\"choices\":[]}\n<html>"} {
		if got, ok := body.Read([]byte(none)); ok {
			t.Errorf("%q is taken for %+v", none, got)
		}
	}
}

func TestUsage(t *testing.T) {
	tests := []struct {
		name, usage string
		want        body.Usage
		cost        float64
	}{
		{"OpenAI", `{"prompt_tokens":10,"completion_tokens":50,"total_tokens":60,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":30}}`, body.Usage{Prompt: 10, Completion: 50, Reasoning: 30, Cached: 4}, -1},
		{"xAI: thoughts in the total alone", `{"prompt_tokens":10,"completion_tokens":20,"total_tokens":60,"completion_tokens_details":{"reasoning_tokens":30},"cost_in_usd_ticks":37756000}`, body.Usage{Prompt: 10, Completion: 50, Reasoning: 30}, 0.0037756},
		{"Gemini: thoughts not named", `{"prompt_tokens":10,"completion_tokens":20,"total_tokens":60}`, body.Usage{Prompt: 10, Completion: 50, Reasoning: 30}, -1},
		{"thoughts in no count", `{"prompt_tokens":10,"completion_tokens":20,"total_tokens":30,"completion_tokens_details":{"reasoning_tokens":30}}`, body.Usage{Prompt: 10, Completion: 50, Reasoning: 30}, -1},
		{"thoughts by another name", `{"prompt_tokens":10,"completion_tokens":20,"thoughts_token_count":30}`, body.Usage{Prompt: 10, Completion: 50, Reasoning: 30}, -1},
		{"thoughts by another name in the details", `{"prompt_tokens":10,"completion_tokens":20,"total_tokens":30,"completion_tokens_details":{"thinking_tokens":30}}`, body.Usage{Prompt: 10, Completion: 50, Reasoning: 30}, -1},
		{"Gemini's own API", `{"promptTokenCount":10,"candidatesTokenCount":20,"thoughtsTokenCount":30,"totalTokenCount":60}`, body.Usage{Prompt: 10, Completion: 50, Reasoning: 30}, -1},
		{"Cohere", `{"billed_units":{"input_tokens":10,"output_tokens":5},"tokens":{"input_tokens":210,"output_tokens":5}}`, body.Usage{Prompt: 10, Completion: 5}, -1},
		{"Anthropic: put into the cache", `{"input_tokens":10,"output_tokens":5,"cache_creation_input_tokens":100}`, body.Usage{Prompt: 110, Completion: 5}, -1},
		{"thousands and dollars", `{"prompt_tokens":"1,010","completion_tokens":5,"cost":"$0.006"}`, body.Usage{Prompt: 1010, Completion: 5}, 0.006},
		{"texts and floats", `{"prompt_tokens":"10","completion_tokens":50.0,"total_tokens":"60.0"}`, body.Usage{Prompt: 10, Completion: 50}, -1},
		{"the total alone", `{"total_tokens":60}`, body.Usage{Completion: 60, Reasoning: 60}, -1},
		{"DeepSeek", `{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_cache_hit_tokens":8}`, body.Usage{Prompt: 10, Completion: 5, Cached: 8}, -1},
		{"Anthropic: the cache apart", `{"input_tokens":10,"output_tokens":5,"cache_read_input_tokens":100}`, body.Usage{Prompt: 110, Completion: 5, Cached: 100}, -1},
		{"OpenRouter", `{"prompt_tokens":10,"completion_tokens":5,"cost":0.00095}`, body.Usage{Prompt: 10, Completion: 5}, 0.00095},
		{"OpenRouter with a key of one's own", `{"prompt_tokens":10,"completion_tokens":5,"cost":0.0001,"is_byok":true,"cost_details":{"upstream_inference_cost":0.002}}`, body.Usage{Prompt: 10, Completion: 5}, 0.0021},
		{"Perplexity", `{"prompt_tokens":10,"completion_tokens":5,"cost":{"total_cost":"0.006"}}`, body.Usage{Prompt: 10, Completion: 5}, 0.006},
		{"nonsense", `{"prompt_tokens":"many","completion_tokens":-5,"total_tokens":1e300,"cost":"NaN"}`, body.Usage{}, -1},
	}
	for _, test := range tests {
		got, _ := body.Read([]byte(`{"choices":[],"usage":` + test.usage + `}`))
		u := got.Usage
		cost := u.CostUSD
		u.CostUSD = nil
		if u != test.want || (cost == nil) != (test.cost < 0) || cost != nil && (*cost-test.cost > 1e-12 || test.cost-*cost > 1e-12) {
			t.Errorf("%s: %+v, cost %v", test.name, u, cost)
		}
	}
	stream := "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":1}}\n\ndata: {\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":9,\"cost\":0.1}}\n"
	if got, _ := body.Read([]byte(stream)); got.Usage.Completion != 9 || got.Usage.CostUSD == nil {
		t.Errorf("the last of a stream's counts: %+v", got.Usage)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"choices":[{"index":0,"finish_reason":"stop","message":{"content":[{"type":"thinking","thinking":[{"text":"x"}]},{"text":"y"}]}}],"usage":{"prompt_tokens":"1e3"}}`))
	f.Add([]byte("\ufeffdata: {\"choices\":[{\"delta\":{\"content\":\"<think>\"}}]}\r\n: x\r\ndata: [DONE]"))
	f.Add([]byte(`{"output":[{"type":"message","content":[{"type":"output_text","text":"x"}]}],"usage":{"total_tokens":1e99,"cost":{"total_cost":1e400}}}`))
	f.Add([]byte(`{"result":{"response":{"data":{"body":{"message":{"content":{"a":1}}}}}}}`))
	f.Add([]byte("\x1f\x8b\x08\x00"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		a, ok := body.Read(raw)
		u := a.Usage
		if u.Prompt < 0 || u.Completion < 0 || u.Reasoning < 0 || u.Reasoning > u.Completion || u.Cached > u.Prompt || u.CostUSD != nil && !(*u.CostUSD >= 0) {
			t.Errorf("usage %+v", u)
		}
		if strings.HasPrefix(strings.TrimSpace(a.Text), "<think>") {
			t.Errorf("thoughts are taken for the answer: %q", a.Text)
		}
		if !ok && json.Valid(raw) && bytes.Contains(raw, []byte(`{"choices":`)) && bytes.HasPrefix(raw, []byte(`{"choices":`)) {
			t.Errorf("no answer in %q", raw)
		}
	})
}
