package intent

// Prediction is what the model predicts for a message.
type Prediction struct {
	Category string
	// Confidence is the calibrated probability of the category, from 0 to 1.
	Confidence float64
	// Margin is how far the category's probability is ahead of the next one's.
	Margin float64
	// Probabilities has one number for each of Model.Categories; they add to 1.
	Probabilities []float64
	// OutOfScope is from 0 for a message like those that the model learned from to 1 for one
	// that belongs to none of its categories.
	OutOfScope float64
}

// Predict gives a message its most likely category.
func (m *Model) Predict(text string) Prediction {
	message := words(text)
	r, known := m.row(message)
	margins := m.machine.margins(&r)
	p := Prediction{Probabilities: probabilities(margins, m.sharpness)}
	best := argmax(p.Probabilities)
	p.Category, p.Confidence = m.categories[best], p.Probabilities[best]
	p.Margin = p.Confidence - p.Probabilities[runnerUp(p.Probabilities, best)]
	p.OutOfScope = m.outOfScope.score(newEvidence(energy(margins), m.outOfScope.WordingWeight, m.outOfScope.wording(wordings(message)), known))
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

// row makes of a message what the machine can score, and how much of it is known.
func (m *Model) row(message []string) (row, coverage) {
	found := make([]int32, 0, 24*len(message))
	var known, all coverage
	allNGrams(message, func(n ngram) {
		all[n.kind]++
		if column, ok := m.column.get(n.hash); ok {
			known[n.kind]++
			found = append(found, column)
		}
	})
	var r row
	var counts []float32
	r.column, counts = tally(found)
	r.value = m.weighting.weights(r.column, counts)
	if m.pooling != nil {
		r.dense = make([]float32, m.pooling.width())
		m.pooling.pool(message, r.dense)
	}
	return r, known.of(all)
}

// Uncertainty is from 0 for a prediction without an alternative to 0.5 for one with an
// equally likely alternative.
func (p Prediction) Uncertainty() float64 { return (1 - p.Margin) / 2 }

// Uncertainty is from 0 to 1, as Margin is from 1 to -1.
func (p OutOfFold) Uncertainty() float64 { return (1 - p.Margin) / 2 }

// Own is the probability of the given category of a message that is predicted as another.
func (p OutOfFold) Own() float64 { return p.Confidence + p.Margin }
