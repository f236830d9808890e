package llm

import (
	"testing"

	"seedbed/localdb"
)

func TestPrices(t *testing.T) {
	shipped, err := ShippedPrices()
	if err != nil || shipped.AsOf == "" {
		t.Fatal(shipped.AsOf, err)
	}
	prices := shipped.With(map[string]Price{"gpt-4o-mini": {Prompt: 1, Completion: 2}, "mine": {Completion: 3}})
	const hosted = "https://api.openai.com/v1"
	tests := []struct {
		url, model string
		want       *Price
	}{
		{hosted, "gpt-6-luna", &Price{Prompt: 0.10, Completion: 0.50}},
		{hosted, "gpt-4.1-mini-2025-04-14", &Price{Prompt: 0.40, Completion: 1.60, Cached: new(0.1)}},
		{hosted, "gpt-4o-mini", &Price{Prompt: 1, Completion: 2}}, // a person's own figure wins
		{hosted, "mine", &Price{Completion: 3}},
		{hosted, "gpt-99", nil},
		{hosted, "", nil},
		{"https://127.0.0.1.example.com/v1", "gpt-99", nil},
		{"http://127.0.0.1:4000/v1", "llama", nil}, // may pass it on to anybody
		{"http://localhost:11434/v1", "gpt-6-luna", &Price{Prompt: 0.10, Completion: 0.50}},
		{"http://localhost:11434/v1", "llama", Free},
		{"http://127.0.0.1:1234/v1", "llama", Free},
		{"http://[::1]:8080/v1", "llama", Free},
	}
	for _, test := range tests {
		got := prices.Of(test.url, test.model)
		if (got == nil) != (test.want == nil) || got != nil && !got.same(*test.want) {
			t.Errorf("%s at %s costs %v, want %v", test.model, test.url, got, test.want)
		}
	}
	if _, changed := shipped.Models["mine"]; changed {
		t.Error("a person's own price got into the shipped list")
	}
}

func TestCost(t *testing.T) {
	for _, test := range []struct {
		price Price
		usage Usage
		want  localdb.Money
	}{
		{Price{Prompt: 0.10, Completion: 0.50}, Usage{Prompt: 1000, Completion: 100}, 150_000},
		{Price{Prompt: 0.15}, Usage{Prompt: 3}, 450}, // in floating point a little more than 450
		{Price{Prompt: 0.15, Cached: new(0.075)}, Usage{Prompt: 1000, Cached: 800}, 90_000},
		{Price{Prompt: 0.15}, Usage{Prompt: 1000, Cached: 800}, 150_000}, // no price of its own
		{Price{Prompt: 1e6, Completion: 1e6}, Usage{Prompt: 1_000_000_000, Completion: 1_000_000_000}, 2_000_000_000_000_000_000},
		{Price{Prompt: 0.0333}, Usage{Prompt: 1}, 34}, // rounded up
		{*Free, Usage{Prompt: 1e6, Completion: 1e6}, 0},
	} {
		if got := test.price.Cost(test.usage); got != test.want {
			t.Errorf("%v of %v cost %d, want %d", test.usage, test.price, got, test.want)
		}
	}
}

// TestNamesOfModels tests names in the forms of OpenRouter, Bedrock, Vertex, Azure and the
// makers themselves.
func TestNamesOfModels(t *testing.T) {
	shipped, err := ShippedPrices()
	if err != nil {
		t.Fatal(err)
	}
	costs := map[string]string{ // what it costs as much as; "" for an unknown price
		"openai/gpt-4o-mini": "gpt-4o-mini", "gpt-4o-mini-2024-07-18": "gpt-4o-mini", "GPT-4o-mini": "gpt-4o-mini",
		"openai/gpt-4o-mini-2024-07-18:nitro": "gpt-4o-mini", "azure/gpt-4o-mini": "gpt-4o-mini", "openrouter/openai/gpt-4o": "gpt-4o",
		"gpt-4-0613": "gpt-4", "gpt-35-turbo": "gpt-3.5-turbo", "gpt-35-turbo-0125": "gpt-3.5-turbo", "gpt-3.5-turbo-0613": "gpt-3.5-turbo-0613",
		"gpt-4o-2024-05-13": "gpt-4o-2024-05-13", "gpt-4-turbo-2024-04-09": "gpt-4-turbo", "chatgpt-4o-latest": "chatgpt-4o-latest",
		"anthropic/claude-3.5-sonnet": "claude-3-5-sonnet", "claude-3-7-sonnet-20250219": "claude-3-7-sonnet", "claude-3-7-sonnet-latest": "claude-3-7-sonnet",
		"us.anthropic.claude-3-7-sonnet-20250219-v1:0": "claude-3-7-sonnet", "anthropic.claude-3-5-sonnet-20241022-v2:0": "claude-3-5-sonnet",
		"claude-3-5-sonnet@20240620": "claude-3-5-sonnet", "claude-3-5-sonnet-v2@20241022": "claude-3-5-sonnet", "claude-haiku-4-5-20251001": "claude-haiku-4-5",
		"anthropic/claude-haiku-4.5": "claude-haiku-4-5", "global.anthropic.claude-haiku-4-5-20251001-v1:0": "claude-haiku-4-5",
		"models/gemini-2.0-flash-001": "gemini-2.0-flash", "google/gemini-2.5-flash": "gemini-2.5-flash", "publishers/google/models/gemini-2.0-flash": "gemini-2.0-flash",

		"gpt-4o-mini-audio": "", "gpt-4o-mini-audio-preview-2024-12-17": "", "gpt-4o-mini-tts": "", "gpt-4o-realtime-preview": "", "gpt-4o-mini-search-preview": "",
		"ft:gpt-4o-mini-2024-07-18:acme::abc": "", "acme/gpt-4o-mini": "", "gpt-4-1106-preview": "", "gpt-4o-mini-tuned": "", "anthropic/gpt-4o-mini": "",
		"openai/gpt-4o:online": "", "openai/gpt-4o:extended": "", "gemini-2.5-flash-preview-05-20": "", "mistral-large-2407": "", "gpt-4o-mini-9999": "", "claude-3-5-sonnet-x": "", "openai/": "", "/": "", ":free": "",
	}
	for model, same := range costs {
		got, want := shipped.Of("https://proxy.example/v1", model), shipped.Models[same]
		if (got == nil) != (same == "") || got != nil && !got.same(want) {
			t.Errorf("%s costs %v, want that of %q", model, got, same)
		}
	}
	if got := shipped.Of("https://openrouter.ai/api/v1", "meta-llama/llama-3.3-70b-instruct:free"); got == nil || !got.same(*Free) {
		t.Errorf("a free variant costs %v", got)
	}
	if got := shipped.Of("https://api.groq.com/openai/v1", "openai/gpt-oss-20b"); got == nil || got.Prompt != 0.075 {
		t.Errorf("at Groq it costs %v", got)
	}
	if got := shipped.Of("https://elsewhere.example/v1", "openai/gpt-oss-20b"); got != nil {
		t.Errorf("elsewhere it costs %v", got)
	}
}
