package questions

import (
	"regexp"
	"slices"
	"strings"
)

const (
	numberWords = `\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|ninety|a|an`
	unitWords   = `(?:business |working |calendar |consecutive |work |full |pay )*(?:minute|hour|day|week|month|quarter|year|period)s?`
	daysWords   = `(?:mon|tues|wednes|thurs|fri|satur|sun)days?`
	monthsWords = `january|february|march|april|june|july|august|september|october|november|december`
)

var (
	withinTime  = pattern(`\b(?:within|no later than|not later than|in no more than) (?:the (?:first|next) )?(?:` + numberWords + `) ` + unitWords + `\b`)
	byTime      = pattern(`\b(?:by|no later than|before) (?:the )?(?:end|close|start|beginning|` + daysWords + `|` + monthsWords + `|noon|midnight|cob|eod|\d+(?:st|nd|rd|th|:| ?am| ?pm| ` + `(?:` + monthsWords + `)))`)
	advanceTime = pattern(`\b(?:at least |a minimum of |no less than |no later than )?(?:` + numberWords + `) ` + unitWords + ` (?:in advance|before|prior|ahead|beforehand)\b`)
	oftenTime   = pattern(`\b(?:at least |up to |no more than )?(?:every (?:other |single )?(?:\w+ )?(?:minute|hour|day|week|month|quarter|year|sprint|pay period|` + daysWords + `)s?|weekly|biweekly|bi-weekly|monthly|quarterly|annually|yearly|daily|(?:once|twice|\w+ times) (?:a|an|per|each|every) \w+|on (?:a |an )?(?:daily|weekly|biweekly|monthly|quarterly|annual|yearly) basis|on ` + daysWords + `)\b`)
	forTime     = pattern(`\bfor (?:at least |up to |about |approximately |around |no more than )?(?:` + numberWords + `|\d+[-–]\d+)(?: to \d+)? (?:more )?` + unitWords + `\b`)
	onTime      = pattern(`\b(?:(?:at|by|from|until|between) (?:about |around )?\d{1,2}(?::\d\d| ?(?:am|pm|a\.m\.|p\.m\.|o'clock))|on (?:the )?(?:(?:first|last|second|third) (?:of|day|week|weekday|working day|business day|` + daysWords + `)|\d+(?:st|nd|rd|th)\b|(?:` + monthsWords + `))|(?:on|every|each) ` + daysWords + `|(?:in|on|at the (?:end|beginning|start) of|by the end of) (?:the )?(?:` + monthsWords + `|fiscal year|calendar year|month|quarter|year))\b`)
)

// timing finds by when, how soon and how often something is to be done or happens.
func (f *finder) timing(c clause) {
	low := lowerJoin(c.rest)
	if at := forTime().FindStringIndex(low); at != nil && c.me && (c.mood == instructs || c.mood == must || c.mood == should) {
		if do := f.do(c, c.rest[:cutAt(c.rest, at[0])]); do != nil && f.e.in("lasting verbs", c.verb) && !lowerContains(do, "and") && !do[1].is("IN") {
			f.add("for how long", map[string][]word{"do": do})
		}
	}
	asked := c.mood == must || c.mood == should || c.mood == instructs
	if c.me && asked {
		for _, limit := range []struct {
			kind string
			time *regexp.Regexp
		}{{"advance", advanceTime()}, {"within", withinTime()}, {"deadline", byTime()}} {
			if at := limit.time.FindStringIndex(low); at != nil {
				if do := f.do(c, c.rest[:cutAt(c.rest, at[0])]); do != nil {
					f.add(limit.kind, map[string][]word{"do": do})
				}
				break
			}
		}
	}
	if at := oftenTime().FindStringIndex(low); at != nil && !nounAt(c.rest, at[1]) && c.mood != mustNot && c.mood != can && c.mood != needNot {
		before := f.e.trimEnd(c.rest[:cutAt(c.rest, at[0])])
		switch {
		case c.me && asked:
			if do := f.do(c, before); do != nil && !modified(before) && (c.mood != instructs || !before[0].is("IN")) {
				f.add("how often to", map[string][]word{"do": do})
			}
		default:
			f.happens("how often", c, before)
		}
		return
	}
	if begins := (clause{subject: c.subject, agrees: c.agrees}); !c.me && !c.we && !c.passive && c.mood == states && len(c.rest) > 1 && edges[c.verb+" "+c.rest[0].low] != "" {
		if slices.ContainsFunc(c.rest, func(w word) bool { return strings.ContainsAny(w.text, "$€£") }) {
			return // what prices start from
		}
		begins.verb = edges[c.verb+" "+c.rest[0].low]
		f.happens("when", begins, nil)
		return
	}
	if at := onTime().FindStringIndex(low); at != nil && !c.me && (c.mood == states || c.mood == must) {
		f.happens("when", c, f.e.trimEnd(c.rest[:cutAt(c.rest, at[0])]))
	}
}

// edges are the verbs by which one asks when something starts or ends, by how that is told.
var edges = map[string]string{
	"run from": "start", "start on": "start", "start from": "start", "start after": "start", "begin on": "begin", "begin from": "begin", "begin after": "begin",
	"end on": "end", "end after": "end", "expire on": "expire", "expire after": "expire",
}

// modified reports whether a noun is followed by a participle, which the words after it
// rather belong to: "newsletters delivered daily".
func modified(words []word) bool {
	for i := 1; i < len(words); i++ {
		if words[i].is("VBN", "VBG", "VBD") && words[i-1].noun() {
			return true
		}
	}
	return false
}

// nounAt reports whether a noun follows at a place in the words' text: "monthly
// sessions" says nothing of how often.
func nounAt(words []word, at int) bool {
	i := cutAt(words, at)
	return i < len(words) && (words[i].noun() || words[i].is("JJ"))
}

// happens asks when something of which the time is told is done.
func (f *finder) happens(kind string, c clause, before []word) {
	subject := f.subject(c)
	if slices.ContainsFunc(before, func(w word) bool { return w.is("CD") }) {
		return // "closes for two weeks in June" is about both
	}
	if c.mood != states && c.mood != must || len(before) == 0 && len(c.rest) > 0 && c.passive && c.rest[0].is("IN", "RP") && (c.rest[0].low == "about" || c.rest[0].low == "to" || c.rest[0].low == "with" || c.rest[0].low == "out") {
		return
	}
	if subject == nil || len(before) > 5 || lowerContains(before, "to") || !f.e.selfContained(before) || !c.passive && c.verb == "be" && len(before) > 0 || c.verb == "be" && kind == "how often" {
		return
	}
	verb, be := c.verb, "do"
	if c.passive || c.verb == "be" {
		be = "be"
	}
	slots := map[string][]word{"subject": subject, "verb": append(plain(verb), before...), "does": plain(c.do()), "present": c.present(verb, before)}
	if be == "be" {
		slots["does"] = plain(c.be())
		if c.verb == "be" {
			if !f.e.in("events", headOf(withoutDeterminer(c.subject)).low) {
				return
			}
			slots["verb"] = nil
		}
	} else if !f.e.in("happens", verb) {
		return
	}
	f.add(kind, slots)
}

// subject is what a clause is about as a question names it, or nil.
func (f *finder) subject(c clause) []word {
	if c.me || c.we {
		return plain(c.who())
	}
	return f.c.cased(f.object(c.subject))
}

// object is a noun phrase as a question names it, or nil where its article is missing.
func (f *finder) object(words []word) []word {
	thing := f.e.thing(words)
	if thing == nil || f.e.headline(thing) {
		return nil
	}
	return thing
}

// duties finds what one has to do, may do, may not do or need not do.
func (f *finder) duties(c clause) {
	if !c.me {
		return
	}
	rest := c.rest
	if at := firstTime(rest); at >= 0 {
		rest = rest[:at]
	}
	for i, w := range rest {
		if i > 0 && w.low == "by" && i+1 < len(rest) && rest[i+1].is("VBG") {
			rest = rest[:i]
			break
		}
	}
	if c.mood == mustNot {
		if c.lead != nil || len(c.tail) > 0 && conditional[c.tail[0].low] {
			return // what is forbidden only at times
		}
		if rest = withoutEmphasis(rest); c.subject == nil && rest[0].is("IN") {
			return // "Never run under rugs" is about what stands before
		}
	}
	do := f.do(c, rest)
	if do == nil || f.e.in("contact", c.verb) {
		return
	}
	slots := map[string][]word{"do": do}
	switch c.mood {
	case must:
		f.add("must", slots)
	case should:
		f.add("should", slots)
	case can:
		if rest[0].is("RB") && strings.HasSuffix(rest[0].low, "ly") || len(c.subject) > 0 && strings.HasPrefix(c.subject[0].low, "every") {
			return // "can work independently" is an ability, "everyone is welcome" a greeting
		}
		if f.e.in("aims", c.verb) {
			return // "you can support the team by …"
		}
		f.add("can", slots)
	case mustNot:
		f.add("must not", slots)
	case needNot:
		f.add("need not", slots)
	case instructs:
		if strings.HasPrefix(strings.ToLower(f.current), "always ") && !f.e.in("interface", c.verb) && !lowerContains(do, "look") && !f.e.in("no advice", c.verb) && strings.HasSuffix(f.current, ".") && !strings.Contains(f.current, ":") {
			f.add("advice", slots)
		}
	}
	if len(c.tail) > 1 && c.tail[0].low == "unless" && (c.mood == must || c.mood == instructs) {
		f.add("always", slots)
	}
}

// conditional are the words that begin a condition after a clause.
var conditional = setOf("before after when while if until unless once as without whenever except")

// withoutEmphasis leaves out "under any circumstances" and the like at the end.
func withoutEmphasis(words []word) []word {
	if n := len(words); n > 3 && words[n-3].is("IN") && words[n-2].low == "any" && words[n-1].noun() {
		return words[:n-3]
	}
	return words
}

// firstTime is where a phrase of time begins, or -1.
func firstTime(words []word) int {
	low, first := lowerJoin(words), -1
	for _, time := range []*regexp.Regexp{advanceTime(), withinTime(), byTime(), oftenTime()} {
		if at := time.FindStringIndex(low); at != nil {
			if i := cutAt(words, at[0]); first < 0 || i < first {
				first = i
			}
		}
	}
	return first
}

// conditions asks what to do, or what happens, under a condition.
func (f *finder) conditions(c clause) {
	switch {
	case len(c.lead) > 2 && c.lead[0].low == "if":
		cond := f.condition(c.lead[1:], c.theirs())
		if cond == nil {
			return
		}
		slots := withState(cond)
		switch {
		case goal(c.lead[1:]) != nil, c.lead[1].low == "you" && (c.lead[2].low == "need" || c.lead[2].low == "want"): // "if you need to book a room" is asked as how to
		case c.me && (c.mood == instructs || c.mood == must || c.mood == should):
			f.add("if", slots)
		case c.me && c.mood == can && !lowerContains(c.lead, "were"):
			f.add("if can", slots)
		case (c.verb != "be" || c.passive) && !progressive(c.lead):
			f.add("what if", slots)
		}
	case len(c.tail) > 2 && c.tail[0].low == "if" && c.me && (c.mood == instructs || c.mood == must || c.mood == should) && !f.e.in("contact", c.verb):
		if cond := f.condition(c.tail[1:], c.theirs()); cond != nil && goal(c.tail[1:]) == nil {
			f.add("if", withState(cond))
		}
	}
}

// withState are the slots of a condition. One that is a state can also be told: "My laptop
// is stolen, what should I do?"
func withState(cond []word) map[string][]word {
	slots := map[string][]word{"cond": cond}
	if at := slices.IndexFunc(cond, word.finite); at >= 0 && (stateVerbs[cond[at].low] || strings.HasPrefix(cond[at].text, "'")) {
		slots["state"] = cond
	}
	return slots
}

var stateVerbs = setOf("am is are was have has can can't cannot ca do does need see")

// clauseMarks end a clause.
var clauseMarks = strings.Split(".,;:()—–", "")

// condition is a condition in one's own words, or nil.
func (f *finder) condition(words []word, others bool) []word {
	if at := slices.IndexFunc(words, func(w word) bool { return slices.Contains(clauseMarks, w.text) || w.low == "when" }); at >= 0 {
		words = words[:at]
	}
	if len(words) < 3 || len(words) > longestCond {
		return nil
	}
	at := slices.IndexFunc(words, word.finite)
	if at < 1 || !words[0].is("PRP", "PRP$", "DT", "NN", "NNS", "NNP") {
		return nil
	}
	if words[0].low != "you" && (!f.e.nounPhrase(words[:at]) || f.e.headline(words[:at])) {
		return nil
	}
	last := words[len(words)-1]
	if last.is("IN", "DT", "TO", "CC", "PRP$", "MD", "VBG") || words[0].low == "our" || words[at].is("VBD") && words[at].low != "did" && words[at].low != "were" && !words[at].finite() {
		return nil
	}
	if slices.ContainsFunc(words, func(w word) bool { return w.is("JJ", "JJR", "JJS") && f.e.in("evaluative", w.low) }) {
		return nil // "if you get a good browser" is no trouble
	}
	words = mine(words, others)
	if f.describes(words, at) {
		return nil
	}
	about := slices.ContainsFunc(words, func(w word) bool {
		return (w.noun() || w.is("VBG", "VBN", "VB") || w.is("JJ") && words[0].text != "I") && f.e.informs(w) && !f.e.in("seeking help", w.low)
	})
	if !f.e.selfContained(words) || !about || slices.ContainsFunc(words, func(w word) bool { return w.low == "but" || w.low == "step" || w.low == "us" }) {
		return nil
	}
	return words
}

// describes reports whether a condition only says who somebody is or what they have: "if
// you are a tenant". That is no trouble that somebody would ask help with.
func (f *finder) describes(cond []word, verb int) bool {
	after := cond[verb+1:]
	for len(after) > 1 && after[0].is("RB") && after[0].low != "not" {
		after = after[1:]
	}
	if len(after) == 0 || after[0].low == "not" || slices.ContainsFunc(after, func(w word) bool { return f.e.in("troubles", w.low) }) {
		return false
	}
	switch cond[verb].low {
	case "am", "'m":
		return after[0].is("DT", "NN", "NNS", "VBG")
	case "have", "has", "own", "hold", "use", "uses", "support", "supports", "prefer", "know", "serve", "'ve":
		return !after[0].is("VBN", "VBD", "TO") && after[0].low != "no"
	}
	return false
}

// progressive reports whether a condition is about what somebody is just doing.
func progressive(words []word) bool {
	for i, w := range words {
		if w.low == "were" && i+1 < len(words) && words[i+1].low == "to" || i > 0 && w.is("VBG") && baseOf(nil, words[i-1].low, "") == "be" || w.is("VBD") && w.low != "were" {
			return true
		}
	}
	return false
}

// goal is what somebody wants to do in "if you want to …", or nil.
func goal(words []word) []word {
	for i, w := range words {
		if w.low == "to" && i > 0 && i <= 4 && words[0].low == "you" && slices.Contains([]string{"want", "need", "like", "wish", "have", "planning", "plan", "looking"}, words[i-1].low) {
			return words[i+1:]
		}
	}
	return nil
}
