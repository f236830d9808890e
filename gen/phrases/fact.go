package phrases

import (
	"math/rand/v2"
	"strings"
)

// fact is something that stands in a passage and can be asked about.
type fact struct {
	kind  string // a section of questions.txt
	slots slots
}

// facts finds what can be asked about a passage, what makes the best questions first.
func (w wordLists) facts(about Passage, rng *rand.Rand) []fact {
	lines := plainLines(about.Text)
	title := plainTitle(about.Title)
	text := " " + strings.ToLower(strings.Join(lines, " \n ")) + " "
	found := finding{w: w, text: text, title: w.asTitle(title), seen: map[string]bool{}}

	found.heading(title)
	for _, line := range lines {
		found.label(line)
		for _, sentence := range sentencesOf(line) {
			found.definition(sentence)
			found.advice(sentence)
			found.quotes(sentence)
			found.claim(sentence)
		}
	}
	found.phrases(lines)
	found.pairs()
	return found.ranked(rng)
}

// finding gathers the facts of one passage.
type finding struct {
	w      wordLists
	text   string // of the passage, in lower case
	title  string // as a thing that can be named, or ""
	strong []fact
	weak   []fact
	labels []string
	seen   map[string]bool
}

// ranked puts the strong facts first, each kind in turn.
func (f *finding) ranked(rng *rand.Rand) []fact {
	turns := func(facts []fact) []fact {
		var byKind []section
		lists := map[string][]fact{}
		for _, one := range facts {
			if len(lists[one.kind]) == 0 {
				byKind = append(byKind, section{name: one.kind})
			}
			lists[one.kind] = append(lists[one.kind], one)
		}
		var order []fact
		byKind = shuffled(byKind, rng)
		for len(order) < len(facts) {
			for _, kind := range byKind {
				if list := lists[kind.name]; len(list) > 0 {
					order = append(order, list[0])
					lists[kind.name] = list[1:]
				}
			}
		}
		return order
	}
	return append(turns(f.strong), turns(f.weak)...)
}

// once reports whether this is the first time that a thing is found.
func (f *finding) once(thing string) bool {
	thing = strings.ToLower(thing)
	for _, article := range []string{"a ", "an ", "the ", "my "} {
		thing = strings.TrimPrefix(thing, article)
	}
	if f.seen[thing] {
		return false
	}
	f.seen[thing] = true
	return true
}
