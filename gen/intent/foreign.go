package intent

import (
	"math"
	"slices"
)

// foreign are messages of no category, ready to train on: the pool that ships inside the
// program, and the examples that are marked as foreign.
type foreign struct {
	messages []foreignMessage
	counted  []counted
	dense    [][]float32 // nil where the word vectors are not used
	// negatives are the places of those that the classifier learns as messages of none of its
	// categories: those in the dataset's language. The others only tell what a score is worth.
	negatives []int
	pool      int // how many of the negatives, the first, are of the pool
}

// mostNegatives is how many messages of the pool a classifier learns from at most. With twice
// as many, out-of-scope scores were hardly better.
const mostNegatives = 1800

// newForeign gathers the messages of the pool that are not nearly the dataset's own, which it
// is given the wordings of, and the examples that are marked as foreign.
func newForeign(c *corpus, own [][]uint64, examples []string) (*foreign, error) {
	pool, err := offTopic()
	if err != nil {
		return nil, err
	}
	p, err := english()
	if err != nil {
		return nil, err
	}
	f := &foreign{}
	language := languageOf(pool, own)
	known := newOverlap(own, pool)
	like := make([]bool, len(pool))
	inParallel(len(pool), func(i int) { like[i] = known.has(pool[i].wordings) })
	topics := 0
	for i, m := range pool {
		topics = max(topics, m.topic+1)
		switch {
		case like[i]:
			continue
		case language != "" && m.language == language:
			f.negatives = append(f.negatives, len(f.messages))
		case m.language != "" && !m.mixed:
			continue // of other languages, a few will do
		}
		f.messages = append(f.messages, m)
	}
	f.pool = len(f.negatives)
	for i, text := range examples {
		m := newForeignMessage(text, p)
		m.topic = topics + i
		f.negatives = append(f.negatives, len(f.messages))
		f.messages = append(f.messages, m)
	}
	f.counted = make([]counted, len(f.messages))
	if c.pooling != nil {
		f.dense = make([][]float32, len(f.messages))
		for i, m := range f.messages {
			f.dense[i] = m.dense
		}
	}
	return f, nil
}

// lookUp counts the n-grams of some of the messages, which are all that can be weighed then.
func (f *foreign) lookUp(v *vocabulary, chosen []int) {
	inParallel(len(chosen), func(k int) { f.counted[chosen[k]] = v.lookUp(f.messages[chosen[k]].words) })
}

// rows weighs chosen messages as those of the corpus are weighed.
func (f *foreign) rows(w *weighting, column []int32, chosen []int) []row {
	return (&corpus{rows: f.counted, dense: f.dense}).weighed(w, column, chosen)
}

// some are those of the negatives that a classifier learns: at most so many of the pool, spread
// over its topics, and all others. Another turn takes others.
func (f *foreign) some(negatives []int, most, turn int) []int {
	pool, _ := split(negatives, f.ofPool)
	step := max(1, (len(pool)+most-1)/max(1, most))
	var list []int
	for k, i := range negatives {
		if !f.ofPool(i) || most > 0 && (k+turn)%step == 0 {
			list = append(list, i)
		}
	}
	return list
}

// ofPool tells the pool's messages from the examples that are marked as foreign.
func (f *foreign) ofPool(i int) bool { return f.pool > 0 && i <= f.negatives[f.pool-1] }

// Labels of messages of no category.
const (
	offTopicLabel = -1 // the pool's
	foreignLabel  = -2 // the dataset's own, which count as much as those of other categories
)

// labels are those of some of the messages.
func (f *foreign) labels(chosen []int) []int {
	labels := make([]int, len(chosen))
	for k, i := range chosen {
		labels[k] = foreignLabel
		if f.ofPool(i) {
			labels[k] = offTopicLabel
		}
	}
	return labels
}

// byTopic parts messages into those that a fold is tested on, which are some topics, and the
// others.
func (f *foreign) byTopic(messages []int, fold, folds int) (held, others []int) {
	return split(messages, func(i int) bool { return f.messages[i].topic%folds == fold })
}

// never are the messages that are never learned from.
func (f *foreign) never() []int {
	var list []int
	for i := range f.messages {
		if _, learned := slices.BinarySearch(f.negatives, i); !learned {
			list = append(list, i)
		}
	}
	return list
}

// learnable are those of some messages that may be learned from.
func (f *foreign) learnable(messages []int) []int {
	list, _ := split(messages, func(i int) bool { _, learned := slices.BinarySearch(f.negatives, i); return learned })
	return list
}

// wordingTable is the single words and pairs of the messages of both sides.
type wordingTable struct {
	number       *numbering
	hashes       []uint64
	own, foreign [][]int32 // of each message
}

// newWordingTable numbers the words and pairs of a dataset's messages and of foreign ones.
func newWordingTable(own [][]uint64, f *foreign) *wordingTable {
	w := &wordingTable{number: newNumbering(8 * len(own)), own: make([][]int32, len(own)), foreign: make([][]int32, len(f.messages))}
	idsOf := func(list []uint64) []int32 {
		ids := make([]int32, len(list))
		for k, h := range list {
			id, ok := w.number.get(h)
			if !ok {
				id = int32(len(w.hashes)) // words in memory fit
				w.number.put(h, id)
				w.hashes = append(w.hashes, h)
			}
			ids[k] = id
		}
		return ids
	}
	for i, list := range own {
		w.own[i] = idsOf(list)
	}
	for i, m := range f.messages {
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

// ratios compares the shares of messages that hold each word or pair. A quarter of a message is
// added to the counts of the smaller side, and to those of the larger one as much more as it has
// more messages: a word that neither has is then as likely in both, and one that only foreign
// messages have speaks against the dataset, however many they are.
func (w *wordingTable) ratios(own, foreign []int) ratios {
	const smoothing = 0.25
	times := float64(len(foreign)) / float64(max(1, len(own)))
	count := func(lists [][]int32, chosen []int) []int32 {
		count := make([]int32, len(w.hashes))
		for _, i := range chosen {
			for _, id := range lists[i] {
				count[id]++
			}
		}
		return count
	}
	inside, outside := count(w.own, own), count(w.foreign, foreign)
	share := func(n int32, of []int, times float64) float64 {
		added := smoothing * max(1, times)
		return (float64(n) + added) / (float64(len(of)) + 2*added)
	}
	r := ratios{make([]float64, len(w.hashes)), make([]bool, len(w.hashes))}
	for id := range r.value {
		if r.known[id] = inside[id]+outside[id] > 0; r.known[id] {
			r.value[id] = math.Log(share(inside[id], own, 1/max(times, 1e-9)) / share(outside[id], foreign, times))
		}
	}
	return r
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
