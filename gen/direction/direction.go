// Package direction says how each message that a language model is asked for should be
// written: who writes it, how, how long, how cleanly and about what. Directions are drawn
// for each message by itself, so that the quotas of a plan hold however it is cut into
// requests. Attributed prompts of this kind give more varied data, and better classifiers,
// than a class's name alone (Yu et al. 2023, "Large Language Model as Attributed Training
// Data Generator", arXiv:2306.15895).
package direction

import (
	"hash/fnv"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"seedbed/assets"
	"seedbed/gen/phrases"
)

// Direction is how one message should be written, in words for a language model.
type Direction struct {
	Persona   string `json:"persona"`
	Register  string `json:"register"`
	Length    string `json:"length"`
	Mess      string `json:"mess"`
	Situation string `json:"situation"`
}

// Lists are what directions are drawn from.
type Lists struct {
	seed                          uint64
	language                      string // a code such as "en"
	registers, messes, lengths    []entry
	generalPersonas, generalCases []entry
	own                           map[string]ownLists // by category, read once

	habits assets.Sections // the words in which they are asked for
	quotas *phrases.Habits // what [Lists.Follow] was given; nil for none
}

// Read reads the lists of every domain from the folder of the prompts, for messages in a
// language (a code). The same seed draws the same.
func Read(prompts fs.FS, language string, seed uint64) (*Lists, error) {
	l := &Lists{seed: seed, language: baseOf(language), own: map[string]ownLists{}}
	for name, into := range map[string]*[]entry{
		"registers.txt": &l.registers, "messes.txt": &l.messes, "lengths.txt": &l.lengths,
		"personas.txt": &l.generalPersonas, "situations.txt": &l.generalCases,
	} {
		var err error
		if *into, err = readEntries(prompts, name); err != nil {
			return nil, err
		}
	}
	var err error
	l.habits, err = assets.ReadSections(prompts, "habits.txt")
	return l, err
}

// Subject is what messages are asked for.
type Subject struct {
	Category string
	Kind     string // as of localdb.Category
	Starter  fs.FS  // the folder of the domain's own personas and situations; nil for none
	Name     string // the category's name in that folder; "" for none
}

// Draw is the direction of the nth message of a subject. Each list is walked through in
// shuffled rounds, so that an entry comes back only when all the others have been drawn.
func (l *Lists) Draw(s Subject, n int) (Direction, error) {
	own, err := l.listsOf(s)
	if err != nil {
		return Direction{}, err
	}
	register, mess, length := l.manner(s, n)
	return Direction{
		Persona:   l.nth(s, "personas", own.personas, n).text,
		Register:  register.text,
		Length:    inWords(length, l.language),
		Mess:      mess.text,
		Situation: l.nth(s, "situations", own.situations, n).text,
	}, nil
}

// ownLists are those that a category has for itself, or the general ones in their place.
type ownLists struct{ personas, situations []entry }

func (l *Lists) listsOf(s Subject) (ownLists, error) {
	if own, read := l.own[s.Category]; read {
		return own, nil
	}
	personas, err := readEntries(s.Starter, "personas.txt")
	if err != nil {
		return ownLists{}, err
	}
	situations, err := readEntries(s.Starter, "situations/"+s.Name+".txt")
	if err != nil {
		return ownLists{}, err
	}
	if len(personas) == 0 {
		personas = l.generalPersonas
	}
	if len(situations) == 0 {
		situations = l.generalCases
	}
	l.own[s.Category] = ownLists{personas, situations}
	return l.own[s.Category], nil
}

// manner is how the nth message of a subject is written.
func (l *Lists) manner(s Subject, n int) (register, mess entry, length string) {
	if l.quotas != nil {
		mess, length = l.quotaMess(s, n), l.quotaLength(s, n)
		fitting := l.registersFor(length, mess)
		return l.nth(s, "registers", fitting, n), mess, length
	}
	register = l.nth(s, "registers", l.registers, n)
	mess = l.nth(s, "messes of "+strings.Join(register.tags, ","), l.fitting(l.messes, register), n)
	return register, mess, l.nth(s, "lengths", l.lengthsFor(s.Kind, register, mess), n).text
}

// nth is the nth entry of a list in its shuffled rounds; the zero entry of an empty one.
func (l *Lists) nth(s Subject, list string, entries []entry, n int) entry {
	if len(entries) == 0 {
		return entry{}
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(s.Category + "/" + list))                        // a hash takes everything
	rng := rand.New(rand.NewPCG(l.seed, h.Sum64()+uint64(n/len(entries)))) // the same seed has to draw the same
	return entries[rng.Perm(len(entries))[n%len(entries)]]
}

// fitting are the ways to mistype that go with a register in the language: no missing
// spaces in careful full sentences.
func (l *Lists) fitting(messes []entry, register entry) []entry {
	return slices.DeleteFunc(slices.Clone(messes), func(m entry) bool {
		return m.is("neat") && !register.is("neat") || m.is("careless") && register.is("neat") ||
			m.is("en") && l.language != "en" || m.is("capitals") && caseless[l.language]
	})
}

// Something long has so many words at least, and so has something formal.
const (
	longAtLeast    = 12
	shortestFormal = 4
)

// lengthsFor are the lengths that suit a category's kind and how the message is written.
func (l *Lists) lengthsFor(kind string, register, mess entry) []entry {
	own := slices.ContainsFunc(l.lengths, func(e entry) bool { return e.is(kind) })
	long := register.is("long") || mess.is("long")
	return slices.DeleteFunc(slices.Clone(l.lengths), func(e entry) bool {
		of := "any"
		if own {
			of = kind
		}
		least, _ := bounds(e.text)
		return !e.is(of) || long && least < longAtLeast || register.is("neat") && least < shortestFormal
	})
}

// bounds are the numbers of a range such as "4-8".
func bounds(text string) (least, most int) {
	low, high, _ := strings.Cut(text, "-")
	least, _ = strconv.Atoi(low)
	most, _ = strconv.Atoi(high)
	return least, most
}

// perWord is how many characters stand for a word in languages that put no spaces between
// words, about as many as a Chinese or Japanese word has.
const perWord = 2

var (
	spaceless = map[string]bool{"zh": true, "ja": true, "th": true, "lo": true, "km": true, "my": true, "bo": true}
	// caseless languages have no capitals.
	caseless = map[string]bool{"zh": true, "ja": true, "ko": true, "th": true, "lo": true, "km": true, "my": true, "bo": true, "ar": true, "fa": true, "ur": true, "he": true, "hi": true, "bn": true, "ta": true, "te": true, "ka": true}
)

// inWords is a length as it is asked for.
func inWords(length, language string) string {
	least, most := bounds(length)
	unit := " words"
	if spaceless[language] {
		least, most, unit = perWord*least, perWord*most, " characters"
	}
	if most == 0 {
		return ""
	}
	return strconv.Itoa(least) + " to " + strconv.Itoa(most) + unit
}

func baseOf(language string) string {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	return base
}
