// Package llm is what a run has to know of a language model behind an endpoint: its
// client, its price, how many requests it takes at a time, and an estimate of what
// requests will cost.
package llm

import "seedbed/gen/openai"

// DefaultModel is used if no model is named and the endpoint offers it: the cheapest
// current one of OpenAI's as of the shipped prices.
const DefaultModel = "gpt-6-luna"

// Info is what a run has to know of whatever answers its requests: a model, or the
// built-in writer.
type Info struct {
	Name     string // "builtin" or "openai"
	Model    string // "" if there is none
	Price    *Price // nil if unknown
	Parallel int    // the most requests at a time; the scheduler finds out how many are worthwhile

	deployment bool // Model is the name that somebody gave it at Azure, which may say anything
}

// ParallelHosted is the most requests at a time.
const ParallelHosted = 32

// InfoOf describes the model behind an endpoint. Price is nil if it is unknown; see
// [Prices.Of].
func InfoOf(client *openai.Client, price *Price) Info {
	return Info{Name: "openai", Model: client.Model(), Price: price, Parallel: ParallelHosted, deployment: client.Azure()}
}

// ServedBy is the same with the price of the model that answered, where the name that was asked
// for is a deployment's and nobody entered a price for that.
func (i Info) ServedBy(model string) Info {
	if !i.deployment || model == i.Model || i.Price != nil && i.Price.own {
		return i
	}
	prices, err := ShippedPrices()
	if err != nil {
		return i
	}
	if price := prices.Of("", model); price != nil {
		i.Price = price
	}
	return i
}
