package phrases

import (
	"io/fs"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"seedbed/assets"
)

// wordLists are the words of a language by which facts are found.
type wordLists struct {
	stop, joins, verbs, nounVerbs, unasked, clauseEnds, emptyHeadings map[string]bool
	prefixes, negations                                               []string
	vectors                                                           *assets.WordVectors // tells frequent words from rare ones
}

func readWordLists(folder fs.FS) (wordLists, error) {
	sections, err := readSections(folder, "words.txt")
	if err != nil {
		return wordLists{}, err
	}
	set := func(name string) map[string]bool {
		words := map[string]bool{}
		for _, line := range named(sections, name) {
			for word := range strings.FieldsSeq(line) {
				words[word] = true
			}
		}
		return words
	}
	w := wordLists{
		stop: set("stop"), verbs: set("verbs"), nounVerbs: set("verbs that are nouns too"),
		unasked: set("unasked"), clauseEnds: set("clause ends"),
		joins: set("stop words within names"), emptyHeadings: map[string]bool{},
		prefixes: named(sections, "prefixes"), negations: named(sections, "negations"),
	}
	for _, heading := range named(sections, "empty headings") {
		w.emptyHeadings[heading] = true
	}
	w.vectors, err = assets.English()
	return w, err
}

func (w wordLists) isVerb(word string) bool {
	word = strings.ToLower(word)
	return w.verbs[word] || w.nounVerbs[word]
}

// isVerbForm reports whether a word is a form of a verb that is no noun.
func (w wordLists) isVerbForm(word string) bool {
	word = strings.ToLower(word)
	if w.verbs[word] {
		return true
	}
	for _, ending := range []string{"s", "es", "ed", "d", "ing"} {
		base, ends := strings.CutSuffix(word, ending)
		if !ends {
			continue
		}
		if w.verbs[base] || w.verbs[base+"e"] || len(base) > 2 && base[len(base)-1] == base[len(base)-2] && w.verbs[base[:len(base)-1]] {
			return true
		}
	}
	if base, past := strings.CutSuffix(word, "ed"); past && (w.nounVerbs[base] || w.nounVerbs[base+"e"]) {
		return true
	}
	return strings.HasSuffix(word, "ied") || strings.HasSuffix(word, "ly")
}

var wordShape = regexp.MustCompile(`[\pL\pN][\pL\pN'’+#/.-]*[\pL\pN+#]|[\pL\pN]`)

// content lists the words of a text that mean something by themselves.
func (w wordLists) content(text string) []string {
	var content []string
	for _, word := range wordShape.FindAllString(text, -1) {
		lower := strings.ToLower(word)
		if !w.stop[lower] && utf8.RuneCountInString(lower) >= 3 && strings.ContainsFunc(lower, unicode.IsLetter) {
			content = append(content, lower)
		}
	}
	return content
}

// The ranks from which on a word is rare enough to be asked about alone, or to be an
// acronym rather than a word in capitals for emphasis.
const (
	rareRank    = 1500
	acronymRank = 600
)

// rare reports whether a word is worth asking about alone.
func (w wordLists) rare(word string) bool {
	if isAcronym(word) {
		rank, known := w.vectors.Rank(strings.ToLower(word))
		return !known || rank > acronymRank
	}
	rank, known := w.vectors.Rank(strings.ToLower(word))
	return (!known || rank > rareRank) && utf8.RuneCountInString(word) >= 4
}

func isAcronym(word string) bool {
	letters := strings.TrimSuffix(word, "s")
	return len(letters) >= 2 && len(letters) <= 6 && strings.ToUpper(letters) == letters && strings.ContainsFunc(letters, unicode.IsLetter)
}

// dangles reports whether a phrase can't end with a word.
func (w wordLists) dangles(word string) bool {
	lower := strings.ToLower(strings.Trim(word, ".,;:!?"))
	switch lower {
	case "time", "well", "people", "better", "good", "things", "times", "it", "up", "out", "more", "important", "example", "examples":
		return false
	}
	return w.stop[lower]
}

// mine turns advice to somebody into words of one's own: "your answers" is "my
// answers". It is "" for what says more than that about others.
func (w wordLists) mine(text string) string {
	words := strings.Fields(text)
	for i, word := range words {
		bare := strings.ToLower(strings.Trim(word, `.,;:!?"`))
		switch bare {
		case "your":
			words[i] = "my"
		case "yours":
			words[i] = "mine"
		case "yourself":
			words[i] = "myself"
		case "you're", "you'll", "you've", "you'd", "i", "my", "me":
			return ""
		default:
			if w.unasked[bare] {
				return ""
			}
		}
	}
	return strings.Join(words, " ")
}

// asTerm is a thing as it would be named within a sentence.
func (w wordLists) asTerm(text string) string {
	text = strings.Trim(text, ` .,;:!?"'`)
	if rest, yours := cutPrefixFold(text, "your "); yours {
		text = rest
	}
	text = w.mine(text)
	for strings.Count(text, "(") != strings.Count(text, ")") {
		at := strings.LastIndexAny(text, "()")
		text = strings.TrimSpace(text[:at])
	}
	return lowerStart(w, text)
}

// asTitle is a heading that names a thing within a sentence, or "".
func (w wordLists) asTitle(title string) string {
	words := strings.Fields(title)
	if len(words) < 2 || len(words) > 6 || w.emptyHeadings[strings.ToLower(title)] || w.isVerb(words[0]) || strings.HasSuffix(words[0], "ing") && w.stop[strings.ToLower(words[1])] || w.stop[strings.ToLower(words[0])] || strings.ContainsAny(title, `?!":()`) {
		return ""
	}
	return w.asTerm(title)
}

// lowerStart writes the first word as it stands within a sentence, in so far as the
// case of the following ones tells that it isn't a name.
func lowerStart(w wordLists, text string) string {
	words := strings.Fields(text)
	if len(words) == 0 {
		return ""
	}
	first := words[0]
	if strings.ContainsFunc(first[min(1, len(first)):], unicode.IsUpper) { // "iOS", "STAR"
		return text
	}
	lower := strings.ToLower(first)
	name := false
	for _, word := range words[1:] {
		name = name || unicode.IsUpper(firstRune(word)) && !isAcronym(word)
	}
	rank, known := w.vectors.Rank(lower)
	if determiners[lower] || !name && known && (len(words) > 1 || rank < 20000) {
		return strings.Join(append([]string{lower}, words[1:]...), " ")
	}
	return text
}

// lowerSentence writes a sentence as it stands after "that".
func lowerSentence(w wordLists, text string) string {
	first, _, _ := strings.Cut(text, " ")
	if rank, known := w.vectors.Rank(strings.ToLower(first)); known && rank < 20000 {
		return lowerFirst(text)
	}
	return text
}

// head is the word of a name that tells its number: "tools" of "tools for teams".
func head(words []string) string {
	for i, word := range words {
		if i > 0 && prepositions[strings.ToLower(word)] {
			return words[i-1]
		}
	}
	return words[len(words)-1]
}

var prepositions = map[string]bool{
	"of": true, "for": true, "to": true, "in": true, "on": true, "with": true, "at": true, "by": true,
	"from": true, "about": true, "as": true, "between": true, "using": true, "into": true, "without": true, "during": true,
}

// titleCase reports whether most words of a line begin with a capital letter, as in
// the names of books.
func titleCase(line string) bool {
	words, capitals := strings.Fields(line), 0
	for _, word := range words {
		if unicode.IsUpper(firstRune(word)) {
			capitals++
		}
	}
	return len(words) > 1 && 2*capitals > len(words)
}

// commonName is the rank beyond which a capitalised word is rather a person's or a
// place's name.
const commonName = 9000

// person reports whether two capitalised words look like somebody's name.
func (w wordLists) person(text string) bool {
	words := strings.Fields(text)
	if len(words) < 2 || len(words) > 3 {
		return false
	}
	unusual := false
	for _, word := range words {
		if !unicode.IsUpper(firstRune(word)) || isAcronym(word) || strings.Contains(word, "-") {
			return false
		}
		rank, known := w.vectors.Rank(strings.ToLower(word))
		unusual = unusual || !known || rank > commonName
	}
	return unusual
}

// speaks reports whether a word belongs into something that is said to somebody.
func (w wordLists) speaks(word string) bool {
	switch strings.Trim(word, ",.?!") {
	case "i", "i'm", "i've", "you", "your", "me", "my", "we", "why", "how", "what", "tell", "describe":
		return true
	}
	return false
}

// withoutPrefix takes "always", "you should" and the like from the front of advice.
func (w wordLists) withoutPrefix(text string) string { return cutAnyPrefix(text, w.prefixes) }

// negated reports whether advice is about what not to do: "never", "avoid".
func (w wordLists) negated(text string) bool { return cutAnyPrefix(text, w.negations) != text }

// commands reports whether a heading is an instruction rather than a name: "Use short
// sentences", but not "Test results".
func (w wordLists) commands(words []string) bool {
	if len(words) < 2 || !w.isVerb(words[0]) {
		return false
	}
	if w.verbs[strings.ToLower(words[0])] {
		return true
	}
	for i, word := range words[1:] {
		if w.stop[strings.ToLower(word)] && (i == 0 || unicode.IsLower(firstRune(words[1]))) {
			return true
		}
	}
	return false
}

// cutAnyPrefix takes these words from the front of a text, as long as there are any.
func cutAnyPrefix(text string, prefixes []string) string {
	for trimmed := true; trimmed; {
		trimmed = false
		for _, prefix := range prefixes {
			if rest, ok := cutPrefixFold(text, prefix+" "); ok {
				text, trimmed = strings.TrimLeft(rest, ", "), true
			}
		}
	}
	return text
}

func plural(word string) bool {
	lower := strings.ToLower(word)
	for _, ending := range []string{"ss", "us", "is", "ics", "news", "aws", "ios", "series"} {
		if strings.HasSuffix(lower, ending) {
			return false
		}
	}
	return strings.HasSuffix(lower, "s") || lower == "people" || lower == "criteria" || lower == "data"
}

// stem is roughly what the forms of a word have in common.
func stem(word string) string {
	for _, ending := range []string{"ing", "ies", "ed", "es", "s", "y", "e"} {
		if base, ends := strings.CutSuffix(word, ending); ends && len(base) >= 4 {
			return base
		}
	}
	return word
}

func firstRune(text string) rune {
	r, _ := utf8.DecodeRuneInString(text)
	return r
}

func capital(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(unicode.ToUpper(r)) + text[size:]
}

var sentenceStart = regexp.MustCompile(`[.!?]\s+\p{Ll}`)

// sentenceCase begins each sentence with a capital letter.
func sentenceCase(text string) string {
	return sentenceStart.ReplaceAllStringFunc(capital(text), strings.ToUpper)
}

// lowerFirst writes the first letter small, unless the first word has capitals
// further on.
func lowerFirst(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	word, _, _ := strings.Cut(text, " ")
	if size == 0 || strings.ContainsFunc(word[min(size, len(word)):], unicode.IsUpper) {
		return text
	}
	return string(unicode.ToLower(r)) + text[size:]
}

func cutPrefixFold(text, prefix string) (rest string, found bool) {
	if len(text) >= len(prefix) && strings.EqualFold(text[:len(prefix)], prefix) {
		return text[len(prefix):], true
	}
	return text, false
}
