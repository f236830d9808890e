package questions

import (
	"slices"
	"strings"
)

// howTo finds how something is done: "To request leave, …", "You can book a room in …".
func (f *finder) howTo(c clause) {
	guides := c.me && c.mood != mustNot && c.mood != needNot && (c.mood == instructs || c.mood == must || c.mood == should || c.mood == can || c.mood == states)
	if len(c.lead) > 2 && guides {
		var want []word
		switch {
		case c.lead[0].low == "to":
			want = c.lead[1:]
		case c.lead[0].low == "in" && c.lead[1].low == "order" && c.lead[2].low == "to" && len(c.lead) > 4:
			want = c.lead[3:]
		case c.lead[0].low == "if" || c.lead[0].low == "when":
			want = goal(c.lead[1:])
			if want == nil && c.lead[0].low == "if" && len(c.lead) > 3 && c.lead[1].low == "you" && (c.lead[2].low == "need" || c.lead[2].low == "want" || c.lead[2].low == "require") {
				if thing := f.e.thing(c.lead[3:]); thing != nil {
					f.add("how", map[string][]word{"do": append(plain("get"), thing...)})
				}
				return
			}
		}
		if len(want) > 1 && !want[0].is("DT") && !f.e.in("aims", want[0].low) {
			wanted := clause{}
			wanted.split(want[1:])
			if do := f.e.task(want[0].low, wanted.rest, c.theirs()); do != nil {
				f.add("how", map[string][]word{"do": do})
			}
		}
		return
	}
	if !c.me || c.mood != can && c.mood != must && c.mood != instructs && c.mood != should {
		return
	}
	if c.mood == instructs && !strings.HasSuffix(f.current, ".") && !strings.HasSuffix(f.current, ":") {
		return // an item of a list
	}
	for i, w := range c.rest {
		if i < 1 || !w.is("IN") && w.low != "using" {
			continue
		}
		means := c.rest[i+1:]
		byDoing := w.low == "by" && len(means) > 1 && means[0].is("VBG")
		through := (w.low == "through" || w.low == "via" || w.low == "using") && len(means) > 0
		if c.mood == instructs && (through && !f.named(means) || byDoing && !slices.ContainsFunc(c.rest[:i], func(w word) bool { return w.is("DT", "PRP$") })) {
			return // a goal rather than a way
		}
		if (byDoing || through) && !f.e.in("aims", c.verb) {
			if do := f.do(c, c.rest[:i]); do != nil {
				f.add("how", map[string][]word{"do": do})
			}
			return
		}
	}
}

// contact finds whom to ask, and about what.
func (f *finder) contact(c clause) {
	if !c.me || !f.e.in("contact", c.verb) || c.mood != instructs && c.mood != should && c.mood != must && c.mood != can {
		return
	}
	if len(c.tail) > 3 && c.tail[0].low == "if" {
		if !f.role(f.e.trimEnd(withoutParticle(c.rest))) {
			return
		}
		if about := question(c.tail[1:]); about != nil {
			if thing := f.object(f.e.trimEnd(about)); thing != nil {
				f.add("contact about", map[string][]word{"thing": thing})
			}
		} else if want := goal(c.tail[1:]); len(want) > 1 {
			if do := f.e.task(want[0].low, f.e.trimEnd(want[1:]), false); do != nil {
				f.add("contact to", map[string][]word{"do": do})
			}
		} else if cond := f.condition(c.tail[1:], c.theirs()); cond != nil {
			f.add("contact if", withState(cond))
		}
		return
	}
	for i, w := range c.rest {
		if i == 0 {
			continue
		}
		after := c.rest[i+1:]
		if w.is("PRP") && w.low != "you" || w.finite() {
			return
		}
		switch {
		case (w.low == "about" || w.low == "regarding") && f.role(withoutParticle(c.rest[:i])):
			if thing := f.object(f.e.trimEnd(after)); thing != nil {
				f.add("contact about", map[string][]word{"thing": thing})
				return
			}
		case w.low == "to" && len(after) > 1 && after[0].is("VB") && c.rest[0].low != "out":
			if do := f.e.task(after[0].low, after[1:], c.theirs()); do != nil && f.role(c.rest[:i]) && c.verb != "ask" && c.verb != "tell" {
				f.add("contact to", map[string][]word{"do": do})
			}
			return
		}
	}
	if len(c.lead) > 3 && (c.lead[0].low == "if" || c.lead[0].low == "for") {
		about := question(c.lead[1:])
		if c.lead[0].low == "for" && slices.ContainsFunc(c.lead, func(w word) bool { return w.low == "questions" || w.low == "help" }) {
			for i, w := range c.lead {
				if w.low == "about" || w.low == "on" || w.low == "with" || w.low == "regarding" {
					about = c.lead[i+1:]
				}
			}
		}
		if about != nil {
			if thing := f.object(f.e.trimEnd(about)); thing != nil {
				f.add("contact about", map[string][]word{"thing": thing})
			}
		}
	}
}

// withoutParticle leaves out "out to" and the like before whom one contacts.
func withoutParticle(words []word) []word {
	for len(words) > 1 && (words[0].is("RP", "TO", "RB") || words[0].low == "with" || words[0].low == "to" || words[0].low == "out") {
		words = words[1:]
	}
	return words
}

// question is what somebody has questions about in "you have questions about …", or nil.
func question(words []word) []word {
	asks := false
	for i, w := range words {
		asks = asks || w.low == "question" || w.low == "questions" || w.low == "help" || w.low == "concerns" || w.low == "issues" || w.low == "trouble" || w.low == "problems"
		if asks && (w.low == "about" || w.low == "on" || w.low == "regarding" || w.low == "with" || w.low == "concerning") {
			return words[i+1:]
		}
	}
	return nil
}

// place finds where things are found, filed and sent.
func (f *finder) place(c clause) {
	low := func(i int) string {
		if i < len(c.rest) {
			return c.rest[i].low
		}
		return ""
	}
	if c.passive && !c.me && f.e.in("kept", c.verb) && slices.Contains([]string{"in", "on", "at", "here", "under", "from"}, low(0)) && len(c.rest) > 1 && !c.rest[1].is("CD", "VBG") {
		if c.lead != nil || strings.HasSuffix(f.current, ":") || lowerContains(c.rest, "as") {
			return
		}
		subject := c.subject
		if subject[0].low == "all" {
			subject = subject[1:]
		}
		if thing := f.object(subject); thing != nil && f.e.specific(c.subject) && (len(withoutDeterminer(c.subject)) > 1 || thing[0].is("NNP")) && c.mood != statesNot {
			f.add("find", map[string][]word{"thing": f.c.cased(thing)})
		}
		return
	}
	if !c.me || c.lead != nil && c.lead[0].low != "if" || c.mood == mustNot || c.mood == needNot {
		return
	}
	for i, w := range c.rest {
		if i == 0 || !w.is("IN", "TO") {
			continue
		}
		after := withoutDeterminer(c.rest[i+1:])
		if len(after) == 0 || !after[0].noun() && !after[0].is("JJ") || !capitalised(headOf(after).text) && f.e.in("time units", strings.TrimSuffix(headOf(after).low, "s")) {
			continue
		}
		object := c.rest[:i]
		switch {
		case c.verb == "find" && c.mood == can && (w.low == "in" || w.low == "on" || w.low == "at" || w.low == "from" || w.low == "under"):
			if thing := f.object(object); thing != nil {
				f.add("find", map[string][]word{"thing": thing})
			}
			return
		case f.e.in("filed", c.verb) && (w.low == "in" || w.low == "on" || w.low == "into") && f.named(after):
			if do := f.do(c, object); do != nil {
				f.add("where", map[string][]word{"do": do})
			}
			return
		case f.e.in("sent", c.verb) && w.low == "to":
			if do := f.do(c, object); do != nil {
				f.add("where", map[string][]word{"do": do})
			}
			return
		}
	}
}

// named reports whether words name a system, a form or a place rather than a moment.
func (f *finder) named(words []word) bool {
	return slices.ContainsFunc(words[:min(len(words), 4)], func(w word) bool {
		return w.is("NNP", "NNPS") || isAcronym(w.text) || f.e.in("places", w.low)
	})
}
