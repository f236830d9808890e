// Package pii finds and masks personal details in texts: addresses, numbers, handles,
// secrets and, on request, names.
//
// Details are recognised by their form, by check digits, by the numbering plan of a
// region and by the words beside them, in many languages and scripts. Numbers that
// identify an order, a ticket or a parcel stay. Everything happens on this computer.
package pii

import (
	"cmp"
	"slices"
	"strings"
)

// Kind is a kind of personal detail; masked, it is written in brackets.
type Kind string

// The kinds of details.
const (
	URL      Kind = "url"
	Email    Kind = "email"
	Secret   Kind = "secret" // passwords, keys and tokens
	IBAN     Kind = "iban"
	Card     Kind = "card"
	IP       Kind = "ip"
	MAC      Kind = "mac"
	ID       Kind = "id" // national identity, tax and social security numbers
	Location Kind = "location"
	Phone    Kind = "phone"
	Handle   Kind = "handle"
	Name     Kind = "name"
)

// Kinds lists all kinds. Name is found on request only, since a program can only
// guess at names.
var Kinds = []Kind{Email, Phone, Card, IBAN, ID, Secret, IP, MAC, Location, URL, Handle, Name}

// Detail is a personal detail in a text.
type Detail struct {
	Kind       Kind
	Start, End int // bytes of the text: text[Start:End]
	Text       string
}

// Options say what is masked. The zero value masks all but names.
type Options struct {
	Kinds  []Kind   // nil: all but Name
	Names  []string // names known to the caller, masked as Name whatever Kinds says
	Leave  []string // details that stay as they are, as a person has decided
	Region string   // a country such as "DE", whose national phone numbers are known; "" for none
}

// Mask replaces each personal detail of a text by its kind in brackets and says
// what it replaced. It can't know everything, so a person should look at the result
// before it is shared. Masking a masked text changes nothing.
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

// finders are in order: where two details overlap, the earlier finder's counts.
var finders = []struct {
	kind Kind
	find func(t *folded) []span
}{
	{URL, findURLs},
	{Secret, findSecrets},
	{Email, findEmails},
	{IBAN, findIBANs},
	{MAC, findMACs},
	{IP, findIPs},
	{Location, findLocations},
	{Card, findCards},
	{ID, findIDs},
	{Phone, findPhones},
	{Handle, findHandles},
	{Name, findNames},
}

var masks = pattern(`\[(?:url|email|secret|iban|card|ip|mac|id|location|phone|handle|name)\]`)

// Find finds the personal details of a text, in order, none overlapping.
//
// What is found, and what was masked before, becomes a hole, and the rest is searched
// again until nothing more is found. So the last search sees just what a search of
// the masked text would see.
func Find(text string, o Options) (found []Detail) {
	var holes []span
	if strings.IndexByte(text, '[') >= 0 {
		for _, m := range masks().FindAllStringIndex(text, -1) {
			holes = append(holes, span{m[0], m[1]})
		}
	}
	for {
		t := fold(text, holes)
		t.region = o.Region
		details := findOnce(t, o)
		if len(details) == 0 {
			break
		}
		for _, d := range details {
			s := t.original(d.span)
			found = append(found, Detail{d.kind, s.start, s.end, text[s.start:s.end]})
			holes = append(holes, s)
		}
		slices.SortFunc(holes, func(a, b span) int { return cmp.Compare(a.start, b.start) })
	}
	slices.SortFunc(found, func(a, b Detail) int { return cmp.Compare(a.Start, b.Start) })
	return slices.DeleteFunc(found, func(d Detail) bool { return slices.Contains(o.Leave, d.Text) })
}

type kindSpan struct {
	kind Kind
	span
}

// recordID is a UUID (RFC 9562) or another long hexadecimal number, such as the ids of
// MongoDB. It tells nothing about anybody, though its digits may look like a number.
var recordID = pattern(`(?i)\b(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{24}|[0-9a-f]{32}|[0-9a-f]{40})\b`)

// shortestRecordID bounds which texts are searched for one.
const shortestRecordID = 24

func recordIDs(t *folded) (spans []span) {
	if len(t.text) < shortestRecordID || t.digits == 0 {
		return nil
	}
	for _, m := range recordID().FindAllStringIndex(t.text, -1) {
		if s := (span{m[0], m[1]}); strings.ContainsAny(strings.ToLower(t.text[s.start:s.end]), "abcdef") {
			spans = append(spans, s)
		}
	}
	return spans
}

// findOnce returns what the finders see in a text with holes. Links that tell nothing
// about anybody stay whole.
func findOnce(t *folded, o Options) (found []kindSpan) {
	taken := plainURLs(t)
	take := func(s span) (free bool) {
		free = !slices.ContainsFunc(taken, func(other span) bool { return s.start < other.end && other.start < s.end })
		if free {
			taken = append(taken, s)
		}
		return free
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
			add(f.kind, f.find(t))
		}
		if f.kind == Secret { // one may be a password all the same
			for _, id := range recordIDs(t) {
				take(id)
			}
		}
	}
	add(Name, findGiven(t.text, o.Names))
	return found
}
