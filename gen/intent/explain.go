package intent

import (
	"slices"
	"strings"

	"seedbed/gen/intent/features"
	"seedbed/gen/intent/svm"
)

// Weight is how much one word of a message speaks for its predicted category.
type Weight struct {
	// Word is the word as it is written, text[Start:End] in bytes.
	Word  string `json:"word"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	// Weight is the word's part of the lead that the predicted category's score has
	// over the runner-up's; below 0, the word speaks for the runner-up.
	Weight float64 `json:"weight"`
}

// explained is up to how many words each one's part of the word vectors is computed: in
// a longer message a single word hardly changes those, and the time grows with its square.
const explained = 200

// Explain weighs the words of a message, in their order. The parts of the n-grams are
// exact: a pair's is halved between its two words, and an n-gram that occurs several
// times is shared evenly. The part of the word vectors, which do not add up, is what the
// lead would lose without the word.
func (m *Model) Explain(text string) []Weight {
	var weights []Weight
	var message []string
	var origin []int // the place in weights of each word of the message
	var ends []int   // where in the message the words of each weight end
	for from, to := range features.Spans(text) {
		before := len(message)
		message = features.AppendWord(message, strings.ToLower(text[from:to]))
		if len(message) == before { // only apostrophes
			continue
		}
		for range len(message) - before {
			origin = append(origin, len(weights))
		}
		weights = append(weights, Weight{Word: text[from:to], Start: from, End: to})
		ends = append(ends, len(message))
	}
	if len(weights) == 0 {
		return nil
	}
	r, _ := m.row(message)
	scores := m.machine.Margins(&r)
	best := svm.Argmax(scores)
	second := runnerUp(scores, best)
	lead := func(feature int) float64 { return m.machine.Weight(feature, best) - m.machine.Weight(feature, second) }

	occurrences := map[int32][]features.NGram{}
	features.AllNGrams(message, func(n features.NGram) {
		if column, ok := m.column.Get(n.Hash); ok {
			occurrences[column] = append(occurrences[column], n)
		}
	})
	for k, column := range r.Column {
		part := lead(int(column)) * float64(r.Value[k]) / float64(2*len(occurrences[column]))
		for _, n := range occurrences[column] {
			weights[origin[n.First]].Weight += part
			weights[origin[n.Last]].Weight += part
		}
	}
	if m.pooling != nil && len(weights) <= explained {
		leads := make([]float64, m.pooling.Width())
		for k := range leads {
			leads[k] = lead(m.machine.Columns + k)
		}
		all := product(leads, r.Dense)
		first := 0
		for w, end := range ends {
			m.pooling.Pool(slices.Concat(message[:first], message[end:]), r.Dense)
			weights[w].Weight += all - product(leads, r.Dense)
			first = end
		}
	}
	return weights
}

func product(a []float64, b []float32) float64 {
	var sum float64
	for k, x := range a {
		sum += x * float64(b[k])
	}
	return sum
}
