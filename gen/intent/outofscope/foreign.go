package outofscope

import (
	"slices"

	"seedbed/gen/intent/features"
	"seedbed/gen/intent/svm"

	"seedbed/assets/crash"
)

// Foreign are messages of no category, ready to train on: the pool that ships inside the
// program, and the examples that are marked as foreign.
type Foreign struct {
	Messages []foreignMessage
	counted  []features.Counted
	dense    [][]float32 // nil where the word vectors are not used
	// negatives are the places of those that the classifier learns as messages of none of its
	// categories: those in the dataset's language. The others only tell what a score is worth.
	Negatives []int
	pool      int // how many of the negatives, the first, are of the pool
}

// MostNegatives is how many messages of the pool a classifier learns from at most. With twice
// as many, out-of-scope scores were hardly better.
const MostNegatives = 1800

// New gathers the messages of the pool that are neither nearly the dataset's own, which it
// is given the wordings of, nor on its topics, and the examples that are marked as foreign.
func New(c *features.Corpus, own [][]uint64, examples []string) (*Foreign, error) {
	pool, err := offTopic()
	if err != nil {
		return nil, err
	}
	p, err := features.English()
	if err != nil {
		return nil, err
	}
	f := &Foreign{}
	language := languageOf(pool, own)
	known := newOverlap(own, pool)
	like := make([]bool, len(pool))
	crash.InParallel(len(pool), func(i int) { like[i] = known.has(pool[i].wordings) })
	covered := coveredTopics(own, pool, language)
	topics := 0
	for i, m := range pool {
		topics = max(topics, m.Topic+1)
		switch {
		case like[i] || covered[m.Topic]:
			continue
		case language != "" && m.language == language:
			f.Negatives = append(f.Negatives, len(f.Messages))
		case m.language != "" && !m.mixed:
			continue // of other languages, a few will do
		}
		f.Messages = append(f.Messages, m)
	}
	f.pool = len(f.Negatives)
	for i, text := range examples {
		m := newForeignMessage(text, p)
		m.Topic = topics + i
		f.Negatives = append(f.Negatives, len(f.Messages))
		f.Messages = append(f.Messages, m)
	}
	f.counted = make([]features.Counted, len(f.Messages))
	if c.Pooling != nil {
		f.dense = make([][]float32, len(f.Messages))
		for i, m := range f.Messages {
			f.dense[i] = m.dense
		}
	}
	return f, nil
}

// LookUp counts the n-grams of some of the messages, which are all that can be weighed then.
func (f *Foreign) LookUp(v *features.Vocabulary, chosen []int) {
	crash.InParallel(len(chosen), func(k int) { f.counted[chosen[k]] = v.LookUp(f.Messages[chosen[k]].words) })
}

// Rows weighs chosen messages as those of the corpus are weighed.
func (f *Foreign) Rows(w *features.Weighting, column []int32, chosen []int) []svm.Row {
	return (&features.Corpus{Rows: f.counted, Dense: f.dense}).Weighed(w, column, chosen)
}

// Some are those of the negatives that a classifier learns: at most so many of the pool, spread
// over its topics, and all others. Another turn takes others.
func (f *Foreign) Some(negatives []int, most, turn int) []int {
	negatives, _ = features.Split(negatives, func(i int) bool { return !f.Messages[i].wordingOnly })
	pool, _ := features.Split(negatives, f.ofPool)
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
func (f *Foreign) ofPool(i int) bool { return f.pool > 0 && i <= f.Negatives[f.pool-1] }

// Labels are those of some of the messages.
func (f *Foreign) Labels(chosen []int) []int {
	labels := make([]int, len(chosen))
	for k, i := range chosen {
		labels[k] = svm.Foreign
		if f.ofPool(i) {
			labels[k] = svm.OffTopic
		}
	}
	return labels
}

// ByTopic parts messages into those that a fold is tested on, which are some topics, and the
// others.
func (f *Foreign) ByTopic(messages []int, fold, folds int) (held, others []int) {
	return features.Split(messages, func(i int) bool { return f.Messages[i].Topic%folds == fold })
}

// Never are the messages that are never learned from.
func (f *Foreign) Never() []int {
	var list []int
	for i := range f.Messages {
		if _, learned := slices.BinarySearch(f.Negatives, i); !learned {
			list = append(list, i)
		}
	}
	return list
}

// Learnable are those of some messages that may be learned from.
func (f *Foreign) Learnable(messages []int) []int {
	list, _ := features.Split(messages, func(i int) bool { _, learned := slices.BinarySearch(f.Negatives, i); return learned })
	return list
}
