package intent

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"seedbed/gen/intent/features"
	"seedbed/gen/intent/outofscope"
	"seedbed/gen/intent/svm"

	"seedbed/assets/i18n"
)

// CheckOptions are the choices of a check; the zero value is right for most.
type CheckOptions struct {
	Seed uint64
	// Folds is how many parts each round has, 5 where it is 0; Rounds how often
	// the messages are dealt again, 3 where it is 0.
	Folds, Rounds int
	// Progress, where there is one, is called after each training with how many of
	// all trainings are done. It is called from one goroutine at a time.
	Progress func(done, all int)
}

// Result is what a check found.
type Result struct {
	// Headline is the score to show first, and Test says of which test it is: on
	// the holdout if there is one, otherwise trained on synthetic and
	// tested on real ones where there are enough of those, otherwise
	// CrossValidated.
	Headline Score
	Test     Test
	// CrossValidated is the score over all messages but the holdout, each predicted by
	// models that had not seen it nor anything of its group.
	CrossValidated Score
	// Synthetic is CrossValidated over the synthetic messages alone, and
	// RealKnown over the real ones; nil where there are none of them.
	Synthetic, RealKnown *Score
	// SyntheticToReal is trained on synthetic and tested on real
	// messages, Holdout trained on all others and tested on the holdout;
	// nil where that cannot be had.
	SyntheticToReal, Holdout *Score
	// Transfer says what share of the accuracy of real messages the synthetic ones give;
	// nil where that cannot be told, and NoTransfer then says why.
	Transfer   *Transfer
	NoTransfer i18n.Text
	// Report is of the predictions behind the headline: per category,
	// confusion, mistakes.
	Report Report
	// Predictions has one entry for each example, in their order; those of
	// those of the holdout come from the training without it.
	Predictions []OutOfFold
	// Suspects are messages outside the holdout that are predicted as another category.
	Suspects []Suspect
	// Thresholds are those that a model trained on the same examples would have, measured
	// out of fold on all of them; see Model.Thresholds.
	Thresholds []outofscope.Threshold
	// Gap says in plain words how the score on real messages differs; empty if there are none.
	Gap i18n.Text
	// Caveats say what this check cannot tell, and why.
	Caveats []i18n.Text
}

// Test is how a check's headline came about.
type Test string

// The tests, from the one that is always possible to the one to trust most.
const (
	InTurns   Test = "in turns"
	OnReal    Test = "on real"
	OnHoldout Test = "on locked"
)

// enoughReal is how many real messages make a headline: with fewer, the interval of
// the score is wider than twenty points either way.
const enoughReal = 25

// OutOfFold is what models that had not seen a message think of it.
type OutOfFold struct {
	// Category is "" for a message whose category was left out of the check.
	Category   string
	Confidence float64
	// Margin is the probability of the given category less that of the most
	// likely other one, from -1 (surely mislabelled) to 1.
	Margin float64
	// OutOfScope is as in Prediction: near 1, the message belongs to none of the categories.
	OutOfScope float64
}

// Check trains on one part of the examples and tests on the rest, in turns. A
// fold shares nothing with the messages it is tested on: words are cut and
// n-grams numbered once for all folds, but which of them count and how much
// they weigh is computed again from the messages that are trained on.
func Check(ctx context.Context, examples []Example, options CheckOptions) (Result, error) {
	c, err := newChecker(ctx, examples, options)
	if err != nil {
		return Result{}, err
	}
	rounds, err := c.crossValidate()
	if err != nil {
		return Result{}, err
	}
	var r Result
	r.CrossValidated = rounds.score(c.open, "cross-validated")
	r.Predictions = rounds.predictions()
	scope := c.outOfScope(rounds, r.Predictions)
	r.Thresholds = scope.Thresholds
	r.Suspects = suspects(examples, r.Predictions)
	r.Headline, r.Test = r.CrossValidated, InTurns
	r.Report = c.report(c.open, r.Predictions)

	synthetic, realOnes := features.Split(c.open, func(i int) bool { return !examples[i].Real })
	if len(realOnes) > 0 && len(synthetic) > 0 {
		r.Synthetic, r.RealKnown = new(rounds.score(synthetic, "synthetic")), new(rounds.score(realOnes, "real, with real ones to learn from"))
		if c.trainable(synthetic) {
			t, err := c.train(synthetic, c.looked, negativesInCheck, c.options.Seed)
			if err != nil {
				return Result{}, err
			}
			found := c.test(t, realOnes)
			onReal := c.report(realOnes, found)
			r.SyntheticToReal = new(proportion("trained on synthetic, tested on real", onReal))
			if r.Transfer, r.NoTransfer, err = c.transfer(t, realOnes); err != nil {
				return Result{}, err
			}
			r.Gap = gap(*r.Synthetic, *r.SyntheticToReal, *r.RealKnown, c.report(synthetic, r.Predictions), onReal)
			if len(realOnes) >= enoughReal {
				r.Headline, r.Test, r.Report = *r.SyntheticToReal, OnReal, onReal
			}
		}
	}
	if len(c.holdout) > 0 {
		t, err := c.train(c.open, c.looked, negativesInCheck, c.options.Seed)
		if err != nil {
			return Result{}, err
		}
		found := c.test(t, c.holdout)
		for k, scores := range c.scores(t, c.holdout) {
			i := c.holdout[k]
			found[i].OutOfScope = c.scopeScore(scope, t, i, scores)
			r.Predictions[i] = found[i]
		}
		r.Report = c.report(c.holdout, found)
		r.Holdout = new(proportion("locked real test set", r.Report))
		r.Headline, r.Test = *r.Holdout, OnHoldout
	}
	r.Caveats = c.caveats(r.Headline)
	return r, nil
}

// checker holds what all trainings of a check share.
type checker struct {
	ctx        context.Context
	examples   []Example
	options    CheckOptions
	categories []string
	labels     []int // -1 for foreign messages and those of categories that were left out
	open       []int // takes part in cross-validation
	holdout    []int
	leftOut    []string
	corpus     *features.Corpus
	foreign    *outofscope.Foreign
	looked     []int      // the foreign messages that are counted, as many as a model is trained and tested on
	wordings   [][]uint64 // of each example
	sharpness  float64
	progress   progress
}

func (c *checker) trainings() int {
	extra := 0
	synthetic, realOnes := features.Split(c.open, func(i int) bool { return !c.examples[i].Real })
	if len(realOnes) > 0 && len(synthetic) > 0 && c.trainable(synthetic) {
		extra++
		if c.compared(realOnes) != nil {
			extra += c.options.Rounds * c.options.Folds
		}
	}
	if len(c.holdout) > 0 {
		extra++
	}
	return c.options.Rounds*c.options.Folds + extra
}

// progress counts trainings and passes the number on.
type progress struct {
	sync.Mutex
	done, all int
	tell      func(done, all int)
}

func (p *progress) step() {
	p.Lock()
	defer p.Unlock()
	p.done++
	if p.tell != nil {
		p.tell(p.done, p.all)
	}
}

func newChecker(ctx context.Context, examples []Example, options CheckOptions) (*checker, error) {
	if options.Folds < 2 {
		options.Folds = 5
	}
	if options.Rounds < 1 {
		options.Rounds = 3
	}
	c := &checker{ctx: ctx, examples: examples, options: options}
	if err := c.label(); err != nil {
		return nil, err
	}
	texts := make([]string, len(examples))
	for i, e := range examples {
		texts[i] = e.Text
	}
	var err error
	if c.corpus, err = features.NewCorpus(texts, false); err != nil {
		return nil, err
	}
	var outside []string
	for _, e := range examples {
		if e.Foreign {
			outside = append(outside, e.Text)
		}
	}
	c.wordings = outofscope.WordingsOf(texts)
	if c.foreign, err = outofscope.New(c.corpus, features.Pick(c.wordings, c.open), outside); err != nil {
		return nil, err
	}
	c.looked = slices.Concat(c.foreign.Some(c.foreign.Negatives, outofscope.MostNegatives, 0), c.foreign.Never())
	c.foreign.LookUp(c.corpus.Vocabulary, c.looked)
	c.progress.tell, c.progress.all = options.Progress, c.trainings()
	return c, nil
}

// label leaves out categories with too few messages outside the holdout to be learned and
// tested in turns, and numbers the others.
func (c *checker) label() error {
	size := map[string]int{}
	for _, e := range c.examples {
		if !e.Holdout && !e.Foreign {
			size[e.Category]++
		}
	}
	var kept []Example
	for _, e := range c.examples {
		if !e.Holdout && !e.Foreign && size[e.Category] >= c.options.Folds {
			kept = append(kept, e)
		}
	}
	categories, _, err := label(kept)
	if err != nil {
		return i18n.Error("a check needs {{.N}} messages of a category: {{.Cause}}", i18n.Values{"N": c.options.Folds, "Cause": err})
	}
	c.categories = categories
	number := map[string]int{}
	for k, name := range categories {
		number[name] = k
	}
	c.labels = make([]int, len(c.examples))
	left := map[string]bool{}
	for i, e := range c.examples {
		if e.Foreign {
			c.labels[i] = -1
			continue
		}
		label, ok := number[e.Category]
		if !ok {
			c.labels[i] = -1
			if !left[e.Category] {
				left[e.Category] = true
				c.leftOut = append(c.leftOut, e.Category)
			}
			continue
		}
		c.labels[i] = label
		if e.Holdout {
			c.holdout = append(c.holdout, i)
		} else {
			c.open = append(c.open, i)
		}
	}
	return nil
}

// trainable reports whether the messages have every category at least twice.
func (c *checker) trainable(messages []int) bool {
	size := make([]int, len(c.categories))
	for _, i := range messages {
		size[c.labels[i]]++
	}
	for _, n := range size {
		if n < leastExamples {
			return false
		}
	}
	return true
}

// trained is one training's model of the corpus.
type trained struct {
	weighting *features.Weighting
	column    []int32
	machine   *svm.Machine
}

// negativesInCheck is how many messages of the pool each of a check's many trainings learns from
// at most: not as many as a model's, to be done sooner.
const negativesInCheck = 900

// train learns from some messages and, of foreign ones, from those that may be learned from: at
// most so many of the pool.
func (c *checker) train(learn, foreign []int, most int, seed uint64) (*trained, error) {
	t := &trained{}
	t.weighting, t.column = c.corpus.Vocabulary.Weigh(c.corpus.Rows, learn)
	negatives := c.foreign.Some(c.foreign.Learnable(foreign), most, int(seed))
	rows := slices.Concat(c.corpus.Weighed(t.weighting, t.column, learn), c.foreign.Rows(t.weighting, t.column, negatives))
	labels := append(features.Pick(c.labels, learn), c.foreign.Labels(negatives)...)
	var err error
	t.machine, _, err = svm.Train(c.ctx, rows, labels, len(c.categories), len(t.weighting.IDF), c.corpus.Width(), seed, nil)
	if err != nil {
		return nil, fmt.Errorf("the check was stopped: %w", err)
	}
	c.progress.step()
	return t, nil
}

// scores are what a training says of messages.
func (c *checker) scores(t *trained, test []int) [][]float32 {
	scores := make([][]float32, len(test))
	for k, r := range c.corpus.Weighed(t.weighting, t.column, test) {
		scores[k] = make([]float32, len(c.categories))
		t.machine.Score(&r, scores[k])
	}
	return scores
}

// test predicts messages, and returns the predictions at the messages' places.
func (c *checker) test(t *trained, test []int) []OutOfFold {
	found := make([]OutOfFold, len(c.examples))
	for k, scores := range c.scores(t, test) {
		found[test[k]] = c.outOfFold(test[k], probabilities(scores, c.sharpness))
	}
	return found
}

func (c *checker) outOfFold(i int, probabilities []float64) OutOfFold {
	best, given := svm.Argmax(probabilities), c.labels[i]
	return OutOfFold{
		Category:   c.categories[best],
		Confidence: probabilities[best],
		Margin:     probabilities[given] - probabilities[runnerUp(probabilities, given)],
	}
}

// report sets the predictions of some messages beside what was given.
func (c *checker) report(messages []int, found []OutOfFold) Report {
	rows := make([]Row, len(messages))
	for k, i := range messages {
		rows[k] = Row{
			Text: c.examples[i].Text, Given: c.examples[i].Category,
			Predicted: found[i].Category, Confidence: found[i].Confidence,
		}
	}
	return NewReport(rows)
}
