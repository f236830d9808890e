// Package llm is what a run has to know of a language model behind an endpoint: its
// client, its price, how many requests it takes at a time, and an estimate of what
// requests will cost.
package llm

import (
	"context"
	"slices"

	"seedbed/gen/openai"
)

// DefaultModel is used if no model is named and the endpoint offers it: the cheapest
// current one of OpenAI's as of the shipped prices.
const DefaultModel = "gpt-6-luna"

// Info is what a run has to know of whatever answers its requests: a model, or the
// built-in writer.
type Info struct {
	Name     string // "builtin" or "openai"
	Model    string // "" if there is none
	Price    *Price // nil if unknown
	Parallel int    // the most requests at a time
}

// The most requests at a time. A program on this computer shares one processor.
const (
	ParallelHosted = 32
	parallelLocal  = 4
)

// InfoOf describes the model behind an endpoint. Price is nil if it is unknown; see
// [Prices.Of].
func InfoOf(client *openai.Client, price *Price) Info {
	info := Info{Name: "openai", Model: client.Model(), Price: price, Parallel: ParallelHosted}
	if openai.RunsHere(client.BaseURL()) {
		info.Parallel = parallelLocal
	}
	return info
}

// Open returns a client for the model that config names, and the model's price, nil if
// it is unknown. If config names no model, Open takes DefaultModel, or the first one that
// a custom endpoint offers. A person's own prices, by model, override the shipped ones.
func Open(ctx context.Context, config openai.Config, own map[string]Price) (*openai.Client, *Price, error) {
	if config.Model == "" {
		config.Model = DefaultModel
		if config.BaseURL != "" {
			models, err := openai.New(config).Models(ctx)
			if err == nil && len(models) > 0 && !slices.Contains(models, config.Model) {
				config.Model = models[0]
			}
		}
	}
	prices, err := ShippedPrices()
	return openai.New(config), prices.With(own).Of(config.BaseURL, config.Model), err
}

// promptOverhead is room for the tokens that an endpoint puts around the messages.
const promptOverhead = 256

// MaxUsage is the most that a request can be charged for. It relies on a token being at
// least one byte, which holds for every byte-level tokeniser.
func MaxUsage(r openai.ChatRequest) Usage {
	return Usage{Prompt: len(r.System) + len(r.User) + len(r.Schema) + promptOverhead, Completion: r.MaxTokens}
}

// Room for an answer's tokens beside its items. Some models reason before they write.
const (
	tokensForFormat    = 256
	tokensForReasoning = 4096
)

// MaxTokens bounds the tokens of an answer of so many items.
func (i Info) MaxTokens(items, tokensPerItem int) int {
	room := tokensForFormat + items*tokensPerItem
	if openai.Thinks(i.Model) {
		room += tokensForReasoning
	}
	return room
}
