package body

import "math"

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
// Responses (input_tokens), and in Ollama's own API (eval_count).
func usage(o Object) Usage {
	u := Usage{
		Prompt:     o.count("prompt_tokens", "input_tokens", "prompt_eval_count"),
		Completion: o.count("completion_tokens", "output_tokens", "eval_count"),
		Reasoning:  o.count("reasoning_tokens"),
		Cached:     o.count("prompt_cache_hit_tokens", "cache_read_input_tokens", "cached_tokens"), // DeepSeek, Anthropic, Moonshot
		CostUSD:    cost(o),
	}
	for _, name := range []string{"completion_tokens_details", "output_tokens_details"} {
		u.Reasoning = max(u.Reasoning, o.Object(name).count("reasoning_tokens"))
	}
	for _, name := range []string{"prompt_tokens_details", "input_tokens_details"} {
		u.Cached = max(u.Cached, o.Object(name).count("cached_tokens"))
	}
	// xAI and Gemini count thoughts outside completion_tokens, but in the total.
	if outside := o.count("total_tokens") - u.Prompt - u.Completion; outside > 0 {
		u.Completion += outside
		u.Reasoning = max(u.Reasoning, outside)
	}
	if u.Cached > u.Prompt { // a part can't be larger: Anthropic's own API counts them apart
		u.Prompt += u.Cached
	}
	if u.Reasoning > u.Completion { // these thoughts are in neither count
		u.Completion += u.Reasoning
	}
	return u
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
