package acts

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"seedbed/gen/questions"
)

// longest is how many words a part may have that is put into a frame.
const longest = 22

var (
	questionWord = regexp.MustCompile(`(?i)^(?:what|when|where|why|which|who|whose|how|wann|wo|was|warum|wie|welche[rs]?|wer)\b`)
	ifWord       = regexp.MustCompile(`(?i)^(?:if|whether|ob) `)
	infinitive   = regexp.MustCompile(`(?i)^how to `)
	about        = regexp.MustCompile(`(?i)^(?:know|ask|hear|enquire|inquire|find out|learn|talk|speak|get information|get info)(?: more| something)? about `)
	missing      = regexp.MustCompile(`(?i)^i (?:forgot|can't find) $`)
	forcedBy     = regexp.MustCompile(`(?i)^(?:i|we) (?:have|need|had) to .*\bbecause\b`) // what somebody has to do is told, not wished for
	knowing      = regexp.MustCompile(`(?i)^(?:know|ask|find out|check|see|hear) `)
)

// readSentence is what one sentence does, in as many ways as it can be taken.
func (r *Reader) readSentence(sentence string) []Act {
	bare := strings.TrimRight(sentence, " ?!.,")
	if n := len(strings.Fields(bare)); n > longest || n == 0 {
		return nil
	}
	if strings.Contains(bare, "?") {
		return nil // two questions in one
	}
	if at := r.begins[toldBegins].FindStringIndex(bare); at != nil && !r.lacks(bare[:at[1]], bare[at[1]:]) {
		return r.indirect(bare[at[1]:])
	}
	for _, kind := range []string{May, How, Do} {
		if at := r.begins[kind].FindStringIndex(bare); at != nil && !forcedBy.MatchString(bare) {
			return r.wants(kind, bare[at[1]:])
		}
	}
	if at := r.begins[Ask].FindStringIndex(bare); at != nil {
		return one(Ask, "please", bare[at[1]:])
	}
	for _, kind := range []string{Have, There, Need} {
		if at := r.begins[kind].FindStringIndex(bare); at != nil {
			if found := r.thing(kind, bare[at[1]:]); found != nil {
				return found
			}
		}
	}
	if !r.english {
		return nil
	}
	tokens, err := questions.Tag(bare)
	if err != nil || len(tokens) == 0 {
		return nil
	}
	if asksFirst.MatchString(bare) {
		return direct(tokens)
	}
	return r.told(tokens, strings.HasSuffix(sentence, "?"))
}

func one(kind, slot, text string) []Act {
	return []Act{{Kind: kind, Slots: map[string]string{slot: strings.Trim(text, " ,.?!")}}}
}

// indirect reads what follows "can you tell me".
func (r *Reader) indirect(rest string) []Act {
	switch {
	case infinitive.MatchString(rest):
		return one(Do, "do", infinitive.ReplaceAllString(rest, ""))
	case ifWord.MatchString(rest):
		return one(Whether, "told", ifWord.ReplaceAllString(rest, ""))
	case questionWord.MatchString(rest):
		return one(Which, "told", rest)
	case about.MatchString("ask " + rest):
		return one(Topic, "topic", about.ReplaceAllString("ask "+rest, ""))
	}
	if r.isThing(rest) {
		return one(Topic, "topic", rest)
	}
	return nil
}

// isThing reports whether a text is a noun phrase that says by itself what it is.
func (r *Reader) isThing(text string) bool {
	tokens := tagged(text)
	return r.english && len(tokens) > 0 && phrase(tokens) == len(tokens) && !alone(tokens)
}

// lacks reports whether somebody tells that they have forgotten or can't find a thing,
// rather than asks about it.
func (r *Reader) lacks(begin, rest string) bool {
	return missing.MatchString(begin) && r.isThing(rest)
}

// wants reads what follows "I want to".
func (r *Reader) wants(kind, rest string) []Act {
	if about.MatchString(rest) {
		return one(Topic, "topic", about.ReplaceAllString(rest, ""))
	}
	if at := knowing.FindStringIndex(rest); at != nil && (questionWord.MatchString(rest[at[1]:]) || ifWord.MatchString(rest[at[1]:])) {
		return r.indirect(rest[at[1]:])
	}
	if tokens := tagged(rest); r.english && (len(tokens) == 0 || tokens[0].Tag[0] != 'V' && !in(tokens[0].Tag, "NN", "RB", "JJ") || in(tokens[0].Tag, "VBG", "VBN")) {
		return nil
	}
	return one(kind, "do", rest)
}

// thing reads what follows "do you have" or "I need".
func (r *Reader) thing(kind, rest string) []Act {
	if !r.english {
		return one(kind, "thing", rest)
	}
	tokens := tagged(rest)
	if len(tokens) > 1 && strings.EqualFold(tokens[0].Text, "any") {
		tokens = tokens[1:]
		if at := phrase(tokens); at > 0 && tokens[at-1].Tag == "NN" {
			return nil // "any parking" or "any dog" would each need another article
		}
	}
	end := phrase(tokens)
	if end == 0 {
		return nil
	}
	is := "is"
	if in(tokens[end-1].Tag, "NNS", "NNPS") {
		is = "are"
	}
	return []Act{{Kind: kind, Slots: map[string]string{"thing": join(tokens), "is": is}}}
}

// negates tells what is not so, which may be trouble or just news.
var negates = regexp.MustCompile(`(?i)n't\b|\b(?:not|no|never|nothing|nobody|none|without)\b`)

// told reads a sentence that is no question by its form.
func (r *Reader) told(tokens []questions.Token, marked bool) []Act {
	first := tokens[0]
	if in(first.Tag, "EX", "DT", "PRP", "PRP$", "IN", "VB") {
		tokens[0].Text = LowerFirst(first.Text)
	}
	text := join(tokens)
	if first.Tag == "VB" && len(tokens) > 2 && !marked {
		found := one(Ask, "please", text)
		if !hasWord(tokens, "me", "us", "you", "your") {
			found = append(found, one(Do, "do", text)...)
		}
		return found
	}
	verb := slices.IndexFunc(tokens, func(t questions.Token) bool { return in(t.Tag, "VBZ", "VBP", "VBD", "MD") })
	if verb < 0 {
		if hiddenVerb(tokens) {
			return nil
		}
		if n := phrase(tokens); n > 0 && len(tokens) <= 8 && (n == len(tokens) || in(tokens[n].Tag, "IN", "TO")) && !r.IsTrouble(text) && !negates.MatchString(text) {
			return one(Topic, "topic", text)
		}
		return nil
	}
	n := phrase(tokens)
	if n == 0 || verb < n || marked {
		return nil
	}
	kind := Statement
	switch {
	case r.IsTrouble(text):
		kind = Trouble
	case negates.MatchString(text):
		kind = Negative
	}
	return one(kind, "said", text)
}

// hiddenVerb reports whether the verb of a sentence may have been taken for a noun: "my dog
// barks at cyclists".
func hiddenVerb(tokens []questions.Token) bool {
	n := phrase(tokens)
	return n > 2 && n < len(tokens) && tokens[0].Tag == "PRP$" && tokens[n-2].Tag == "NN" && tokens[n-1].Tag == "NNS"
}

// phrase is how many tokens the noun phrase has that begins a sentence, "of" and what
// follows it included.
func phrase(tokens []questions.Token) int {
	if alone(tokens) {
		return 1
	}
	end := 0 // after its last noun
	for i, t := range tokens {
		afterNoun := end == i && end > 0
		switch {
		case noun(t) || i > 0 && in(strings.ToLower(t.Text), "one", "ones"):
			end = i + 1
		case end == 0 && in(t.Tag, "DT", "PRP$", "JJ", "JJR", "JJS", "CD", "PDT", "VBN", "VBG", "$", "RB"):
		case end > 0 && in(t.Tag, "POS", "CD", "#"):
			end = i + 1
		case afterNoun && joins(tokens[i:]):
			if n := phrase(tokens[i+1:]); n > 0 {
				return i + 1 + n
			}
			return end
		case afterNoun && measures(tokens, i):
			end = i + 1
		case end > 0 && in(t.Tag, "JJ", "VBG", "VBN") && tokens[i-1].Tag == "POS":
		default:
			return end
		}
	}
	return end
}

// measures reports whether a word follows a number and its unit: "a 4 month old beagle".
func measures(tokens []questions.Token, at int) bool {
	return at > 1 && tokens[at-2].Tag == "CD" && in(strings.ToLower(tokens[at].Text), "old", "long", "tall", "high", "wide", "deep")
}

// alone reports whether a sentence begins with a pronoun that is its subject.
func alone(tokens []questions.Token) bool {
	if len(tokens) == 0 {
		return false
	}
	if in(tokens[0].Tag, "PRP", "EX") || strings.EqualFold(tokens[0].Text, "there") {
		return true
	}
	return in(strings.ToLower(tokens[0].Text), "this", "that", "these", "those") && (len(tokens) == 1 || tokens[1].Tag[0] == 'V' || in(tokens[1].Tag, "RB", "JJ", "MD"))
}

// joins reports whether a word after a noun goes on with the same phrase: "of", or "and"
// before another noun.
func joins(tokens []questions.Token) bool {
	return strings.EqualFold(tokens[0].Text, "of") || tokens[0].Tag == "CC" && len(tokens) > 1 && noun(tokens[1])
}

func noun(t questions.Token) bool { return strings.HasPrefix(t.Tag, "NN") }

func tagged(text string) []questions.Token {
	tokens, _ := questions.Tag(text) // without its data nothing is found
	return tokens
}

func hasWord(tokens []questions.Token, words ...string) bool {
	return slices.ContainsFunc(tokens, func(t questions.Token) bool { return in(strings.ToLower(t.Text), words...) })
}

func in(text string, list ...string) bool { return slices.Contains(list, text) }

// join writes tokens as they stood.
func join(tokens []questions.Token) string {
	var text strings.Builder
	for i, t := range tokens {
		if i > 0 && !t.Glued {
			text.WriteByte(' ')
		}
		text.WriteString(t.Text)
	}
	return text.String()
}

// LowerFirst writes the first letter small, unless the word is "I" or has capitals further
// on.
func LowerFirst(text string) string {
	if rest, ok := strings.CutPrefix(text, "¿"); ok {
		return "¿" + LowerFirst(rest)
	}
	first, size := utf8.DecodeRuneInString(text)
	word, _, _ := strings.Cut(text, " ")
	if size == 0 || word == "I" || strings.HasPrefix(word, "I'") || strings.ContainsFunc(word[size:], unicode.IsUpper) {
		return text
	}
	return string(unicode.ToLower(first)) + text[size:]
}
