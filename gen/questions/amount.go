package questions

import (
	"slices"
	"strings"
)

var bounds = setOf("up to at least most no more than less a maximum of minimum about approximately around over under exactly only roughly as many little fewer")

// number finds a number with what is counted: where it begins (with "up to" and the
// like), where it is and where what is counted begins.
func (f *finder) number(words []word) (from, at int, isMoney bool, ok bool) {
	for i, w := range words {
		if money(w.text) && i+1 < len(words) && words[i+1].is("CD") {
			from, at, isMoney, ok = i, i+1, true, true
			break
		}
		if w.is("CD") && !strings.ContainsAny(w.text, ":/-–") && !isYear(w.text) && w.low != "one" {
			from, at, ok = i, i, true
			break
		}
	}
	for ok && from > 0 && bounds[words[from-1].low] {
		from--
	}
	return from, at, isMoney, ok
}

// amounts finds how much, how many and how long.
func (f *finder) amounts(c clause) {
	if c.verb == "depend" && !c.me && !c.we && len(c.rest) > 1 && c.rest[0].low == "on" {
		if thing := f.object(c.subject); thing != nil {
			f.add("depends", map[string][]word{"thing": f.c.cased(thing), "does": plain(c.do()), "present": c.present("depend", nil)})
		}
		return
	}
	if c.mood == mustNot || c.mood == statesNot || c.mood == needNot || c.mood == instructs || c.mood == possible {
		return
	}
	from, at, isMoney, ok := f.number(c.rest)
	if !ok || from > 4 {
		return
	}
	subject := f.subject(c)
	if subject == nil {
		return
	}
	after := c.rest[at+1:]
	if c.verb == "be" && !c.passive {
		if from > 0 || c.me || c.we || c.mood != states {
			return
		}
		slots := map[string][]word{"thing": subject, "is": plain(c.be())}
		switch {
		case isMoney:
			f.add("how much is", slots)
		case len(after) > 0 && f.e.in("time units", strings.TrimSuffix(after[0].low, "s")) && f.e.in("lasting", headOf(withoutDeterminer(c.subject)).low):
			f.add("how long is", slots)
		case f.e.in("limits", headOf(withoutDeterminer(c.subject)).low) || strings.Contains(lowerJoin(c.subject), "maximum") || strings.Contains(lowerJoin(c.subject), "minimum"):
			f.add("what is the limit", slots)
		}
		return
	}
	if c.passive {
		f.passiveAmount(c, subject)
		return
	}
	before, do := c.rest[:from], c.do()
	switch {
	case isMoney && len(before) == 0 && c.verb == "cost":
		f.add("cost", map[string][]word{"thing": subject, "does": plain(do), "present": c.present("cost", nil)})
	case isMoney && len(before) == 0 && f.e.in("pays", c.verb):
		for len(after) > 0 && !after[0].is("IN", "TO") {
			if after[0].noun() {
				return // "a $500 budget"
			}
			after = after[1:]
		}
		if tail := f.complement(after); tail != nil || len(after) == 0 {
			f.add("how much", map[string][]word{"subject": subject, "does": plain(do), "verb": append(plain(c.verb), tail...), "present": c.present(c.verb, tail)})
		}
	case !isMoney && len(before) == 0 && len(after) > 2 && (after[0].low == "%" || after[0].low == "percent") && after[1].low == "of":
		if thing := f.object(f.e.trimEnd(direct(after[2:]))); thing != nil {
			f.add("how much of", map[string][]word{"thing": thing, "subject": subject, "does": plain(do), "verb": plain(c.verb), "present": c.present(c.verb, nil)})
		}
	case !isMoney && len(before) == 0 && (c.verb == "take" || c.verb == "last") && len(after) > 0 && f.e.in("time units", strings.TrimSuffix(after[0].low, "s")):
		if !c.me {
			f.add("how long", map[string][]word{"subject": subject, "does": plain(do), "verb": plain(c.verb), "present": c.present(c.verb, nil)})
		}
	case !isMoney && len(before) == 0 && len(after) > 0:
		f.count(c, subject, after)
	}
}

// passiveAmount finds caps, and how long something is kept.
func (f *finder) passiveAmount(c clause, subject []word) {
	low := lowerJoin(c.rest)
	switch {
	case (c.verb == "capped" || c.verb == "limited") && !c.me && len(c.rest) > 1 && (c.rest[0].low == "at" || c.rest[0].low == "to") && !c.rest[1].is("VBG") && !f.someone(c.subject):
		f.add("cap", map[string][]word{"thing": subject, "is": plain(c.be())})
	case forTime().FindStringIndex(low) != nil && !c.me && forTime().FindStringIndex(low)[0] == 0 && (c.mood == states || c.mood == must || c.mood == should):
		slots := map[string][]word{"subject": subject, "aux": plain(c.be()), "verb": plain(c.verb)}
		if c.mood != states {
			slots["aux"], slots["verb"] = plain("should"), plain("be "+c.verb)
		}
		f.add("how long passive", slots)
	}
}

// count asks how many of what is counted somebody gets, needs, has.
func (f *finder) count(c clause, subject, after []word) {
	n := 0
	for n < len(after) && (after[n].noun() || after[n].is("JJ", "VBG", "VBN") || after[n].low == "of" && n > 0 && after[n-1].noun() && n+1 < len(after) && !after[n+1].is("DT", "PRP$")) {
		n++
	}
	for n > 0 && !after[n-1].noun() {
		n--
	}
	if n == 0 || after[n-1].low == "paid" || !after[n-1].is("NNS", "NN") || !headOf(after[:n]).is("NNS") {
		return
	}
	counted := after[:n]
	if !f.e.selfContained(counted) || f.e.in("generic", headOf(counted).low) && !f.e.telling(counted) || c.verb == "do" || c.verb == "consist" || !f.e.in("holds", c.verb) {
		return
	}
	if f.e.in("time units", strings.TrimSuffix(headOf(counted).low, "s")) && len(counted) == 1 {
		return // "has 30 days to …": how long is asked by its task
	}
	tail := f.complement(after[n:])
	if tail == nil && len(after[n:]) > 0 && (after[n].low == "to" || !f.e.selfContained(after[n:])) {
		return
	}
	base := c.verb
	if c.mood == must {
		base = "have to " + c.verb
	}
	verb := append(plain(base), tail...)
	if c.mood == can {
		f.add("how many can", map[string][]word{"counted": counted, "subject": subject, "verb": verb})
		return
	}
	f.add("how many", map[string][]word{"counted": counted, "subject": subject, "does": plain(c.do()), "verb": verb, "present": c.present(base, tail)})
}

// complement is a short phrase after a number that a question keeps: "per year", "for
// training".
func (f *finder) complement(words []word) []word {
	words = f.e.trimEnd(words)
	if len(words) < 2 || len(words) > 6 || !words[0].is("IN", "TO", "DT") || words[0].low == "of" {
		return nil
	}
	if words[0].is("DT") && words[0].low != "every" && words[0].low != "each" && words[0].low != "a" {
		return nil
	}
	if !f.e.selfContained(words) || slices.ContainsFunc(words, func(w word) bool { return w.finite() || w.is("VB") }) {
		return nil
	}
	return mine(words, true)
}

// who finds who does something.
func (f *finder) who(c clause) {
	if c.verb == "be" && len(c.rest) > 2 && c.rest[0].low == "responsible" && c.rest[1].low == "for" && !c.me && c.mood != statesNot {
		if thing := f.responsibility(c.rest[2:]); thing != nil && (len(c.tail) < 2 || c.tail[0].text != "," || !c.tail[1].noun()) {
			f.add("responsible", map[string][]word{"thing": thing})
		}
		return
	}
	if c.passive && len(c.rest) > 1 && c.rest[0].low == "by" && !c.me && !c.we && c.mood != mustNot && c.mood != statesNot && c.mood != can && f.e.in("done by", baseOf(f.e, c.verb, "VBN")) && f.role(c.rest[1:]) {
		if thing := f.object(c.subject); thing != nil {
			f.add("who", map[string][]word{"does": append(plain(thirdOf(baseOf(f.e, c.verb, "VBN"))), thing...)})
		}
		return
	}
	if c.listed() || c.me || c.we || c.passive || c.mood != states && c.mood != must && c.mood != should || !f.e.in("done by", c.verb) || !f.role(c.subject) || c.subject[0].low == "every" || c.subject[0].low == "each" {
		return
	}
	if task := f.e.task(c.verb, cutTime(c.rest), false); task != nil && len(task) < 8 && !task[1].is("CD", "RB", "IN", "TO") && task[1].low != "a" && task[1].low != "an" && !slices.ContainsFunc(task, func(w word) bool { return w.low == "i" || w.low == "their" }) {
		f.add("who", map[string][]word{"does": append(plain(thirdOf(c.verb)), task[1:]...)})
	}
}

func cutTime(words []word) []word {
	if at := firstTime(words); at >= 0 {
		return words[:at]
	}
	return words
}

// responsibility is what somebody is responsible for.
func (f *finder) responsibility(words []word) []word {
	words = f.e.trimEnd(words)
	if len(words) > 1 && words[0].is("VBG") {
		if task := f.e.task(baseOf(f.e, words[0].low, "VBG"), words[1:], false); task != nil {
			return append([]word{words[0]}, task[1:]...)
		}
		return nil
	}
	if len(words) > longestThing && len(words) < 12 && f.e.nounPhrase(words) && f.e.selfContained(words) && f.e.telling(words) {
		return mine(words, false)
	}
	return f.object(words)
}

// role reports whether words name somebody's role or a team rather than a thing.
func (f *finder) role(words []word) bool {
	words = f.e.trimEnd(words)
	bare := withoutDeterminer(words)
	if len(bare) == 0 || len(bare) > 6 {
		return false
	}
	if bare[0].is("VBG") {
		return false
	}
	head := headOf(bare).low
	return f.e.in("roles", head) || f.e.in("roles", strings.TrimSuffix(head, "s")) || len(bare) == 1 && isAcronym(bare[0].text) && capitalised(bare[0].text)
}

func isYear(text string) bool {
	return len(text) == 4 && (strings.HasPrefix(text, "19") || strings.HasPrefix(text, "20"))
}
