package direction

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"seedbed/gen/phrases"
)

// Follow makes the directions drawn from now on ask for a person's habits: lengths and ways
// of typing by their shares, in the place of the lists, and registers that go with them.
func (l *Lists) Follow(habits phrases.Habits) { l.quotas = &habits }

// mostWords is the most that is asked for where a message is to be longer than the last of
// [phrases.LengthBounds].
const mostWords = 45

// quotaLength is the range of words of the nth message of a subject.
func (l *Lists) quotaLength(s Subject, n int) string {
	at, bucket := l.place(s, "length", n), 0
	for at -= l.quotas.Lengths[0]; at >= 0 && bucket < len(phrases.LengthBounds); at -= l.quotas.Lengths[bucket] {
		bucket++
	}
	least, most := 1, mostWords
	if bucket > 0 {
		least = phrases.LengthBounds[bucket-1] + 1
	}
	if bucket < len(phrases.LengthBounds) {
		most = phrases.LengthBounds[bucket]
	}
	return strconv.Itoa(least) + "-" + strconv.Itoa(most)
}

// quotaMess is how the nth message of a subject is typed. Habits that exclude each other are
// taken from the two ends of one draw.
func (l *Lists) quotaMess(s Subject, n int) entry {
	q := l.quotas
	var parts []string
	tags := []string{"any"}
	ask := func(habit string, careless bool) {
		parts = append(parts, l.habits.Named(habit)...)
		if careless {
			tags = []string{"careless"}
		}
	}
	either := func(at, low, high float64, lowHabit, highHabit string, careless bool) {
		switch {
		case at < low:
			ask(lowHabit, careless)
		case at >= 1-high:
			ask(highHabit, true)
		}
	}
	if !caseless[l.language] {
		either(l.place(s, "case", n), q.LowerCase, q.UpperCase, "lower case", "capitals", true)
	}
	switch at := l.place(s, "marks", n); {
	case at < q.NoPunctuation:
		ask("no punctuation", true)
	default:
		either(at, q.NoEndMark, q.Exclamations, "no end mark", "exclamation marks", false)
	}
	for _, habit := range []struct {
		name     string
		share    float64
		careless bool
	}{
		{"typos", q.Typos, true},
		{"abbreviations", q.Abbreviations, true},
		{"emoji", q.Emoji, true},
		{"greetings", q.Greetings, false},
		{"politeness", q.Politeness, false},
	} {
		if l.place(s, habit.name, n) < habit.share {
			ask(habit.name, habit.careless)
		}
	}
	if len(parts) == 0 {
		parts = l.habits.Named("none")
	}
	return entry{strings.Join(parts, ", "), tags}
}

// roundOf is how many messages a quota is spread over.
const roundOf = 20

// place is where the nth message of a subject stands in a draw, from 0 to below 1: evenly
// spread over each round of messages, and over the rounds by the golden ratio, so that as
// many messages as a share says are below it, however few are asked for at a time.
func (l *Lists) place(s Subject, draw string, n int) float64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s.Category + "/quota of " + draw)) // a hash takes everything
	round := n / roundOf
	start := rand.New(rand.NewPCG(l.seed, h.Sum64())).Float64()                     // the same seed has to draw the same
	order := rand.New(rand.NewPCG(l.seed, h.Sum64()+1+uint64(round))).Perm(roundOf) // as above
	_, within := math.Modf(start + float64(round)*(math.Phi-1))
	return (float64(order[n%roundOf]) + within) / roundOf
}

// registersFor are the registers that go with how long and how cleanly a message is written.
func (l *Lists) registersFor(length string, mess entry) []entry {
	least, most := bounds(length)
	return slices.DeleteFunc(slices.Clone(l.registers), func(e entry) bool {
		return e.is("neat") && (mess.is("careless") || least < shortestFormal) || e.is("long") && most < longAtLeast
	})
}
