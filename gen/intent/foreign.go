package intent

import "slices"

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

// newForeign gathers the messages of the pool that are neither nearly the dataset's own, which it
// is given the wordings of, nor on its topics, and the examples that are marked as foreign.
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
	covered := coveredTopics(own, pool, language)
	topics := 0
	for i, m := range pool {
		topics = max(topics, m.topic+1)
		switch {
		case like[i] || covered[m.topic]:
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
