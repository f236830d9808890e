package outofscope

import (
	"math"
	"slices"

	"seedbed/gen/intent/features"
)

// Fitter collects what a Scorer is fitted to: the folds, one after another.
type Fitter struct {
	corpus       *features.Corpus
	pool         *Foreign
	table        *wordingTable
	isReal       []bool // of each message of the corpus, whether a person wrote it
	Own, foreign []Evidence
	real         []bool // whether a person wrote each own message
}

// NewFitter prepares what all folds share. The wordings are those of the corpus.
func NewFitter(c *features.Corpus, f *Foreign, wordings [][]uint64, isReal []bool) *Fitter {
	return &Fitter{corpus: c, pool: f, table: newWordingTable(wordings, f.Messages), isReal: isReal}
}

// Fold is one part of the messages, tested by a model of the others.
type Fold struct {
	Learn, Negatives []int // what the model learned from
	Own, Foreign     []int // what it is tested on
	Energy           []float64
	ForeignEnergy    []float64
}

// Add collects the evidence of a fold, in its order.
func (s *Fitter) Add(f Fold) {
	v := s.corpus.Vocabulary
	frequency := v.Frequency(features.Pick(s.corpus.Rows, f.Learn))
	known := func(id int32) bool { return frequency[id] >= features.LeastMessages[v.Kind[id]] }
	r := s.table.ratios(f.Learn, f.Negatives)
	for k, i := range f.Own {
		s.Own = append(s.Own, NewEvidence(f.Energy[k], wordingWeight, r.mean(s.table.own[i]), v.Coverage(s.corpus.Rows[i], known)))
		s.real = append(s.real, s.isReal[i])
	}
	for k, i := range f.Foreign {
		s.foreign = append(s.foreign, NewEvidence(f.ForeignEnergy[k], wordingWeight, r.mean(s.table.foreign[i]), v.Coverage(s.pool.counted[i], known)))
	}
}

// enoughKnown is from which part of its median on the coverage of a message's characters says
// nothing more: people write other words than a dataset's writer, too.
const enoughKnown = 0.75

// Fit fits a Scorer to the evidence, for a model that learns from these messages.
func (s *Fitter) Fit(learn []int) *Scorer {
	o := &Scorer{WordingWeight: wordingWeight}
	r := s.table.ratios(learn, s.pool.Negatives)
	for h, id := range s.table.number.All {
		if r.known[id] {
			o.Hashes = append(o.Hashes, h)
		}
	}
	slices.Sort(o.Hashes)
	o.Ratios = make([]float32, len(o.Hashes))
	for k, h := range o.Hashes {
		id, _ := s.table.number.Get(h)
		o.Ratios[k] = float32(r.value[id])
	}
	coverage := make([]float64, len(s.Own))
	for i, e := range s.Own {
		coverage[i] = e.coverage
	}
	slices.Sort(coverage)
	o.EnoughKnown = enoughKnown * coverage[len(coverage)/2]
	o.fit(s.Own, s.foreign)
	o.Thresholds = thresholds(o.scores(s.Own), s.real, o.scores(s.foreign))
	return o
}

func (o *Scorer) scores(list []Evidence) []float64 {
	scores := make([]float64, len(list))
	for i, e := range list {
		scores[i] = o.Score(e)
	}
	return scores
}

const (
	// realForThresholds is how many real messages are enough to set thresholds by them alone:
	// with fewer, less than five are above the one that keeps 95 %.
	realForThresholds = 100
	// syntheticLoss is how much of the share that a threshold may turn away it turns away of
	// synthetic messages. They are more alike than what people write: a threshold that kept 95 %
	// of the built-in writer's messages kept 89 to 94 % of those in the style of real people.
	syntheticLoss = 0.5
)

// thresholds finds for each of keptShares the score that keeps it of real messages, which it
// is set by where there are enough of them.
func thresholds(own []float64, isReal []bool, foreign []float64) []Threshold {
	loss := syntheticLoss
	var written []float64
	for k, score := range own {
		if isReal[k] {
			written = append(written, score)
		}
	}
	if len(written) >= realForThresholds {
		own, loss = written, 1
	}
	sorted := slices.Sorted(slices.Values(own))
	list := make([]Threshold, len(keptShares))
	for k, share := range keptShares {
		score := ScoreKeeping(sorted, 1-loss*(1-share))
		list[k] = Threshold{score, 1 - Above(own, score), Above(foreign, score)}
	}
	return list
}

// ScoreKeeping is the least of the sorted scores that keeps that share of them; 1 of none.
func ScoreKeeping(sorted []float64, share float64) float64 {
	if len(sorted) == 0 {
		return 1
	}
	return sorted[max(0, int(math.Ceil(share*float64(len(sorted))))-1)]
}

// Above is the share of scores that are larger than a threshold.
func Above(scores []float64, threshold float64) float64 {
	n := 0
	for _, s := range scores {
		if s > threshold {
			n++
		}
	}
	return float64(n) / float64(max(1, len(scores)))
}

// fit sets the coefficients by logistic regression, by Newton's method, with both sides given
// the same weight. A coefficient that would be above 0 becomes 0.
func (o *Scorer) fit(own, foreign []Evidence) {
	const ridge, steps = 1e-3, 25
	free := [3]bool{true, true, true}
	var w [3]float64 // content, letters, intercept
	for {
		w = [3]float64{}
		for range steps {
			var s [3][4]float64 // the Hessian, and beside it the gradient
			visit := func(list []Evidence, label float64) {
				each := 0.5 / float64(max(1, len(list)))
				for _, e := range list {
					x := [3]float64{e.content, min(e.coverage, o.EnoughKnown), 1}
					p := sigmoid(w[0]*x[0] + w[1]*x[1] + w[2])
					for a := range x {
						for b := range x {
							s[a][b] += each * p * (1 - p) * x[a] * x[b]
						}
						s[a][3] += each * (label - p) * x[a]
					}
				}
			}
			visit(own, 0)
			visit(foreign, 1)
			for k := range w {
				s[k][k] += ridge
				s[k][3] -= ridge * w[k]
				if !free[k] {
					s[k] = [4]float64{}
					for a := range s {
						s[a][k] = 0
					}
					s[k][k] = 1
				}
			}
			// Gauss and Jordan's elimination needs no pivots: the matrix is positive definite.
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
				w[k] += s[k][3] / s[k][k]
			}
		}
		switch {
		case w[0] > 0:
			free[0] = false
		case w[1] > 0:
			free[1] = false
		default:
			o.Content, o.Letters, o.Intercept = w[0], w[1], w[2]
			return
		}
	}
}
