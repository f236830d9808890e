// Package acts reads what people do with an example message: ask for something, want to do
// something, tell of trouble. The act and its parts are what frames of assets/phrases make
// other messages of.
package acts

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"seedbed/assets"
)

// Act is what a message does. Its kind names the section of frames that can say it in
// other words, its slots fill them.
type Act struct {
	Kind   string
	Slots  map[string]string
	Before string // sentences that stand before it, neat; "" for none
	After  string // sentences that stand after it
	Bound  bool   // it makes no sense without them
}

// Core is what an act says, whatever its form.
func (a Act) Core() string {
	for _, slot := range []string{"do", "please", "told", "asked", "thing", "topic", "said", "text"} {
		if core := a.Slots[slot]; core != "" {
			return core
		}
	}
	return ""
}

// Reader reads messages of one language.
type Reader struct {
	english bool
	spelled map[string]string // abbreviations and slips, as they are spelled out
	begins  map[string]*regexp.Regexp
	trouble map[string]bool
	vague   map[string]bool
	polite  map[string]bool

	greetings *regexp.Regexp
	leads     *regexp.Regexp // greetings and lead-ins
	courtesy  *regexp.Regexp // thanks and politeness at the end
}

// The kinds of acts.
const (
	Do        = "do"        // somebody wants to do something: {do}
	How       = "how"       // how somebody can do something: {do}
	May       = "may"       // whether somebody may do something: {do}
	Ask       = "ask"       // somebody is to do something: {please}
	Have      = "have"      // whether somebody has something: {thing}
	There     = "there"     // whether there is something: {thing}, {is}
	Need      = "need"      // something is needed: {thing}
	Which     = "which"     // a question with a question word: {asked}, {told}
	Whether   = "whether"   // yes or no: {asked}, {told}
	Topic     = "topic"     // a thing, and no more: {topic}
	Trouble   = "trouble"   // something is wrong: {said}
	Negative  = "negative"  // something is not so, which may be trouble: {said}
	Statement = "statement" // something is told: {said}
	Question  = "question"  // a question that wasn't understood: {text}
	Text      = "text"      // anything else: {text}
)

// NewReader makes a reader of the lists in frames.txt of a language.
func NewReader(language string, lists assets.Sections) *Reader {
	r := &Reader{english: language == "en", spelled: map[string]string{}, begins: map[string]*regexp.Regexp{}, trouble: lists.Words("trouble words"), vague: lists.Words("vague words"), polite: lists.Words("courtesy words")}
	for _, line := range lists.Named("spelled out") {
		short, long, _ := strings.Cut(line, " = ")
		r.spelled[short] = long
	}
	r.greetings = oneOf(`(?i)^(?:`, lists.Named("greetings read"), `)(?:[\s,.!:;–-]+|$)`)
	r.leads = oneOf(`(?i)^(?:`, append(lists.Named("greetings read"), lists.Named("lead-ins read")...), `)(?:[\s,.!:;–-]+|$)`)
	r.courtesy = oneOf(`(?i)(?:^|[\s,.!?;–-]+)(?:`, lists.Named("courtesy read"), `)[\s.!]*$`)
	for _, kind := range []string{Do, How, May, Ask, Have, There, Need, toldBegins} {
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
	main := sentences[at]
	var found []Act
	if len(sentences) == 1 || r.asks(main) {
		found = r.readSentence(main)
	}
	before, after := joined(sentences[:at]), joined(sentences[at+1:])
	for i := range found {
		found[i].Before, found[i].After = before, after
		found[i].Bound = before+after != "" && (refersBack.MatchString(main) || len(strings.Fields(main)) <= shortest)
	}
	kind := Text
	if strings.HasSuffix(main, "?") || asksFirst.MatchString(strings.TrimLeft(main, "¿ ")) {
		kind = Question
	}
	return append(found, Act{Kind: kind, Slots: map[string]string{"text": joined(sentences)}})
}

// shortest is how many words a sentence has at most that says too little without the one
// before it.
const shortest = 6

// joined are sentences in a row.
func joined(sentences []string) string {
	neat := make([]string, len(sentences))
	for i, s := range sentences {
		neat[i] = Sentence(s)
	}
	return strings.Join(neat, " ")
}

// refersBack tells a sentence that needs the one before it.
var refersBack = regexp.MustCompile(`(?i)\b(it|its|they|them|their|this|that|these|those|there|one|ones|he|she|him|her|then|so|too|also|instead|er|sie|es|das|dies)\b`)

// IsQuestion reports whether a message asks, by its mark or its form.
func (r *Reader) IsQuestion(message string) bool {
	sentences := split(r.Neat(message))
	return slices.ContainsFunc(sentences, func(s string) bool { return strings.HasSuffix(s, "?") || asksFirst.MatchString(s) })
}

// IsTrouble reports whether a text has a word for something wrong.
func (r *Reader) IsTrouble(text string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(text), func(c rune) bool { return !unicode.IsLetter(c) && c != '\'' }), func(word string) bool { return r.trouble[word] })
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
		text = without(r.leads, text)
	}
	return strings.TrimSpace(r.Unthanked(text))
}

// without leaves out what matches at the start of a text, unless that leaves nothing.
func without(start *regexp.Regexp, text string) string {
	if shorter := strings.TrimSpace(start.ReplaceAllString(text, "")); shorter != "" {
		return shorter
	}
	return text
}

// Ungreeted is a message without its greeting.
func (r *Reader) Ungreeted(message string) string { return without(r.greetings, message) }

// Unthanked is a message without the thanks and regards at its end.
func (r *Reader) Unthanked(message string) string {
	for range 3 {
		shorter := r.courtesy.ReplaceAllString(message, "")
		if shorter == "" || shorter == message {
			break
		}
		if strings.Contains(message[len(shorter):], "?") {
			shorter += "?"
		}
		message = shorter
	}
	return message
}

// Courtesies is how often a message says please or thanks.
func (r *Reader) Courtesies(message string) int {
	n := 0
	for word := range strings.FieldsSeq(strings.ToLower(message)) {
		if r.polite[strings.Trim(word, ".,!?")] {
			n++
		}
	}
	return n
}

// Cased writes the words with a capital letter that always have one, such as "I".
func (r *Reader) Cased(message string) string {
	words := strings.Fields(message)
	for i, word := range words {
		if long, ok := r.spelled[strings.TrimRight(word, ".,!?;:")]; ok && strings.EqualFold(long, strings.TrimRight(word, ".,!?;:")) {
			words[i] = long + word[len(long):]
		}
	}
	return strings.Join(words, " ")
}

var (
	repeated    = regexp.MustCompile(`([!?])[!?]+|\.{2,}|…`)
	sentenceEnd = regexp.MustCompile(`([.!?])\s+`)
	asksWithin  = regexp.MustCompile(`(?i)^(.{10,}?)(?:[,;–]| -)\s+(?:and |but |so |then )*((?:can|could|how|do|does|did|is|are|what|when|where|why|which|who|would|will|should|may|kann|können|könnt|wie|wann|wo|was|warum|gibt|ist|sind|haben) .+)$`)
	tellsAfter  = regexp.MustCompile(`(?i)^([^,]{6,}), ((?:my|mine|our|it|it's|its|the|i|i'm|i've|we|we're|she|she's|he|he's|they|they're|there's) .+)$`)
	opensWish   = regexp.MustCompile(`(?i)^(?:i|we|please|need|looking|want)\b`)
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
		if m := asksWithin.FindStringSubmatch(s); m != nil && !subordinate.MatchString(m[1]) && !asksFirst.MatchString(m[1]) && len(strings.Fields(m[1])) > 1 {
			sentences = append(sentences, m[1], m[2])
			continue
		}
		if m := tellsAfter.FindStringSubmatch(s); m != nil && !subordinate.MatchString(m[1]) && (asksFirst.MatchString(m[1]) || opensWish.MatchString(m[1])) {
			sentences = append(sentences, m[1]+questionMark(m[1], s), strings.TrimRight(m[2], "? "))
			continue
		}
		sentences = append(sentences, s)
	}
	if len(sentences) == 0 {
		return []string{text}
	}
	return sentences
}

// questionMark is the mark of a question that was cut off a sentence.
func questionMark(part, whole string) string {
	if strings.HasSuffix(whole, "?") && asksFirst.MatchString(part) {
		return "?"
	}
	return ""
}

var asksFirst = regexp.MustCompile(`(?i)^(?:can|could|how|do|does|did|is|are|am|was|were|what|what's|when|when's|where|where's|how's|who's|why|which|who|would|will|should|may|have|has|kann|kannst|können|könnt|könnten|wie|wann|wo|was|warum|wieso|welche|welcher|welches|gibt|ist|sind|habt|haben|puis-je|peut-on|pouvez-vous|comment|quand|où|combien|est-ce|quel|quelle|quels|quelles|puedo|pueden|cómo|cuándo|dónde|cuánto|qué|hay|tienen)\b`)

// asks reports whether a sentence is a question.
func (r *Reader) asks(sentence string) bool {
	return strings.HasSuffix(sentence, "?") || asksFirst.MatchString(strings.TrimLeft(sentence, "¿ ")) || r.begins[toldBegins].MatchString(sentence) || r.begins[Ask].MatchString(sentence) || r.begins[Do].MatchString(sentence) || r.begins[How].MatchString(sentence) || r.begins[May].MatchString(sentence) || r.begins[Need].MatchString(sentence)
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
	if first, size := utf8.DecodeRuneInString(text); size > 0 {
		text = string(unicode.ToUpper(first)) + text[size:]
	}
	return Ended(text)
}

// Ended has a mark at its end: a question mark where it asks by its form.
func Ended(text string) string {
	if text == "" || strings.ContainsAny(text[len(text)-1:], "?!.") {
		return text
	}
	sentences := split(text)
	if asksFirst.MatchString(sentences[len(sentences)-1]) {
		return text + "?"
	}
	return text + "."
}
