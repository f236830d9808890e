package phrases

import (
	"regexp"
	"slices"
	"strings"
)

var (
	advised = regexp.MustCompile(`(?i)\b(?:you|candidates|applicants|engineers|employees|managers|people|one|they) (?:should|need to|have to|must|may want to|might want to|will want to|ought to) (?:also |always |first )?(.+)$`)
	howTo   = regexp.MustCompile(`(?i)\bhow to (.+)$`)
)

// advice asks how to do what a sentence tells to do.
func (f *finding) advice(sentence string) {
	switch {
	case strings.HasSuffix(sentence, "?"):
	case !titleCase(sentence) && f.do(f.w.withoutPrefix(sentence)):
	default:
		for _, pattern := range []*regexp.Regexp{advised, howTo} {
			if m := pattern.FindStringSubmatch(sentence); m != nil {
				f.do(m[1])
			}
		}
	}
}

// do takes what to do, or not to do, from the start of a text, up to the end of its
// clause.
func (f *finding) do(text string) bool {
	kind := "do"
	if f.w.negated(text) {
		kind, text = "not", cutAnyPrefix(text, f.w.negations)
	}
	clause := f.w.clause(strings.Fields(text))
	if len(clause) < 2 || !f.w.isVerb(clause[0]) || slices.ContainsFunc(clause, finite) || len(f.w.content(strings.Join(clause[1:], " "))) == 0 {
		return false
	}
	if len(clause) == 2 && strings.HasSuffix(clause[1], "ing") { // "avoid relying"
		return false
	}
	do := f.w.mine(lowerFirst(strings.Join(clause, " ")))
	if do == "" || strings.ContainsAny(do, `"()[]{}<>=|`) || !f.once(do) {
		return false
	}
	f.strong = append(f.strong, fact{kind, slots{"do": {do}}})
	return true
}

// longestClause is the number of words up to which a clause makes a question.
const longestClause = 8

// clause is the words of the first clause, without those that can't end it. One that
// is too long is none.
func (w wordLists) clause(words []string) []string {
	const marks = ".,;:!?"
	var clause []string
	for i, word := range words {
		if i > 0 && w.clauseEnds[strings.ToLower(strings.Trim(word, marks))] || strings.HasPrefix(word, "(") || strings.Trim(word, "-–—") == "" {
			break
		}
		clause = append(clause, strings.TrimRight(word, marks))
		if strings.ContainsAny(word[len(word)-1:], marks) {
			break
		}
		if len(clause) > longestClause {
			return nil
		}
	}
	for len(clause) > 0 && w.dangles(clause[len(clause)-1]) {
		clause = clause[:len(clause)-1]
	}
	return clause
}

// finite reports whether a word makes a sentence of what it stands in.
func finite(word string) bool {
	switch strings.ToLower(word) {
	case "is", "are", "was", "were", "has", "will", "can", "could", "would", "should", "must", "does", "did":
		return true
	}
	return false
}
