package phrases

import (
	"maps"
	"strings"
)

// The words up to which a thing with a name, or a doing, makes a question.
const (
	longestName  = 6
	longestDoing = 7
)

// term takes a thing with a name.
func (f *finding) term(text string, strong bool) bool {
	name := f.w.asTerm(text)
	words := strings.Fields(name)
	if f.w.isDoing(words) {
		f.doing(name)
		return false
	}
	if f.w.person(text) || strings.ContainsAny(name, `"[]{}<>=|`) || !f.w.isName(words) || !f.once(name) {
		return false
	}
	filled := slots{"term": {name}, "is": {"is"}, "does": {"does"}, "it": {"it"}}
	if plural(head(words)) || strings.Contains(name, " and ") {
		filled["is"], filled["does"], filled["it"] = []string{"are"}, []string{"do"}, []string{"they"}
	}
	if strong {
		f.strong = append(f.strong, fact{"term", filled})
	} else {
		f.weak = append(f.weak, fact{"term", filled})
	}
	title, last := strings.ToLower(f.title), strings.ToLower(words[len(words)-1])
	if title != "" && !strings.Contains(title, last) && !strings.Contains(strings.ToLower(name), title) {
		within := maps.Clone(filled)
		within["title"] = []string{f.title}
		f.weak = append(f.weak, fact{"term in title", within})
	}
	return true
}

// isDoing reports whether words say what is done: "finding a job".
func (w wordLists) isDoing(words []string) bool {
	return len(words) > 1 && strings.HasSuffix(words[0], "ing") && w.stop[strings.ToLower(words[1])]
}

// doing takes what is done.
func (f *finding) doing(text string) {
	doing := f.w.mine(lowerFirst(text))
	if doing != "" && len(strings.Fields(doing)) <= longestDoing && !strings.ContainsAny(doing, `"[]{}<>=|`) && f.once(doing) {
		f.strong = append(f.strong, fact{"doing", slots{"doing": {doing}}})
	}
}

// isName reports whether words can be the name of a thing.
func (w wordLists) isName(words []string) bool {
	if len(words) == 0 || len(words) > longestName || len(w.content(strings.Join(words, " "))) == 0 {
		return false
	}
	first, last := strings.ToLower(words[0]), strings.ToLower(words[len(words)-1])
	switch {
	case len(words) == 1:
		return w.rare(words[0]) && !w.unasked[first] && !strings.HasSuffix(first, "'s")
	case w.stop[last], strings.HasSuffix(last, "'s"):
		return false
	case w.stop[first] && !determiners[first], w.isVerbForm(first) && !strings.HasSuffix(first, "ing"):
		return false
	}
	for i, word := range words {
		lower := strings.ToLower(word)
		if w.unasked[lower] || number.MatchString(word) || len(word) < 2 && lower != "a" || i > 0 && w.stop[lower] && !w.joins[lower] {
			return false
		}
	}
	return true
}
