package intent

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"seedbed/gen/intent/features"
	"seedbed/gen/intent/outofscope"
	"seedbed/gen/intent/svm"

	"seedbed/assets/i18n"
)

// Example is a message with its category.
type Example struct {
	Text     string
	Category string
	// Group ties together examples that must not be torn apart, such as
	// near-duplicates and messages of one conversation; negative is none.
	Group int
	// Real marks a message that a person wrote, as against a synthetic one.
	Real bool
	// Holdout keeps a real message out of all training; it is only tested on.
	Holdout bool
	// Foreign marks a message that belongs to none of the categories, whatever its
	// Category says: the model learns from it what is out of scope.
	Foreign bool
}

// Options are the choices in training; the zero value is right for most.
type Options struct {
	// Seed fixes the order in which messages are visited.
	Seed uint64
	// NGramsOnly leaves the word vectors out, for comparison.
	NGramsOnly bool
	// Kept is the share of messages that the model's default out-of-scope threshold shall
	// keep, DefaultKept where it is 0.
	Kept float64
}

// Model is a trained check model. It is safe for use by several goroutines.
type Model struct {
	categories []string
	column     *features.Numbering // of each n-gram's hash
	weighting  *features.Weighting
	pooling    *features.Pooling // nil where the word vectors are not used
	machine    *svm.Machine
	sharpness  float64
	outOfScope *outofscope.Scorer
}

// Categories lists what the model tells apart, sorted by name.
func (m *Model) Categories() []string { return slices.Clone(m.categories) }

// UsesVectors reports whether the model uses the English word vectors beside the
// n-grams; it does not where they know fewer than half of the words.
func (m *Model) UsesVectors() bool { return m.pooling != nil }

// Errors of Train and Check about what they were given.
var (
	ErrFewCategories = i18n.Error("there must be messages of at least two categories to tell apart")
	ErrFewMessages   = i18n.Error("a category needs at least two messages to learn from; write more, or leave it out")
)

// leastExamples is the fewest messages that Train takes of a category.
const leastExamples = 2

// Train learns from the examples, in the order in which they are given.
func Train(ctx context.Context, examples []Example, options Options) (*Model, error) {
	var outside []string
	examples = slices.DeleteFunc(slices.Clone(examples), func(e Example) bool {
		if e.Foreign {
			outside = append(outside, e.Text)
		}
		return e.Foreign
	})
	categories, labels, err := label(examples)
	if err != nil {
		return nil, err
	}
	texts, all := make([]string, len(examples)), make([]int, len(examples))
	for i, e := range examples {
		texts[i], all[i] = e.Text, i
	}
	corpus, err := features.NewCorpus(texts, options.NGramsOnly)
	if err != nil {
		return nil, err
	}
	wordings := outofscope.WordingsOf(texts)
	f, err := outofscope.New(corpus, wordings, outside)
	if err != nil {
		return nil, err
	}
	weighting, column := corpus.Vocabulary.Weigh(corpus.Rows, all)
	negatives := f.Some(f.Negatives, outofscope.MostNegatives, 0)
	never := f.Never()
	f.LookUp(corpus.Vocabulary, slices.Concat(negatives, never))
	rows := slices.Concat(corpus.Weighed(weighting, column, all), f.Rows(weighting, column, negatives))
	labels = append(labels, f.Labels(negatives)...)
	held := calibrationFolds(examples, labels, len(categories), options.Seed)
	withForeign := make([][]int, len(held))
	for k, fold := range held {
		withForeign[k] = slices.Clone(fold)
		for n, i := range negatives {
			if f.Messages[i].Topic%calibrationParts == k {
				withForeign[k] = append(withForeign[k], len(all)+n)
			}
		}
	}
	machine, unseen, err := svm.Train(ctx, rows, labels, len(categories), len(weighting.IDF), corpus.Width(), options.Seed, withForeign)
	if err != nil {
		return nil, fmt.Errorf("training was stopped: %w", err)
	}
	machine.Round()
	m := &Model{
		categories: categories, weighting: weighting, pooling: corpus.Pooling, machine: machine,
		column: features.NewNumbering(len(weighting.IDF)),
	}
	for h, id := range corpus.Vocabulary.Number.All {
		if to := column[id]; to >= 0 {
			m.column.Put(h, to)
		}
	}
	s := outofscope.NewFitter(corpus, f, wordings, isReal(examples))
	var calibration [][]float32
	for k, fold := range held {
		part := outofscope.Fold{Own: fold}
		_, part.Negatives = f.ByTopic(f.Negatives, k, calibrationParts)
		gone := make([]bool, len(all))
		for n, i := range withForeign[k] {
			if i >= len(all) {
				part.Foreign = append(part.Foreign, negatives[i-len(all)])
				part.ForeignEnergy = append(part.ForeignEnergy, outofscope.Energy(unseen[k][n]))
				continue
			}
			gone[i] = true
			calibration = append(calibration, unseen[k][n])
			part.Energy = append(part.Energy, outofscope.Energy(unseen[k][n]))
		}
		for _, i := range all {
			if !gone[i] {
				part.Learn = append(part.Learn, i)
			}
		}
		s.Add(part)
	}
	m.sharpness = sharpest(calibration, features.Pick(labels, slices.Concat(held...)))
	part := outofscope.Fold{Learn: all, Negatives: f.Negatives, Foreign: never}
	for _, r := range f.Rows(weighting, column, never) {
		part.ForeignEnergy = append(part.ForeignEnergy, outofscope.Energy(machine.Margins(&r)))
	}
	s.Add(part)
	m.outOfScope = s.Fit(all)
	m.outOfScope.Kept = cmp.Or(options.Kept, outofscope.DefaultKept)
	return m, nil
}

// label numbers the examples' categories in the order of their names.
func label(examples []Example) (categories []string, labels []int, err error) {
	size := map[string]int{}
	for i, e := range examples {
		if strings.TrimSpace(e.Category) == "" {
			return nil, nil, i18n.Error("message {{.N}} has no category; give it one or leave it out", i18n.Values{"N": i + 1})
		}
		size[e.Category]++
	}
	for name := range size {
		categories = append(categories, name)
	}
	slices.Sort(categories)
	if len(categories) < 2 {
		return nil, nil, i18n.Error("{{.What}}, and there are {{.N}}", i18n.Values{"What": ErrFewCategories, "N": len(categories)})
	}
	var small []string
	number := make(map[string]int, len(categories))
	for i, name := range categories {
		number[name] = i
		if size[name] < leastExamples {
			small = append(small, name)
		}
	}
	if small != nil {
		return nil, nil, i18n.Error("{{.What}}: {{.Categories}}", i18n.Values{"What": ErrFewMessages, "Categories": strings.Join(small, ", ")})
	}
	labels = make([]int, len(examples))
	for i, e := range examples {
		labels[i] = number[e.Category]
	}
	return categories, labels, nil
}

// isReal tells which examples a person wrote.
func isReal(examples []Example) []bool {
	list := make([]bool, len(examples))
	for i, e := range examples {
		list[i] = e.Real
	}
	return list
}
