package questions

import (
	"slices"
	"strings"
)

// clause is a sentence that says one thing: who does what.
type clause struct {
	lead    []word // "if you travel abroad", "to request leave"; nil for none
	subject []word // nil for an instruction
	me      bool   // the subject is whoever is spoken to: "you", "employees", an instruction
	we      bool
	mood    mood
	passive bool
	agrees  string // the tag of the verb where it tells the subject's number
	verb    string // in its infinitive; "be" where the clause says what something is
	rest    []word // what follows the verb, without what comes after the clause
	tail    []word // the rest of the sentence: "because …", "if …"
}

// mood is what a clause does with its verb.
type mood int

const (
	states mood = iota // "is", "covers", "will cover"
	must               // "must", "have to", "are required to"
	should
	can // "can", "may", "are allowed to"
	mustNot
	needNot
	instructs // "Submit the form."
	statesNot
	possible // "could": rather a guess than a rule
)

var leads = setOf("if when once unless before after while during for to in as by at on with until without upon whenever")

// clauseOf parses a sentence's words. It isn't ok where the sentence is no simple one.
func (e *english) clauseOf(words []word) (c clause, ok bool) {
	words = e.withoutOpening(words)
	if len(words) < 3 {
		return c, false
	}
	if leads[words[0].low] && words[0].is("IN", "TO", "WRB", "RB", "VB") {
		comma := topComma(words)
		if comma < 2 || comma > 16 {
			return c, false
		}
		c.lead, words = words[:comma], e.withoutOpening(words[comma+1:])
		if len(words) < 2 {
			return c, false
		}
		words = slices.Clone(words)
		e.mend(words) // it may be an instruction
	}
	if negated, at := e.instruction(words); at >= 0 {
		c.mood, c.me = instructs, true
		if negated {
			c.mood = mustNot
		}
		c.verb = words[at].low
		c.split(words[at+1:])
		return c, len(c.rest) > 0
	}
	at := slices.IndexFunc(words, word.finite)
	if at < 1 || !c.setSubject(e, words[:at]) {
		return c, false
	}
	return c, c.predicate(e, words[at:])
}

// withoutOpening leaves out "However," and the like.
func (e *english) withoutOpening(words []word) []word {
	for len(words) > 1 && (e.in("openings", words[0].low) && (words[1].text == "," || !capitalised(words[1].text) && !words[1].noun()) || words[0].is("CC", "UH", ",") || words[0].is("RB") && words[1].text == "," && !leads[words[0].low]) {
		words = words[1:]
		if words[0].text == "," {
			words = words[1:]
		}
	}
	return words
}

func topComma(words []word) int {
	depth := 0
	for i, w := range words {
		switch w.text {
		case "(":
			depth++
		case ")":
			depth--
		case ",":
			if depth == 0 {
				return i
			}
		}
	}
	return -1
}

// instruction finds the verb that a sentence begins with: "Please submit", "Do not share".
func (e *english) instruction(words []word) (negated bool, at int) {
	for i, w := range words {
		switch {
		case w.low == "please" || w.low == "always" || w.low == "also" || w.low == "simply":
		case w.low == "do" || w.low == "not" || w.low == "n't" || w.low == "never" || w.low == "don't":
			negated = negated || w.low != "do"
		case (w.is("VB") || negated && e.isVerb(w.low)) && i < len(words)-1 && (e.isVerb(w.low) || words[i+1].is("DT", "PRP$")):
			return negated, i
		default:
			return false, -1
		}
	}
	return false, -1
}

var indefinite = setOf("anyone anybody anything someone somebody something nobody nothing everything none others most both many few")

func (c *clause) setSubject(e *english, words []word) bool {
	// "Employees also must": an adverb before the verb.
	for len(words) > 1 && words[len(words)-1].is("RB") {
		words = words[:len(words)-1]
	}
	bare := withoutDeterminer(words)
	switch {
	case len(words) == 1 && words[0].low == "you", len(words) == 2 && (words[0].low == "you" && words[1].low == "all"):
		c.me = true
	case len(words) == 1 && words[0].low == "we":
		c.we = true
	case len(bare) == 1 && len(words) <= 2 && !words[0].is("PRP$") && e.in("askers", bare[0].low):
		c.me = true
	case indefinite[words[0].low], !e.nounPhrase(words) || len(words) > longestSubject || words[0].is("PRP"):
		return false
	}
	c.subject = words
	return true
}

var ends = setOf(". , ; : ( ) [ ] ! ? - -- — – … because unless while although though since whereas so if when until which who whose where but e.g. i.e. how rather whether once after before as why then however than what")

// split cuts what follows a verb where the clause ends.
func (c *clause) split(words []word) {
	end := len(words)
	for i, w := range words {
		timely := (w.low == "before" || w.low == "after" || w.low == "as" || w.low == "than") && !hasVerb(words[i+1:])
		if i > 0 && w.is("PRP") && w.low != "it" && words[i-1].noun() && i+1 < len(words) && words[i+1].is("MD", "VBP", "VBD", "VBZ", "RB") {
			end = i // "a password you can remember"
			break
		}
		if ends[w.low] && !timely || w.low == "that" && w.is("WDT", "IN") || (w.low == "and" || w.low == "or") && verbFollows(words[i+1:]) {
			end = i
			break
		}
	}
	c.rest, c.tail = words[:end], words[end:]
	if n := len(c.rest); len(c.tail) > 0 && n > 4 && (c.tail[0].low == "before" || c.tail[0].low == "after") && c.rest[n-2].is("DT") && (c.rest[n-1].low == "week" || c.rest[n-1].low == "day" || c.rest[n-1].low == "month") {
		c.rest = c.rest[:slices.IndexFunc(c.rest, func(w word) bool { return w.is("IN") })+1] // "for about a week after"
		c.rest = c.rest[:max(len(c.rest)-1, 0)]
	}
	if n := len(c.rest); len(c.tail) > 0 && n > 3 && (c.tail[0].low == "before" || c.tail[0].low == "after") && c.rest[n-2].is("CD") {
		c.rest = c.rest[:n-2] // "3 months before you leave"
	}
	if len(c.tail) > 0 && slices.Contains([]string{"that", "how", "what", "whether", "which", "who", "where", "why", "when", "and", "or"}, c.tail[0].low) {
		if n := len(c.rest); n > 2 && c.rest[n-1].is("RP") && c.rest[n-2].is("VB") && c.rest[n-3].low == "to" {
			c.rest = c.rest[:n-3] // "to find out what"
		}
		for n := len(c.rest); n > 1 && c.rest[n-1].is("VB", "IN") && (c.rest[n-2].low == "to" || c.rest[n-1].is("IN")); n = len(c.rest) { // "to learn about how"
			c.rest = c.rest[:n-1]
			if n > 2 && c.rest[n-2].low == "to" {
				c.rest = c.rest[:n-2]
			}
		}
	}
	for _, filler := range []string{"also", "then", "therefore", "usually", "typically", "generally", "now", "currently", "often"} {
		if at := slices.IndexFunc(c.rest, func(w word) bool { return w.low == filler && w.is("RB") }); at >= 0 && at < len(c.rest)-1 {
			c.rest = slices.Concat(c.rest[:at], c.rest[at+1:])
		}
	}
}

// listed reports whether the clause's object is cut from a list that shares its head: "a
// meeting, travel and event policy".
func (c *clause) listed() bool {
	return len(c.tail) > 2 && c.tail[0].text == "," && (c.tail[1].noun() || c.tail[1].is("JJ")) && len(c.rest) > 0 && (c.rest[0].low == "a" || c.rest[0].low == "an")
}

func hasVerb(words []word) bool {
	for _, w := range words {
		if w.text == "." || w.text == "," {
			return false
		}
		if w.finite() || w.is("VBG") {
			return true
		}
	}
	return false
}

// verbFollows reports whether what is joined by "and" is another verb.
func verbFollows(words []word) bool {
	for i, w := range words {
		if w.is("RB") || i == 0 && w.low == "then" {
			continue
		}
		return w.is("VB", "VBZ", "VBP", "VBD", "MD", "PRP", "VBN") || w.is("NN", "NNS", "DT", "NNP") && slices.ContainsFunc(subjectOf(words), word.finite)
	}
	return true
}

// subjectOf are the words among which the verb of a clause that begins with them stands.
func subjectOf(words []word) []word {
	words = words[:min(len(words), 6)]
	if at := slices.IndexFunc(words, func(w word) bool { return ends[w.low] }); at >= 0 {
		return words[:at]
	}
	return words
}

// cutAt is how many of the words stand before a place in their text.
func cutAt(words []word, at int) int {
	for i := range words {
		if at == 0 || i > 0 && len(join(words[:i]))+1 >= at {
			return i
		}
	}
	return len(words)
}

// be is the form of "to be" for a subject, and do that of "to do".
func (c *clause) be() string {
	switch {
	case c.me:
		return "am"
	case c.agrees == "VBZ":
		return "is"
	case c.we, c.agrees == "VBP", plural(headOf(withoutDeterminer(c.subject))), coordinated(c.subject):
		return "are"
	}
	return "is"
}

func (c *clause) do() string {
	if c.be() == "is" {
		return "does"
	}
	return "do"
}

// present is the clause's verb with what follows it as it stands after its subject:
// "publishes the report", "am paid monthly".
func (c *clause) present(base string, rest []word) []word {
	switch {
	case c.passive:
		return append(plain(c.be()+" "+base), rest...)
	case c.verb == "be":
		return append(plain(c.be()), rest...)
	case c.be() == "is":
		return append(plain(thirdOf(base)), rest...)
	}
	return append(plain(base), rest...)
}

// who is the subject in a question.
func (c *clause) who() string {
	switch {
	case c.me:
		return "I"
	case c.we:
		return "we"
	}
	return join(mine(c.subject, false))
}

// theirs reports whether "their" and "they" mean the clause's subject, who asks.
func (c *clause) theirs() bool {
	return c.me && len(c.subject) > 0 && c.subject[0].low != "you"
}

func lowerJoin(words []word) string { return strings.ToLower(join(words)) }
