package openai

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// listEntry is a model in a list, whatever fields the service gives it. A field of an
// unexpected type is as good as none.
type listEntry map[string]json.RawMessage

// readList reads the entries of a list of models; ok is false for something else. It may be bare,
// such as Together's, or in a field, perhaps within another, and hold objects or names alone, or
// objects by their names.
func readList(body []byte) (entries []listEntry, ok bool) {
	return listIn(body, 0)
}

func listIn(body json.RawMessage, depth int) (entries []listEntry, ok bool) {
	const deepest = 2
	var fields map[string]json.RawMessage
	if json.Unmarshal(body, &fields) != nil {
		var list []json.RawMessage
		ok = json.Unmarshal(body, &list) == nil && list != nil
		for _, raw := range list {
			entries = append(entries, entryOf(raw))
		}
		return entries, ok
	}
	for _, name := range []string{"data", "models", "result"} {
		raw := fields[name]
		switch {
		case len(raw) == 0 || string(raw) == "null" || depth == deepest:
			continue
		case name == "models" && raw[0] == '{':
			entries, ok = append(entries, entriesByName(raw)...), true
			continue
		}
		found, is := listIn(raw, depth+1)
		entries, ok = append(entries, found...), ok || is
	}
	return entries, ok
}

// entryOf is an entry of a list, which may be a name alone. It is nil for something else.
func entryOf(raw json.RawMessage) listEntry {
	var entry listEntry
	if name := ""; json.Unmarshal(raw, &name) == nil && name != "" {
		return listEntry{"id": raw}
	}
	_ = json.Unmarshal(raw, &entry)
	return entry
}

func entriesByName(raw json.RawMessage) (entries []listEntry) {
	var byName map[string]listEntry
	_ = json.Unmarshal(raw, &byName)
	for name, entry := range byName {
		id, err := json.Marshal(name)
		if err != nil {
			continue
		}
		if entry == nil {
			entry = listEntry{}
		}
		entry["id"] = id
		entries = append(entries, entry)
	}
	return entries
}

func (e listEntry) has(name string) bool { return len(e[name]) > 0 && string(e[name]) != "null" }

// text is a string field; "" for anything else.
func (e listEntry) text(name string) string {
	var s string
	_ = json.Unmarshal(e[name], &s)
	return s
}

// number is the first of some fields that holds a number, as JSON or as text.
func (e listEntry) number(names ...string) (float64, bool) {
	for _, name := range names {
		n, err := strconv.ParseFloat(strings.TrimPrefix(strings.Trim(string(e[name]), `"`), "$"), 64)
		if err == nil {
			return n, true
		}
	}
	return 0, false
}

func (e listEntry) is(name string, value bool) bool {
	return string(e[name]) == strconv.FormatBool(value)
}

func (e listEntry) inner(name string) listEntry {
	var inner listEntry
	_ = json.Unmarshal(e[name], &inner)
	return inner
}

func (e listEntry) list(name string) []string {
	var list []string
	_ = json.Unmarshal(e[name], &list)
	return list
}

// model reads an entry. The services whose fields these are: Ollama (details), LM Studio
// (type, state), llama.cpp (meta), vLLM (max_model_len), Groq (context_window, active),
// Mistral (capabilities), Gemini (inputTokenLimit, supportedGenerationMethods), OpenRouter
// (architecture, pricing), Together (type, pricing), DeepInfra (metadata).
func (e listEntry) model() Model {
	details, metadata, modalities := e.inner("details"), e.inner("metadata"), e.inner("architecture")
	m := Model{
		ID:     cmp.Or(e.text("id"), e.text("name"), e.text("model")),
		Kind:   strings.ToLower(e.text("type")),
		Family: strings.ToLower(cmp.Or(details.text("family"), e.text("arch"))),
		Size:   details.text("parameter_size"),
		Loaded: e.text("state") == "loaded",
	}
	for _, from := range []listEntry{e, metadata, e.inner("meta"), e.inner("top_provider")} {
		if n, ok := from.number("loaded_context_length", "context_length", "context_window", "max_context_length", "max_model_len", "inputTokenLimit", "n_ctx", "n_ctx_train"); ok && n > 0 && n < 1e9 && m.Context == 0 {
			m.Context = int(n)
		}
	}
	outputs, methods := modalities.list("output_modalities"), e.list("supportedGenerationMethods")
	m.Unable = e.is("active", false) || e.is("archived", true) || e.inner("capabilities").is("completion_chat", false) ||
		len(outputs) > 0 && !slices.Contains(outputs, "text") || len(methods) > 0 && !slices.Contains(methods, "generateContent")
	if m.Price = e.inner("pricing").perToken(); m.Price == nil {
		m.Price = e.inner("pricing").perMillion()
	}
	if m.Price == nil {
		m.Price = metadata.inner("pricing").perMillion()
	}
	if m.Price == nil {
		m.Price = e.pricing(6, "input_cost_per_token", "output_cost_per_token", "cache_read_input_token_cost")
	}
	return m
}

// perToken reads dollars a token, as OpenRouter writes them: "0.00000015". A negative one
// stands for a price that depends on where the request goes.
func (e listEntry) perToken() *Pricing {
	return e.pricing(6, "prompt", "completion", "input_cache_read")
}

// perMillion reads dollars a million tokens, as Together and DeepInfra write them.
func (e listEntry) perMillion() *Pricing {
	if p := e.pricing(0, "input", "output", "cached_input"); p != nil {
		return p
	}
	return e.pricing(0, "input_tokens", "output_tokens", "cache_read_tokens")
}

func (e listEntry) pricing(shift int, prompt, completion, cached string) *Pricing {
	if currency := e.text("currency"); currency != "" && !strings.EqualFold(currency, "usd") {
		return nil
	}
	switch unit := strings.ToLower(e.text("unit")); {
	case strings.Contains(unit, "1k") || strings.Contains(unit, "1,000 ") || strings.Contains(unit, "1000 "):
		shift = 3
	case unit != "" && !strings.Contains(unit, "1m") && !strings.Contains(unit, "million"):
		return nil
	}
	if fee, ok := e.number("request"); ok && fee > 0 { // for each request, which tokens don't tell
		return nil
	}
	input, ok1 := e.decimal(prompt, shift)
	output, ok2 := e.decimal(completion, shift)
	if !ok1 || !ok2 || input < 0 || output < 0 {
		return nil
	}
	thoughts, _ := e.decimal("internal_reasoning", shift) // are counted as a part of the answer
	p := &Pricing{Prompt: input, Completion: max(output, thoughts)}
	if read, ok := e.decimal(cached, shift); ok && read >= 0 {
		p.Cached = &read
	}
	return p
}

// decimal is a number moved by so many decimal places, without the rounding errors of a
// multiplication: 0.0000006 becomes 0.6, not 0.6000000000000001.
func (e listEntry) decimal(name string, shift int) (float64, bool) {
	n, ok := e.number(name)
	if !ok {
		return 0, false
	}
	moved, err := strconv.ParseFloat(moveDecimals(strconv.FormatFloat(n, 'e', -1, 64), shift), 64)
	return moved, err == nil
}

// moveDecimals adds to the exponent of a number such as 1.5e-07.
func moveDecimals(scientific string, places int) string {
	digits, exponent, _ := strings.Cut(scientific, "e")
	n, _ := strconv.Atoi(exponent)
	return digits + "e" + strconv.Itoa(n+places)
}
