package intent

import (
	"cmp"
	"maps"
	"slices"
)

// Report says how well predictions match the categories that people gave.
// All scores are shares from 0 to 1.
type Report struct {
	Messages int
	Accuracy float64
	// Macro is the plain mean over the categories that were met, Weighted the
	// mean by how many messages each has.
	Macro, Weighted Scores
	// Categories are sorted by name; those met and those predicted.
	Categories []CategoryScores
	// Confusion counts messages: [given][predicted], in the order of Categories.
	Confusion [][]int
	// Rows has one entry for each message, in the order in which they came.
	Rows []Row
}

// Scores are precision (of those called so, how many are), recall (of those
// that are, how many were called so) and their harmonic mean.
type Scores struct{ Precision, Recall, F1 float64 }

// CategoryScores are one category's, with the number of messages it has.
type CategoryScores struct {
	Name string
	Scores
	Support int
}

// Row is one message of a report: a line of predictions.csv.
type Row struct {
	Text, Given, Predicted string
	// Confidence is the calibrated probability of the predicted category.
	Confidence float64
}

// Mistakes are the rows where the prediction is not what was given, the most
// confident first.
func (r Report) Mistakes() []Row {
	var wrong []Row
	for _, row := range r.Rows {
		if row.Given != row.Predicted {
			wrong = append(wrong, row)
		}
	}
	slices.SortStableFunc(wrong, func(a, b Row) int { return cmp.Compare(b.Confidence, a.Confidence) })
	return wrong
}

// Evaluate lets the model predict the examples and compares. Categories that
// the model does not know count as mistakes.
func Evaluate(m *Model, examples []Example) Report {
	rows := make([]Row, len(examples))
	inParallel(len(examples), func(i int) {
		p := m.Predict(examples[i].Text)
		rows[i] = Row{Text: examples[i].Text, Given: examples[i].Category, Predicted: p.Category, Confidence: p.Confidence}
	})
	return NewReport(rows)
}

// NewReport scores rows that were predicted elsewhere.
func NewReport(rows []Row) Report {
	r := Report{Messages: len(rows), Rows: rows}
	names := map[string]int{}
	for _, row := range rows {
		names[row.Given], names[row.Predicted] = 0, 0
	}
	for place, name := range slices.Sorted(maps.Keys(names)) {
		names[name] = place
		r.Categories = append(r.Categories, CategoryScores{Name: name})
		r.Confusion = append(r.Confusion, make([]int, len(names)))
	}
	right := 0
	for _, row := range rows {
		r.Confusion[names[row.Given]][names[row.Predicted]]++
		if row.Given == row.Predicted {
			right++
		}
	}
	r.Accuracy = ratio(right, len(rows))
	met := 0
	for c := range r.Categories {
		category := &r.Categories[c]
		called := 0
		for given := range r.Confusion {
			called += r.Confusion[given][c]
			category.Support += r.Confusion[c][given]
		}
		hits := r.Confusion[c][c]
		category.Precision = ratio(hits, called)
		category.Recall = ratio(hits, category.Support)
		category.F1 = ratio(2*hits, called+category.Support)
		if category.Support == 0 {
			continue
		}
		met++
		r.Macro.add(category.Scores, 1)
		r.Weighted.add(category.Scores, float64(category.Support))
	}
	r.Macro.divide(float64(met))
	r.Weighted.divide(float64(len(rows)))
	return r
}

func (s *Scores) add(other Scores, times float64) {
	s.Precision += times * other.Precision
	s.Recall += times * other.Recall
	s.F1 += times * other.F1
}

func (s *Scores) divide(by float64) {
	if by > 0 {
		s.Precision, s.Recall, s.F1 = s.Precision/by, s.Recall/by, s.F1/by
	}
}

// ratio is a part of a whole, 0 of nothing.
func ratio(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// Pair is how many messages of one category were read as another.
type Pair struct {
	Given, Predicted string
	Messages         int
}

// ConfusedPairs lists the pairs of categories that were mixed up, the most
// frequent first.
func (r Report) ConfusedPairs() []Pair {
	var pairs []Pair
	for given, row := range r.Confusion {
		for predicted, n := range row {
			if n > 0 && given != predicted {
				pairs = append(pairs, Pair{r.Categories[given].Name, r.Categories[predicted].Name, n})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b Pair) int { return b.Messages - a.Messages })
	return pairs
}
