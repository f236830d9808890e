package questions

import "slices"

// predicate reads the verb and what follows it.
func (c *clause) predicate(e *english, words []word) bool {
	not, modal, do := false, "", false
	i := 0
	switch w := words[0]; {
	case w.is("MD"):
		modal, i = w.low, 1
	case w.low == "do" || w.low == "does":
		do = true
		i = 1
	}
	for i < len(words) && words[i].is("RB", "RBR") {
		not = not || words[i].low == "not" || words[i].low == "n't" || words[i].low == "never"
		i++
	}
	if i >= len(words) {
		return false
	}
	if do && !not { // "do" as the verb itself
		return false
	}
	verb := words[i]
	if verb.is("VBD") && !do {
		return false // what was once
	}
	if modal == "" && !do && !verb.is("VBZ", "VBP") || (modal != "" || do) && !verb.is("VB", "VBP", "NN") {
		return false
	}
	c.verb = baseOf(e, verb.low, verb.tag)
	c.agrees = verb.tag
	if do {
		c.agrees = map[string]string{"does": "VBZ", "do": "VBP"}[words[0].low]
	}
	i++
	c.mood = moodOf(modal, not)
	low := func(at int) string {
		if at < len(words) {
			return words[at].low
		}
		return ""
	}
	toVerb := func(at int) bool { // "to" and an infinitive
		if low(at) != "to" || at+1 >= len(words) || !words[at+1].is("VB", "NN", "VBP") {
			return false
		}
		c.verb = words[at+1].low
		i = at + 2
		return true
	}
	if c.verb == "be" && i < len(words) && words[i].is("RB") && (low(i) == "not" || low(i) == "n't") {
		not = true
		i++
	}
	for c.verb == "be" && i < len(words)-1 && words[i].is("RB") && words[i+1].is("VBN", "JJ", "VBD") {
		i++
	}
	if modal == "may" && !not && slices.Contains([]string{"need", "want", "have", "find", "notice", "experience", "require", "take", "cause", "result", "be"}, c.verb) {
		c.mood = possible // "you may need permission" permits nothing
	}
	switch {
	case (c.verb == "have" || c.verb == "need") && toVerb(i):
		c.mood = must
		if not {
			c.mood = needNot
		} else if modal == "may" || modal == "might" || modal == "could" {
			c.mood = possible
		}
	case c.verb == "be" && slices.Contains([]string{"required", "obliged", "obligated", "asked"}, low(i)) && toVerb(i+1):
		c.mood = must
		if not {
			c.mood = needNot
		} else if modal == "may" || modal == "might" || modal == "could" {
			c.mood = possible
		}
	case c.verb == "be" && low(i) == "expected" && toVerb(i+1):
		c.mood = possible // of a role rather than of anybody
	case c.verb == "be" && slices.Contains([]string{"allowed", "permitted", "able", "authorized", "authorised", "welcome", "free"}, low(i)) && toVerb(i+1):
		c.mood = can
		if not {
			c.mood = mustNot
		}
	case c.verb == "be" && i < len(words) && words[i].is("VBN", "VBD"):
		c.passive, c.verb = true, words[i].low
		i++
	}
	if not && c.mood == states {
		c.mood = statesNot
	}
	if c.mood != must && modal == "" && slices.Contains([]string{"be"}, c.verb) && i < len(words) && words[i].is("VBG") {
		return false // "is working on"
	}
	c.split(words[i:])
	return true
}

func moodOf(modal string, not bool) mood {
	switch modal {
	case "must", "shall":
		if not {
			return mustNot
		}
		return must
	case "should", "ought":
		if not {
			return mustNot
		}
		return should
	case "could", "might":
		return possible
	case "can", "may":
		if not {
			return mustNot
		}
		return can
	case "cannot", "ca":
		return mustNot
	}
	return states
}
