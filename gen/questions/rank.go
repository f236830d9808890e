package questions

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// threshold is the score from which on a fact is asked for: rather few questions than
// bad ones.
const threshold = 0.6

// priors is the logit of how often a question of a kind was natural, grammatical and
// answered by its passage.
var priors = map[string]float64{
	"asked": 1.5, "within": 1.5, "responsible": 1.5, "how": 1.5, "definition": 1.3, "can": 1.3, "acronym": 1.2, "if can": 1.2,
	"if": 1, "rules": 0.9, "includes": 0.8, "how often": 0.8, "should": 0.7, "claim": 0.6, "what if": 0.6, "why": 0.4, "must": 0.5, "who": 0.5, "must not": 0.7,
	"topic": 0.3, "advice": -0.1,
}

// rank scores facts (overgenerate and rank: Heilman and Smith, 2010) and leaves out
// those that are more likely bad than good.
func (c *Collection) rank(f *finder) []Fact {
	var kept []Fact
	for _, fact := range f.facts {
		fact.Score = 1 / (1 + math.Exp(-c.logit(f, fact)))
		if fact.Score >= threshold {
			kept = append(kept, fact)
		}
	}
	slices.SortStableFunc(kept, func(a, b Fact) int { return cmp.Compare(b.Score, a.Score) })
	// One question a sentence, the best, and not all of one kind.
	var chosen []Fact
	sentences, kinds := map[string]int{}, map[string]int{}
	for _, fact := range kept {
		if fact.Sentence != "" && sentences[fact.Sentence] >= 2 || kinds[fact.Kind] >= 3 {
			continue
		}
		sentences[fact.Sentence]++
		kinds[fact.Kind]++
		chosen = append(chosen, fact)
	}
	return chosen
}

func (c *Collection) logit(f *finder, fact Fact) float64 {
	prior, known := priors[fact.Kind]
	if !known {
		prior = 1
	}
	logit := prior - fact.unsure
	n := len(fact.words)
	if n > 10 {
		logit -= 0.25 * float64(n-10)
	}
	for i, w := range fact.words {
		if strings.Contains(w.text, "/") && !isAcronym(w.text) {
			logit -= 2
		}
		if w.low == "the" && i+1 < len(fact.words) && f.pointing(fact.words[i+1:]) {
			if i > 0 && fact.words[i-1].is("IN", "TO") {
				logit -= 0.2
			} else {
				logit -= 0.8
			}
		}
	}
	best := 0.0
	for _, w := range fact.words {
		if w.tag != "" && (w.noun() || w.is("VBG", "JJ")) && f.e.informs(w) {
			best = max(best, c.salience(f, w))
		}
	}
	if f.e.telling(fact.words) {
		best = max(best, 0.5)
	}
	logit += 1.5 * (best - 0.5)
	for _, w := range fact.words {
		if w.noun() && strings.Contains(f.path, w.low) && len(w.low) > 3 {
			logit += 0.4
			break
		}
	}
	return logit
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
