package phrases

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

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
		f.do(m[1])
		return
	}
	title = f.w.withoutPrefix(title)
	if f.w.emptyHeadings[strings.ToLower(title)] {
		return
	}
	words := strings.Fields(title)
	switch {
	case len(words) == 0 || strings.HasSuffix(title, "?"):
	case f.w.isDoing(words), len(words) > 1 && strings.HasSuffix(words[0], "ing") && f.w.isVerbForm(words[0]):
		f.doing(title)
	case f.w.negated(title) || f.w.commands(words):
		f.do(title)
	case len(words) == 1 && f.w.isVerb(words[0]):
	default:
		f.term(title, true)
	}
}

// stands reports whether the passage's text has a content word of the heading.
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
		f.do(m[1])
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
