package gen

import (
	"fmt"

	"seedbed/localdb"
)

// cap is what the run may cost, or nil.
func (r *Run) cap() *localdb.Money {
	if r.plan.CapUSD == 0 {
		return nil
	}
	limit := localdb.Dollars(r.plan.CapUSD)
	return &limit
}

// endAtCap ends the run when nothing is on its way any more whose reservation could
// become free.
func (r *Run) endAtCap() {
	if r.onTheWay == 0 {
		r.end = &end{
			Partial, fmt.Sprintf("The cap of %s is reached: the next request could pass it.", dollars(*r.cap())),
			"Raise the cap and resume to make the rest.", localdb.ErrCap,
		}
	}
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

// cost is what an answer cost: nil where nobody knows the price, and all that was
// reserved where the endpoint doesn't tell the tokens.
func (r *Run) cost(w written) *localdb.Money {
	if r.about.Price == nil || !w.draft.UsageKnown {
		return w.worst
	}
	cost := r.about.Price.cost(w.draft.Usage)
	return &cost
}
