package openai

import "time"

// How long a request may take. An answer that is given up is paid for all the same, so
// what matters is what the endpoint has shown, not where it is: a model may have to be
// loaded from a disk and run on a processor anywhere.
const (
	leastPatience   = 2 * time.Minute  // of an endpoint that has answered
	firstPatience   = 15 * time.Minute // of one that hasn't
	slowestPerToken = time.Second / 5  // as slow as a model is before it has shown its pace
	patienceMargin  = 4                // times what it has shown
	listPatience    = time.Minute      // of a list of models
	usualTokens     = 4096             // of an answer without a limit
	tokensForPace   = 20               // of an answer that shows the pace
)

// pace is how slow an endpoint has been at its slowest.
type pace struct {
	answer   time.Duration // a whole one
	perToken time.Duration
}

// patience is how long to wait for an answer of so many tokens at most; 0 for no limit.
func (c *Client) patience(maxTokens int) time.Duration {
	if maxTokens == 0 {
		maxTokens = usualTokens
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pace.answer == 0 {
		return firstPatience + time.Duration(maxTokens)*slowestPerToken
	}
	return leastPatience + max(patienceMargin*c.pace.answer, 2*time.Duration(maxTokens)*c.pace.perToken)
}

// paced learns from an answer how slow the endpoint is.
func (c *Client) paced(took time.Duration, tokens int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pace.answer = max(c.pace.answer, took)
	if tokens >= tokensForPace {
		c.pace.perToken = max(c.pace.perToken, took/time.Duration(tokens))
	}
}
