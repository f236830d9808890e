package intent

import (
	"context"
	"math"
	"slices"
)

// foreign are messages of no category, ready to train on: the pool that ships inside the
// program, and the examples that are marked as foreign.
type foreign struct {
	counted []counted
	dense   [][]float32 // nil where the word vectors are not used
	topic   []int
}

// newForeign looks the messages up in the corpus, which they do not add to.
func newForeign(c *corpus, examples []string) (*foreign, error) {
	pool, err := offTopic()
	if err != nil {
		return nil, err
	}
	topics := 0
	if len(pool) > 0 {
		topics = pool[len(pool)-1].topic + 1
	}
	list := slices.Clone(pool)
	for i, text := range examples {
		m := offTopicMessage{words: words(text), topic: topics + i}
		if c.pooling != nil {
			m.dense = make([]float32, c.pooling.width())
			c.pooling.pool(m.words, m.dense)
		}
		list = append(list, m)
	}
	f := &foreign{counted: make([]counted, len(list)), topic: make([]int, len(list))}
	if c.pooling != nil {
		f.dense = make([][]float32, len(list))
	}
	inParallel(len(list), func(i int) {
		f.counted[i], f.topic[i] = c.vocabulary.lookUp(list[i].words), list[i].topic
		if f.dense != nil {
			f.dense[i] = list[i].dense
		}
	})
	return f, nil
}

// rows weighs chosen messages as those of the corpus are weighed.
func (f *foreign) rows(w *weighting, column []int32, chosen []int) []row {
	return (&corpus{rows: f.counted, dense: f.dense}).weighed(w, column, chosen)
}

// all are the places of the messages.
func (f *foreign) all() []int {
	all := make([]int, len(f.counted))
	for i := range all {
		all[i] = i
	}
	return all
}

// largest is the largest of a row's scores under a machine.
func (m *machine) largest(r *row) float64 {
	scores := make([]float32, m.classes)
	m.score(r, scores)
	return float64(slices.Max(scores))
}

// evidence is what the score is fitted to: signals of messages whose own models had not
// seen them.
type evidence struct {
	own, foreign [][signals]float64
}

// signalsOf are the signals of a message, as outOfScope describes them.
func signalsOf(margin, ownMargin float64, known coverage) [signals]float64 {
	return [signals]float64{margin, ownMargin, known[wordKind], known[runKind], known[nearKind]}
}

// trainOwnMargin trains a machine to tell own rows from foreign ones. It returns the margins of the own
// rows in each fold, in turn, without that fold, and those of all foreign rows,
// each without its fold.
func trainOwnMargin(ctx context.Context, own, others []row, ownFolds, foreignFolds [][]int, columns, width int, seed uint64) (o *outOfScope, ownMargins, foreignMargins []float64, err error) {
	rows := slices.Concat(own, others)
	labels := make([]int, len(rows))
	for i := range others {
		labels[len(own)+i] = 1
	}
	folds := make([][]int, max(len(ownFolds), len(foreignFolds)))
	for f, fold := range ownFolds {
		folds[f] = slices.Clone(fold)
	}
	for f, fold := range foreignFolds {
		for _, i := range fold {
			folds[f] = append(folds[f], len(own)+i)
		}
	}
	m, unseen, err := trainMachine(ctx, rows, labels, 1, columns, width, seed, folds)
	if err != nil {
		return nil, nil, nil, err
	}
	m.round()
	o = &outOfScope{Weights: make([]float32, columns+width), Scale: m.scales[0][0]}
	for k := range o.Weights {
		o.Weights[k] = m.blocks[0][k][0]
	}
	o.Bias = m.blocks[0][columns+width][0]
	foreignMargins = make([]float64, len(others))
	k := 0
	for f := range folds {
		for _, i := range folds[f] {
			if i < len(own) {
				ownMargins = append(ownMargins, float64(unseen[k][0]))
			} else {
				foreignMargins[i-len(own)] = float64(unseen[k][0])
			}
			k++
		}
	}
	return o, ownMargins, foreignMargins, nil
}

// topicFolds deals whole topics into folds.
func (f *foreign) topicFolds(folds int) [][]int {
	dealt := make([][]int, folds)
	for i, topic := range f.topic {
		dealt[topic%folds] = append(dealt[topic%folds], i)
	}
	return dealt
}

// fit sets the coefficients to those of a logistic regression, with both sides given the
// same weight, and the thresholds to what they cost on the same evidence.
func (o *outOfScope) fit(e evidence) {
	keep := [signals]bool{}
	for k := range keep {
		keep[k] = true
	}
	for {
		o.Intercept, o.Coefficients = logistic(e, keep)
		wrong := false
		for k, c := range o.Coefficients {
			if c > 0 {
				keep[k], wrong = false, true
			}
		}
		if !wrong {
			break
		}
	}
	own, others := o.scores(e.own), o.scores(e.foreign)
	o.Thresholds = thresholds(own, others)
}

func (o *outOfScope) scores(list [][signals]float64) []float64 {
	scores := make([]float64, len(list))
	for i, s := range list {
		scores[i] = o.score(s)
	}
	return scores
}

// thresholds finds for each of keptShares the score that keeps it.
func thresholds(own, foreign []float64) []Threshold {
	sorted := slices.Sorted(slices.Values(own))
	list := make([]Threshold, len(keptShares))
	for k, share := range keptShares {
		score := thresholdFor(sorted, share)
		list[k] = Threshold{score, 1 - above(own, score), above(foreign, score)}
	}
	return list
}

// thresholdFor is the least of the sorted scores that keeps that share of them; 1 of none.
func thresholdFor(sorted []float64, share float64) float64 {
	if len(sorted) == 0 {
		return 1
	}
	return sorted[max(0, int(math.Ceil(share*float64(len(sorted))))-1)]
}

// above is the share of scores that are larger than a threshold.
func above(scores []float64, threshold float64) float64 {
	n := 0
	for _, s := range scores {
		if s > threshold {
			n++
		}
	}
	return ratio(n, len(scores))
}

// logistic fits a logistic regression by Newton's method: 1 is foreign. Signals that are
// not to be kept have the coefficient 0.
func logistic(e evidence, keep [signals]bool) (intercept float64, coefficients [signals]float64) {
	const ridge, steps = 1e-3, 25
	type system [signals + 1][signals + 2]float64
	var w [signals + 1]float64 // the intercept last
	for range steps {
		var s system
		visit := func(list [][signals]float64, label float64) {
			each := 0.5 / float64(max(1, len(list)))
			for _, x := range list {
				var v [signals + 1]float64
				v[signals] = 1
				sum := w[signals]
				for k := range x {
					if keep[k] {
						v[k] = x[k]
						sum += w[k] * x[k]
					}
				}
				p := 1 / (1 + math.Exp(-sum))
				for a := range v {
					for b := range v {
						s[a][b] += each * p * (1 - p) * v[a] * v[b]
					}
					s[a][signals+1] += each * (label - p) * v[a]
				}
			}
		}
		visit(e.own, 0)
		visit(e.foreign, 1)
		for k := range w {
			s[k][k] += ridge
			s[k][signals+1] -= ridge * w[k]
		}
		// Gaussian elimination; the matrix is positive definite.
		for a := range s {
			for b := range s {
				if b == a {
					continue
				}
				by := s[b][a] / s[a][a]
				for c := a; c < len(s[a]); c++ {
					s[b][c] -= by * s[a][c]
				}
			}
		}
		for k := range w {
			w[k] += s[k][signals+1] / s[k][k]
		}
	}
	copy(coefficients[:], w[:signals])
	for k := range keep {
		if !keep[k] {
			coefficients[k] = 0
		}
	}
	return w[signals], coefficients
}

// scopeTraining is what an outOfScope is trained on.
type scopeTraining struct {
	corpus    *corpus
	weighting *weighting
	column    []int32 // of each n-gram under the weighting
	own       []int   // the corpus's messages that are of the categories
	rows      []row   // theirs
	// folds hold some places in own, in turn; margin is the largest margin of each, in that
	// order, without its fold.
	folds   [][]int
	margins []float64
	foreign *foreign
	// others are the rows of the foreign messages, and otherMargins their largest margins.
	others       []row
	otherMargins []float64
	seed         uint64
}

// run trains. It also returns the scores of the messages in the folds, out of fold.
func (t *scopeTraining) run(ctx context.Context) (*outOfScope, []float64, error) {
	o, ownMargins, foreignMargins, err := trainOwnMargin(ctx, t.rows, t.others, t.folds, t.foreign.topicFolds(len(t.folds)), len(t.weighting.idf), t.corpus.width(), t.seed)
	if err != nil {
		return nil, nil, err
	}
	counts, vocabulary := pick(t.corpus.rows, t.own), t.corpus.vocabulary
	frequency := vocabulary.frequency(counts)
	var e evidence
	for _, fold := range t.folds {
		inside := vocabulary.frequency(pick(counts, fold))
		for _, i := range fold {
			known := vocabulary.coverage(counts[i], func(id int32) bool { return frequency[id]-inside[id] >= leastMessages[vocabulary.kind[id]] })
			k := len(e.own)
			e.own = append(e.own, signalsOf(t.margins[k], ownMargins[k], known))
		}
	}
	for i, counted := range t.foreign.counted {
		known := vocabulary.coverage(counted, func(id int32) bool { return t.column[id] >= 0 })
		e.foreign = append(e.foreign, signalsOf(t.otherMargins[i], foreignMargins[i], known))
	}
	o.fit(e)
	return o, o.scores(e.own), nil
}
