package llm

import (
	"fmt"
	"math/big"
	"strconv"

	"seedbed/assets/i18n"
	"seedbed/assets/number"
	"seedbed/localdb"
)

// Price is what a model costs, in US dollars per million tokens.
type Price struct {
	Prompt     float64 `json:"prompt"`
	Completion float64 `json:"completion"`
	// Cached is the price of prompt tokens that the endpoint took from its cache; nil
	// where it is unknown, and they cost as much as others.
	Cached *float64 `json:"cached,omitempty"`

	own bool // a person entered it
}

// Free is the price of what runs on this computer: the built-in writer, and unlisted
// models of the programs that [openai.RunsHere] knows. An unknown price is nil, not Free.
var Free = &Price{}

// Usage is the number of tokens that are charged for.
type Usage struct {
	Prompt, Completion int
	Cached             int // the part of Prompt that came from a cache
}

// Cost is the price of the usage, rounded up to a billionth of a dollar. It is exact in
// the decimals in which prices are written.
func (p Price) Cost(u Usage) localdb.Money {
	cached := min(max(u.Cached, 0), u.Prompt)
	if p.Cached == nil {
		cached = 0
	}
	sum := times(p.Prompt, u.Prompt-cached)
	sum.Add(sum, times(p.Completion, u.Completion))
	if cached > 0 {
		sum.Add(sum, times(*p.Cached, cached))
	}
	const perToken = 1e9 / 1e6 // billionths of a dollar a token, at one dollar a million
	sum.Mul(sum, big.NewRat(perToken, 1))
	up := new(big.Int).Add(sum.Num(), new(big.Int).Sub(sum.Denom(), big.NewInt(1)))
	return localdb.Money(up.Div(up, sum.Denom()).Int64())
}

// times is a price, as it is written, for so many tokens.
func times(price float64, tokens int) *big.Rat {
	r, ok := new(big.Rat).SetString(strconv.FormatFloat(price, 'f', -1, 64))
	if !ok { // no number
		return new(big.Rat)
	}
	return r.Mul(r, new(big.Rat).SetInt64(int64(tokens)))
}

// valid reports whether a price is in the bounds of prices.
func (p Price) valid() bool {
	return number.Price.Check(p.Prompt) == nil && number.Price.Check(p.Completion) == nil && (p.Cached == nil || number.Price.Check(*p.Cached) == nil)
}

// same reports whether two prices are the same.
func (p Price) same(o Price) bool {
	return p.Prompt == o.Prompt && p.Completion == o.Completion && (p.Cached == nil) == (o.Cached == nil) && (p.Cached == nil || *p.Cached == *o.Cached)
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
