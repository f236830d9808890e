// Package questions finds what can be asked about a passage of knowledge: facts by the
// form in which they are stated, each with what a question needs of it. It tags parts of
// speech, reads simple clauses and ranks what it finds; the wording of the questions is
// in assets/phrases, and the built-in writer fills it in.
package questions

import (
	"slices"
	"strings"
	"sync"

	"github.com/jdkato/prose/v3/tag"
	"github.com/jdkato/prose/v3/tokenize"

	"seedbed/assets"
)

// Passage is a piece of knowledge text under its heading, which may be a path such as
// "Travel › Reimbursement".
type Passage struct{ Title, Text string }

// Collection is the knowledge that questions are asked about. It may be used by several
// goroutines.
type Collection struct {
	e        *english
	passages int
	within   map[string]int     // in how many passages a lower-case word stands
	capitals map[string]int     // how often a word stands capitalised within a sentence, less how often it doesn't
	pairs    map[string]bool    // two capitalised words in a row within a sentence
	acronyms map[string]Passage // the first that explains one
	first    map[string]Passage // the first under a heading
	titles   map[string]int     // how often a heading is used, in lower case

	mu    sync.Mutex
	facts map[Passage][]Fact
}

var wordShape = pattern(`[\pL\pN][\pL\pN'’+#-]*`)

var bracketed = pattern(`\(([A-Z]{3,8})\)`)

// NewCollection counts the words of passages.
func NewCollection(passages []Passage) (*Collection, error) {
	e, err := readEnglish()
	if err != nil {
		return nil, err
	}
	c := &Collection{e: e, passages: len(passages), within: map[string]int{}, capitals: map[string]int{}, pairs: map[string]bool{}, titles: map[string]int{}, first: map[string]Passage{}, acronyms: map[string]Passage{}, facts: map[Passage][]Fact{}}
	for _, p := range passages {
		heading := strings.ToLower(leaf(p.Title))
		if c.titles[heading]++; c.titles[heading] == 1 {
			c.first[heading] = p
		}
		for _, m := range bracketed().FindAllStringSubmatch(p.Text, -1) {
			if _, explained := c.acronyms[m[1]]; !explained {
				c.acronyms[m[1]] = p
			}
		}
		c.count(p.Text)
	}
	return c, nil
}

func (c *Collection) count(text string) {
	seen := map[string]bool{}
	last, before := 0, ""
	for _, at := range wordShape().FindAllStringIndex(text, -1) {
		word := text[at[0]:at[1]]
		low := strings.ToLower(word)
		if !seen[low] {
			seen[low] = true
			c.within[low]++
		}
		if between := text[last:at[0]]; at[0] > 0 && between == " " {
			if capitalised(word) {
				c.capitals[low]++
				if capitalised(before) {
					c.pairs[before+" "+word] = true
				}
			} else {
				c.capitals[low]--
			}
		}
		last, before = at[1], word
	}
}

// Facts are what a passage states that is worth asking for, the best first.
func (c *Collection) Facts(p Passage) []Fact {
	c.mu.Lock()
	facts, ok := c.facts[p]
	c.mu.Unlock()
	if ok {
		return facts
	}
	facts = c.find(p)
	c.mu.Lock()
	c.facts[p] = facts
	c.mu.Unlock()
	return facts
}

// WorthAsking reports whether there is something to ask about a passage, as far as that
// can be told: one in a language that isn't known may state anything.
func (c *Collection) WorthAsking(p Passage) bool {
	return len(c.Facts(p)) > 0 || !Supports(p.Text)
}

// find reads a passage in its language.
func (c *Collection) find(p Passage) []Fact {
	lines := linesOf(p.Text)
	if ofRecord().MatchString(strings.ToLower(p.Title)) {
		return nil
	}
	title := c.uncapped(plainTitle(leaf(p.Title)))
	var text strings.Builder
	for _, l := range lines {
		text.WriteString(" " + l.text)
	}
	language := LanguageOf(title + " " + text.String())
	if language != "en" && language != "" { // what is too short to tell is read as English
		return foreignFacts(language, title, lines)
	}
	f := &finder{e: c.e, c: c, passage: p, seen: map[string]bool{}, path: strings.ToLower(p.Title), text: strings.ToLower(text.String()) + " "}
	f.title = f.readTitle(title, text.String())
	f.find(lines)
	return c.rank(f)
}

var readEnglish = sync.OnceValues(func() (*english, error) {
	folder, err := assets.Phrases("en")
	if err != nil {
		return nil, err
	}
	sections, err := assets.ReadSections(folder, "words.txt")
	if err != nil {
		return nil, err
	}
	e := &english{tokenizer: tokenize.New(), lists: map[string]map[string]bool{}}
	for _, s := range sections {
		e.lists[s.Name] = sections.Words(s.Name)
	}
	if e.tagger, err = tag.New(); err != nil {
		return nil, err
	}
	e.vectors, err = assets.English()
	return e, err
})

// leaf is the last heading of a path.
func leaf(title string) string {
	for _, separator := range []string{" › ", " > ", " » ", " / "} {
		if at := strings.LastIndex(title, separator); at >= 0 {
			title = title[at+len(separator):]
		}
	}
	return title
}

var numbered = pattern(`^(?:(?:step |section |part |article )?\d+(?:\.\d+)*[.:)]?|[ivx]+[.)]|(?:q|question|faq) ?\d*[.:])\s+`)

// ofRecord finds the headings of what was once said or done rather than what holds.
var ofRecord = pattern(`\b(?:(?:meeting|board|council|committee) minutes|minutes of|agenda|change ?log|release notes)\b|\bversion \d+\.\d|\b(?:19|20)\d\d-\d\d-\d\d\b`)

// plainTitle is a heading without its marks and its number.
func plainTitle(title string) string {
	lines := linesOf(title)
	if len(lines) == 0 {
		return ""
	}
	text := lines[0].text
	if at := numbered().FindStringIndex(strings.ToLower(text)); at != nil {
		text = text[at[1]:]
	}
	return strings.Trim(text, " .:;,!-–—")
}

// uncapped writes a heading in capital letters small but for its first letter and
// for what looks like an acronym.
func (c *Collection) uncapped(title string) string {
	if strings.ToUpper(title) != title || isAcronym(title) && c.e.rank(strings.ToLower(title)) > commonName {
		return title
	}
	words := strings.Fields(title)
	for i, w := range words {
		if low := strings.ToLower(w); c.acronyms[w] == (Passage{}) && (len(w) > longestAcronym || c.e.rank(low) < commonName) {
			words[i] = low
		}
	}
	return capital(strings.Join(words, " "))
}

// longestAcronym is the number of letters beyond which a word in capitals is rather a
// common one.
const longestAcronym = 6

// titled is how many passages have a heading.
func (c *Collection) titled(title string) int {
	return c.titles[strings.ToLower(title)]
}

// name reports whether the knowledge writes a word with a capital letter within its
// sentences, or where it never stands there, whether English hardly knows it.
func (c *Collection) name(w word) bool {
	n, known := c.capitals[w.low]
	singular := strings.TrimSuffix(w.low, "s")
	return n > 0 || (n == 0 || !known) && c.capitals[singular] >= 0 && min(c.e.rank(w.low), c.e.rank(singular)) > commonName
}

// cased writes words as they stand within a sentence: a heading's capital letters go,
// unless the knowledge writes the word so elsewhere.
func (c *Collection) cased(words []word) []word {
	own := slices.Clone(words)
	for i, w := range words {
		if !capitalised(w.text) || isAcronym(w.text) || upperWithin(w.text) || w.text == "I" || c.name(w) && len(w.text) > 1 ||
			i > 0 && c.pairs[words[i-1].text+" "+w.text] && c.name(words[i-1]) || i+1 < len(words) && c.pairs[w.text+" "+words[i+1].text] && c.name(words[i+1]) {
			continue
		}
		own[i].text = w.low
		switch w.tag {
		case "NNP":
			own[i].tag = "NN"
		case "NNPS":
			own[i].tag = "NNS"
		}
	}
	return own
}
