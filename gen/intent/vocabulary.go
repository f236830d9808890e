package intent

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
	farthest    = 8 // how many words apart the stems of a pair may stand
	stemLength  = 4 // in letters
	shortestRun = 2
	longestRun  = 5
)

// An n-gram is known by a 64-bit hash, which keeps a saved model small and
// free of people's words. The kinds start from different seeds.
const (
	seedWord uint64 = 14695981039346656037
	seedPair uint64 = 0x9e3779b97f4a7c15
	seedRun  uint64 = 0xc2b2ae3d27d4eb4f
	seedNear uint64 = 0x165667b19e3779f9
)

// hash is FNV-1a, carried on from a seed.
func hash(s string, seed uint64) uint64 {
	for i := range len(s) {
		seed = (seed ^ uint64(s[i])) * 1099511628211
	}
	return seed
}

// kind tells which block of n-grams a feature belongs to. Each block of a
// message is scaled to a length of its own, so that none drowns the others.
type kind uint8

const (
	wordKind kind = iota
	runKind
	nearKind
	kinds
)

// pairHash carries on from the first of two to the second; the factor keeps "a"
// and "bc" apart from "ab" and "c".
func pairHash(a, b string, seed uint64) uint64 { return hash(b, hash(a, seed)*31) }

// ngram is a word, a pair of words or stems, or a word's character run.
type ngram struct {
	hash uint64
	kind kind
	// first and last are the places of the words that it is made of: the same one
	// for a single word, and for its pair with the beginning or end of the message.
	first, last int
}

// ngrams calls seen with each word and pair, and run with each word, whose character
// runs depend on nothing else and can be kept.
func ngrams(words []string, seen func(ngram), run func(word string, place int)) {
	before, place := "^", 0
	for i, w := range words {
		seen(ngram{hash(w, seedWord), wordKind, i, i})
		seen(ngram{pairHash(before, w, seedPair), wordKind, place, i})
		for far := max(0, i-farthest); far < i; far++ {
			a, b := stem(words[far]), stem(w)
			if a > b {
				a, b = b, a
			}
			seen(ngram{pairHash(a, b, seedNear), nearKind, far, i})
		}
		run(w, i)
		before, place = w, i
	}
	seen(ngram{pairHash(before, "$", seedPair), wordKind, place, place})
}

// allNGrams calls seen with each n-gram of a message, character runs among them.
func allNGrams(words []string, seen func(ngram)) {
	ngrams(words, seen, func(word string, place int) {
		for _, h := range charNGrams(clip(word)) {
			seen(ngram{h, runKind, place, place})
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
	for n := shortestRun; n <= longestRun && n < len(starts); n++ {
		for i := 0; i+n < len(starts); i++ {
			found = append(found, hash(padded[starts[i]:starts[i+n]], seedRun))
		}
	}
	return found
}

// stem is the beginning of a word, which its forms share.
func stem(word string) string {
	letters := 0
	for i := range word {
		if letters == stemLength {
			return word[:i]
		}
		letters++
	}
	return word
}

// longestWord is the number of bytes of a word whose character runs are
// looked at; what is longer is an address or a slip of the keyboard.
const longestWord = 64

func clip(word string) string {
	if len(word) <= longestWord {
		return word
	}
	end := longestWord
	for end > 0 && !utf8.RuneStart(word[end]) {
		end--
	}
	return word[:end]
}

// counted is one message as counts of n-grams, before any weighting.
type counted struct {
	id      []int32
	count   []float32
	unknown [kinds]float32 // how many have no number
}

// vocabulary numbers the n-grams of a set of messages in the order in which
// they first occur.
type vocabulary struct {
	number *numbering
	kind   []kind
}

// count numbers every n-gram of the messages and counts them.
func count(messages [][]string) (*vocabulary, []counted) {
	v := &vocabulary{number: newNumbering(8 * len(messages))}
	kept := map[string][]int32{} // each distinct word's character runs
	var at []int32               // where in the current message each n-gram stands, 1-based
	rows := make([]counted, len(messages))
	var row counted
	add := func(id int32) {
		if at[id] == 0 {
			row.id = append(row.id, id)
			row.count = append(row.count, 0)
			at[id] = int32(len(row.id)) // n-grams in memory fit
		}
		row.count[at[id]-1]++
	}
	numberOf := func(h uint64, k kind) int32 {
		id, ok := v.number.get(h)
		if !ok {
			id = int32(len(v.kind)) // likewise
			v.number.put(h, id)
			v.kind = append(v.kind, k)
			at = append(at, 0)
		}
		return id
	}
	for i, message := range messages {
		row = counted{id: make([]int32, 0, 24*len(message)), count: make([]float32, 0, 24*len(message))}
		ngrams(message,
			func(n ngram) { add(numberOf(n.hash, n.kind)) },
			func(word string, _ int) {
				ids, ok := kept[word]
				if !ok {
					for _, h := range charNGrams(clip(word)) {
						ids = append(ids, numberOf(h, runKind))
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

// lookUp counts the n-grams of messages that the vocabulary is not made from.
func (v *vocabulary) lookUp(message []string) counted {
	var c counted
	ids := make([]int32, 0, 24*len(message))
	allNGrams(message, func(n ngram) {
		if id, ok := v.number.get(n.hash); ok {
			ids = append(ids, id)
		} else {
			c.unknown[n.kind]++
		}
	})
	c.id, c.count = tally(ids)
	return c
}

// tally sorts numbers and counts how often each occurs.
func tally(numbers []int32) (different []int32, counts []float32) {
	slices.Sort(numbers)
	for k, n := range numbers {
		if k == 0 || n != numbers[k-1] {
			different, counts = append(different, n), append(counts, 0)
		}
		counts[len(counts)-1]++
	}
	return different, counts
}

// coverage is, for each kind, the share of a message's n-grams that are known.
type coverage [kinds]float64

// coverage is that of a message under the question which n-grams are known.
func (v *vocabulary) coverage(c counted, isKnown func(id int32) bool) coverage {
	var known, all coverage
	for k, n := range c.unknown {
		all[k] = float64(n)
	}
	for k, id := range c.id {
		kind := v.kind[id]
		all[kind] += float64(c.count[k])
		if isKnown(id) {
			known[kind] += float64(c.count[k])
		}
	}
	return known.of(all)
}

// of divides, and gives 0 of nothing.
func (known coverage) of(all coverage) coverage {
	for k, n := range all {
		if n > 0 {
			known[k] /= n
		}
	}
	return known
}

// leastMessages is in how many messages an n-gram of each kind must occur.
var leastMessages = [kinds]int32{wordKind: 1, runKind: 2, nearKind: 2}

// blockLength is how much each kind says; measured on held-out messages.
var blockLength = [kinds]float64{wordKind: 1, runKind: 1, nearKind: 1}

// weighting says how much each column of n-grams weighs.
type weighting struct {
	idf  []float32
	kind []kind
}

// weigh keeps the n-grams of the chosen rows that occur often enough and gives
// each a column, with the smoothed inverse document frequency of scikit-learn.
// Rows that are not chosen have no influence, so that a fold learns nothing
// from what it is tested on. The second result is the column of each n-gram,
// -1 where it is left out.
func (v *vocabulary) weigh(rows []counted, chosen []int) (*weighting, []int32) {
	frequency := v.frequency(pick(rows, chosen))
	w := &weighting{}
	column := make([]int32, len(frequency))
	for id, n := range frequency {
		if n < leastMessages[v.kind[id]] {
			column[id] = -1
			continue
		}
		column[id] = int32(len(w.idf)) // n-grams in memory fit
		w.idf = append(w.idf, float32(1+math.Log(float64(1+len(chosen))/float64(1+n))))
		w.kind = append(w.kind, v.kind[id])
	}
	return w, column
}

// frequency is in how many of the messages each n-gram occurs.
func (v *vocabulary) frequency(rows []counted) []int32 {
	frequency := make([]int32, len(v.kind))
	for i := range rows {
		for _, id := range rows[i].id {
			frequency[id]++
		}
	}
	return frequency
}

// weights turns the counts of a message's n-grams into values: sublinear counts
// times idf, each kind scaled to its blockLength.
func (w *weighting) weights(columns []int32, counts []float32) []float32 {
	values := make([]float32, len(columns))
	var square [kinds]float64
	for k, column := range columns {
		x := w.idf[column]
		if counts[k] > 1 {
			x *= float32(1 + math.Log(float64(counts[k])))
		}
		values[k] = x
		square[w.kind[column]] += float64(x) * float64(x)
	}
	var scale [kinds]float32
	for k, s := range square {
		if s > 0 {
			scale[k] = float32(blockLength[k] / math.Sqrt(s))
		}
	}
	for k, column := range columns {
		values[k] *= scale[w.kind[column]]
	}
	return values
}
