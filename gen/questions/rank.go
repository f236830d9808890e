package questions

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Facts are found freely and ranked (overgenerate and rank: Heilman and Smith, 2010) by a
// logistic model of what a natural question is that its passage answers. Its weights were
// set by hand while reading some 1,200 questions about the documents of eight public
// collections (staff handbooks, developer guides, recipes): a kind's weight is about the
// log-odds of its questions being good, and the others were moved until the bad came last.

// kindWeights are those of the kinds of facts.
var kindWeights = map[string]float64{
	"asked": 1.5, "within": 1.5, "responsible": 1.5, "how": 1.5,
	"definition": 1.3, "can": 1.3, "acronym": 0.8, "if can": 1.2,
	"if": 1, "rules": 0.9, "includes": 0.8, "how often": 0.8, "should": 0.7, "must not": 0.7,
	"claim": 0.6, "what if": 0.6, "must": 0.5, "who": 0.5, "why": 0.4, "topic": 0.3, "advice": -0.1,
}

// The other weights, and what they are of.
const (
	otherKind     = 1.0  // a kind that was read too seldom to tell
	perSalience   = 1.5  // how much the most telling word says beyond a middling one
	inTitle       = 0.4  // a noun of the heading
	pointingThing = -0.8 // "the form": which one, only the text around it tells
	pointingPlace = -0.2 // the same after a preposition: "in the warehouse"
	slashed       = -2.0 // "and/or", "edits/makes": rarely what anybody types
	bareNoun      = -1.5 // "cancel with merchant": the article is left out
	perWord       = -0.25
	manyWords     = 10  // from which on each word costs
	compound      = 0.5 // the least salience of common words that say something together
)

// threshold is the score from which on a fact is asked for: rather few questions than
// bad ones.
const threshold = 0.6

// How many facts of a sentence and of a kind are asked for.
const (
	factsOfSentence = 2
	factsOfKind     = 3
)

// rank scores facts, the best first, and leaves out what is more likely bad than good and
// what is too much of the same.
func (c *Collection) rank(f *finder) []Fact {
	for i := range f.facts {
		f.facts[i].Score = 1 / (1 + math.Exp(-c.logit(f, f.facts[i])))
	}
	slices.SortStableFunc(f.facts, func(a, b Fact) int { return cmp.Compare(b.Score, a.Score) })
	var chosen []Fact
	sentences, kinds := map[string]int{}, map[string]int{}
	for _, fact := range f.facts {
		if fact.Score < threshold || slices.ContainsFunc(chosen, fact.repeats) || fact.Sentence != "" && sentences[fact.Sentence] >= factsOfSentence || kinds[fact.Kind] >= factsOfKind || fact.Kind == "acronym" && kinds[fact.Kind] > 0 {
			continue
		}
		sentences[fact.Sentence]++
		kinds[fact.Kind]++
		chosen = append(chosen, fact)
	}
	return chosen
}

// repeats reports whether a fact asks for what another of the same sentence does, as "how
// do I book a room" and "can I book a room" do.
func (fact Fact) repeats(other Fact) bool {
	do, others := fact.Slots["do"], other.Slots["do"]
	return fact.Sentence == other.Sentence && do != "" && others != "" && (strings.HasPrefix(do, others) || strings.HasPrefix(others, do))
}

func (c *Collection) logit(f *finder, fact Fact) float64 {
	logit, known := kindWeights[fact.Kind]
	if !known {
		logit = otherKind
	}
	logit -= fact.unsure
	logit += perWord * float64(max(0, len(fact.words)-manyWords))
	most, titled := 0.0, false
	for i, w := range fact.words {
		switch {
		case strings.Contains(w.text, "/") && !isAcronym(w.text):
			logit += slashed
		case w.low == "the" && i+1 < len(fact.words) && f.pointing(fact.words[i+1:]):
			if i > 0 && fact.words[i-1].is("IN", "TO") {
				logit += pointingPlace
			} else {
				logit += pointingThing
			}
		}
		if w.tag != "" && (w.noun() || w.is("VBG", "JJ")) && f.e.informs(w) {
			most = max(most, c.salience(f, w))
		}
		titled = titled || w.noun() && len(w.low) > 3 && strings.Contains(f.path, w.low)
	}
	if f.e.bare(fact.words) {
		logit += bareNoun
	}
	if f.e.telling(fact.words) {
		most = max(most, compound)
	}
	if titled {
		logit += inTitle
	}
	return logit + perSalience*(most-compound)
}

// pointing reports whether what follows "the" is a bare common noun that only the text
// around it makes clear: "the form", but not "the travel form".
func (f *finder) pointing(words []word) bool {
	if !words[0].is("NN", "NNS") || isAcronym(words[0].text) || f.c.name(words[0]) {
		return len(words) > 1 && words[0].is("VBN", "JJ") && f.pointing(words[1:]) && !f.e.informs(words[0])
	}
	return len(words) == 1 || !words[1].noun() && words[1].low != "of" && words[1].low != "for"
}

// fewPassages is the number below which it tells nothing in how many of them a word stands.
const fewPassages = 10

// salience is how much a word says about a passage, from 0 to 1: rare in English and in
// the other passages, though not in this one.
func (c *Collection) salience(f *finder, w word) float64 {
	rare := math.Log(float64(f.e.rank(w.low)+1)) / math.Log(float64(f.e.vectors.Len()+1))
	here := math.Min(1, 0.7+0.1*float64(strings.Count(f.text, w.low)))
	spread := 1.0
	if c.passages >= fewPassages {
		spread = 1 - math.Log(float64(c.within[w.low]+1))/math.Log(float64(c.passages+2))
	}
	return rare * here * (0.6 + 0.4*spread)
}
