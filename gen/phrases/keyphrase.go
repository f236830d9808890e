package phrases

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Key phrases are runs of words between stop words and punctuation, as in RAKE (Rose
// et al., 2010), scored by how often they stand in the passage and how rare their
// words are in the language.

// keyPhrase is a candidate.
type keyPhrase struct {
	text       string // with its article
	count      int
	score      float64
	introduced bool // an article or preposition stands before it, so it is a noun
}

// keyPhrases is how many of a passage's key phrases are asked about.
const keyPhrases = 5

// plainScore is what a phrase of two words of about rank 3000 scores: below it are
// phrases that could stand in any text.
const plainScore = 1.05

var (
	phraseToken = regexp.MustCompile(`[\pL\pN][\pL\pN'+#/-]*|[^\s\pL\pN]`)
	number      = regexp.MustCompile(`^\d+([.,]\d+)?([-–]\d+)?(st|nd|rd|th)?$`)
)

var determiners = map[string]bool{"a": true, "an": true, "the": true, "your": true}

var introducers = map[string]bool{
	"a": true, "an": true, "the": true, "your": true, "of": true, "in": true, "for": true, "on": true, "with": true,
	"about": true, "by": true, "from": true, "no": true, "any": true, "some": true, "each": true, "every": true,
	"as": true, "into": true, "their": true, "its": true, "our": true, "through": true, "via": true, "without": true,
}

// phrases asks about the passage's key phrases, names and acronyms among them.
func (f *finding) phrases(lines []string) {
	found := map[string]*keyPhrase{}
	for _, line := range lines {
		if strings.Contains(line, "O(") { // formulas have no names
			continue
		}
		f.runs(line, func(before string, run []string, after string) {
			f.w.candidate(found, before, run, after)
		})
	}
	var best []*keyPhrase
	for _, p := range found {
		single := !strings.Contains(strings.TrimPrefix(p.text, "the "), " ") && !isAcronym(p.text)
		if p.count > 1 || p.introduced && !single && p.score > plainScore {
			best = append(best, p)
		}
	}
	slices.SortFunc(best, func(a, b *keyPhrase) int {
		return cmp.Or(cmp.Compare(b.score*math.Sqrt(float64(b.count)), a.score*math.Sqrt(float64(a.count))), strings.Compare(a.text, b.text))
	})
	for _, p := range best[:min(len(best), keyPhrases)] {
		f.term(p.text, false)
	}
}

// runs calls found with each run of words that mean something, and with the words
// around it.
func (f *finding) runs(line string, found func(before string, run []string, after string)) {
	var run []string
	before, last := "", ""
	for _, token := range append(phraseToken.FindAllString(line, -1), ".") {
		lower := strings.ToLower(token)
		ends := !unicode.IsLetter(firstRune(token)) || f.w.stop[lower] || f.w.isVerbForm(lower)
		if !ends {
			if len(run) == 0 {
				before = last
			}
			run = append(run, token)
			last = lower
			continue
		}
		if len(run) > 0 {
			found(before, run, lower)
		}
		run = nil
		last = lower
	}
}

// candidate counts a run that can be a thing's name.
func (w wordLists) candidate(found map[string]*keyPhrase, before string, run []string, after string) {
	last := run[len(run)-1]
	if len(run) > 4 || number.MatchString(after) || !w.canEnd(last) || w.isVerb(run[0]) && !introducers[before] {
		return
	}
	if len(run) == 1 && !isAcronym(run[0]) && (!w.rare(run[0]) || strings.HasSuffix(last, "ing")) || w.person(strings.Join(run, " ")) {
		return
	}
	score := 0.0
	for _, word := range run {
		score += w.rarity(word)
	}
	key := strings.ToLower(strings.Join(run, " "))
	p := found[key]
	if p == nil {
		text := strings.Join(run, " ")
		if determiners[before] {
			text = before + " " + text
		}
		p = &keyPhrase{text: text, score: score / math.Sqrt(float64(len(run)))}
		found[key] = p
	}
	p.count++
	p.introduced = p.introduced || introducers[before]
}

// canEnd reports whether a word can be the noun at the end of a name.
func (w wordLists) canEnd(word string) bool {
	lower := strings.ToLower(word)
	if isAcronym(word) {
		return w.rare(word)
	}
	if utf8.RuneCountInString(word) < 3 {
		return false
	}
	for _, ending := range []string{"ed", "ful", "ous", "able", "ible", "less", "ish", "ical", "est", "ant", "ent", "ary", "ual", "ional"} {
		if strings.HasSuffix(lower, ending) {
			for _, noun := range []string{"ment", "assistant", "applicant", "consultant", "accountant", "client", "student", "content", "agent", "event", "patent", "parent", "talent", "percent", "interest", "test", "request", "salary", "professional", "restaurant", "grant", "summary", "feed", "need", "seed", "speed", "variable", "table", "accent", "incident", "rent", "vocabulary", "dictionary", "glossary"} {
				if strings.HasSuffix(lower, noun) {
					return true
				}
			}
			return false
		}
	}
	return true
}

// rarity grows with the logarithm of a word's rank: about 0 for the most frequent
// words, 1 for those that the table doesn't know.
func (w wordLists) rarity(word string) float64 {
	rank, known := w.vectors.Rank(strings.ToLower(word))
	if !known {
		rank = w.vectors.Len()
	}
	return math.Log(float64(rank+1)) / math.Log(float64(w.vectors.Len()+1))
}
