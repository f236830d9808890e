package questions

import (
	"slices"
	"strings"
)

// Fact is something that a passage states and that can be asked for.
type Fact struct {
	Language string // of the questions about it
	Kind     string // a section of the language's questions.txt
	Slots    map[string]string
	Score    float64 // how likely a question about it is natural and answered, from 0 to 1

	Terms    []string // words of the slots that are to be spelt right
	Sentence string   // where it is stated; "" for the heading
	unsure   float64  // taken from its score
	words    []word   // of all slots
}

// finder gathers the facts of one English passage.
type finder struct {
	e       *english
	c       *Collection
	title   []word // the heading, as it stands within a sentence
	passage Passage
	path    string   // the headings above, in lower case
	text    string   // all of it, in lower case
	tagged  [][]word // its sentences
	terms   [][]word // defined, in order
	facts   []Fact
	current string
	seen    map[string]bool
}

// add takes a fact, unless there is one like it.
func (f *finder) add(kind string, slots map[string][]word) {
	fact := Fact{Language: "en", Kind: kind, Slots: map[string]string{}, Sentence: f.current}
	names := make([]string, 0, len(slots))
	for name := range slots {
		names = append(names, name)
	}
	slices.Sort(names)
	key := kind
	for _, name := range names {
		text := join(slots[name])
		fact.Slots[name] = text
		if name == "present" || name == "state" || name == "concept" { // the same words again
			continue
		}
		fact.words = append(fact.words, slots[name]...)
		for _, w := range slots[name] {
			if w.noun() || w.tag == "CD" || f.e.informs(w) || name == "term" || name == "thing" || isAcronym(w.text) {
				fact.Terms = append(fact.Terms, w.text)
			}
		}
		key += "\x00" + strings.ToLower(text)
	}
	if f.seen[key] {
		return
	}
	f.seen[key] = true
	if kind == "term" {
		fact.unsure = 0.4
	}
	if kind == "are there" { // often only told to introduce what follows
		fact.Kind, fact.unsure = "is there", 1.5
	}
	if thing := slots["thing"]; kind == "topic" && f.e.in("generic", headOf(withoutDeterminer(thing)).low) && !f.e.in("rules", headOf(withoutDeterminer(thing)).low) {
		fact.unsure = 0.3 // "workshop needs"
	}
	if kind == "label" { // asked for like any other definition, though less sure to be one
		fact.Kind, fact.unsure = "definition", 0.6
	}
	f.facts = append(f.facts, fact)
}

// row reports whether a line without a full stop looks like a row of a table: common words
// begin with capital letters in it, as the cells do.
func (f *finder) row(line string) bool {
	for _, text := range strings.Fields(line)[1:] {
		if text = strings.Trim(text, `.,:;()"'`); capitalised(text) && !isAcronym(text) && !f.c.name(word{text: text, low: strings.ToLower(text)}) {
			return true
		}
	}
	return false
}

// longestItem is the number of words of an item of a list that is read as a sentence.
const longestItem = 14

func plain(text string) []word {
	var words []word
	for part := range strings.FieldsSeq(text) {
		words = append(words, word{text: part, low: strings.ToLower(part)})
	}
	return words
}

// find reads a passage.
func (f *finder) find(lines []line) {
	for i, l := range lines {
		next := ""
		if i+1 < len(lines) {
			next = lines[i+1].text
		}
		if f.listedQuestion(l.text, next) {
			continue
		}
		if l.heading {
			continue
		}
		f.current = l.text
		if f.label(l.text) {
			continue
		}
		for _, sentence := range sentencesOf(l.text) {
			// A line without a full stop may be a row of a table.
			if len(sentence) > 400 || !strings.ContainsAny(sentence, " ") || !strings.ContainsAny(sentence[len(sentence)-1:], `.!?:;)"`) && len(strings.Fields(sentence)) > longestItem {
				continue
			}
			if !strings.ContainsAny(sentence[len(sentence)-1:], `.!?:;)"`) && f.row(sentence) {
				continue
			}
			f.current = sentence
			words := f.read(sentence)
			f.tagged = append(f.tagged, words)
			f.sentence(sentence, words)
		}
	}
	f.heading()
	f.differences()
}

// read tags a sentence and gives its first word its capital letter back where that is
// part of a name.
func (f *finder) read(sentence string) []word {
	words := f.e.read(sentence)
	if first := words[0]; first.is("NNP") && !upperWithin(first.text) && f.c.capitals[first.low] < 0 {
		words[0].text, words[0].tag = first.low, "NN"
	}
	if len(words) > 1 && capitalised(sentence) && !capitalised(words[0].text) {
		first := capital(words[0].text)
		if f.c.pairs[first+" "+words[1].text] && !words[0].is("VB", "DT", "PRP$", "PRP") || f.c.capitals[words[0].low] > 2 && !words[0].is("VB") {
			words[0].text = first
			words[0].tag = map[bool]string{true: "NNP", false: words[0].tag}[words[0].noun()]
		}
	}
	return words
}

// sentence finds what one sentence states.
func (f *finder) sentence(sentence string, words []word) {
	if strings.HasSuffix(sentence, "?") || titleCase(words) {
		return
	}
	f.acronyms(words)
	f.phrasings(words)
	c, ok := f.e.clauseOf(words)
	if !ok || c.mood == instructs && len(f.title) > 0 && f.e.in("goals", headOf(f.title).low) {
		return // "Goals: increase awareness" tells nobody what to do
	}
	f.conditions(c)
	f.howTo(c)
	f.contact(c)
	f.place(c)
	if c.lead != nil && c.lead[0].low != "in" && c.lead[0].low != "as" && c.lead[0].low != "for" {
		return // what holds only under a condition
	}
	f.timing(c)
	f.duties(c)
	f.amounts(c)
	f.who(c)
	f.definition(c)
	f.uses(c)
	f.reason(c)
	f.claim(c)
}

// titleCase reports whether most words begin with a capital letter, as in headings and
// the names of books.
func titleCase(words []word) bool {
	n, capitals := 0, 0
	for _, w := range words[min(1, len(words)):] {
		if len(w.text) > 3 {
			n++
			if capitalised(w.text) {
				capitals++
			}
		}
	}
	return n > 1 && 5*capitals > 4*n
}

var relative = setOf("that which who whom whose where")

// do is a task of the clause's subject, or nil.
func (f *finder) do(c clause, rest []word) []word {
	if n := len(c.tail); n > 0 && c.tail[0].is("WDT", "WP", "WRB", "IN") && relative[c.tail[0].low] && len(rest) == len(c.rest) && lowerContains(rest[max(0, len(rest)-3):], "the") {
		return nil // "the way that …"
	}
	if c.passive || c.verb == "be" || len(rest) == len(c.rest) && c.listed() {
		return nil
	}
	return f.e.task(c.verb, rest, c.theirs())
}
