package gen

import (
	"math"

	"seedbed/localdb"
)

// Estimate is what a plan will take, roughly, before anything is sent.
type Estimate struct {
	Messages         int
	Requests         int
	PromptTokens     int
	CompletionTokens int
	// Low is the cost if all goes well, High if answers are long and a fifth has to be
	// asked for again. Both mean nothing without Known.
	Low, High localdb.Money
	Known     bool // false where nobody knows the model's price
	Seconds   float64
}

// What English comes to with usual tokenisers, and a hosted model's usual speed.
const (
	bytesPerToken     = 4
	usualMessage      = 20 // tokens, with its quotation marks
	secondsToFirst    = 0.5
	tokensPerSecond   = 80
	againShare        = 1.2 // of what was asked, with top-ups
	longAnswersFactor = 2
)

// EstimateRun says what a plan would take with a writer, from the very prompts that
// it would send.
func EstimateRun(plan Plan, categories []localdb.Category, passages []localdb.Passage, w Writer) (Estimate, error) {
	if err := plan.check(categories); err != nil {
		return Estimate{}, err
	}
	cutter, err := newCutter(plan, categories, passages, nil)
	if err != nil {
		return Estimate{}, err
	}
	batches, err := cutter.all()
	if err != nil {
		return Estimate{}, err
	}
	about := w.About()
	e := Estimate{Messages: plan.Total(), Requests: len(batches), Known: about.Price != nil}
	if about.Model == "" { // no model reads or writes tokens
		return e, nil
	}
	for _, stored := range batches {
		b, err := cutter.open(stored)
		if err != nil {
			return Estimate{}, err
		}
		worst, err := w.Worst(b)
		if err != nil {
			return Estimate{}, err
		}
		e.PromptTokens += worst.Prompt / bytesPerToken
		e.CompletionTokens += b.Count * usualMessage
	}
	e.price(about)
	return e, nil
}

// price works out cost and time from requests and tokens.
func (e *Estimate) price(about About) {
	if e.Known {
		e.Low = about.Price.cost(Usage{e.PromptTokens, e.CompletionTokens})
		high := about.Price.cost(Usage{e.PromptTokens, longAnswersFactor * e.CompletionTokens})
		e.High = localdb.Money(againShare * float64(high))
	}
	perRequest := secondsToFirst + float64(e.CompletionTokens)/float64(max(1, e.Requests))/tokensPerSecond
	e.Seconds = perRequest * rounds(e.Requests, about.Parallel)
}

// rounds is how often a run waits for an answer: it doubles how many requests are on
// their way in each round, until it may not.
func rounds(requests, parallel int) float64 {
	n := 0.
	for p := startParallel; requests > 0 && p < parallel; p *= 2 {
		requests -= p
		n++
	}
	return n + math.Ceil(math.Max(0, float64(requests))/float64(parallel))
}
