package features

import (
	"math"
	"slices"
	"unicode/utf8"
)

// The n-grams of a message: single words and pairs of neighbours, its beginning
// and end among them; pairs of stems
// that stand near each other, in either order; and within each word, padded with
// a space on either side, runs of 2 to 5 characters.
const (
	Farthest    = 8 // how many words apart the stems of a pair may stand
	StemLength  = 4 // in letters
	ShortestRun = 2
	LongestRun  = 5
)

// An n-gram is known by a 64-bit hash, which keeps a saved model small and
// free of people's words. The kinds start from different seeds.
const (
	SeedWord uint64 = 14695981039346656037
	SeedPair uint64 = 0x9e3779b97f4a7c15
	SeedRun  uint64 = 0xc2b2ae3d27d4eb4f
	SeedNear uint64 = 0x165667b19e3779f9
)

// hash is FNV-1a, carried on from a seed.
func hash(s string, seed uint64) uint64 {
	for i := range len(s) {
		seed = (seed ^ uint64(s[i])) * 1099511628211
	}
	return seed
}

// Kind tells which block of n-grams a feature belongs to. Each block of a
// message is scaled to a length of its own, so that none drowns the others.
type Kind uint8

// Words, character runs, words near each other, and how many kinds there are.
const (
	WordKind Kind = iota
	RunKind
	nearKind
	Kinds
)

// pairHash carries on from the first of two to the second; the factor keeps "a"
// and "bc" apart from "ab" and "c".
func pairHash(a, b string, seed uint64) uint64 { return hash(b, hash(a, seed)*31) }

// NGram is a word, a pair of words or stems, or a word's character run.
type NGram struct {
	Hash uint64
	Kind Kind
	// first and last are the places of the words that it is made of: the same one
	// for a single word, and for its pair with the beginning or end of the message.
	First, Last int
}

// NGrams calls seen with each word and pair, and run with each word, whose character
// runs depend on nothing else and can be kept.
func NGrams(words []string, seen func(NGram), run func(word string, place int)) {
	before, place := "^", 0
	for i, w := range words {
		seen(NGram{hash(w, SeedWord), WordKind, i, i})
		seen(NGram{pairHash(before, w, SeedPair), WordKind, place, i})
		for far := max(0, i-Farthest); far < i; far++ {
			a, b := stem(words[far]), stem(w)
			if a > b {
				a, b = b, a
			}
			seen(NGram{pairHash(a, b, SeedNear), nearKind, far, i})
		}
		run(w, i)
		before, place = w, i
	}
	seen(NGram{pairHash(before, "$", SeedPair), WordKind, place, place})
}

// AllNGrams calls seen with each n-gram of a message, character runs among them.
func AllNGrams(words []string, seen func(NGram)) {
	NGrams(words, seen, func(word string, place int) {
		for _, h := range charNGrams(clip(word)) {
			seen(NGram{h, RunKind, place, place})
		}
	})
}

// charNGrams lists the hashes of a word's character n-grams.
func charNGrams(word string) []uint64 {
	padded := " " + word + " "
	starts := make([]int, 0, len(padded)+1)
	for i := range padded {
		starts = append(starts, i)
	}
	starts = append(starts, len(padded))
	var found []uint64
	for n := ShortestRun; n <= LongestRun && n < len(starts); n++ {
		for i := 0; i+n < len(starts); i++ {
			found = append(found, hash(padded[starts[i]:starts[i+n]], SeedRun))
		}
	}
	return found
}

// stem is the beginning of a word, which its forms share.
func stem(word string) string {
	letters := 0
	for i := range word {
		if letters == StemLength {
			return word[:i]
		}
		letters++
	}
	return word
}

// LongestWord is the number of bytes of a word whose character runs are
// looked at; what is longer is an address or a slip of the keyboard.
const LongestWord = 64

func clip(word string) string {
	if len(word) <= LongestWord {
		return word
	}
	end := LongestWord
	for end > 0 && !utf8.RuneStart(word[end]) {
		end--
	}
	return word[:end]
}

// Counted is one message as counts of n-grams, before any weighting.
type Counted struct {
	id      []int32
	count   []float32
	unknown [Kinds]float32 // how many have no number
}

// Vocabulary numbers the n-grams of a set of messages in the order in which
// they first occur.
type Vocabulary struct {
	Number *Numbering
	Kind   []Kind
}

// count numbers every n-gram of the messages and counts them.
func count(messages [][]string) (*Vocabulary, []Counted) {
	v := &Vocabulary{Number: NewNumbering(8 * len(messages))}
	kept := map[string][]int32{} // each distinct word's character runs
	var at []int32               // where in the current message each n-gram stands, 1-based
	rows := make([]Counted, len(messages))
	var row Counted
	add := func(id int32) {
		if at[id] == 0 {
			row.id = append(row.id, id)
			row.count = append(row.count, 0)
			at[id] = int32(len(row.id)) // n-grams in memory fit
		}
		row.count[at[id]-1]++
	}
	numberOf := func(h uint64, k Kind) int32 {
		id, ok := v.Number.Get(h)
		if !ok {
			id = int32(len(v.Kind)) // likewise
			v.Number.Put(h, id)
			v.Kind = append(v.Kind, k)
			at = append(at, 0)
		}
		return id
	}
	for i, message := range messages {
		row = Counted{id: make([]int32, 0, 24*len(message)), count: make([]float32, 0, 24*len(message))}
		NGrams(message,
			func(n NGram) { add(numberOf(n.Hash, n.Kind)) },
			func(word string, _ int) {
				ids, ok := kept[word]
				if !ok {
					for _, h := range charNGrams(clip(word)) {
						ids = append(ids, numberOf(h, RunKind))
					}
					kept[word] = ids
				}
				for _, id := range ids {
					add(id)
				}
			})
		for _, id := range row.id {
			at[id] = 0
		}
		rows[i] = row
	}
	return v, rows
}

// LookUp counts the n-grams of messages that the vocabulary is not made from.
func (v *Vocabulary) LookUp(message []string) Counted {
	var c Counted
	ids := make([]int32, 0, 24*len(message))
	AllNGrams(message, func(n NGram) {
		if id, ok := v.Number.Get(n.Hash); ok {
			ids = append(ids, id)
		} else {
			c.unknown[n.Kind]++
		}
	})
	c.id, c.count = Tally(ids)
	return c
}

// Tally sorts numbers and counts how often each occurs.
func Tally(numbers []int32) (different []int32, counts []float32) {
	slices.Sort(numbers)
	for k, n := range numbers {
		if k == 0 || n != numbers[k-1] {
			different, counts = append(different, n), append(counts, 0)
		}
		counts[len(counts)-1]++
	}
	return different, counts
}

// Coverage is, for each kind, the share of a message's n-grams that are known.
type Coverage [Kinds]float64

// Coverage is that of a message under the question which n-grams are known.
func (v *Vocabulary) Coverage(c Counted, isKnown func(id int32) bool) Coverage {
	var known, all Coverage
	for k, n := range c.unknown {
		all[k] = float64(n)
	}
	for k, id := range c.id {
		kind := v.Kind[id]
		all[kind] += float64(c.count[k])
		if isKnown(id) {
			known[kind] += float64(c.count[k])
		}
	}
	return known.Of(all)
}

// Of divides, and gives 0 of nothing.
func (known Coverage) Of(all Coverage) Coverage {
	for k, n := range all {
		if n > 0 {
			known[k] /= n
		}
	}
	return known
}

// LeastMessages is in how many messages an n-gram of each kind must occur.
var LeastMessages = [Kinds]int32{WordKind: 1, RunKind: 2, nearKind: 2}

// BlockLength is how much each kind says; measured on held-out messages.
var BlockLength = [Kinds]float64{WordKind: 1, RunKind: 1, nearKind: 1}

// Weighting says how much each column of n-grams weighs.
type Weighting struct {
	IDF  []float32
	Kind []Kind
}

// Weigh keeps the n-grams of the chosen rows that occur often enough and gives
// each a column, with the smoothed inverse document frequency of scikit-learn.
// Rows that are not chosen have no influence, so that a fold learns nothing
// from what it is tested on. The second result is the column of each n-gram,
// -1 where it is left out.
func (v *Vocabulary) Weigh(rows []Counted, chosen []int) (*Weighting, []int32) {
	frequency := v.Frequency(Pick(rows, chosen))
	w := &Weighting{}
	column := make([]int32, len(frequency))
	for id, n := range frequency {
		if n < LeastMessages[v.Kind[id]] {
			column[id] = -1
			continue
		}
		column[id] = int32(len(w.IDF)) // n-grams in memory fit
		w.IDF = append(w.IDF, float32(1+math.Log(float64(1+len(chosen))/float64(1+n))))
		w.Kind = append(w.Kind, v.Kind[id])
	}
	return w, column
}

// Frequency is in how many of the messages each n-gram occurs.
func (v *Vocabulary) Frequency(rows []Counted) []int32 {
	frequency := make([]int32, len(v.Kind))
	for i := range rows {
		for _, id := range rows[i].id {
			frequency[id]++
		}
	}
	return frequency
}

// Weights turns the counts of a message's n-grams into values: sublinear counts
// times idf, each kind scaled to its blockLength.
func (w *Weighting) Weights(columns []int32, counts []float32) []float32 {
	values := make([]float32, len(columns))
	var square [Kinds]float64
	for k, column := range columns {
		x := w.IDF[column]
		if counts[k] > 1 {
			x *= float32(1 + math.Log(float64(counts[k])))
		}
		values[k] = x
		square[w.Kind[column]] += float64(x) * float64(x)
	}
	var scale [Kinds]float32
	for k, s := range square {
		if s > 0 {
			scale[k] = float32(BlockLength[k] / math.Sqrt(s))
		}
	}
	for k, column := range columns {
		values[k] *= scale[w.Kind[column]]
	}
	return values
}
