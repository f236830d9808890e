package intent

import (
	"errors"
	"runtime"

	"seedbed/gen/intent/features"
	"seedbed/gen/intent/outofscope"

	"seedbed/assets/crash"
)

// rounds are the scores of a repeated cross-validation.
type rounds struct {
	checker *checker
	folds   [][]int       // of all rounds, one after the other
	scores  [][][]float32 // by fold and place in it
	learned [][]int       // what each fold's training learned from
	foreign [][]float64   // the energies of the foreign messages that each fold of the first round holds
}

// crossValidate trains once for each fold of each round, on all cores.
func (c *checker) crossValidate() (*rounds, error) {
	open := features.Pick(c.examples, c.open)
	labels := features.Pick(c.labels, c.open)
	r := &rounds{checker: c}
	for round := range c.options.Rounds {
		for _, fold := range groupedFolds(open, labels, len(c.categories), c.options.Folds, c.options.Seed+uint64(round)) {
			r.folds = append(r.folds, features.Pick(c.open, fold))
		}
	}
	r.scores = make([][][]float32, len(r.folds))
	r.learned, r.foreign = make([][]int, len(r.folds)), make([][]float64, len(r.folds))
	err := c.trainWithout(c.open, r.folds, func(f int, learned []int, t *trained) {
		r.learned[f], r.scores[f] = learned, c.scores(t, r.folds[f])
		if f < c.options.Folds {
			held, _ := c.foreign.ByTopic(c.looked, f, c.options.Folds)
			for _, row := range c.foreign.Rows(t.weighting, t.column, held) {
				r.foreign[f] = append(r.foreign[f], outofscope.Energy(t.machine.Margins(&row)))
			}
		}
	})
	if err != nil {
		return nil, err
	}
	c.calibrate(r)
	return r, nil
}

// trainWithout trains on the messages without each fold in turn, on all cores, and calls
// use with what was learned and the training, from several goroutines at a time.
func (c *checker) trainWithout(messages []int, folds [][]int, use func(f int, learned []int, t *trained)) error {
	errs := make([]error, len(folds))
	next := make(chan int, len(folds))
	for f := range folds {
		next <- f
	}
	close(next)
	var all crash.Group
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for f := range next {
				tested := make(map[int]bool, len(folds[f]))
				for _, i := range folds[f] {
					tested[i] = true
				}
				learn, _ := features.Split(messages, func(i int) bool { return !tested[i] })
				_, negatives := c.foreign.ByTopic(c.looked, f%c.options.Folds, c.options.Folds)
				most := negativesInCheck
				if f >= c.options.Folds {
					most = 0 // the other rounds only tell categories apart
				}
				t, err := c.train(learn, negatives, most, c.options.Seed+uint64(f)) // a place in a list
				if err != nil {
					errs[f] = err
					continue
				}
				use(f, learn, t)
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// calibrate fits the sharpness to all scores of all rounds.
func (c *checker) calibrate(r *rounds) {
	var scores [][]float32
	labels := make([]int, 0, len(c.open)*c.options.Rounds)
	for f, fold := range r.folds {
		scores = append(scores, r.scores[f]...)
		labels = append(labels, features.Pick(c.labels, fold)...)
	}
	c.sharpness = sharpest(scores, labels)
}

// predictions averages each message's probabilities over the rounds.
func (r *rounds) predictions() []OutOfFold {
	c := r.checker
	mean := make([][]float64, len(c.examples))
	for f, fold := range r.folds {
		for k, i := range fold {
			p := probabilities(r.scores[f][k], c.sharpness)
			if mean[i] == nil {
				mean[i] = make([]float64, len(p))
			}
			for class := range p {
				mean[i][class] += p[class] / float64(c.options.Rounds)
			}
		}
	}
	found := make([]OutOfFold, len(c.examples))
	for i, p := range mean {
		if p != nil {
			found[i] = c.outOfFold(i, p)
		}
	}
	return found
}
