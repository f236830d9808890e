package gen

import (
	"context"
	"slices"

	"seedbed/gen/openai"
)

// DefaultModel is used where nobody names a model and the endpoint has it: the
// cheapest current one of OpenAI's as of the shipped prices.
const DefaultModel = "gpt-6-luna"

// OpenModelWriter is the writer behind an endpoint. Where config names no model, it
// takes DefaultModel, or the first that an endpoint of one's own offers. Own prices
// are by model and beat the shipped ones.
func OpenModelWriter(ctx context.Context, config openai.Config, own map[string]Price) (Writer, error) {
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
	if err != nil {
		return nil, err
	}
	return NewModelWriter(openai.New(config), prices.With(own).Of(config.BaseURL, config.Model)), nil
}
