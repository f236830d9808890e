package realdata

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"seedbed/kbsource"
	"seedbed/localdb/exchange"
	"seedbed/localdb/pii"
)

// Conversations are real messages out of PostgreSQL, as rows of a file: the users'
// turns, the newest first. What reading them met is counted in turns.
func Conversations(ctx context.Context, p *kbsource.Postgres, config kbsource.ConversationConfig, turns *kbsource.Turns) iter.Seq2[exchange.Row, error] {
	return func(yield func(exchange.Row, error) bool) {
		line := 0
		for turn, err := range p.Conversations(ctx, config, turns) {
			line++
			if !yield(exchange.Row{Line: line, Message: turn.Text, Conversation: turn.Conversation, Time: turn.Created}, err) {
				return
			}
		}
	}
}

// Cleaning is what is done to real messages on this computer before anything of them
// is stored or sent. The zero value keeps all as it is, and flags what holds personal
// details.
type Cleaning struct {
	Roles    []string // keep what these said; nil keeps all
	Longest  int      // characters from which on a message is too long; 0 for none
	SkipLong bool     // leave those out
	Hide     bool     // mask personal details
	Names    bool     // look for names, too
	Leave    []string // what looks like a detail and is none, as a person has decided
	Region   string   // a country such as "DE", whose national phone numbers are known; "" for none
}

// Cleaned counts what a cleaning met in the messages of the roles to keep.
type Cleaned struct {
	Messages int // that it kept
	TooLong  int // longer than Cleaning.Longest
	Masked   int // messages of which something was masked
	Details  []FoundDetail
}

// FoundDetail is a personal detail, or what a person said is none.
type FoundDetail struct {
	pii.Detail
	In    string // the first message with it
	Count int
	Left  bool // it stays as it is
}

// mostDetails bounds how many different details are kept to show.
const mostDetails = 10_000

// Rows cleans rows one at a time and counts in cleaned as it goes. A conversation whose
// id holds personal details goes by another one from here on.
func (c Cleaning) Rows(rows iter.Seq2[exchange.Row, error], cleaned *Cleaned) iter.Seq2[exchange.Row, error] {
	return func(yield func(exchange.Row, error) bool) {
		*cleaned = Cleaned{}
		finder := newDetailFinder(c, cleaned)
		for row, err := range rows {
			if err != nil {
				yield(row, err)
				return
			}
			if c.Roles != nil && !slices.Contains(c.Roles, row.Role) {
				continue
			}
			row.Message = strings.TrimSpace(row.Message)
			if c.Longest > 0 && utf8.RuneCountInString(row.Message) > c.Longest {
				cleaned.TooLong++
				if c.SkipLong {
					continue
				}
			}
			finder.clean(&row)
			cleaned.Messages++
			if !yield(row, nil) {
				return
			}
		}
	}
}

// detailFinder finds personal details and remembers which it found.
type detailFinder struct {
	cleaning Cleaning
	cleaned  *Cleaned
	options  pii.Options
	at       map[string]int // of a detail in cleaned.Details
	secret   []byte         // makes other ids of conversations' ids
}

func newDetailFinder(c Cleaning, cleaned *Cleaned) *detailFinder {
	f := &detailFinder{cleaning: c, cleaned: cleaned, options: pii.Options{Region: c.Region}, at: map[string]int{}, secret: make([]byte, sha256.Size)}
	if c.Names {
		f.options.Kinds = pii.Kinds
	}
	_, _ = rand.Read(f.secret) // never fails
	return f
}

func (f *detailFinder) clean(row *exchange.Row) {
	row.Conversation = f.conversation(row.Conversation)
	found := pii.Find(row.Message, f.options)
	for _, detail := range found {
		f.note(detail, row.Message)
	}
	found = slices.DeleteFunc(found, func(d pii.Detail) bool { return slices.Contains(f.cleaning.Leave, d.Text) })
	switch {
	case len(found) == 0:
	case f.cleaning.Hide:
		row.Message = pii.Replace(row.Message, found)
		f.cleaned.Masked++
	default:
		row.Personal = true
	}
}

func (f *detailFinder) note(detail pii.Detail, message string) {
	i, known := f.at[detail.Text]
	if !known {
		if i = len(f.cleaned.Details); i == mostDetails {
			return
		}
		f.at[detail.Text] = i
		f.cleaned.Details = append(f.cleaned.Details, FoundDetail{Detail: detail, In: message, Left: slices.Contains(f.cleaning.Leave, detail.Text)})
	}
	f.cleaned.Details[i].Count++
}

// conversation replaces an id that holds personal details, such as a telephone number.
// The secret is forgotten afterwards: a number could be found again by trying all.
func (f *detailFinder) conversation(id string) string {
	if len(pii.Find(id, pii.Options{Kinds: pii.Kinds, Region: f.cleaning.Region})) == 0 {
		return id
	}
	sum := sha256.Sum256(append(slices.Clone(f.secret), id...))
	return "conversation " + hex.EncodeToString(sum[:8])
}
