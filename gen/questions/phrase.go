package questions

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// The most words that a phrase in a question has.
const (
	longestDo      = 10
	longestThing   = 6
	longestSubject = 6
	longestCond    = 13
)

// unclear are words that point to something else in the text.
var unclear = setOf("it its he she him her his hers this that these those such same here there above below following previous other others another former latter one ones they them their itself themselves aforementioned former respective both either neither which who whom whose what etc etc. e.g. i.e. so etc e.g i.e called named")

// contraction is a pronoun with its verb in one token.
var contraction = pattern(`^(?:you|they|we|it|he|she|that|there)'`)

// selfContained reports whether words say what they mean without the text around them.
func (e *english) selfContained(words []word) bool {
	return !slices.ContainsFunc(words, func(w word) bool {
		return strings.Count(w.text, ".") > 1 || len(w.text) > 1 && strings.HasSuffix(w.text, ".") && !abbreviations[w.low] || w.is("DT", "PRP$") && (capitalised(w.text) || w.low == "no") || contraction().MatchString(w.low) || unclear[w.low] && (w.low != "that" || !w.is("RB")) || strings.ContainsAny(w.text, `"()[]{}<>=|@#*_\~^:;…!?$`) && !money(w.text) || len(w.text) > 30
	}) && !e.hasPerson(words) && utf8.RuneCountInString(join(words)) < 100
}

func money(text string) bool { return text == "$" || text == "€" || text == "£" }

// hasPerson reports whether words have somebody's name: two capitalised words in a row
// of which one is rare.
func (e *english) hasPerson(words []word) bool {
	for i := 1; i < len(words); i++ {
		a, b := words[i-1], words[i]
		if a.is("NNP") && b.is("NNP") && capitalised(a.text) && capitalised(b.text) && !isAcronym(a.text) && !isAcronym(b.text) && !upperWithin(a.text) && !upperWithin(b.text) &&
			e.in("first names", a.low) {
			return true
		}
	}
	return false
}

// nounPhrase reports whether words are one: modifiers, nouns and what hangs on them.
func (e *english) nounPhrase(words []word) bool {
	words = withoutDeterminer(words)
	if len(words) == 0 || !words[len(words)-1].noun() && !words[len(words)-1].is("CD") {
		return false
	}
	nouns := 0
	for i, w := range words {
		switch {
		case w.noun():
			nouns++
		case w.is("JJ", "JJR", "JJS", "CD", "POS", "VBN", "HYPH", "VBG"):
		case w.is("DT", "PRP$"):
			if i == 0 || !words[i-1].is("IN", "TO", "CC") {
				return false
			}
		case w.is("IN", "TO"):
			if nouns == 0 || !slices.Contains([]string{"of", "for", "in", "on", "to", "with", "at", "from", "between", "during", "under", "behind", "near", "inside", "outside", "within", "without", "by", "about", "per", "via", "across", "after", "before", "against", "over", "through", "into", "next"}, w.low) {
				return false
			}
		case w.is("CC") && (w.low == "and" || w.low == "or" || w.low == "&"):
			if i == 0 {
				return false
			}
		default:
			return false
		}
	}
	return nouns > 0
}

func withoutDeterminer(words []word) []word {
	for len(words) > 0 && (words[0].is("DT", "PRP$", "PDT") || words[0].low == "all" || words[0].low == "each" || words[0].low == "every") {
		words = words[1:]
	}
	return words
}

// headOf is the noun that a phrase is about: "request" of "leave requests for parents".
func headOf(words []word) word {
	for i, w := range words {
		if i > 0 && (w.is("IN", "TO") || w.low == "," || w.is("VBG", "VBN") && words[i-1].is("NNS")) {
			return words[i-1]
		}
	}
	return words[len(words)-1]
}

// coordinated reports whether two nouns joined by "and" make a phrase plural.
func coordinated(words []word) bool {
	for _, w := range words {
		if w.is("IN", "TO") {
			return false
		}
		if w.low == "and" || w.low == "&" {
			return true
		}
	}
	return false
}

// thing is a noun phrase as it is named in a question, or nil: self-contained, of a few
// words, and saying something.
func (e *english) thing(words []word) []word {
	if len(words) > longestThing+1 || !e.nounPhrase(words) {
		return nil
	}
	if words[0].low == "some" || words[0].low == "any" {
		return nil
	}
	words = mine(words, false)
	bare := withoutDeterminer(words)
	if !e.selfContained(words) || e.in("generic", headOf(bare).low) && !e.specificModifier(bare) || !e.telling(bare) {
		return nil
	}
	for _, w := range bare {
		if w.is("JJ", "JJR", "JJS", "VBG") && e.in("vague", w.low) || e.in("inexact", w.low) {
			return nil
		}
	}
	return words
}

// specificModifier reports whether something before or after a generic head says which
// one: "reimbursement process", "process for hiring".
func (e *english) specificModifier(words []word) bool {
	head := headOf(words)
	for _, w := range words {
		if w != head && (w.noun() || w.is("VBG", "JJ", "VBN")) && e.informs(w) {
			return true
		}
	}
	return false
}

// informRank is the rank from which on a common word says what a text is about.
const informRank = 900

// common reports whether a word says nothing of what a text is about.
func (e *english) common(low string) bool {
	return e.in("stop", low) || e.in("generic", low) || e.in("vague", low) || e.in("people", low)
}

// informs reports whether a word by itself says what a text is about.
func (e *english) informs(w word) bool {
	if e.common(w.low) || e.in("time units", strings.TrimSuffix(w.low, "s")) || w.is("CD") || utf8.RuneCountInString(w.text) < 2 {
		return false
	}
	if isAcronym(w.text) {
		return true
	}
	return len(w.low) > 2 && e.rank(w.low) > informRank
}

// telling reports whether some noun or name among the words informs.
func (e *english) telling(words []word) bool {
	for i := 1; i < len(words); i++ { // common words that say something together: "sick leave"
		a, b := words[i-1], words[i]
		if (a.noun() || a.is("JJ", "VBN")) && b.noun() && !e.common(a.low) && !e.in("time units", strings.TrimSuffix(a.low, "s")) && !e.in("stop", b.low) && !e.in("vague", b.low) {
			return true
		}
	}
	return slices.ContainsFunc(words, func(w word) bool { return (w.noun() || w.is("VBG", "JJ")) && e.informs(w) })
}

// task is what somebody does, in a person's own words, from a verb in its infinitive and
// what follows it; nil where it isn't clear or cut from something larger.
func (e *english) task(verb string, rest []word, others bool) []word {
	whole := rest
	rest = e.trimEnd(rest)
	if slices.ContainsFunc(whole[len(rest):], func(w word) bool { return w.is("VBN", "VBP", "VBZ", "VBD") }) ||
		len(rest) > 0 && len(rest) < len(whole) && whole[len(rest)].is("VBG") && rest[len(rest)-1].noun() {
		return nil // "get the form signed", "leave the oven running"
	}
	if slices.ContainsFunc(rest, func(w word) bool { return w.low == "me" || w.low == "us" || w.low == "i" }) {
		return nil // who writes, not who asks
	}
	if len(rest) == 0 || len(rest) > longestDo || e.in("no task", verb) || !e.in("verbs", verb) && !e.in("noun verbs", verb) && e.rank(verb) > commonName {
		return nil
	}
	rest = mine(rest, others)
	object := rest
	for len(object) > 0 && object[0].is("RP", "RB") {
		object = object[1:]
	}
	if len(object) == 0 || object[0].low == "some" || object[0].is("CC", "VBZ", "MD", "VBP", "VBD", "WDT", "WRB", "WP") || object[0].low == "that" || object[0].low == "or" || object[0].low == "and" || !e.selfContained(rest) || !e.telling(object) {
		return nil
	}
	if rest[0].is("IN", "TO") && e.in("transitive", verb) || rest[0].low == "each" && len(rest) > 1 && rest[1].is("IN") || rest[len(rest)-1].is("CD") && len(rest) > 1 && rest[len(rest)-2].is("IN") {
		return nil
	}
	for i := 1; i < len(rest); i++ { // "at for": something between was left out
		if slices.Contains([]string{"at", "in", "on", "with", "via", "through", "by", "of"}, rest[i-1].low) && slices.Contains([]string{"for", "to", "at", "on", "in", "with", "from", "of"}, rest[i].low) {
			return nil
		}
	}
	if len(object) > 1 && object[0].low == "all" && object[1].is("NN") && len(direct(object)) == 2 {
		return nil
	}
	if first := direct(object); len(first) > 0 && e.headline(first) {
		return nil
	}
	if first := direct(object); len(first) > 0 && e.in("generic", headOf(first).low) && !e.specificModifier(first) {
		return nil
	}
	for i, w := range rest {
		if e.in("inexact", w.low) || w.low == "myself" && i+1 < len(rest) && rest[i+1].is("DT") {
			return nil // "various forms", "print myself a form"
		}
		if w.is("MD", "VBZ", "VBD", "WDT") || w.is("VBP") && w.low != "am" || w.text == "," {
			return nil
		}
	}
	return append([]word{{text: verb, low: verb, tag: "VB"}}, rest...)
}

// headline reports whether a noun phrase lacks its article, as in headlines and lists:
// "update resume".
func (e *english) headline(words []word) bool {
	head := headOf(words)
	return !words[0].is("DT", "PRP$", "PRP", "CD", "PDT", "NNS", "NNP", "NNPS", "POS") && words[0].low != "all" && head.is("NN") && !plural(head) &&
		!capitalised(head.text) && !e.mass(head.low) && !slices.ContainsFunc(words, func(w word) bool { return w.is("POS", "CC") || capitalised(w.text) })
}

// mass reports whether a noun stands without an article.
func (e *english) mass(low string) bool {
	return e.in("mass", low) || massEnding(low) && !e.in("countable", low)
}

// bare reports whether a countable noun stands without its article after a preposition
// or a verb, as in notes: "cancel with merchant".
func (e *english) bare(words []word) bool {
	for i := 1; i < len(words); i++ {
		if !words[i-1].is("IN", "TO", "VB") || words[i-1].low == "per" || words[i-1].low == "of" || words[i-1].low == "by" || words[i-1].low == "via" {
			continue
		}
		end := i
		for end < len(words) && (words[end].noun() || words[end].is("JJ", "VBG", "VBN")) {
			end++
		}
		if end == i || !words[end-1].is("NN") || end < len(words) && words[end].is("POS", "CC") {
			continue
		}
		if idiom := words[i-1].is("IN") && end == i+1 && e.in("after prepositions", words[i].low); !idiom && e.headline(words[i:end]) {
			return true
		}
	}
	return false
}

// direct is the object that stands directly after a verb, up to the first preposition.
func direct(words []word) []word {
	at := slices.IndexFunc(words, func(w word) bool { return w.is("IN", "TO", "CC", "RB", "VBG") })
	if at < 0 {
		return words
	}
	return words[:at]
}

// trimEnd leaves out words at the end that can't stand there.
func (e *english) trimEnd(words []word) []word {
	n := len(words)
	for len(words) > 0 {
		last := words[len(words)-1]
		if len(words) < n && last.is("VB") { // its object is cut off
			words = words[:len(words)-1]
			continue
		}
		if last.noun() || last.is("CD", "RP", "PRP") || last.low == "%" || last.is("RB") && e.in("end adverbs", last.low) || last.is("VB") && len(words) > 1 && words[len(words)-2].low == "to" || last.is("IN") && len(words) > 2 && words[len(words)-2].is("VB") {
			break
		}
		words = words[:len(words)-1]
		if last.is("POS") && len(words) > 0 {
			words = words[:len(words)-1]
		}
	}
	if n := len(words); n > 3 && words[n-1].low == "out" && words[n-2].low == "find" {
		return e.trimEnd(words[:n-3])
	}
	// "at the end" of what was cut off
	if n := len(words); n > 3 && (words[n-1].low == "end" || words[n-1].low == "start" || words[n-1].low == "beginning" || words[n-1].low == "time") && words[n-2].is("DT") && words[n-3].is("IN") {
		return e.trimEnd(words[:n-3])
	}
	return words
}
