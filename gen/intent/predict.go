package intent

import "slices"

// Prediction is what the model predicts for a message.
type Prediction struct {
	Category string
	// Confidence is the calibrated probability of the category, from 0 to 1.
	Confidence float64
	// Margin is how far the category's probability is ahead of the next one's.
	Margin float64
	// Probabilities has one number for each of Model.Categories; they add to 1.
	Probabilities []float64
}

// Predict gives a message its most likely category.
func (m *Model) Predict(text string) Prediction {
	return m.predict(m.scores(text))
}

// scores is what the machine says of a message, one number for each category.
func (m *Model) scores(text string) []float32 {
	r := m.row(words(text))
	scores := make([]float32, len(m.categories))
	m.machine.score(&r, scores)
	return scores
}

func (m *Model) predict(scores []float32) Prediction {
	p := Prediction{Probabilities: probabilities(scores, m.sharpness)}
	best := argmax(p.Probabilities)
	p.Category, p.Confidence = m.categories[best], p.Probabilities[best]
	p.Margin = p.Confidence - p.Probabilities[runnerUp(p.Probabilities, best)]
	return p
}

// runnerUp is the place of the largest number but the one at a place. There are at least two.
func runnerUp[T float32 | float64](numbers []T, but int) int {
	second := 0
	if but == 0 {
		second = 1
	}
	for c, x := range numbers {
		if c != but && x > numbers[second] {
			second = c
		}
	}
	return second
}

// known passes on the column of each n-gram of a message that the model knows, with
// the places of the words that it is made of.
func (m *Model) known(message []string, seen func(column int32, first, last int)) {
	look := func(n ngram) {
		if column, ok := m.column.get(n.hash); ok {
			seen(column, n.first, n.last)
		}
	}
	ngrams(message, look, func(word string, place int) {
		for _, h := range runs(clip(word)) {
			look(ngram{h, runKind, place, place})
		}
	})
}

// row makes of a message what the machine can score.
func (m *Model) row(message []string) row {
	found := make([]int32, 0, 24*len(message))
	m.known(message, func(column int32, _, _ int) { found = append(found, column) })
	slices.Sort(found)
	var r row
	var counts []float32
	for k, to := range found {
		if k == 0 || to != found[k-1] {
			r.column, counts = append(r.column, to), append(counts, 0)
		}
		counts[len(counts)-1]++
	}
	r.value = m.weighting.weights(r.column, counts)
	if m.pooling != nil {
		r.dense = make([]float32, m.pooling.width())
		m.pooling.pool(message, r.dense)
	}
	return r
}

// Uncertainty is from 0 for a prediction without an alternative to 0.5 for one with an
// equally likely alternative.
func (p Prediction) Uncertainty() float64 { return (1 - p.Margin) / 2 }

// Uncertainty is from 0 to 1, as Margin is from 1 to -1.
func (p OutOfFold) Uncertainty() float64 { return (1 - p.Margin) / 2 }
