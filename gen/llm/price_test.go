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
	prices := shipped.With(map[string]Price{"gpt-4o-mini": {1, 2}, "mine": {0, 3}})
	const hosted = "https://api.openai.com/v1"
	tests := []struct {
		url, model string
		want       *Price
	}{
		{hosted, "gpt-6-luna", &Price{0.10, 0.50}},
		{hosted, "gpt-4.1-mini-2025-04-14", &Price{0.40, 1.60}},
		{hosted, "gpt-4o-mini", &Price{1, 2}}, // a person's own figure wins
		{hosted, "mine", &Price{0, 3}},
		{hosted, "gpt-99", nil},
		{hosted, "", nil},
		{"https://127.0.0.1.example.com/v1", "gpt-99", nil},
		{"http://127.0.0.1:4000/v1", "llama", nil}, // may pass it on to anybody
		{"http://localhost:11434/v1", "gpt-6-luna", &Price{0.10, 0.50}},
		{"http://localhost:11434/v1", "llama", Free},
		{"http://127.0.0.1:1234/v1", "llama", Free},
		{"http://[::1]:8080/v1", "llama", Free},
	}
	for _, test := range tests {
		got := prices.Of(test.url, test.model)
		if (got == nil) != (test.want == nil) || got != nil && *got != *test.want {
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
		{Price{0.10, 0.50}, Usage{1000, 100}, 150_000},
		{Price{0.0333, 0}, Usage{1, 0}, 34}, // rounded up
		{*Free, Usage{1e6, 1e6}, 0},
	} {
		if got := test.price.Cost(test.usage); got != test.want {
			t.Errorf("%v of %v cost %d, want %d", test.usage, test.price, got, test.want)
		}
	}
}
