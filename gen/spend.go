package gen

import (
	"seedbed/assets/i18n"
	"seedbed/localdb"
)

// cap is what the run may cost, or nil.
func (r *Run) cap() *localdb.Money { return capOf(r.plan.CapUSD) }

// capOf is a cap as the ledger takes it; 0 dollars are none.
func capOf(usd float64) *localdb.Money {
	if usd == 0 {
		return nil
	}
	limit := localdb.Dollars(usd)
	return &limit
}

// endAtCap ends the run when nothing is on its way any more whose reservation could
// become free.
func (r *Run) endAtCap() {
	if r.onTheWay == 0 {
		r.end = capReached(*r.cap(), makeRest)
	}
}

// capReached ends whatever would pass its cap; goOn is what a person does then.
func capReached(limit localdb.Money, goOn i18n.Text) *end {
	return &end{
		Partial, i18n.T("The cap of {{.Cap}} is reached: the next request could pass it.", i18n.Values{"Cap": dollars(limit)}),
		i18n.T("Raise the cap and {{.GoOn}}.", i18n.Values{"GoOn": goOn}), localdb.ErrCap,
	}
}

// costOf is what an answer cost: nil where nobody knows the price, and all that was
// reserved where the endpoint doesn't tell the tokens.
func (a About) costOf(u Usage, known bool, worst *localdb.Money) *localdb.Money {
	if a.Price == nil || !known {
		return worst
	}
	return new(a.Price.cost(u))
}

// worst is the most that a batch can cost; nil where nobody knows.
func (r *Run) worst(b Batch) (*localdb.Money, error) {
	usage, err := r.writer.Worst(b)
	if err != nil || r.about.Price == nil {
		return nil, err
	}
	worst := r.about.Price.cost(usage)
	return &worst, nil
}
