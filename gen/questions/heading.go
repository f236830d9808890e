package questions

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var asks = setOf("what how when where who why which can do does is are should will am may whom whose")

// asksWhether are the words that begin a question that is answered with yes or no, and
// hardly ever an answer.
var asksWhether = setOf("is are do does has have am will")

// listedQuestion takes a question that stands on a line of its own and is answered by
// the next line, as in answers to frequent questions.
func (f *finder) listedQuestion(text, next string) bool {
	if !strings.HasSuffix(text, "?") {
		return false
	}
	first, rest, _ := strings.Cut(strings.ToLower(next), " ")
	if next == "" || strings.HasSuffix(next, "?") || len(next) < shortestAnswer || asksWhether[first] && !strings.HasPrefix(rest, "not ") {
		return true // a list of questions
	}
	f.ask(text)
	return true
}

// ask takes a question that the document itself asks, in the asker's own words.
func (f *finder) ask(text string) {
	for _, prefix := range []string{"Q:", "Q.", "Question:", "FAQ:"} {
		text = strings.TrimSpace(strings.TrimPrefix(text, prefix))
	}
	if sentences := sentencesOf(text); len(sentences) > 1 {
		return
	}
	words := f.e.read(strings.TrimSuffix(text, "?"))
	if len(words) < 4 || len(words) > 16 || !asks[words[0].low] {
		return
	}
	if slices.ContainsFunc(words, func(w word) bool { return w.low == "i" || w.low == "my" }) && slices.ContainsFunc(words, func(w word) bool { return w.low == "you" || w.low == "your" }) {
		return
	}
	if len(words) > 2 && words[0].low == "can" && words[1].low == "you" && f.e.in("told", words[2].low) {
		return // it asks whoever wrote the document
	}
	// "Do you …?" asks the reader, not the document.
	if len(words) > 1 && words[1].low == "you" && !slices.Contains([]string{"can", "should", "may"}, words[0].low) || slices.ContainsFunc(words[:3], func(w word) bool { return w.low == "your" }) && words[0].low == "what" {
		return
	}
	for i := 1; i < len(words); i++ { // "Why do you want to work here?"
		if words[i].low == "you" && slices.Contains([]string{"do", "did", "have", "are", "were", "would", "will", "could", "had"}, words[i-1].low) {
			return
		}
	}
	if f.c.titled(text) > 2 || !f.e.selfContained(words[1:]) || !f.e.telling(words) {
		return
	}
	words = f.c.cased(mineInQuestion(words))
	words[0].text = capital(words[0].text)
	f.current = text
	f.add("asked", map[string][]word{"question": append(words, word{text: "?", glued: true})})
}

// mineInQuestion is a question to "you" as one of "I".
func mineInQuestion(words []word) []word {
	own := mine(words, false)
	for i := range own {
		if i > 0 && i < 4 && own[i].text == "me" && words[i].low == "you" {
			own[i].text = "I"
			if own[i-1].low == "are" {
				own[i-1].text = "am"
			}
		}
	}
	return own
}

// readTitle tags a heading and writes it as it stands within a sentence. A name that the
// text has in just the same capital letters keeps them.
func (f *finder) readTitle(title, text string) []word {
	words := f.e.read(title)
	if len(words) == 0 {
		return nil
	}
	if !words[0].is("VB") || !f.e.isVerb(words[0].low) {
		words[0].text = title[:len(words[0].text)]
	}
	cased := f.c.cased(words)
	lowered := join(words) != join(cased)
	for i, w := range cased { // "Bereavement Leave", where the text has other names with "Leave"
		paired := i > 0 && f.c.pairs[words[i-1].text+" "+w.text] || i+1 < len(words) && f.c.pairs[w.text+" "+words[i+1].text]
		if lowered && !paired && capitalised(w.text) && !isAcronym(w.text) && !upperWithin(w.text) && f.e.rank(w.low) < commonName {
			cased[i].text = w.low
		}
	}
	capitals := 0
	for _, w := range cased {
		if capitalised(w.text) && !isAcronym(w.text) {
			capitals++
		}
	}
	written := strings.Contains(text, title) && capitalised(title) && !strings.HasPrefix(strings.TrimSpace(text), title)
	kept := 0
	for _, w := range cased {
		if capitalised(w.text) && !isAcronym(w.text) {
			kept++
		}
	}
	if lowered && kept > 1 && titleCase(words) {
		return words
	}
	if capitals > 0 && len(words) > 1 && len(words) < 5 && written && titleCase(words) {
		return words
	}
	return cased
}

// shortestAnswer is the least number of characters of what follows a question.
const shortestAnswer = 30

// longestTitle is the most words of a heading that names something.
const longestTitle = 9

// heading asks about what the heading promises and the passage keeps.
func (f *finder) heading() {
	title := f.title
	f.current = ""
	if len(title) > 1 && title[len(title)-1].text == "?" {
		if len(f.text) > shortestAnswer {
			f.ask(join(title))
		}
		return
	}
	if len(title) < 2 || len(title) > longestTitle {
		return
	}
	low := title[0].low
	switch {
	case low == "how" && title[1].low == "to" && len(title) > 3:
		f.headingTask(title[2].low, title[3:], 1)
	case low == "how" && len(title) > 4 && (title[1].low == "do" || title[1].low == "can" || title[1].low == "should"):
		f.ask(join(title) + "?")
	case title[0].is("VBG") && len(title) > 1 && !f.e.in("nouns in ing", low):
		if base := baseOf(f.e, low, "VBG"); !title[1].is("DT", "PRP$") && !f.e.isVerb(base) && !strings.Contains(f.text, " "+base+" ") {
			return // "Whistling pipes"
		}
		f.headingTask(baseOf(f.e, low, "VBG"), title[1:], 2)
	case title[0].is("VB") && !strings.Contains(f.text, lowerJoin(title)+" is ") && !strings.Contains(f.text, lowerJoin(title)+" are ") && (!title[1].is("NN") || !f.e.in("generic", title[len(title)-1].low) && !f.e.in("rules", title[len(title)-1].low)) && (f.e.in("verbs", low) || f.e.in("noun verbs", low) && (title[1].is("DT", "PRP$") || strings.Contains(f.text, " to "+low+" "))):
		f.headingTask(low, title[1:], 2)
	case (low == "what" || low == "who") && len(title) > 3 && (title[1].low == "is" || title[1].low == "are"):
		f.ask(join(title) + "?")
	case low == "when" && title[1].low == "to" && len(title) > 3:
		if do := f.e.task(title[2].low, title[3:], false); do != nil {
			f.add("when to", map[string][]word{"do": do})
		}
	default:
		f.policy(title)
	}
}

// headingTask asks how to do what a heading names, if so many sentences tell what to do.
func (f *finder) headingTask(verb string, rest []word, enough int) {
	if last := rest[len(rest)-1].low; !rest[0].is("DT", "PRP$") && (f.e.in("people", last) || f.e.in("roles", last)) {
		return // "Associate Analyst"
	}
	steps := 0
	for _, words := range f.tagged {
		if c, ok := f.e.clauseOf(words); ok && c.me && (c.mood == instructs || c.mood == must || c.mood == should || c.mood == can) {
			steps++
		}
	}
	if steps < enough {
		return
	}
	c := clause{}
	c.split(rest)
	if do := f.e.task(verb, c.rest, false); do != nil {
		f.add("how", map[string][]word{"do": f.c.cased(do)})
	}
}

var modals = setOf("may must can cannot will shall should")

// policy asks for the rules about what a heading names, where the passage sets rules.
func (f *finder) policy(title []word) {
	rules := 0
	for _, words := range f.tagged {
		if c, ok := f.e.clauseOf(words); ok && (c.mood == must || c.mood == mustNot || c.mood == can || c.mood == needNot) {
			rules++
		}
	}
	if !f.e.nounPhrase(title) || len(f.tagged) < 2 || title[0].low == "no" || slices.ContainsFunc(title, func(w word) bool { return modals[w.low] }) {
		return // "No warranties", "The landlord may enter"
	}
	thing := f.term(title)
	if thing == nil || f.c.titled(join(title)) > 3 || !strings.Contains(f.text, strings.TrimSuffix(headOf(title).low, "s")) {
		return
	}
	if f.e.isVerb(title[0].low) && (f.e.in("verbs", title[0].low) && len(title) > 1 || !strings.Contains(f.text, strings.TrimSuffix(lowerJoin(title), "s"))) {
		return // "Practice continuous delivery", "Protect personal information"
	}
	if slices.ContainsFunc(title, func(w word) bool { return len(w.low) == 1 && w.low != "a" }) {
		return // "Meet v Zoom"
	}
	if rules < 2 {
		if !f.mentions(title) || title[0].is("NNS", "VBZ", "JJ") && len(title) > 2 && title[0].is("NNS") || title[len(title)-1].is("JJ") || f.e.in("people", headOf(title).low) || f.e.in("roles", headOf(title).low) {
			return
		}
		if len(title) > 1 && len(f.text) > shortestText && f.tells() && f.c.first[strings.ToLower(leaf(f.passage.Title))] == f.passage && headOf(title).low == title[len(title)-1].low {
			if topic := f.articled(withoutDeterminer(f.c.cased(thing)), "topic"); topic != nil {
				f.add("topic", map[string][]word{"thing": topic})
			}
		}
		return
	}
	head := headOf(title).low
	switch {
	case f.e.in("people", head), f.e.in("roles", head):
	case f.e.in("rules", head):
		slots := map[string][]word{"thing": f.c.cased(withoutDeterminer(thing)), "is": plain("is"), "does": plain("does")}
		if plural(headOf(title)) {
			slots["is"], slots["does"] = plain("are"), plain("do")
		}
		f.add("policy", slots)
	default:
		if topic := f.articled(withoutDeterminer(f.c.cased(thing)), "topic"); topic != nil {
			f.add("rules", map[string][]word{"thing": topic})
		}
	}
}

// tells reports whether the passage says something rather than only asks or lists names.
func (f *finder) tells() bool {
	told := 0
	for _, words := range f.tagged {
		switch {
		case words[len(words)-1].text == "?":
		case slices.ContainsFunc(words, word.finite):
			return true
		default:
			if _, ok := f.e.clauseOf(words); ok {
				return true
			}
			told++
		}
	}
	return told > 2
}

// mentions reports whether the text has every word of a heading that informs, in some form.
func (f *finder) mentions(title []word) bool {
	return !slices.ContainsFunc(title, func(w word) bool {
		return f.e.informs(w) && !strings.Contains(f.text, w.low[:max(min(len(w.low), 4), len(w.low)-2)])
	})
}

func capital(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(unicode.ToUpper(r)) + text[size:]
}
