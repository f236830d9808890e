package outofscope

import (
	"math"

	"seedbed/gen/intent/features"
)

// wordingTable is the single words and pairs of the messages of both sides.
type wordingTable struct {
	number       *features.Numbering
	hashes       []uint64
	own, foreign [][]int32 // of each message
}

// newWordingTable numbers the words and pairs of a dataset's messages and of foreign ones.
func newWordingTable(own [][]uint64, foreign []foreignMessage) *wordingTable {
	w := &wordingTable{number: features.NewNumbering(8 * len(own)), own: make([][]int32, len(own)), foreign: make([][]int32, len(foreign))}
	idsOf := func(list []uint64) []int32 {
		ids := make([]int32, len(list))
		for k, h := range list {
			id, ok := w.number.Get(h)
			if !ok {
				id = int32(len(w.hashes)) // words in memory fit
				w.number.Put(h, id)
				w.hashes = append(w.hashes, h)
			}
			ids[k] = id
		}
		return ids
	}
	for i, list := range own {
		w.own[i] = idsOf(list)
	}
	for i, m := range foreign {
		w.foreign[i] = idsOf(m.wordings)
	}
	return w
}

// ratios are log-ratios of words and pairs, and whether they occur at all, in some own and some
// foreign messages.
type ratios struct {
	value []float64
	known []bool
}

// count is how many of some messages hold each word or pair.
func (w *wordingTable) count(lists [][]int32, chosen []int) []int32 {
	count := make([]int32, len(w.hashes))
	for _, i := range chosen {
		for _, id := range lists[i] {
			count[id]++
		}
	}
	return count
}

// ratios compares the shares of messages that hold each word or pair.
func (w *wordingTable) ratios(own, foreign []int) ratios {
	inside, outside := w.count(w.own, own), w.count(w.foreign, foreign)
	r := ratios{make([]float64, len(w.hashes)), make([]bool, len(w.hashes))}
	for id := range r.value {
		if r.known[id] = inside[id]+outside[id] > 0; r.known[id] {
			r.value[id] = logRatio(inside[id], outside[id], len(own), len(foreign))
		}
	}
	return r
}

// inBoth is the share of messages on either side from which on a word or pair says half of what
// its log-ratio says: with what many people write, whatever they write about, a foreign message
// can begin, too. From 0.003 to 0.03 did about as well.
const inBoth = 0.01

// logRatio compares the shares of messages, of so many, that hold a word or pair. A quarter of a
// message is added to the counts of the smaller side, and to those of the larger one as much more
// as it has more messages: a word that neither has is then as likely in both, and one that only
// foreign messages have speaks against the dataset, however many they are.
func logRatio(inside, outside int32, own, foreign int) float64 {
	const smoothing = 0.25
	times := float64(foreign) / float64(max(1, own))
	share := func(n int32, of int, times float64) float64 {
		added := smoothing * max(1, times)
		return (float64(n) + added) / (float64(of) + 2*added)
	}
	a, b := share(inside, own, 1/max(times, 1e-9)), share(outside, foreign, times)
	return math.Log(a/b) * inBoth / (inBoth + min(a, b))
}

// mean is the wording signal of a message.
func (r ratios) mean(ids []int32) float64 {
	sum, n := 0.0, 1.0
	for _, id := range ids {
		if r.known[id] {
			sum += r.value[id]
			n++
		}
	}
	return sum / n
}
