package llm

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"

	"seedbed/assets"
	"seedbed/assets/i18n"
	"seedbed/assets/number"
	"seedbed/gen/openai"
	"seedbed/localdb"
)

// Price is what a model costs, in US dollars per million tokens.
type Price struct {
	Prompt     float64 `json:"prompt"`
	Completion float64 `json:"completion"`
}

// Free is the price of what runs on this computer: the built-in writer, and unlisted
// models of the programs that [openai.RunsHere] knows. An unknown price is nil, not Free.
var Free = &Price{}

// Usage is the number of tokens that are charged for.
type Usage struct {
	Prompt, Completion int
}

// Cost is the price of the usage, rounded up to a billionth of a dollar.
func (p Price) Cost(u Usage) localdb.Money {
	const perToken = 1e9 / 1e6 // billionths of a dollar a token, at one dollar a million
	return localdb.Money(math.Ceil((p.Prompt*float64(u.Prompt) + p.Completion*float64(u.Completion)) * perToken))
}

// PlanError says what is wrong with the plan of a run, and what to change. Nothing was
// sent.
type PlanError struct{ i18n.Text }

// CheckCap says with a *PlanError that a cap, 0 for none, can't be enforced.
func (i Info) CheckCap(usd float64) error {
	if err := CheckAmount(usd); err != nil {
		return err
	}
	if usd > 0 && i.Price == nil {
		return &PlanError{i18n.T("the price of {{.Model}} is unknown, so a cap of {{.Cap}} can't be enforced; enter the price in Settings, or run without a cap", i18n.Values{"Model": i.Model, "Cap": fmt.Sprintf("$%.2f", usd)})}
	}
	return nil
}

// CheckAmount says with a *PlanError that a cap is no amount.
func CheckAmount(usd float64) error {
	if err := number.Cap.Check(usd); err != nil {
		return &PlanError{i18n.T("the cap in dollars: {{.Why}}", i18n.Values{"Why": err})}
	}
	return nil
}

// MaxCost is the most that usage can cost; nil if the price is unknown.
func (i Info) MaxCost(most Usage) *localdb.Money {
	if i.Price == nil {
		return nil
	}
	return new(i.Price.Cost(most))
}

// CostOf is what an answer cost. If the endpoint reports no usage, it is all that was
// reserved for the request; nil if the price is unknown.
func (i Info) CostOf(u Usage, known bool, reserved *localdb.Money) *localdb.Money {
	if i.Price == nil || !known {
		return reserved
	}
	return new(i.Price.Cost(u))
}

// Prices is a list of prices with the day on which it was valid.
type Prices struct {
	AsOf   string           `json:"as_of"`
	Models map[string]Price `json:"models"`
}

// ShippedPrices returns the list that ships with the program.
func ShippedPrices() (Prices, error) {
	var p Prices
	if err := json.Unmarshal(assets.Prices, &p); err != nil {
		return Prices{}, fmt.Errorf("read the shipped prices: %w", err)
	}
	return p, nil
}

// With returns the list with a person's own prices, which override it, but for those that
// are out of bounds.
func (p Prices) With(own map[string]Price) Prices {
	models := make(map[string]Price, len(p.Models)+len(own))
	maps.Copy(models, p.Models)
	for model, price := range own {
		if number.Price.Check(price.Prompt) == nil && number.Price.Check(price.Completion) == nil {
			models[model] = price
		}
	}
	return Prices{AsOf: p.AsOf, Models: models}
}

// Of is the price of a model at an address: the listed one wherever the model runs,
// since a server on this computer may forward requests to a paid service; Free for an
// unlisted model of a program on this computer; nil if it is unknown. A dated release of
// a listed model ("gpt-4o-mini-2024-07-18") costs what the model does.
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

// dated reports whether s looks like "-2024-07-18".
func dated(s string) bool {
	for i, r := range s {
		if dash := i == 0 || i == 5 || i == 8; dash != (r == '-') || !dash && (r < '0' || r > '9') {
			return false
		}
	}
	return true
}

// Dollars formats an amount for people: cents, or more digits if cents would say 0.
func Dollars(m localdb.Money) string {
	usd := m.USD()
	switch {
	case usd == 0 || usd >= 0.1:
		return fmt.Sprintf("$%.2f", usd)
	case usd >= 0.001:
		return fmt.Sprintf("$%.3f", usd)
	}
	return fmt.Sprintf("$%.6f", usd)
}
