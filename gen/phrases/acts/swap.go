package acts

import (
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"seedbed/assets"
	"seedbed/gen/questions"
)

// Variant is an example in which something stands in the place of something like it.
type Variant struct {
	Text  string
	Alike float64 // how alike the two are, up to 1
}

// Swapper finds what can stand for each other in the examples of a category.
type Swapper struct {
	sets    map[bool][][]string // of expressions that can stand for each other where a message asks (true) or tells
	asks    func(string) bool
	vectors *assets.WordVectors
	things  []thing
	vague   map[string]bool // heads and adjectives that say too little to be moved
}

// thing is a noun phrase of an example.
type thing struct {
	determiner, rest string
	head, tag        string
	modifier         string // the tag of the word before its head
	before, beyond   string // the word before it, and the one before that
	verb             bool   // before is a verb
}

func (t thing) text() string { return strings.TrimSpace(t.determiner + " " + t.rest) }

// NewSwapper reads the noun phrases of examples. The sets are those of frames.txt.
func (r *Reader) NewSwapper(examples []string, sets, setsWhenAsking []string) *Swapper {
	s := &Swapper{vague: r.vague, sets: map[bool][][]string{}, asks: func(example string) bool { return slices.ContainsFunc(split(example), r.asks) }}
	for _, set := range sets {
		s.sets[false] = append(s.sets[false], strings.Split(set, " | "))
	}
	s.sets[true] = s.sets[false]
	for _, set := range setsWhenAsking {
		s.sets[true] = append(s.sets[true], strings.Split(set, " | "))
	}
	if !r.english {
		return s
	}
	s.vectors, _ = assets.English() // without them only the same nouns are alike
	for _, example := range examples {
		for _, sentence := range split(r.Neat(example)) {
			s.things = append(s.things, thingsOf(tagged(sentence))...)
		}
	}
	return s
}

// thingsOf are the plain noun phrases of a sentence.
func thingsOf(tokens []questions.Token) []thing {
	tokens = withVerb(tokens)
	var found []thing
	for i := 0; i < len(tokens); i++ {
		start := i
		determiner := ""
		if in(tokens[i].Tag, "DT", "PRP$") {
			determiner = tokens[i].Text
			i++
		}
		first := i
		for i < len(tokens) && (in(tokens[i].Tag, "JJ", "VBN", "NN", "NNS", "NNP") && tokens[i].Text != "i") {
			i++
		}
		if i == first || !in(tokens[i-1].Tag, "NN", "NNS") {
			i = max(start, i-1)
			continue
		}
		t := thing{determiner: determiner, rest: join(tokens[first:i]), head: strings.ToLower(tokens[i-1].Text), tag: tokens[i-1].Tag}
		if i-2 >= first {
			t.modifier = tokens[i-2].Tag
		}
		if start > 0 {
			t.before, t.verb = strings.ToLower(tokens[start-1].Text), tokens[start-1].Tag[0] == 'V'
		}
		if start > 1 {
			t.beyond = strings.ToLower(tokens[start-2].Text)
		}
		if len(t.head) > 2 && (i >= len(tokens) || !in(tokens[i].Tag, "NN", "NNS", "POS", "CD")) {
			found = append(found, t)
		}
		i--
	}
	return found
}

// withVerb marks the verb of a question that was taken for a noun: "does a night guard help".
func withVerb(tokens []questions.Token) []questions.Token {
	at := slices.IndexFunc(tokens, auxiliary)
	if at < 0 || at > 3 || !takesInfinitive[strings.ToLower(tokens[at].Text)] {
		return tokens
	}
	if q, ok := cut(tokens, at); ok && len(q.after) > 0 && noun(q.after[0]) {
		tokens = slices.Clone(tokens)
		tokens[len(tokens)-len(q.after)].Tag = "VB"
	}
	return tokens
}

// alikeEnough is the cosine of two heads from which on one may stand for the other wherever
// it stands, and alikeSomewhat the same after the same verb or preposition. Set by reading
// what came of six invented categories.
const (
	alikeEnough   = 0.72
	alikeSomewhat = 0.5
)

// Swaps are variants of an example, the likeliest first.
func (s *Swapper) Swaps(example string, rng *rand.Rand) []Variant {
	variants := append(s.expressions(example, rng), numbers(example, rng)...)
	seen := map[string]bool{}
	for _, own := range thingsOf(tagged(strings.TrimRight(example, ".?! "))) {
		for _, other := range s.things {
			alike := s.alike(own, other)
			if alike == 0 {
				continue
			}
			text, ok := replace(example, own.text(), withDeterminer(own.determiner, other))
			if ok && !seen[text] && !repeatsWord(text, example) {
				seen[text] = true
				variants = append(variants, Variant{text, alike})
			}
		}
	}
	slices.SortStableFunc(variants, func(a, b Variant) int {
		switch {
		case a.Alike > b.Alike:
			return -1
		case a.Alike < b.Alike:
			return 1
		}
		return 0
	})
	return variants
}

// alike is how well another noun phrase can stand in the place of one; 0 for not at all.
func (s *Swapper) alike(own, other thing) float64 {
	if own.tag != other.tag || strings.EqualFold(own.rest, other.rest) || (own.determiner == "") != (other.determiner == "") {
		return 0
	}
	first, _, _ := strings.Cut(strings.ToLower(other.rest), " ")
	if s.vague[own.head] || s.vague[other.head] || s.vague[first] {
		return 0
	}
	if own.head == other.head {
		switch {
		case other.modifier == "":
			return 0.7
		case own.modifier == other.modifier:
			return 0.9
		}
		return 0
	}
	cosine := s.cosine(own.head, other.head)
	same := own.before != "" && own.before == other.before && (own.verb || own.beyond == other.beyond)
	switch {
	case cosine >= alikeEnough, same && cosine >= alikeSomewhat:
		return cosine
	}
	return 0
}

func (s *Swapper) cosine(a, b string) float64 {
	if s.vectors == nil {
		return 0
	}
	x, known := s.vectors.Rank(a)
	y, alsoKnown := s.vectors.Rank(b)
	if !known || !alsoKnown {
		return 0
	}
	u, v := make([]float32, s.vectors.Dim()), make([]float32, s.vectors.Dim())
	s.vectors.Vector(x, u)
	s.vectors.Vector(y, v)
	var uv, uu, vv float64
	for i := range u {
		uv += float64(u[i]) * float64(v[i])
		uu += float64(u[i]) * float64(u[i])
		vv += float64(v[i]) * float64(v[i])
	}
	if uu == 0 || vv == 0 {
		return 0
	}
	return uv / math.Sqrt(uu*vv)
}

// withDeterminer is another noun phrase with the determiner of the place it comes to.
func withDeterminer(determiner string, other thing) string {
	if low := strings.ToLower(determiner); in(low, "a", "an") {
		return Article(other.rest) + " " + other.rest
	}
	return strings.TrimSpace(determiner + " " + other.rest)
}

// expressions swaps the longest expression that can always stand for others.
func (s *Swapper) expressions(example string, rng *rand.Rand) []Variant {
	var set []string
	at := 0
	for _, candidate := range s.sets[s.asks(example)] {
		for i, expression := range candidate {
			if atAnHour(example, expression) || !isMonth(example, expression) || strings.HasPrefix(expression, "my ") && refersToSomebody.MatchString(example) {
				continue
			}
			if (set == nil || len(expression) > len(set[at])) && containsWord(example, expression) {
				set, at = candidate, i
			}
		}
	}
	var variants []Variant
	for _, step := range rng.Perm(max(1, len(set)) - 1) {
		if text, ok := replace(example, set[at], set[(at+step+1)%len(set)]); ok && !repeatsWord(text, example) {
			variants = append(variants, Variant{text, 0.95})
		}
	}
	return variants[:min(len(variants), 3)]
}

// atAnHour reports whether an expression follows a time: "at 6.30 tomorrow" can't be "at
// 6.30 next week".
func atAnHour(example, expression string) bool {
	before, _, found := strings.Cut(strings.ToLower(example), strings.ToLower(expression))
	return found && hour.MatchString(before)
}

// isMonth reports whether "may" or "march" is a month by what stands before it; every other
// expression is what it says.
func isMonth(example, expression string) bool {
	if low := strings.ToLower(expression); low != "may" && low != "march" {
		return true
	}
	before, _, _ := strings.Cut(strings.ToLower(example), strings.ToLower(expression))
	return beforeMonth.MatchString(before)
}

var beforeMonth = regexp.MustCompile(`(?:\b(?:in|of|until|till|since|by|from|to|next|last|this|early|mid|late)|\d(?:st|nd|rd|th)?\.?) $`)

// repeatsWord reports whether a variant says a word twice that its example says once.
func repeatsWord(variant, example string) bool {
	said := wordCounts(example)
	for word, n := range wordCounts(variant) {
		if n > max(1, said[word]) {
			return true
		}
	}
	return false
}

// wordCounts is how often a text has each word of more than three letters, in whatever number.
func wordCounts(text string) map[string]int {
	counts := map[string]int{}
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(c rune) bool { return !unicode.IsLetter(c) }) {
		if utf8.RuneCountInString(word) > 3 {
			counts[strings.TrimSuffix(word, "s")]++
		}
	}
	return counts
}

// refersToSomebody tells messages in which another person would be "she" instead of "he".
var refersToSomebody = regexp.MustCompile(`(?i)\b(?:he|she|him|her|his|hers)\b`)

var hour = regexp.MustCompile(`\d ?(?:am|pm|h|o'clock)? $`)

var number = regexp.MustCompile(`(?i)\b(?:numbers?|order|claim|booking|invoice|reference|ref|ticket|case|policy|account|customer|no\.?|nr\.?|error|code|is) #?(\d{4,})\b`)

// numbers gives references other digits.
func numbers(example string, rng *rand.Rand) []Variant {
	at := number.FindStringSubmatchIndex(example)
	if at == nil {
		return nil
	}
	at = at[2:]
	digits := example[at[0]:at[1]]
	if n, err := strconv.Atoi(digits); err == nil && n > 1900 && n < 2100 {
		return nil // a year
	}
	var variants []Variant
	for range 3 {
		other := []byte(digits)
		for i := range other {
			other[i] = '0' + byte(rng.IntN(10))
		}
		other[0] = digits[0]
		variants = append(variants, Variant{example[:at[0]] + string(other) + example[at[1]:], 0.8})
	}
	return variants
}

func containsWord(text, word string) bool {
	_, ok := replace(text, word, "")
	return ok
}

// replace replaces the only place where a text has an expression as whole words.
func replace(text, old, by string) (string, bool) {
	low, old := strings.ToLower(text), strings.ToLower(old)
	at := strings.Index(low, old)
	if at < 0 || len(low) != len(text) || strings.Count(low, old) > 1 {
		return "", false
	}
	end := at + len(old)
	if at > 0 && isWordByte(low[at-1]) || end < len(low) && isWordByte(low[end]) {
		return "", false
	}
	return text[:at] + by + text[end:], true
}

func isWordByte(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '\'' || b == '-' || b >= 0x80
}
