package questions

import (
	"slices"
	"strings"
)

// reason asks why something is so, where the sentence says why.
func (f *finder) reason(c clause) {
	if len(c.tail) < 4 || c.tail[0].low != "because" || c.tail[1].low == "of" || c.lead != nil || c.mood == instructs || len(c.rest) == 0 {
		return
	}
	aux, rest, ok := f.inverted(c)
	if !ok || c.me && c.mood == states || c.mood != states && c.mood != must && c.mood != should {
		return
	}
	f.add("why", map[string][]word{"aux": aux, "subject": f.subject(c), "rest": rest})
}

// claim asks whether something is so that the sentence says is or isn't.
func (f *finder) claim(c clause) {
	if c.mood == possible {
		return
	}
	if c.me || c.we && c.mood != can && c.mood != mustNot && !f.e.in("we claims", c.verb) || c.mood == instructs || len(c.rest) == 0 || len(c.tail) > 0 && c.tail[0].text != "." && c.tail[0].low != "because" && (c.tail[0].low != "and" || len(c.tail) < 2 || !c.tail[1].finite()) {
		return
	}
	if lowerContains(c.rest, "here") || lowerContains(c.rest, "below") || lowerContains(c.rest, "above") {
		return
	}
	key := c.verb
	if c.passive {
		key = baseOf(f.e, c.verb, "VBN")
	}
	switch {
	case c.passive && f.e.in("claimed", key):
	case !c.passive && c.verb != "be" && (f.e.in("claims", c.verb) || c.we && f.e.in("we claims", c.verb)):
		if object := direct(c.rest); len(object) > 0 && f.e.thing(object) == nil {
			return
		}
	case c.verb == "be" && f.e.in("statuses", c.rest[0].low):
	case !c.we && c.verb != "be" && !c.passive && (c.mood == mustNot || c.mood == must || c.mood == can && f.someone(c.subject)):
	default:
		return
	}
	aux, rest, ok := f.inverted(c)
	if !ok || len(c.subject)+len(rest) > longestClaim {
		return
	}
	f.add("claim", map[string][]word{"aux": aux, "subject": f.subject(c), "rest": rest})
}

// longestClaim is the most words of a question whether something is so.
const longestClaim = 11

// someone reports whether a noun phrase names people rather than things.
func (f *finder) someone(words []word) bool {
	bare := withoutDeterminer(words)
	return len(bare) > 0 && (f.e.in("people", headOf(bare).low) || f.role(bare))
}

// inverted is a clause's parts in the order of a question: "Does", "the plan", "cover
// dental care".
func (f *finder) inverted(c clause) (aux, rest []word, ok bool) {
	subject := f.subject(c)
	whole := cutTime(c.rest)
	rest = f.e.trimEnd(whole)
	if c.verb != "be" && slices.ContainsFunc(whole[len(rest):], func(w word) bool { return !w.is("RB", "JJ") }) {
		return nil, nil, false // something is cut off: "a plan to help users save"
	}
	if c.verb == "be" && len(rest) == 0 && f.e.in("statuses", c.rest[0].low) {
		if len(c.rest) > 1 && c.rest[1].is("IN", "TO") {
			return nil, nil, false // where it is, is cut off
		}
		rest = c.rest[:1]
	}
	if c.passive && len(rest) == 0 && f.e.in("complete", c.verb) {
		rest = nil
	} else if len(rest) == 0 {
		return nil, nil, false
	}
	if c.we && slices.ContainsFunc(rest, func(w word) bool { return strings.HasPrefix(w.low, "you") }) {
		return nil, nil, false // who "we" and "I" are would have to be told apart
	}
	if subject == nil || len(rest) > 9 || !f.e.selfContained(rest) || slices.ContainsFunc(rest, func(w word) bool {
		return w.finite() || w.text == "," || w.low == "they" || w.low == "their" || w.low == "variety" || w.low == "range" || w.low == "number"
	}) {
		return nil, nil, false
	}
	if !c.me && !c.we && !f.e.specific(c.subject) {
		return nil, nil, false
	}
	rest = mine(rest, false)
	verb := plain(c.verb)
	switch {
	case c.passive || c.verb == "be":
		aux = plain(c.be())
		if c.passive {
			rest = append(verb, rest...)
		}
		switch c.mood {
		case must:
			if !c.passive {
				return nil, nil, false
			}
			aux, rest = plain(c.do()), append(plain("have to be"), rest...)
		case should:
			aux, rest = plain("should"), append(plain("be"), rest...)
		case can:
			aux, rest = plain("can"), append(plain("be"), rest...)
		case mustNot:
			aux, rest = plain("can"), append(plain("be"), rest...)
		}
	case c.mood == can || c.mood == mustNot:
		aux, rest = plain("can"), append(verb, rest...)
	case c.mood == must && c.verb == "require":
		aux, rest = plain(c.do()), append(verb, rest...) // "must require" is how rules write "requires"
	case c.mood == must:
		aux, rest = plain(c.do()), append(plain("have to "+c.verb), rest...)
	case c.mood == should:
		aux, rest = plain("should"), append(verb, rest...)
	default:
		aux, rest = plain(c.do()), append(verb, rest...)
	}
	return aux, rest, true
}

// specific reports whether a noun phrase names something that is not just any: more than
// a bare common noun.
func (e *english) specific(words []word) bool {
	bare := withoutDeterminer(words)
	if len(bare) == 0 {
		return false
	}
	return len(bare) > 1 && e.telling(bare) || isAcronym(bare[0].text) || bare[0].is("NNP", "NNPS") || !e.in("generic", bare[0].low) && e.rank(bare[0].low) > 2500 || words[0].is("PRP$")
}
