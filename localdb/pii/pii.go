package pii

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind is a kind of personal detail; masked, it is written in brackets.
type Kind string

// The kinds, in the order in which they are looked for.
const (
	URL    Kind = "url"
	Email  Kind = "email"
	IBAN   Kind = "iban"
	Card   Kind = "card"
	IP     Kind = "ip"
	Phone  Kind = "phone"
	Handle Kind = "handle"
	Name   Kind = "name"
)

// Kinds lists all kinds. Name is found on request only, since a program can only
// guess at names.
var Kinds = []Kind{Email, Phone, Card, IBAN, IP, URL, Handle, Name}

// Detail is a personal detail in a text.
type Detail struct {
	Kind       Kind
	Start, End int // bytes of the text: text[Start:End]
	Text       string
}

// Options say what is masked. The zero value masks all but names.
type Options struct {
	Kinds []Kind   // nil: all but Name
	Names []string // names known to the caller, masked as Name whatever Kinds says
	Leave []string // details that stay as they are, as a person has decided
}

// Mask replaces each personal detail of a text by its kind in brackets and says
// what it replaced. It works on this computer alone; what it does not know it
// does not mask, so a person should look at the result before it is shared. A
// text that is masked already stays as it is.
func Mask(text string, o Options) (masked string, found []Detail) {
	found = Find(text, o)
	return Replace(text, found), found
}

// Replace replaces the given details of a text, which are in order.
func Replace(text string, details []Detail) string {
	if len(details) == 0 {
		return text
	}
	var b strings.Builder
	from := 0
	for _, d := range details {
		b.WriteString(text[from:d.Start])
		b.WriteString("[" + string(d.Kind) + "]")
		from = d.End
	}
	b.WriteString(text[from:])
	return b.String()
}

// span is a piece of a text, as positions of its bytes.
type span struct{ start, end int }

var finders = []struct {
	kind Kind
	find func(text string) []span
}{
	{URL, findURLs},
	{Email, findEmails},
	{IBAN, findIBANs},
	{Card, findCards},
	{IP, findIPs},
	{Phone, findPhones},
	{Handle, findHandles},
	{Name, findNames},
}

// cut puts a hole where something is masked while the rest is searched. Nothing
// is found next to a hole: what touches it was part of the same word.
func cut(text []byte, s span) { clear(text[s.start:s.end]) }

var masks = regexp.MustCompile(`\[(?:url|email|iban|card|ip|phone|handle|name)\]`)

// Find finds the personal details of a text, in order, none overlapping.
func Find(text string, o Options) (found []Detail) {
	rest := []byte(text)
	for _, m := range masks.FindAllStringIndex(text, -1) {
		cut(rest, span{m[0], m[1]})
	}
	// A found detail can make another one visible that it overlapped.
	for again := true; again; {
		again = false
		for _, s := range findOnce(string(rest), o) {
			d := Detail{s.kind, s.start, s.end, text[s.start:s.end]}
			cut(rest, s.span)
			found = append(found, d)
			again = true
		}
	}
	slices.SortFunc(found, func(a, b Detail) int { return cmp.Compare(a.Start, b.Start) })
	return slices.DeleteFunc(found, func(d Detail) bool { return slices.Contains(o.Leave, d.Text) })
}

type kindSpan struct {
	kind Kind
	span
}

// findOnce gives what the finders see in a text with holes; where two overlap,
// the earlier finder's. Links that tell nothing are left whole.
func findOnce(text string, o Options) (found []kindSpan) {
	taken := make([]bool, len(text))
	take := func(s span) (free bool) {
		if free = !slices.Contains(taken[s.start:s.end], true); free {
			for i := s.start; i < s.end; i++ {
				taken[i] = true
			}
		}
		return free
	}
	for _, s := range plainURLs(text) {
		take(s)
	}
	add := func(kind Kind, spans []span) {
		for _, s := range spans {
			if take(s) {
				found = append(found, kindSpan{kind, s})
			}
		}
	}
	for _, f := range finders {
		if slices.Contains(o.Kinds, f.kind) || o.Kinds == nil && f.kind != Name {
			add(f.kind, f.find(text))
		}
	}
	add(Name, findGiven(text, o.Names))
	return found
}

// context is the text right before a place, as much of it as a rule may look at.
func context(text string, place int) string { return text[max(0, place-48):place] }

// matches gives the spans of a pattern that touch no word on either side.
func matches(pattern *regexp.Regexp, text string) (spans []span) {
	for _, m := range pattern.FindAllStringIndex(text, -1) {
		if apart(text, span{m[0], m[1]}) {
			spans = append(spans, span{m[0], m[1]})
		}
	}
	return spans
}

// apart is true of a span with no letter, digit or hole right beside it.
func apart(text string, s span) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:s.start])
	after, _ := utf8.DecodeRuneInString(text[s.end:])
	return (s.start == 0 || !joins(before)) && (s.end == len(text) || !joins(after))
}

func joins(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == 0
}

// hasDigits says whether a text has n digits, without which most kinds need not
// be looked for.
func hasDigits(text string, n int) bool {
	for i := 0; i < len(text) && n > 0; i++ {
		if isDigit(text[i]) {
			n--
		}
	}
	return n == 0
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// digits takes everything but digits out of a text.
func digits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}
