package questions

import (
	"slices"
	"strings"
)

// phrasings finds facts by set phrases, whatever the rest of the sentence is like.
func (f *finder) phrasings(words []word) {
	low := make([]string, len(words))
	for i, w := range words {
		low[i] = w.low
	}
	after := func(phrase string) []word {
		parts := strings.Fields(phrase)
		for i := 0; i+len(parts) < len(low); i++ {
			if slices.Equal(low[i:i+len(parts)], parts) {
				return words[i+len(parts):]
			}
		}
		return nil
	}
	if rest := after("difference between"); rest != nil {
		if and := slices.IndexFunc(rest, func(w word) bool { return w.low == "and" }); and > 0 {
			end := slices.IndexFunc(rest[and:], func(w word) bool { return w.finite() || w.is(".", ",", ":", "IN", "WDT") })
			if end > 1 {
				one, other := f.e.thing(rest[:and]), f.e.thing(rest[and+1:and+end])
				if one != nil && other != nil && !lowerContains(other, "and") {
					f.add("difference", map[string][]word{"one": one, "other": other})
				}
			}
		}
	}
	for _, phrase := range []string{"best way to", "easiest way to", "fastest way to", "quickest way to"} {
		if rest := after(phrase); len(rest) > 3 {
			if is := slices.IndexFunc(rest, func(w word) bool { return w.low == "is" }); is > 1 && is+2 < len(rest) && rest[is+1].is("TO", "IN", "VBG") && rest[is+1].low != "in" {
				if do := f.e.task(rest[0].low, rest[1:is], false); do != nil {
					f.add("best way", map[string][]word{"do": do})
				}
			}
		}
	}
	for _, phrase := range []string{"make sure to", "be sure to", "remember to", "important to", "recommend that you", "make sure you", "make sure that you", "be sure you", "recommended to", "encouraged to", "advised to", "we recommend you"} {
		if rest := after(phrase); len(rest) > 2 && rest[0].is("VB", "VBP", "NN") && f.e.isVerb(rest[0].low) && !f.e.in("interface", rest[0].low) && !f.e.in("no advice", rest[0].low) {
			c := clause{verb: rest[0].low, me: true}
			c.split(rest[1:])
			if do := f.do(c, cutTime(c.rest)); do != nil {
				f.add("advice", map[string][]word{"do": do})
			}
			return
		}
	}
	f.allows(words)
	f.thereIs(words)
}

// allows finds what something lets one do: "Concur lets you book flights".
func (f *finder) allows(words []word) {
	for i := 1; i+3 < len(words); i++ {
		if words[i+1].low != "you" || !slices.Contains([]string{"lets", "allows", "enables", "helps", "let", "allow", "enable", "help"}, words[i].low) || !words[i].is("VBZ", "VBP") {
			continue
		}
		rest := words[i+2:]
		if rest[0].low == "to" {
			rest = rest[1:]
		}
		if len(rest) < 2 || !rest[0].is("VB", "VBP") || !f.e.nounPhrase(words[:i]) || f.e.thing(words[:i]) == nil {
			return
		}
		c := clause{verb: rest[0].low, me: true}
		c.split(rest[1:])
		if do := f.do(c, c.rest); do != nil {
			f.add("what to use", map[string][]word{"do": do})
		}
		return
	}
}

// thereIs finds what there is and isn't: "There is a gym on the ground floor".
func (f *finder) thereIs(words []word) {
	if len(words) < 5 || words[0].low != "there" || words[1].low != "is" && words[1].low != "are" {
		return
	}
	rest := words[2:]
	c := clause{}
	c.split(rest)
	rest = f.e.trimEnd(c.rest)
	none := len(rest) > 1 && rest[0].low == "no"
	if none && len(c.tail) > 0 && c.tail[0].text == "," {
		return // a list of what there isn't
	}
	if none {
		rest = rest[1:]
	}
	if words[1].low == "are" && len(rest) > 0 && rest[0].low == "a" {
		return
	}
	if len(rest) > 1 && rest[0].is("DT") && rest[0].low != "a" && rest[0].low != "an" {
		rest = rest[1:]
	}
	if len(rest) == 0 || len(rest) > 9 {
		return
	}
	determined := rest[0].low == "a" || rest[0].low == "an"
	bare := rest
	if determined {
		bare = rest[1:]
	}
	if at := slices.IndexFunc(bare, func(w word) bool { return w.is("CD") }); at == 0 && len(bare) > 1 && words[1].low == "are" && bare[0].low != "one" {
		if counted := f.e.trimEnd(bare[1:]); f.counted(counted) {
			f.add("how many are there", map[string][]word{"counted": counted})
		}
		return
	}
	if !f.e.nounPhrase(bare) || !f.e.selfContained(bare) || f.e.in("generic", headOf(bare).low) || f.e.in("vague", bare[0].low) || !f.e.telling(bare) || lowerContains(bare, "number") || len(bare) == 1 {
		return
	}
	slots := map[string][]word{"thing": bare, "is": plain(words[1].low)}
	switch {
	case determined || none && words[1].low == "is" && bare[0].is("NN", "JJ") && !f.e.in("mass", headOf(bare).low):
		slots["thing"] = append(plain(articleFor(bare[0].text)), bare...)
	case words[1].low == "are" && plural(headOf(bare)):
		slots["thing"] = append(plain("any"), bare...)
		f.add("are there", slots)
		return
	default:
		return
	}
	f.add("is there", slots)
}

// counted reports whether words are what is counted: "flexible schedules".
func (f *finder) counted(words []word) bool {
	return len(words) > 0 && f.e.nounPhrase(words) && plural(headOf(words)) && f.e.selfContained(words) && f.e.telling(words) && len(words) > 1 && len(words) < 6 && !lowerContains(words, "to") && !lowerContains(words, "between") && (!f.e.in("generic", headOf(words).low) || f.e.specificModifier(words))
}
