package questions

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jdkato/prose/v3/tag"
	"github.com/jdkato/prose/v3/tokenize"

	"seedbed/assets"
)

// word is a word or mark of a sentence with its part of speech in the Penn Treebank's
// tag set.
type word struct {
	text, low, tag string
	glued          bool // no space before it
}

func (w word) is(tags ...string) bool {
	for _, t := range tags {
		if w.tag == t {
			return true
		}
	}
	return false
}

func (w word) noun() bool { return strings.HasPrefix(w.tag, "NN") }

// finite reports whether a word makes a sentence of what it stands in.
func (w word) finite() bool { return w.is("MD", "VBZ", "VBP", "VBD") }

// english reads English sentences.
type english struct {
	tagger    *tag.Tagger
	tokenizer *tokenize.Tokenizer
	vectors   *assets.WordVectors // tells frequent words from rare ones
	lists     map[string]map[string]bool
}

// in reports whether a word is in one of the lists of words.txt.
func (e *english) in(list, low string) bool { return e.lists[list][low] }

// read tags a sentence.
func (e *english) read(sentence string) []word {
	tokens := e.tokenizer.Tokenize(e.lowerStart(sentence))
	e.tagger.TagTokens(tokens)
	words := make([]word, len(tokens))
	end := -1
	for i, t := range tokens {
		words[i] = word{text: t.Text, low: strings.ToLower(t.Text), tag: t.Tag, glued: t.Start == end}
		end = t.End()
	}
	e.mend(words)
	return words
}

// Token is a word or mark of an English sentence with its part of speech in the Penn
// Treebank's tag set.
type Token struct {
	Text, Tag string
	Glued     bool // no space before it
}

// Tag tags an English sentence. Its first word is written small unless it is a name.
func Tag(sentence string) ([]Token, error) {
	e, err := readEnglish()
	if err != nil {
		return nil, err
	}
	words := e.read(sentence)
	tokens := make([]Token, len(words))
	for i, w := range words {
		tokens[i] = Token{w.text, w.tag, w.glued}
	}
	return tokens, nil
}

// ThirdPerson is the form of an English verb after "it", by its infinitive.
func ThirdPerson(infinitive string) string { return thirdOf(infinitive) }

// lowerStart writes a sentence's first word small unless it is a name, since the tagger
// takes most words with a capital letter for names.
func (e *english) lowerStart(sentence string) string {
	first, _, _ := strings.Cut(sentence, " ")
	bare := strings.TrimRight(first, ",:;")
	lower := strings.ToLower(bare)
	if len(lower) != len(bare) || lower == "i" || upperWithin(bare) || dayNames[lower] || !e.in("verbs", lower) && !e.in("noun verbs", lower) && e.rank(lower) > commonName {
		return sentence
	}
	return lower + sentence[len(bare):]
}

var dayNames = setOf("monday tuesday wednesday thursday friday saturday sunday january february april june july august september october november december")

// commonName is the rank beyond which a capitalised word is rather a name.
const commonName = 12000

func upperWithin(text string) bool {
	_, size := utf8.DecodeRuneInString(text)
	return strings.ContainsFunc(text[size:], unicode.IsUpper)
}

// mend corrects what the tagger is known to get wrong: instructions that begin with a
// verb, and verbs that it takes for plural nouns.
func (e *english) mend(words []word) {
	if len(words) == 0 {
		return
	}
	hasFinite := false
	for i, w := range words {
		if w.is("FW") && capitalised(w.text) {
			words[i].tag = "NNP"
		}
		if i > 0 && w.is("VBP") && words[i-1].is("JJ", "DT", "PRP$", "POS") {
			words[i].tag = "NN" // "sick leave every"
		}
		if i > 0 && w.low == "leave" && w.is("VB", "VBP") && words[i-1].is("JJ", "VBN", "NN", "NNP", "VBG", "DT", "PRP$", "VBD") || i > 0 && w.low == "leave" && words[i-1].low == "of" {
			words[i].tag = "NN"
		}
		w = words[i]
		hasFinite = hasFinite || i > 0 && w.finite()
	}
	at := 0
	for at < len(words)-1 && (words[at].low == "please" || words[at].low == "always" || words[at].low == "also" || words[at].low == "then") {
		at++
	}
	first, next := words[at].low, word{}
	if at+1 < len(words) {
		next = words[at+1]
	}
	switch {
	case !words[at].is("VB") && e.in("verbs", first) && !next.is("MD", "VBZ", "VBD") && next.low != "of":
		words[at].tag = "VB"
	case e.in("noun verbs", first) && next.is("DT", "PRP$", "PRP"):
		words[at].tag = "VB"
	case e.in("noun verbs", first) && next.noun() && !hasFinite && len(words) > 2:
		words[at].tag = "VB"
	}
	if !hasFinite && !words[at].is("VB") {
		for i := 1; i < len(words)-1; i++ {
			if words[i].is("NNS") && words[i-1].noun() && intransitive[words[i].low] && (words[i+1].text == "." || words[i+1].is("IN")) {
				words[i].tag = "VBZ" // "coverage ends"
				break
			}
			if words[i].is("NNS") && words[i-1].noun() && e.isVerb(baseOf(e, words[i].low, "VBZ")) && words[i+1].is("DT", "NN", "NNS", "JJ", "PRP$", "VBP", "CD", "NNP", "VBG") {
				words[i].tag = "VBZ" // "the supervisor approves requests"
				if words[i+1].is("VBP") {
					words[i+1].tag = "NN"
				}
				break
			}
		}
	}
}

var intransitive = setOf("ends expires begins starts stops applies lasts closes opens")

func (e *english) isVerb(low string) bool { return e.in("verbs", low) || e.in("noun verbs", low) }

// rank is a word's place among the most frequent ones; beyond the last for an unknown one.
func (e *english) rank(low string) int {
	if rank, known := e.vectors.Rank(low); known {
		return rank
	}
	return e.vectors.Len()
}

// join writes words as they stood.
func join(words []word) string {
	var text strings.Builder
	for i, w := range words {
		if i > 0 && !w.glued {
			text.WriteByte(' ')
		}
		text.WriteString(w.text)
	}
	return text.String()
}

func isAcronym(text string) bool {
	letters := strings.TrimSuffix(text, "s")
	upper := 0
	for _, r := range letters {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r), !unicode.IsDigit(r) && r != '-' && r != '&' && r != '/':
			return false
		}
	}
	return upper >= 2 && len(letters) <= 8
}

func capitalised(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(r)
}
