package llm

import (
	"math"

	"seedbed/localdb"
)

// Estimate is roughly what requests will take, before anything is sent.
type Estimate struct {
	Messages         int
	Requests         int
	PromptTokens     int
	CompletionTokens int
	// Low is the cost if all goes well, High if answers are long and a fifth has to be
	// requested again. Both are meaningless without Known.
	Low, High localdb.Money
	Known     bool // false if the model's price is unknown
	Seconds   float64

	model            string
	counted, inBytes int // tokens and bytes of the prompts that were counted
}

// countedBytes of prompts are enough to know how many tokens the others are.
const countedBytes = 200_000

// Averages for English with common tokenisers, and a hosted model's usual speed.
const (
	bytesPerToken     = 4
	tokensPerMessage  = 20 // with its quotation marks
	secondsToFirst    = 0.5
	tokensPerSecond   = 80
	retryShare        = 1.2 // requests sent for each planned, with top-ups
	longAnswersFactor = 2
	startParallel     = 4 // as the scheduler starts
)

// NewEstimate starts an estimate of requests for so many messages.
func NewEstimate(info Info, requests, messages int) *Estimate {
	return &Estimate{Messages: messages, Requests: requests, Known: info.Price != nil, model: info.Model}
}

// Add adds a request.
func (e *Estimate) Add(q Query) {
	var tokens int
	if e.inBytes < countedBytes {
		tokens = tokensIn(e.model, q.Prompt)
		e.counted, e.inBytes = e.counted+tokens, e.inBytes+len(q.Prompt)
	} else {
		tokens = int(int64(e.counted) * int64(len(q.Prompt)) / int64(e.inBytes))
	}
	e.PromptTokens += tokens + promptOverhead/bytesPerToken
	e.CompletionTokens += q.Items * tokensPerMessage
}

// Finish works out cost and time.
func (e *Estimate) Finish(info Info) Estimate {
	if e.Known {
		e.Low = info.Price.Cost(Usage{Prompt: e.PromptTokens, Completion: e.CompletionTokens})
		high := info.Price.Cost(Usage{Prompt: e.PromptTokens, Completion: longAnswersFactor * e.CompletionTokens})
		e.High = localdb.Money(retryShare * float64(high))
	}
	perRequest := secondsToFirst + float64(e.CompletionTokens)/float64(max(1, e.Requests))/tokensPerSecond
	e.Seconds = perRequest * roundTrips(e.Requests, info.Parallel)
	return *e
}

// roundTrips is how often a run waits for an answer: it doubles the requests in flight
// with each round trip, up to parallel.
func roundTrips(requests, parallel int) float64 {
	n := 0.
	for p := startParallel; requests > 0 && p < parallel; p *= 2 {
		requests -= p
		n++
	}
	return n + math.Ceil(math.Max(0, float64(requests))/float64(parallel))
}
