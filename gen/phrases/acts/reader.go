// Package acts reads what people do with an example message: ask for something, want to do
// something, tell of trouble. The act and its parts are what frames of assets/phrases make
// other messages of.
package acts

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"seedbed/assets"
)

// Act is what a message does. Its kind names the section of frames that can say it in
// other words, its slots fill them.
type Act struct {
	Kind    string
	Slots   map[string]string
	Context string // sentences that stand before it, neat; "" for none
	Bound   bool   // it makes no sense without its context
}

// Reader reads messages of one language.
type Reader struct {
	english  bool
	spelled  map[string]string // abbreviations and slips, as they are spelled out
	leads    *regexp.Regexp    // greetings and lead-ins
	courtesy *regexp.Regexp    // thanks and politeness at the end
	begins   map[string]*regexp.Regexp
	trouble  map[string]bool
}

// The kinds of acts.
const (
	Do        = "do"        // somebody wants to do something: {do}
	Ask       = "ask"       // somebody is to do something: {please}
	Have      = "have"      // whether there is something: {thing}, {is}
	Need      = "need"      // something is needed: {thing}
	Which     = "which"     // a question with a question word: {asked}, {told}
	Whether   = "whether"   // yes or no: {asked}, {told}
	Topic     = "topic"     // a thing, and no more: {topic}
	Trouble   = "trouble"   // something is wrong: {said}
	Statement = "statement" // something is told: {said}
	Question  = "question"  // a question that wasn't understood: {text}
	Text      = "text"      // anything else: {text}
)

// NewReader makes a reader of the lists in frames.txt of a language.
func NewReader(language string, lists assets.Sections) *Reader {
	r := &Reader{english: language == "en", spelled: map[string]string{}, begins: map[string]*regexp.Regexp{}, trouble: lists.Words("trouble words")}
	for _, line := range lists.Named("spelled out") {
		short, long, _ := strings.Cut(line, " = ")
		r.spelled[short] = long
	}
	r.leads = oneOf(`(?i)^(?:`, append(lists.Named("greetings read"), lists.Named("lead-ins read")...), `)(?:[\s,.!:;–-]+|$)`)
	r.courtesy = oneOf(`(?i)(?:^|[\s,.!?;–-]+)(?:`, lists.Named("courtesy read"), `)[\s.!]*$`)
	for _, kind := range []string{Do, Ask, Have, Need, toldBegins} {
		r.begins[kind] = oneOf(`(?i)^(?:`, lists.Named("begins "+kind), `)\s+`)
	}
	return r
}

const toldBegins = "told"

// oneOf matches one of the entries, the longest first; nothing where there are none.
func oneOf(before string, entries []string, after string) *regexp.Regexp {
	if len(entries) == 0 {
		return regexp.MustCompile(`$^`)
	}
	entries = slices.Clone(entries)
	slices.SortFunc(entries, func(a, b string) int { return len(b) - len(a) })
	for i, entry := range entries {
		entries[i] = regexp.QuoteMeta(entry)
	}
	return regexp.MustCompile(before + strings.Join(entries, "|") + after)
}

// Read is what a message does, in as many ways as it can be taken; the message itself as a
// [Text] or [Question] comes last.
func (r *Reader) Read(message string) []Act {
	neat := r.Neat(message)
	if neat == "" {
		return nil
	}
	sentences := split(neat)
	at := r.mainOf(sentences)
	var context []string
	for i, s := range sentences {
		if i != at {
			context = append(context, Sentence(s))
		}
	}
	main := sentences[at]
	var found []Act
	if len(context) == 0 || r.asks(main) {
		found = r.readSentence(main)
	}
	before := strings.Join(context, " ")
	for i := range found {
		found[i].Context = before
		found[i].Bound = before != "" && refersBack.MatchString(main)
	}
	for i, s := range sentences {
		sentences[i] = Sentence(s)
	}
	kind := Text
	if r.asks(main) {
		kind = Question
	}
	return append(found, Act{Kind: kind, Slots: map[string]string{"text": strings.Join(sentences, " ")}})
}

// refersBack tells a sentence that needs the one before it.
var refersBack = regexp.MustCompile(`(?i)\b(it|its|they|them|their|this|that|these|those|there|one|ones|he|she|him|her|then|so|too|also|instead|er|sie|es|das|dies)\b`)

// IsQuestion reports whether a message asks, by its mark or its form.
func (r *Reader) IsQuestion(message string) bool {
	sentences := split(r.Neat(message))
	return slices.ContainsFunc(sentences, func(s string) bool { return strings.HasSuffix(s, "?") || asksFirst.MatchString(s) })
}

// Neat is a message spelled out, without greeting, thanks and emoji.
func (r *Reader) Neat(message string) string {
	text := strings.Map(func(c rune) rune {
		switch {
		case c == '’' || c == '‘':
			return '\''
		case unicode.Is(unicode.So, c) || unicode.Is(unicode.Sk, c) || c == '\uFE0F' || c == '\u200D':
			return -1
		}
		return c
	}, message)
	text = strings.Join(strings.Fields(text), " ")
	text = repeated.ReplaceAllString(text, "$1")
	if words := strings.Fields(text); len(words) > 2 && strings.ToUpper(text) == text {
		text = strings.ToLower(text)
	}
	words := strings.Fields(text)
	for i, word := range words {
		bare := strings.ToLower(strings.TrimRight(word, ".,!?;:"))
		if long, ok := r.spelled[bare]; ok {
			words[i] = long + word[len(bare):]
		}
	}
	text = strings.Join(words, " ")
	for range 3 {
		shorter := strings.TrimSpace(r.leads.ReplaceAllString(text, ""))
		if shorter == "" || shorter == text {
			break
		}
		text = shorter
	}
	for range 3 {
		shorter := r.courtesy.ReplaceAllString(text, "")
		if shorter == "" || shorter == text {
			break
		}
		if strings.Contains(text[len(shorter):], "?") {
			shorter += "?"
		}
		text = shorter
	}
	return strings.TrimSpace(text)
}

var (
	repeated    = regexp.MustCompile(`([!?])[!?]+|\.{2,}|…`)
	sentenceEnd = regexp.MustCompile(`([.!?])\s+`)
	asksWithin  = regexp.MustCompile(`(?i)^(.{10,}?)(?:[,;–]| -)\s+(?:and |but |so |then )*((?:can|could|how|do|does|did|is|are|what|when|where|why|which|who|would|will|should|may|kann|können|könnt|wie|wann|wo|was|warum|gibt|ist|sind|haben) .+)$`)
	subordinate = regexp.MustCompile(`(?i)^(?:if|when|once|since|because|as|after|before|while|although|though|for|in|on|at|with|without|wenn|falls|da|weil|nachdem|obwohl)\b`)
)

// split cuts a text into sentences without their full stops, and a question off the
// statement before it.
func split(text string) []string {
	var sentences []string
	for _, s := range strings.Split(sentenceEnd.ReplaceAllString(text, "$1\n"), "\n") {
		s = strings.TrimRight(strings.TrimSpace(s), ". ")
		if s == "" {
			continue
		}
		if m := asksWithin.FindStringSubmatch(s); m != nil && !subordinate.MatchString(m[1]) && !asksFirst.MatchString(m[1]) && len(strings.Fields(m[1])) > 2 {
			sentences = append(sentences, m[1], m[2])
			continue
		}
		sentences = append(sentences, s)
	}
	if len(sentences) == 0 {
		return []string{text}
	}
	return sentences
}

var asksFirst = regexp.MustCompile(`(?i)^(?:can|could|how|do|does|did|is|are|am|was|were|what|what's|when|when's|where|where's|how's|who's|why|which|who|would|will|should|may|have|has|kann|kannst|können|könnt|könnten|wie|wann|wo|was|warum|wieso|welche|welcher|welches|gibt|ist|sind|habt|haben|puis-je|peut-on|pouvez-vous|comment|quand|où|combien|est-ce|quel|quelle|quels|quelles|puedo|pueden|cómo|cuándo|dónde|cuánto|qué|hay|tienen)\b`)

// asks reports whether a sentence is a question.
func (r *Reader) asks(sentence string) bool {
	return strings.HasSuffix(sentence, "?") || asksFirst.MatchString(strings.TrimLeft(sentence, "¿ ")) || r.begins[toldBegins].MatchString(sentence) || r.begins[Ask].MatchString(sentence) || r.begins[Do].MatchString(sentence) || r.begins[Need].MatchString(sentence)
}

// mainOf is the sentence that the message is sent for: the last that asks, or else the last.
func (r *Reader) mainOf(sentences []string) int {
	for i := len(sentences) - 1; i >= 0; i-- {
		if r.asks(sentences[i]) {
			return i
		}
	}
	return len(sentences) - 1
}

// Sentence begins with a capital letter and has a mark at its end.
func Sentence(text string) string {
	text = strings.TrimSpace(text)
	for i, c := range text {
		text = text[:i] + string(unicode.ToUpper(c)) + text[i+len(string(c)):]
		break
	}
	if strings.HasSuffix(text, "?") || strings.HasSuffix(text, "!") || strings.HasSuffix(text, ".") {
		return text
	}
	if asksFirst.MatchString(text) {
		return text + "?"
	}
	return text + "."
}
