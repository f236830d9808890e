package llm

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"strings"

	"seedbed/assets"
	"seedbed/gen/openai"
)

// Prices is a list of prices with the day on which it was valid.
type Prices struct {
	AsOf   string           `json:"as_of"`
	Models map[string]Price `json:"models"` // by the names that their makers use

	// Hosts are the prices of models that each service prices for itself, by its host.
	Hosts map[string]map[string]Price `json:"hosts"`

	own    map[string]Price // by the name at the endpoint; win over all others
	listed map[string]Price // as the endpoint itself lists them
}

// ShippedPrices returns the list that ships with the program.
func ShippedPrices() (Prices, error) {
	var p Prices
	if err := json.Unmarshal(assets.Prices, &p); err != nil {
		return Prices{}, fmt.Errorf("read the shipped prices: %w", err)
	}
	return p, nil
}

// With returns the list with a person's own prices for an endpoint, which override it,
// but for those that are out of bounds.
func (p Prices) With(own map[string]Price) Prices {
	p.own = maps.Clone(own)
	maps.DeleteFunc(p.own, func(_ string, price Price) bool { return !price.valid() })
	for model, price := range p.own {
		price.own = true
		p.own[model] = price
	}
	return p
}

// Listed returns the list with the prices that an endpoint lists with its models.
func (p Prices) Listed(models []openai.Model) Prices {
	p.listed = map[string]Price{}
	for _, m := range models {
		if m.Price != nil {
			if price := (Price{Prompt: m.Price.Prompt, Completion: m.Price.Completion, Cached: m.Price.Cached}); price.valid() {
				p.listed[m.ID] = price
			}
		}
	}
	return p
}

// Of is the price of a model at an address: a person's own; the one that the endpoint
// lists; the shipped one wherever the model runs, since a server on this computer may
// forward requests to a paid service; Free for an unlisted model of a program on this
// computer; nil if it is unknown. Endpoints name a model in many ways, see [names].
func (p Prices) Of(baseURL, model string) *Price {
	for _, prices := range []map[string]Price{p.own, p.listed, p.Hosts[hostOf(baseURL)]} {
		if price, ok := prices[model]; ok {
			return &price
		}
	}
	route, routed := routeOf(model)
	if routed {
		switch route.kind {
		case freeRoute:
			return Free
		case samePriceRoute:
			return p.Of(baseURL, route.model)
		}
	}
	for _, name := range names(model) {
		if price, ok := p.Models[name]; ok {
			return &price
		}
	}
	if openai.RunsHere(baseURL) {
		return Free
	}
	return nil
}

// hostOf is the host of an address as people write it; "" for OpenAI's.
func hostOf(baseURL string) string {
	u, err := url.Parse(openai.New(openai.Config{BaseURL: baseURL}).BaseURL())
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}
