package acts

import (
	"regexp"
	"slices"
	"strings"

	"seedbed/gen/questions"
)

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
		if n := phrase(rest); n > 0 && (n == len(rest) || n+1 < len(rest) && in(rest[n].Tag, "IN", "TO")) && !in(rest[0].Tag, "PRP", "EX") {
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
	q, ok := cut(tokens, at)
	if !ok {
		return join(tokens), asksForSubject(tokens, at)
	}
	verb, after, ok := q.verb()
	if !ok {
		return "", false
	}
	return strings.Join(strings.Fields(strings.Join([]string{join(q.before), join(q.subject), verb, join(after)}, " ")), " "), true
}

// endsInNoun reports whether what follows a subject after "is" is its last noun, taken for a
// verb, and an adjective: "is the poetry slam free".
func endsInNoun(tokens []questions.Token) bool {
	return len(tokens) == 2 && in(tokens[0].Tag, "VB", "VBP", "VBD") && tokens[1].Tag == "JJ"
}

// inverted is a question cut where its parts change places.
type inverted struct {
	before, subject, after []questions.Token
	aux, not               string
	modal                  bool
}

// cut cuts a question with an auxiliary at a place; ok is false where it has no subject
// after that.
func cut(tokens []questions.Token, at int) (q inverted, ok bool) {
	q = inverted{before: tokens[:at], aux: strings.ToLower(tokens[at].Text), modal: tokens[at].Tag == "MD"}
	rest := tokens[at+1:]
	if bare, ok := strings.CutSuffix(q.aux, "n't"); ok {
		q.aux, q.not = bare, "n't"
	}
	if len(rest) > 0 && strings.EqualFold(rest[0].Text, "n't") {
		q.not, rest = "n't", rest[1:]
	}
	n, sure := subjectOf(rest)
	if n == 0 {
		return q, false
	}
	if in(q.aux, "is", "are", "was", "were") && endsInNoun(rest[n:]) {
		n++
	}
	switch full, isVerb := n > 1, n < len(rest) && (rest[n].Tag[0] == 'V' || rest[n].Tag == "RB"); {
	case full && sure && takesInfinitive[q.aux] && !isVerb && rest[n-2].Tag != "DT":
		n-- // its last noun is the verb: "what does a membership cost"
	case full && adjective.MatchString(rest[n-1].Text), full && !in(rest[n-2].Tag, "DT", "PRP$") && n < len(rest) && compounds[strings.ToLower(rest[n].Text)]:
		n-- // "is the museum wheelchair accessible"
	}
	q.subject, q.after = rest[:n], rest[n:]
	return q, true
}

// verb is the verb of the statement, and what follows it; ok is false where its form isn't
// known.
func (q inverted) verb() (verb string, after []questions.Token, ok bool) {
	next := "" // the tag after the subject
	if len(q.after) > 0 {
		next = q.after[0].Tag
	}
	verbal := strings.HasPrefix(next, "V")
	switch {
	case q.aux == "'s":
		return "is", q.after, true
	case q.aux == "'re":
		return "are", q.after, true
	case q.not == "" && in(q.aux, "do", "does", "did"):
		if q.aux == "did" || !verbal && !in(next, "NN", "JJ") || anotherVerb(q.after[1:]) {
			return "", nil, false
		}
		if verb = strings.ToLower(q.after[0].Text); q.aux == "does" {
			verb = questions.ThirdPerson(verb)
		}
		return verb, q.after[1:], true
	case in(q.aux, "has", "have", "had") && !in(next, "VBN", "VBD", "RB"), q.modal && next != "" && !verbal && !in(next, "NN", "RB", "JJ"):
		return "", nil, false
	}
	return q.aux + q.not, q.after, true
}

// anotherVerb reports whether a bare verb follows that stands by itself, and so may be the
// sentence's: "does the kennel cough vaccine help".
func anotherVerb(tokens []questions.Token) bool {
	for i, t := range tokens {
		if in(t.Tag, "VB", "VBP") && i > 0 && (noun(tokens[i-1]) || tokens[i-1].Tag == "RB") {
			return true
		}
	}
	return false
}

// takesInfinitive are the auxiliaries with an infinitive after the subject.
var takesInfinitive = map[string]bool{"do": true, "does": true, "did": true, "can": true, "could": true, "will": true, "would": true, "should": true, "may": true, "might": true, "must": true, "ca": true, "wo": true}

// subjectOf is how many tokens the subject has that stands first, and whether its words are
// known as nouns.
func subjectOf(tokens []questions.Token) (n int, sure bool) {
	if n := phrase(tokens); n > 0 || len(tokens) < 2 {
		return n, true
	}
	switch {
	case in(tokens[0].Tag, "DT", "PRP$"):
		return 2, false
	case strings.HasSuffix(tokens[0].Text, "s") && tokens[0].Tag == "JJ":
		return 1, false
	}
	return 0, false
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
var compounds = map[string]bool{"accessible": true, "friendly": true, "proof": true, "resistant": true}

// adjective tells adjectives that are taken for nouns.
var adjective = regexp.MustCompile(`(?i)(?:[^t]able|itable|ible|ful|ous)$`)
