package phrases

import (
	"io/fs"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"seedbed/assets"
)

// fact is something that stands in a passage and can be asked about.
type fact struct {
	kind  string // a section of questions.txt
	slots slots
}

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

// once tells whether this is the first time that a thing is found.
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

var (
	whatTitle = regexp.MustCompile(`(?i)^what (is|are) (.+)$`)
	howTitle  = regexp.MustCompile(`(?i)^how to (.+)$`)
)

// heading asks about what the heading promises, as long as the passage has its words.
func (f *finding) heading(title string) {
	if m := whatTitle.FindStringSubmatch(strings.TrimRight(title, "?")); m != nil {
		f.term(m[2], true)
		return
	}
	if !f.stands(title) {
		return
	}
	if m := howTitle.FindStringSubmatch(title); m != nil {
		f.do(m[1], true)
		return
	}
	title = f.w.withoutPrefix(title)
	if f.w.emptyHeadings[strings.ToLower(title)] {
		return
	}
	words := strings.Fields(title)
	switch {
	case len(words) == 0 || strings.HasSuffix(title, "?"):
	case len(words) > 1 && strings.HasSuffix(words[0], "ing") && (f.w.stop[strings.ToLower(words[1])] || f.w.isVerbForm(words[0])):
		if doing := f.w.mine(lowerFirst(title)); doing != "" && len(words) <= 7 && f.once(doing) {
			f.strong = append(f.strong, fact{"doing", slots{"doing": {doing}}})
		}
	case f.w.negated(title) || f.w.commands(words):
		f.do(title, true)
	case len(words) == 1 && f.w.isVerb(words[0]):
	default:
		f.term(title, true)
	}
}

// stands tells whether the passage's text has a content word of the heading.
func (f *finding) stands(title string) bool {
	for _, word := range f.w.content(title) {
		if strings.Contains(f.text, stem(word)) {
			return true
		}
	}
	return false
}

var labelLine = regexp.MustCompile(`^([\pL\pN][^:.!?"()]{2,40}?)(?:: +| +[-–—] +)(\S.{15,})$`)

// label asks about what a line explains: "Situation - The interviewer wants …".
func (f *finding) label(line string) {
	m := labelLine.FindStringSubmatch(line)
	if m == nil || len(strings.Fields(m[1])) > 5 || f.w.emptyHeadings[strings.ToLower(m[1])] {
		return
	}
	if f.w.verbs[strings.ToLower(strings.Fields(m[1])[0])] && len(strings.Fields(m[1])) > 1 {
		f.do(m[1], true)
		return
	}
	if !f.w.person(m[1]) && f.term(m[1], true) {
		f.labels = append(f.labels, f.w.asTerm(m[1]))
	}
}

var definition = regexp.MustCompile(`^((?:The|A|An) )?([\pL\pN][\pL\pN'’/+#-]*(?: (?:of |in |for |and |the )?[\pL\pN][\pL\pN'’/+#-]*){0,4}?)(?: \(([\pL\pN .-]{2,20})\))?,? (?:is|are|means?|refers? to|stands? for|describes?|consists? of) (?:a|an|the|when|how|what|one|any|about|to|where)\b`)

// definition asks about what a sentence defines: "The STAR format is a framework …".
func (f *finding) definition(sentence string) {
	if m := definition.FindStringSubmatch(sentence); m != nil {
		f.term(m[1]+m[2], true)
	}
}

var quoted = regexp.MustCompile(`"([\pL][^"]{6,60})"`)

// quotes asks about what stands between quotation marks.
func (f *finding) quotes(sentence string) {
	if n := len(strings.Fields(sentence)); strings.HasSuffix(sentence, "?") && n >= 4 && n <= 12 && !strings.Contains(sentence, `"`) && len(f.w.content(sentence)) > 0 && f.once(sentence) {
		f.strong = append(f.strong, fact{"quote", slots{"quote": {sentence}}})
	}
	for _, m := range quoted.FindAllStringSubmatch(sentence, -1) {
		quote := strings.TrimRight(m[1], ".,;: ")
		words := strings.Fields(strings.ToLower(quote))
		switch {
		case len(f.w.content(quote)) == 0 || len(words) > 10:
		case len(words) >= 4 && slices.ContainsFunc(words, f.w.speaks):
			if f.once(quote) {
				f.strong = append(f.strong, fact{"quote", slots{"quote": {quote}}})
			}
		case len(words) <= 4:
			f.term(quote, false)
		}
	}
}

var (
	advised = regexp.MustCompile(`(?i)\b(?:you|candidates|applicants|engineers|employees|managers|people|one|they) (?:should|need to|have to|must|may want to|might want to|will want to|ought to) (?:also |always |first )?(.+)$`)
	howTo   = regexp.MustCompile(`(?i)\bhow to (.+)$`)
)

// advice asks how to do what a sentence tells to do.
func (f *finding) advice(sentence string) {
	switch {
	case strings.HasSuffix(sentence, "?"):
	case !titleCase(sentence) && f.do(f.w.withoutPrefix(sentence), true):
	default:
		for _, pattern := range []*regexp.Regexp{advised, howTo} {
			if m := pattern.FindStringSubmatch(sentence); m != nil {
				f.do(m[1], true)
			}
		}
	}
}

// do takes what to do, or not to do, from the start of a text, up to the end of its
// clause.
func (f *finding) do(text string, strong bool) bool {
	kind := "do"
	if f.w.negated(text) {
		kind, text = "not", cutAnyPrefix(text, f.w.negations)
	}
	words := strings.Fields(text)
	if len(words) < 2 || !f.w.isVerb(words[0]) {
		return false
	}
	const longest = 8
	var kept []string
	for i, word := range words {
		bare := strings.ToLower(strings.Trim(word, `.,;:!?"`))
		if i > 0 && f.w.clauseEnds[bare] {
			break
		}
		if strings.HasPrefix(word, "(") || strings.HasPrefix(word, "-") || word == "–" || word == "—" {
			break
		}
		kept = append(kept, word)
		if strings.ContainsAny(word[len(word)-1:], ".,;:!?") {
			break
		}
		if len(kept) > longest {
			return false
		}
	}
	kept[len(kept)-1] = strings.TrimRight(kept[len(kept)-1], ".,;:!?")
	for len(kept) > 0 && f.w.dangles(kept[len(kept)-1]) {
		kept = kept[:len(kept)-1]
	}
	if len(kept) < 2 {
		return false
	}
	do := f.w.mine(lowerFirst(strings.Join(kept, " ")))
	if strings.HasSuffix(kept[len(kept)-1], "ing") && len(kept) == 2 || slices.ContainsFunc(kept, finite) {
		return false
	}
	if do == "" || len(f.w.content(strings.Join(kept[1:], " "))) == 0 || strings.ContainsAny(do, `"()[]{}<>=|`) || !f.once(do) {
		return false
	}
	f.add(fact{kind, slots{"do": {do}}}, strong)
	return true
}

func (f *finding) add(one fact, strong bool) {
	if strong {
		f.strong = append(f.strong, one)
	} else {
		f.weak = append(f.weak, one)
	}
}

// finite tells whether a word makes a sentence of what it stands in.
func finite(word string) bool {
	switch strings.ToLower(word) {
	case "is", "are", "was", "were", "has", "will", "can", "could", "would", "should", "must", "does", "did":
		return true
	}
	return false
}

// term takes a thing with a name.
func (f *finding) term(text string, strong bool) bool {
	term := f.w.asTerm(text)
	words := strings.Fields(term)
	if len(words) > 1 && strings.HasSuffix(words[0], "ing") && f.w.stop[words[1]] {
		if len(words) <= 7 && f.once(term) {
			f.add(fact{"doing", slots{"doing": {lowerFirst(term)}}}, strong)
		}
		return false
	}
	if len(words) > 1 && (f.w.isVerbForm(words[0]) && !strings.HasSuffix(words[0], "ing") || f.w.stop[strings.ToLower(words[0])] && !determiners[strings.ToLower(words[0])]) {
		return false
	}
	if f.w.person(text) || len(words) == 0 || len(words) > 6 || len(f.w.content(term)) == 0 || strings.ContainsAny(term, `"[]{}<>=|`) {
		return false
	}
	for i, word := range words {
		lower := strings.ToLower(word)
		if len(word) < 2 && lower != "a" || number.MatchString(word) || f.w.stop[lower] && i > 0 && !f.w.joins[lower] {
			return false
		}
		if f.w.unasked[lower] || i == len(words)-1 && f.w.stop[lower] || strings.HasSuffix(lower, "'s") && i == len(words)-1 {
			return false
		}
	}
	if len(words) == 1 && !f.w.rare(words[0]) || !f.once(term) {
		return false
	}
	filled := slots{"term": {term}, "is": {"is"}, "does": {"does"}, "it": {"it"}}
	if plural(head(words)) || strings.Contains(term, " and ") {
		filled["is"], filled["does"], filled["it"] = []string{"are"}, []string{"do"}, []string{"they"}
	}
	f.add(fact{"term", filled}, strong)
	if f.title != "" && !strings.Contains(strings.ToLower(f.title), strings.ToLower(words[len(words)-1])) && !strings.Contains(strings.ToLower(term), strings.ToLower(f.title)) {
		within := slots{"title": {f.title}}
		for slot, fillers := range filled {
			within[slot] = fillers
		}
		f.weak = append(f.weak, fact{"term in title", within})
	}
	return true
}

// claim asks whether a short sentence that stands alone is true.
func (f *finding) claim(sentence string) {
	words := strings.Fields(sentence)
	if len(words) < 5 || len(words) > 13 || !strings.HasSuffix(sentence, ".") || strings.ContainsAny(sentence, `"():;`) || !unicode.IsUpper(firstRune(sentence)) {
		return
	}
	first := strings.ToLower(strings.Trim(words[0], ","))
	if f.w.isVerb(first) || strings.HasSuffix(words[0], ",") || f.w.stop[first] && !slices.Contains([]string{"the", "a", "an", "most", "many", "some", "all", "few"}, first) {
		return
	}
	said := false // there must be a verb that makes it a sentence
	for _, word := range words {
		lower := strings.ToLower(strings.Trim(word, ".,"))
		if f.w.unasked[lower] || lower == "your" || lower == "i" || lower == "my" {
			return
		}
		said = said || finite(lower) || slices.Contains([]string{"have", "do", "may", "need", "want"}, lower)
	}
	claim := strings.TrimSuffix(lowerSentence(f.w, sentence), ".")
	if said && f.once(claim) {
		f.strong = append(f.strong, fact{"claim", slots{"claim": {claim}}})
	}
}

// pairs compares what a list explains side by side.
func (f *finding) pairs() {
	for i := 1; i < len(f.labels); i++ {
		one, other := f.labels[i-1], f.labels[i]
		if len(one) < 30 && len(other) < 30 {
			f.weak = append(f.weak, fact{"pair", slots{"one": {one}, "other": {other}}})
		}
	}
}
