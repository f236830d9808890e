package pii

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	nameWord = `(?:\p{Lu}['’])?\p{Lu}\p{L}+(?:['’-]\p{Lu}\p{L}+)*`
	fullName = nameWord + `(?:[ ]` + nameWord + `){0,2}`
)

// namePatterns are the places where people write names. The name is the group.
var namePatterns = []func() *regexp.Regexp{
	pattern(`(?i:\bmy (?:full |first |last )?name(?: is|['’]s)|\bi am called|\bi['’]m called|\bcall me|\bname:)[ ]+(` + fullName + `)`),
	pattern(`(?i:\bmy (?:full |first |last )?name(?: is|['’]s))[ ]+(\p{Ll}\p{L}+)`),
	pattern(`(?i:\bi am|\bi['’]?m|\bthis is)[ ]+(` + fullName + `)(?:[ ]+(?:from|here|at|with)\b)`),
	pattern(`(?m:^)\W*(?i:hi|hello|hey|dear|good (?:morning|afternoon|evening)),?[ ]+(` + fullName + `)`),
	pattern(`(?i:\b(?:thanks|thank you|cheers|regards|best|sincerely)),?[ ]+(` + fullName + `)[.,! ]*(?m:$)`),
	pattern(`(?i:\b(?:thanks|thank you|cheers|regards|wishes|best|sincerely|truly|faithfully))[,.!]?[ ]*\r?\n\s*(?:[-–—][ ]?)?(` + fullName + `)[.! ]*(?m:$)`),
	pattern(`\n[-–—][ ]?(` + fullName + `)\s*$`),
	pattern(`\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau|Señor|Señora|Mme)\b\.?[ ]+(` + fullName + `)`),
}

// notNames stand in such places without being names.
var notNames = []string{
	"again", "all", "also", "and", "assistant", "boss", "bot", "chat", "coach", "colleague", "colleagues", "customer", "everybody",
	"everyone", "folks", "for", "friend", "friends", "from", "god", "guys", "hiring", "hr", "i", "in", "is", "it", "just", "ladies",
	"listed", "lord", "madam", "manager", "misspelled", "misspelt", "mister", "mom", "miss", "mr", "mrs", "ms", "dr", "prof", "much", "my", "not", "of", "on", "or", "people",
	"please", "really", "recruiter", "recruiting", "regards", "seedbed", "sir", "so", "spelled", "support", "team", "thanks", "that",
	"the", "there", "this", "to", "very", "what", "world", "wrong", "you", "your",
}

// findNames finds people who introduce themselves, are greeted, are called Mr or
// Dr, or sign. It is a guess from the place and the capital letter: names in the
// middle of a sentence are found only where the caller gives them.
func findNames(t *folded) (spans []span) {
	for _, name := range namePatterns {
		for _, m := range name().FindAllStringSubmatchIndex(t.text, -1) {
			if s, ok := nameIn(t.text, span{m[2], m[3]}); ok {
				spans = append(spans, s)
			}
		}
	}
	return spans
}

// nameIn cuts a name off before the first word that is none.
func nameIn(text string, s span) (span, bool) {
	end := s.start
	for word := range strings.SplitSeq(text[s.start:s.end], " ") {
		if slices.Contains(notNames, strings.ToLower(word)) {
			break
		}
		end = min(end+len(word), s.end)
		if end < s.end {
			end++ // the space
		}
	}
	s.end = s.start + len(strings.TrimRight(text[s.start:end], " "))
	return s, s.end > s.start && apart(text, s)
}

// findGiven finds the names that the caller knows, as whole words. Short ones
// must have the same capitals, since they are words as well (Will, May).
func findGiven(text string, names []string) (spans []span) {
	if len(names) == 0 || !utf8.ValidString(text) {
		return nil
	}
	lower := strings.Map(lowerSameSize, text)
	for _, name := range names {
		name = strings.TrimSpace(name)
		if name == "" {
			continue
		}
		in, sought := text, name
		if utf8.RuneCountInString(name) > 4 {
			in, sought = lower, strings.Map(lowerSameSize, name)
		}
		for at := 0; ; {
			i := strings.Index(in[at:], sought)
			if i < 0 {
				break
			}
			s := span{at + i, at + i + len(sought)}
			if apart(text, s) {
				spans = append(spans, s)
			}
			at = s.end
		}
	}
	return spans
}

// lowerSameSize lowers a letter unless that changes how many bytes it takes, so
// that positions stay.
func lowerSameSize(r rune) rune {
	if l := unicode.ToLower(r); utf8.RuneLen(l) == utf8.RuneLen(r) {
		return l
	}
	return r
}
