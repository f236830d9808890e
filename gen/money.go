package gen

import (
	"encoding/json"
	"fmt"
	"math"

	"seedbed/assets"
	"seedbed/gen/openai"
	"seedbed/localdb"
)

// Price is what a model costs, in US dollars per million tokens.
type Price struct {
	Prompt     float64 `json:"prompt"`
	Completion float64 `json:"completion"`
}

// Free is the price of what runs on this computer: the built-in writer, and unlisted
// models of the programs that [openai.RunsHere] knows. A price nobody knows is nil, never Free.
var Free = &Price{}

// Usage is a number of tokens that is paid for.
type Usage struct {
	Prompt, Completion int
}

// cost of the usage, rounded up to a billionth of a dollar.
func (p Price) cost(u Usage) localdb.Money {
	const perToken = 1e9 / 1e6 // billionths of a dollar a token, at one dollar a million
	return localdb.Money(math.Ceil((p.Prompt*float64(u.Prompt) + p.Completion*float64(u.Completion)) * perToken))
}

// Prices is a list of prices with the day on which it held.
type Prices struct {
	AsOf   string           `json:"as_of"`
	Models map[string]Price `json:"models"`
}

// ShippedPrices is the list inside the program.
func ShippedPrices() (Prices, error) {
	var p Prices
	if err := json.Unmarshal(assets.Prices, &p); err != nil {
		return Prices{}, fmt.Errorf("read the shipped prices: %w", err)
	}
	return p, nil
}

// With returns the list with a person's own prices on top.
func (p Prices) With(own map[string]Price) Prices {
	models := make(map[string]Price, len(p.Models)+len(own))
	for _, list := range []map[string]Price{p.Models, own} {
		for model, price := range list {
			models[model] = price
		}
	}
	return Prices{AsOf: p.AsOf, Models: models}
}

// Of is the price of a model at an address: the listed one, wherever it is asked for,
// since an address on this computer may pass requests on to whom they are paid; Free
// for an unlisted model of a program on this computer; nil where nobody knows. A dated release of a listed model ("gpt-4o-mini-2024-07-18") costs what the
// model does.
func (p Prices) Of(baseURL, model string) *Price {
	if release := len(model) - len("-2006-01-02"); release > 0 && dated(model[release:]) {
		model = model[:release]
	}
	if price, ok := p.Models[model]; ok {
		return &price
	}
	if openai.RunsHere(baseURL) {
		return Free
	}
	return nil
}

// dated tells whether s looks like "-2024-07-18".
func dated(s string) bool {
	for i, r := range s {
		if dash := i == 0 || i == 5 || i == 8; dash != (r == '-') || !dash && (r < '0' || r > '9') {
			return false
		}
	}
	return true
}

// dollars as a person reads them: cents, or more digits where cents would say 0.
func dollars(m localdb.Money) string {
	usd := m.USD()
	switch {
	case usd == 0 || usd >= 0.1:
		return fmt.Sprintf("$%.2f", usd)
	case usd >= 0.001:
		return fmt.Sprintf("$%.3f", usd)
	}
	return fmt.Sprintf("$%.6f", usd)
}
