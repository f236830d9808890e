package body

import (
	"math"
	"regexp"
)

// Usage is what an answer is charged for, as far as the body tells.
type Usage struct {
	Prompt     int
	Completion int // everything beside the prompt, thoughts included
	Reasoning  int // the part of Completion that the model thought
	Cached     int // the part of Prompt that came from a cache
	CostUSD    *float64
}

// Known reports whether the body tells of any tokens.
func (u Usage) Known() bool { return u.Prompt > 0 || u.Completion > 0 }

// ticksPerDollar is the unit of xAI's cost_in_usd_ticks: https://docs.x.ai/developers/cost-tracking
const ticksPerDollar = 1e10

// usage reads a usage object by the names that it has at OpenAI, at Anthropic and in OpenAI's
// Responses (input_tokens), in Ollama's own API (eval_count), in Gemini's (promptTokenCount), and
// at Cohere (billed_units).
func usage(o Object) Usage {
	cost := cost(o)
	if billed := o.Object("billed_units"); billed != nil {
		o = billed
	}
	o = o.folded()
	u := Usage{
		Prompt:     o.count("prompttokens", "inputtokens", "promptevalcount", "prompttokencount"),
		Completion: o.count("completiontokens", "outputtokens", "evalcount", "candidatestokencount"),
		Reasoning:  o.thoughts(),
		Cached:     o.count("promptcachehittokens", "cachereadinputtokens", "cachedtokens", "cachedcontenttokencount"), // DeepSeek, Anthropic, Moonshot, Gemini
		CostUSD:    cost,
	}
	for _, name := range []string{"completiontokensdetails", "outputtokensdetails"} {
		u.Reasoning = max(u.Reasoning, o.Object(name).folded().thoughts())
	}
	for _, name := range []string{"prompttokensdetails", "inputtokensdetails"} {
		u.Cached = max(u.Cached, o.Object(name).count("cached_tokens"))
	}
	written := o.count("cachecreationinputtokens") // Anthropic counts what it puts into the cache apart
	// xAI and Gemini count thoughts outside completion_tokens, but in the total.
	if outside := o.count("totaltokens", "totaltokencount") - u.Prompt - u.Completion; outside > 0 {
		u.Completion += outside
		u.Reasoning = max(u.Reasoning, outside)
	}
	if u.Cached > u.Prompt || written > u.Prompt { // a part can't be larger: Anthropic's own API counts them apart
		u.Prompt += u.Cached + written
	}
	if u.Reasoning > u.Completion { // these thoughts are in neither count
		u.Completion += u.Reasoning
	}
	return u
}

var (
	ofThoughts = regexp.MustCompile(`reason|think|thought`)
	inTokens   = regexp.MustCompile(`token|count`)
)

// thoughts is the largest count of tokens that were thoughts, whatever it is called.
func (o Object) thoughts() int {
	most := 0
	for name := range o {
		if n, ok := o.tokens(name); ok && ofThoughts.MatchString(name) && inTokens.MatchString(name) {
			most = max(most, n)
		}
	}
	return most
}

// cost is the price of the answer in dollars, where the endpoint tells it.
func cost(o Object) *float64 {
	if ticks, ok := number(o["cost_in_usd_ticks"]); ok {
		return dollars(ticks / ticksPerDollar)
	}
	usd, ok := number(o["cost"]) // OpenRouter
	if !ok {
		usd, ok = number(o.Object("cost")["total_cost"]) // Perplexity
	}
	if !ok {
		usd, ok = number(o["estimated_cost"]) // DeepInfra
	}
	if !ok {
		usd, ok = number(o["total_cost"])
	}
	if !ok {
		return nil
	}
	// With a person's own key at the provider, OpenRouter's cost is only its fee.
	if own, _ := o["is_byok"].(bool); own {
		upstream, _ := number(o.Object("cost_details")["upstream_inference_cost"])
		usd += upstream
	}
	return dollars(usd)
}

func dollars(usd float64) *float64 {
	if usd < 0 || usd > 1e6 || math.IsNaN(usd) {
		return nil
	}
	return &usd
}

// more is the larger of two counts each: a stream tells them in pieces or repeats them growing.
func (u Usage) more(o Usage) Usage {
	m := Usage{max(u.Prompt, o.Prompt), max(u.Completion, o.Completion), max(u.Reasoning, o.Reasoning), max(u.Cached, o.Cached), u.CostUSD}
	if o.CostUSD != nil {
		m.CostUSD = o.CostUSD
	}
	return m
}
