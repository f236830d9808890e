package questions

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// term is a noun phrase that has a meaning of its own to ask for, or nil: a name, an
// acronym, a compound, or what the heading names.
func (f *finder) term(words []word) []word {
	if words[0].is("DT") && unclear[words[0].low] {
		return nil // "this cutter"
	}
	for len(words) > 1 && words[0].is("DT") {
		words = words[1:]
	}
	if len(words) == 0 || len(words) > 5 || words[0].is("PRP$", "CD") || slices.ContainsFunc(words, func(w word) bool { return w.is("PRP$", "DT") || w.low == "and" || w.low == "or" }) {
		return nil
	}
	thing := f.e.thing(words)
	if thing == nil {
		return nil
	}
	head := headOf(words)
	switch {
	case f.e.in("stop", words[0].low), f.e.in("first names", words[0].low) && (len(words) == 1 || words[1].is("NNP")), head.low == "note", slices.ContainsFunc(words, func(w word) bool { return w.is("VB", "UH") }):
		return nil
	case f.e.in("people", head.low) && len(words) == 1, f.e.in("evaluative", words[0].low):
		return nil
	case len(words) == 1 && isAcronym(head.text):
		return thing
	case len(words) == 1:
		rare := f.e.rank(head.low) > 6000
		named := head.is("NNP") && f.e.rank(head.low) > 2500
		inTitle := strings.Contains(" "+lowerJoin(f.title)+" ", " "+head.low+" ")
		if !rare && !named && (!inTitle || f.e.rank(head.low) <= 2500) || head.is("NNS") && !inTitle {
			return nil
		}
	}
	return thing
}

var evaluation = setOf("person people one good great important essential key best critical crucial big common natural nice hard difficult challenging huge perfect useful valuable simple bad sign thing reason way place time path balance skill delicate iterative core clear different similar same separate distraction hazard danger risk cause source lot bit part opportunity priority chance example first next last few big issue problem must")

// definition asks what a thing is that a sentence defines.
func (f *finder) definition(c clause) {
	if c.me || c.we || c.passive || c.lead != nil || c.mood != states || c.agrees == "VB" || len(c.rest) < 2 {
		return
	}
	switch {
	case c.verb == "be" && (c.rest[0].low == "a" || c.rest[0].low == "an" || c.rest[0].low == "the" && f.specificThe(c.rest)):
		defines := genus(c.rest)
		for _, w := range c.rest[1:min(4, len(c.rest))] {
			if evaluation[w.low] && !defines || w.is("RB") {
				return
			}
		}
		if len(c.rest) < 3 && len(c.tail) < 3 {
			return
		}
	case (c.verb == "mean" || c.verb == "refer" || c.verb == "denote") && len(c.rest) > 2:
		if c.rest[0].is("PRP", "VBG") || strings.HasSuffix(c.rest[0].low, "thing") {
			return
		}
	default:
		return
	}
	if c.subject[0].low == "the" && (!f.definite(c.subject) || len(c.subject) == 2 && f.e.rank(c.subject[1].low) < 6000 && !f.c.name(c.subject[1])) {
		return
	}
	if thing := f.term(c.subject); thing != nil {
		determiner := determinerOf(c.subject)
		if determiner == "" && c.verb == "mean" {
			determiner = "?" // "Bribe means …"
		}
		f.defined(thing, determiner)
	}
}

// specificThe reports whether "the …" is said of one thing: "the process of".
func (f *finder) specificThe(words []word) bool {
	return genus(words) || len(words) > 4 && (lowerContains(words, "of") || lowerContains(words, "for")) && words[1].noun() || len(words) > 3 && words[1].is("NN", "NNP") && !evaluation[words[1].low]
}

// genus reports whether words define by a wider word: "the time between …".
func genus(words []word) bool {
	return len(words) > 3 && slices.Contains([]string{"time", "place", "way", "part"}, words[1].low) && words[2].is("IN", "WDT", "WRB")
}

func lowerContains(words []word, low string) bool {
	return slices.ContainsFunc(words, func(w word) bool { return w.low == low })
}

// definite reports whether "the" belongs to a name: "the Hatch Act".
func (f *finder) definite(words []word) bool {
	return len(words) > 2 && f.e.telling(words[1:]) || slices.ContainsFunc(words[1:], func(w word) bool { return w.is("NNP") || isAcronym(w.text) }) || strings.Contains(lowerJoin(f.title), lowerJoin(words[1:]))
}

// defined takes a term with the determiner it was defined with, or "?" where a list
// explains it.
func (f *finder) defined(thing []word, determiner string) {
	bare := f.c.cased(withoutDeterminer(thing))
	slots := map[string][]word{"term": f.articled(bare, determiner), "is": plain("is"), "does": plain("does")}
	if plural(headOf(bare)) || coordinated(bare) {
		slots["is"], slots["does"] = plain("are"), plain("do")
	}
	if head := headOf(bare); determiner != "the" && !f.c.name(head) && !head.is("NNP", "NNPS") && !isAcronym(head.text) {
		slots["concept"] = slots["term"]
	}
	kind := "definition"
	if determiner == "?" {
		kind = "label"
		if !plural(headOf(bare)) && !strings.Contains(f.text, " "+lowerJoin(slots["term"])+" ") {
			kind, slots = "term", map[string][]word{"term": bare} // asked for without an article
		}
	}
	f.terms = append(f.terms, bare)
	f.add(kind, slots)
}

// determinerOf is the determiner that a noun phrase begins with, or "".
func determinerOf(words []word) string {
	if words[0].is("DT") {
		return words[0].low
	}
	return ""
}

var labelLine = pattern(`^([\pL\pN][^:.!?"()]{2,40}?)(?: \(([\pL\pN][^()]{1,12})\))?(?:: +| +[-–—] +)(\S.{20,})$`)

// label asks about what a line explains: "Core hours: the hours when …".
func (f *finder) label(text string) bool {
	m := labelLine().FindStringSubmatch(text)
	if m == nil {
		return false
	}
	words, says := f.read(m[1]), f.read(m[3])
	if at := slices.IndexFunc(says, func(w word) bool { return w.text == "–" || w.text == "—" }); at > 2 && titleCase(says[:at]) {
		return false // a book's or page's name, with what it is about
	}
	if at := slices.IndexFunc(says, word.finite); at > 0 && f.e.nounPhrase(says[:at]) {
		return false // it tells something rather than explains
	}
	if titleCase(says) || !slices.ContainsFunc(says[min(1, len(says)):], func(w word) bool { return w.is("IN", "TO", "WDT", "VBN", "VBG") || w.finite() }) {
		return false
	}
	if kind := direct(says[1:]); len(kind) > 0 && f.e.in("descriptions", headOf(kind).low) {
		return false // it tells what stands behind a link
	}
	if len(words) > 5 || len(says) < 5 || !says[0].is("DT") && (!says[0].is("NN", "NNS", "JJ") || !slices.ContainsFunc(says, word.finite)) && !says[0].is("VBZ") || says[0].low == "this" || says[0].low == "that" || says[0].low == "these" {
		return false
	}
	for i := range words {
		if words[i].is("NNP") && !isAcronym(words[i].text) && f.e.rank(words[i].low) < commonName && !f.c.name(words[i]) {
			words[i].tag = "NN"
		}
	}
	if at := slices.IndexFunc(says, word.finite); at > 0 && !strings.Contains(lowerJoin(says[:at]), headOf(words).low) && !slices.ContainsFunc(says[:at], func(w word) bool { return w.text == "." || w.is("WDT", "WP", "WRB", "IN") || w.low == "that" }) {
		return false
	}
	if says[0].is("DT") && (says[0].low == "a" || says[0].low == "an" || says[0].low == "the") {
		if thing := f.term(words); thing != nil && len(words) > 1 || thing != nil && isAcronym(words[0].text) {
			f.defined(thing, "?")
			return true
		}
	}
	return false
}

// acronyms asks what letters stand for that follow their long form in brackets.
func (f *finder) acronyms(words []word) {
	for i := 2; i+2 <= len(words); i++ {
		if i+1 >= len(words) || words[i-1].text != "(" || words[i+1].text != ")" {
			continue
		}
		letters := words[i].text
		if !isAcronym(letters) || len(letters) < 3 || strings.HasSuffix(letters, "s") || strings.ContainsAny(letters, "0123456789-/&") {
			continue
		}
		initials := ""
		for j := max(0, i-1-len(letters)-2); j < i-1; j++ {
			if r, _ := utf8.DecodeRuneInString(words[j].text); len(words[j].text) > 3 || capitalised(words[j].text) {
				initials += strings.ToUpper(string(r))
			}
		}
		if strings.HasSuffix(initials, letters) && f.c.acronyms[letters] == f.passage {
			f.add("acronym", map[string][]word{"term": {words[i]}})
		}
	}
}

// uses finds what things are for, what they include and who can have them.
func (f *finder) uses(c clause) {
	low := func(i int) string {
		if i < len(c.rest) {
			return c.rest[i].low
		}
		return ""
	}
	switch {
	case c.passive && c.verb == "used" && (low(0) == "to" || low(0) == "for" || low(0) == "as") && c.mood == states && !c.me:
		if thing := f.term(c.subject); thing != nil {
			f.add("used for", map[string][]word{"thing": f.articled(f.c.cased(withoutDeterminer(thing)), determinerOf(c.subject)), "is": plain(c.be())})
		}
	case c.verb == "use" && (c.we || f.role(c.subject) && !c.me) && c.mood == states:
		for i := 1; i < len(c.rest)-1; i++ {
			if c.rest[i].low == "for" || c.rest[i].low == "to" {
				if thing := f.term(c.rest[:i]); thing != nil && f.e.selfContained(c.rest[:i]) && !f.e.in("generic", headOf(thing).low) {
					f.add("we use for", map[string][]word{"thing": f.articled(f.c.cased(withoutDeterminer(thing)), determinerOf(c.rest))})
				}
				if purpose := f.object(f.e.trimEnd(c.rest[i+1:])); purpose != nil && c.rest[i].low == "for" {
					f.add("what for", map[string][]word{"thing": purpose})
				}
				break
			}
		}
	case c.verb == "be" && (low(0) == "eligible" || low(0) == "entitled") && len(c.rest) > 2:
		var after []word
		if low(1) == "for" || low(1) == "to" {
			after = f.e.trimEnd(c.rest[2:])
		}
		switch {
		case len(after) > 1 && after[0].is("VB"):
			if do := f.e.task(after[0].low, after[1:], false); do != nil && !lowerContains(do, "my") && !lowerContains(do, "me") {
				f.add("who can", map[string][]word{"do": do})
			}
		default:
			if len(after) > 4 {
				after = direct(after)
			}
			if len(after) == 0 || after[0].is("CD") {
				return
			}
			if thing := f.object(after); thing != nil && (len(withoutDeterminer(thing)) > 1 || f.e.rank(headOf(thing).low) > 6000 || strings.Contains(f.path, headOf(thing).low)) {
				f.add("eligible", map[string][]word{"thing": thing})
			}
		}
	case (c.verb == "include" || c.verb == "cover" || c.verb == "consist" || c.verb == "comprise") && !c.passive && !c.me && !c.we && c.mood == states && (len(c.rest) > 2 || len(c.tail) > 3) && f.e.selfContained(c.subject) && !f.e.headline(c.subject) && !strings.HasPrefix(headOf(withoutDeterminer(c.subject)).low, "example"):
		if thing := f.term(c.subject); thing != nil && !f.e.in("generic", headOf(withoutDeterminer(c.subject)).low) && (len(withoutDeterminer(c.subject)) > 1 || isAcronym(thing[0].text)) {
			verb := c.verb
			if verb == "consist" {
				verb = "consist of"
			}
			f.add("includes", map[string][]word{"thing": f.c.cased(mine(c.subject, false)), "does": plain(c.do()), "verb": plain(verb), "present": c.present(verb, nil)})
		}
	case (c.mood == should || c.mood == must) && !c.me && !c.we && !c.passive && (c.verb == "include" || c.verb == "contain") && len(c.rest) > 1 && c.lead == nil:
		if thing := f.object(c.subject); thing != nil && f.e.specific(c.subject) && len(withoutDeterminer(c.subject)) > 1 {
			f.add("should include", map[string][]word{"subject": f.c.cased(thing), "verb": plain(c.verb)})
		}
	case c.verb == "be" && (low(0) == "to" || c.rest != nil && low(0) == "the") && !c.me && !c.we:
		if i := slices.IndexFunc(c.subject, func(w word) bool { return w.low == "of" }); i > 0 && f.e.in("purposes", c.subject[i-1].low) {
			if thing := f.e.thing(c.subject[i+1:]); thing != nil {
				f.add("purpose", map[string][]word{"thing": thing, "is": plain(map[bool]string{true: "are", false: "is"}[plural(headOf(thing)) || coordinated(thing)])})
			}
		}
	}
}

// differences compares two terms that the passage defines side by side and that share
// their head: "sick leave" and "annual leave".
func (f *finder) differences() {
	for i := 1; i < len(f.terms); i++ {
		one, other := f.terms[i-1], f.terms[i]
		if headOf(one).low == headOf(other).low && lowerJoin(one) != lowerJoin(other) && len(one) > 1 && len(other) > 1 {
			f.add("difference", map[string][]word{"one": f.c.cased(one), "other": f.c.cased(other)})
		}
	}
}
