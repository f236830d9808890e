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
	if at := r.begins[toldBegins].FindStringIndex(bare); at != nil {
		return r.indirect(bare[at[1]:])
	}
	for _, kind := range []string{May, Do} {
		if at := r.begins[kind].FindStringIndex(bare); at != nil {
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
	if r.english && phrase(tagged(rest)) == len(tagged(rest)) {
		return one(Topic, "topic", rest)
	}
	return nil
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

// direct reads a question that begins with a question word or a verb.
func direct(tokens []questions.Token) []Act {
	tokens[0].Text = strings.ToLower(tokens[0].Text)
	asked := join(tokens)
	at := 0
	if !auxiliary(tokens[0]) {
		at = slices.IndexFunc(tokens, auxiliary)
	}
	if at < 0 && !slices.ContainsFunc(tokens, func(t questions.Token) bool { return in(t.Tag, "VBZ", "VBP", "VBD", "MD") }) {
		return nil // "what now"
	}
	kind := Which
	if at == 0 {
		kind = Whether
	}
	act := Act{Kind: kind, Slots: map[string]string{"asked": asked}}
	if told, ok := statement(tokens, at); ok {
		act.Slots["told"] = told
	}
	found := []Act{act}
	if at >= 1 && at+1 < len(tokens) && in(strings.ToLower(tokens[at].Text), "is", "are", "'s", "'re") && strings.EqualFold(tokens[0].Text, "what") && at == 1 {
		rest := tokens[at+1:]
		if n := phrase(rest); n > 0 && (n == len(rest) || in(rest[n].Tag, "IN", "TO")) && !in(rest[0].Tag, "PRP", "EX") {
			found = append(found, Act{Kind: Topic, Slots: map[string]string{"topic": join(rest)}})
		}
	}
	return found
}

func auxiliary(t questions.Token) bool {
	return in(strings.TrimSuffix(strings.ToLower(t.Text), "n't"), "is", "are", "am", "was", "were", "'s", "'re", "do", "does", "did", "can", "could", "will", "would", "should", "may", "might", "must", "has", "have", "had", "ca", "wo", "'ll", "'d")
}

// statement turns a question into what follows "tell me" or "tell me if": the subject goes
// before the auxiliary at a place.
func statement(tokens []questions.Token, at int) (string, bool) {
	if at < 0 { // the question word is the subject: "who repairs wheels"
		return join(tokens), true
	}
	aux, negated := strings.ToLower(tokens[at].Text), ""
	rest := tokens[at+1:]
	if bare, ok := strings.CutSuffix(aux, "n't"); ok {
		aux, negated = bare, "n't"
	}
	if len(rest) > 0 && strings.EqualFold(rest[0].Text, "n't") {
		negated, rest = "n't", rest[1:]
	}
	subject := phrase(rest)
	switch { // nouns that the tagger doesn't know
	case subject > 0 || len(rest) < 2:
	case in(rest[0].Tag, "DT", "PRP$"):
		subject = 2
	case strings.HasSuffix(rest[0].Text, "s") && rest[0].Tag == "JJ":
		subject = 1
	}
	if subject == 0 {
		// The question word is the subject: "who can repair it"
		return join(tokens), asksForSubject(tokens, at)
	}
	if in(aux, "do", "does", "did", "can", "could", "will", "would", "should", "may", "might", "must", "ca", "wo") && subject > 1 && (subject == len(rest) || rest[subject].Tag[0] != 'V' && rest[subject].Tag != "RB") {
		subject-- // its last noun is the verb: "what does a membership cost"
	}
	if subject > 1 && subject < len(rest) && compounds[strings.ToLower(rest[subject].Text)] || subject > 1 && adjective.MatchString(rest[subject-1].Text) {
		subject-- // "is the museum wheelchair accessible"
	}
	before, named, after := tokens[:at], rest[:subject], rest[subject:]
	switch {
	case aux == "'s":
		aux = "is"
	case aux == "'re":
		aux = "are"
	}
	verb := aux + negated
	if in(aux, "do", "does", "did") && negated == "" {
		if len(after) == 0 || after[0].Tag[0] != 'V' && !in(after[0].Tag, "NN", "JJ") || aux == "did" {
			return "", false
		}
		verb = strings.ToLower(after[0].Text)
		if aux == "does" {
			verb = questions.ThirdPerson(verb)
		}
		after = after[1:]
	} else if in(aux, "has", "have", "had") && (len(after) == 0 || !in(after[0].Tag, "VBN", "VBD", "RB")) {
		return "", false
	}
	if strings.HasPrefix(tokens[at].Tag, "MD") && len(after) > 0 && after[0].Tag[0] != 'V' && !in(after[0].Tag, "NN", "RB", "JJ") {
		return "", false
	}
	parts := []string{join(before), join(named), verb, join(after)}
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " "), true
}

// asksForSubject reports whether the question word of a question with an auxiliary at a
// place is the subject: "who can repair it", "which class is best".
func asksForSubject(tokens []questions.Token, at int) bool {
	if at < 1 || at+1 >= len(tokens) {
		return false
	}
	aux, next := strings.ToLower(tokens[at].Text), tokens[at+1].Tag
	switch strings.ToLower(tokens[0].Text) {
	case "who", "which":
	case "what":
		if at > 1 {
			return false
		}
	default:
		return false
	}
	if in(aux, "is", "are", "was", "were", "'s") {
		return in(next, "VBN", "VBG", "JJ", "JJR", "JJS", "IN", "RB")
	}
	return next == "VB" && !in(aux, "do", "does", "did")
}

// compounds are adjectives that follow a noun they belong to.
var compounds = map[string]bool{"accessible": true, "friendly": true, "free": true, "proof": true, "resistant": true}

// adjective tells adjectives that are taken for nouns.
var adjective = regexp.MustCompile(`(?i)(?:[^t]able|itable|ible|ful|ous)$`)

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

// phrase is how many tokens the noun phrase has that begins a sentence, "of" and what
// follows it included.
func phrase(tokens []questions.Token) int {
	if len(tokens) > 0 && in(tokens[0].Tag, "PRP", "EX") {
		return 1
	}
	if len(tokens) > 0 && in(strings.ToLower(tokens[0].Text), "this", "that", "these", "those") && (len(tokens) == 1 || tokens[1].Tag[0] == 'V' || in(tokens[1].Tag, "RB", "JJ", "MD")) {
		return 1
	}
	nouns, end := false, 0
	for i, t := range tokens {
		switch {
		case strings.HasPrefix(t.Tag, "NN") || i > 0 && in(strings.ToLower(t.Text), "one", "ones"):
			nouns, end = true, i+1
		case !nouns && in(t.Tag, "DT", "PRP$", "JJ", "JJR", "JJS", "CD", "PDT", "VBN", "VBG", "$", "RB"):
		case nouns && in(t.Tag, "POS", "CD", "#"):
			end = i + 1
		case nouns && end == i && (strings.EqualFold(t.Text, "of") || t.Tag == "CC" && i+1 < len(tokens) && strings.HasPrefix(tokens[i+1].Tag, "NN")):
			if n := phrase(tokens[i+1:]); n > 0 {
				return i + 1 + n
			}
			return end
		case nouns && in(t.Tag, "JJ", "VBG", "VBN") && i > 0 && tokens[i-1].Tag == "POS":
		default:
			return end
		}
	}
	return end
}

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
