package starter

import (
	"cmp"
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/formats"
	"seedbed/localdb/neardup"
	"seedbed/localdb/pii"
)

// How many examples a category gets from messages, and of what they are chosen.
const (
	fewestExamples = 3
	fullExamples   = 6
	candidates     = 120 // of a category, spread over the file
	shortestText   = 2   // words; fewer say too little
	longestText    = 25  // words
	muchAlike      = 0.5 // Jaccard of two examples of which the second says little new
)

// labelled is what was met of a category in a file of messages.
type labelled struct {
	name     string
	messages int
	texts    []string // a random sample
}

// FromMessages reads the categories of the labelled messages in a file that can be read,
// with examples taken from them.
func FromMessages(ctx context.Context, path string) (Found, error) {
	return fromMessages(ctx, func() (*exchange.File, error) { return exchange.OpenFile(path) })
}

func fromMessages(ctx context.Context, open func() (*exchange.File, error)) (found Found, err error) {
	f, err := open()
	if err != nil {
		return Found{}, err
	}
	reading, err := formats.Read(f, exchange.Options{KeepRoles: []string{exchange.KeepUsers}})
	if err != nil {
		return Found{}, errors.Join(err, f.Close())
	}
	defer func() { err = errors.Join(err, reading.Close()) }()
	var met []*labelled
	at := map[string]*labelled{}
	rng := rand.New(rand.NewPCG(1, 1)) // the same file gives the same examples
	rows := 0
	for row, err := range reading.Rows() {
		if err == nil && rows%1000 == 0 {
			err = ctx.Err()
		}
		if err != nil {
			return Found{}, err
		}
		rows++
		name, _ := cleanName(row.Category)
		if name == "" {
			continue
		}
		l := at[strings.ToLower(name)]
		if l == nil {
			if len(met) > mostCategories {
				break // said by tidy
			}
			l = &labelled{name: name}
			at[strings.ToLower(name)] = l
			met = append(met, l)
		}
		l.sample(row.Message, rng)
	}
	if len(met) == 0 {
		return Found{}, i18n.Error("none of its {{.N}} messages has a category", i18n.Values{"N": rows})
	}
	entries := make([]entry, len(met))
	found = Found{Form: i18n.N("the category of 1 message", "the categories of {{.N}} messages", rows), Messages: map[string]int{}}
	for i, l := range met {
		entries[i] = entry{name: l.name, examples: l.examples()}
		found.Messages[l.name] = l.messages
	}
	found.Categories, found.Notes, err = tidy(entries)
	return found, err
}

// sample takes a message into the sample with the same chance as each before it.
func (l *labelled) sample(text string, rng *rand.Rand) {
	l.messages++
	text = strings.Join(strings.Fields(text), " ")
	if len(l.texts) < candidates {
		l.texts = append(l.texts, text)
	} else if i := rng.IntN(l.messages); i < candidates {
		l.texts[i] = text
	}
}

// examples chooses a few texts that differ from one another, short ones before long ones
// and those without personal details before those in which they are masked.
func (l *labelled) examples() []string {
	type text struct {
		masked string
		worth  float64 // less for long, very short and masked ones
	}
	var texts []text
	for _, t := range l.texts {
		masked, details := pii.Mask(t, pii.Options{Kinds: pii.Kinds})
		words := len(strings.Fields(t))
		worth := 1 - float64(min(utf8.RuneCountInString(t), 400))/400
		switch {
		case words < shortestText && !wordless(t):
			worth -= 1.5
		case words > longestText:
			worth--
		}
		if len(details) > 0 {
			worth -= 2
		}
		texts = append(texts, text{masked, worth})
	}
	slices.SortStableFunc(texts, func(a, b text) int { return cmp.Compare(b.worth, a.worth) })
	var chosen []string
	for len(chosen) < fullExamples && len(texts) > 0 {
		best, most, likeness := 0, math.Inf(-1), 0.0
		for i, t := range texts {
			like := 0.0
			for _, c := range chosen {
				like = max(like, neardup.Jaccard(t.masked, c))
			}
			if score := t.worth - 2*like; score > most {
				best, most, likeness = i, score, like
			}
		}
		if len(chosen) >= fewestExamples && likeness > muchAlike {
			break
		}
		chosen = append(chosen, texts[best].masked)
		texts = slices.Delete(texts, best, best+1)
	}
	return chosen
}

// wordless tells whether a text is of a script without spaces between words.
func wordless(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
	})
}
