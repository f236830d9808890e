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
	client, price, err := openModel(ctx, config, own)
	if err != nil {
		return nil, err
	}
	return NewModelWriter(client, price), nil
}

// OpenModelLabeller is the labeller behind an endpoint, chosen as OpenModelWriter does.
func OpenModelLabeller(ctx context.Context, config openai.Config, own map[string]Price) (*ModelLabeller, error) {
	client, price, err := openModel(ctx, config, own)
	if err != nil {
		return nil, err
	}
	return NewModelLabeller(client, price), nil
}

// openModel is a client with the model to use and its price.
func openModel(ctx context.Context, config openai.Config, own map[string]Price) (*openai.Client, *Price, error) {
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
