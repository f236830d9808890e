package intent

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"seedbed/gen/intent/outofscope"

	"seedbed/assets/crash"
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
	// Rows has one entry for each message, in the order in which they came, foreign ones
	// among them.
	Rows []Row
	// OutOfScope says how well foreign messages were told from the others; nil where there
	// were none. They count in no other figure.
	OutOfScope *OutOfScopeScores
	// Transfer is that of the check that the report is of; nil where there is none.
	Transfer *Transfer
}

// OutOfScopeScores say how well the out-of-scope score tells foreign messages from those
// of the categories.
type OutOfScopeScores struct {
	Messages int // foreign ones
	// AUROC is the probability that a foreign message scores higher than another; FPR95 is
	// the share of foreign messages let through where 95 % of the others are kept.
	AUROC, FPR95 float64
	// Kept and TurnedAway are measured at the model's default threshold, as in Threshold.
	Kept, TurnedAway float64
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
	OutOfScope float64 // as in Prediction
	// TurnedAway says that OutOfScope is above the model's default threshold.
	TurnedAway bool
	// Foreign says that the message belongs to none of the categories.
	Foreign bool
}

// Mistakes are the rows where the prediction is not what was given, the most
// confident first.
func (r Report) Mistakes() []Row {
	var wrong []Row
	for _, row := range r.Rows {
		if !row.Foreign && row.Given != row.Predicted {
			wrong = append(wrong, row)
		}
	}
	slices.SortStableFunc(wrong, func(a, b Row) int { return cmp.Compare(b.Confidence, a.Confidence) })
	return wrong
}

// WithNone is the report with None as the prediction of each row that is turned away. The
// figures stay as they are.
func (r Report) WithNone() Report {
	r.Rows = slices.Clone(r.Rows)
	for i := range r.Rows {
		if r.Rows[i].TurnedAway {
			r.Rows[i].Predicted = outofscope.None
		}
	}
	return r
}

// Evaluate lets the model predict the examples and compares. Examples of a category that
// is named as foreign, or has one of the names of IsNone, are foreign unless the model
// knows the category. Other categories that the model does not know count as mistakes.
func Evaluate(m *Model, examples []Example, foreign ...string) Report {
	rows := make([]Row, len(examples))
	threshold := m.Threshold(m.Kept())
	crash.InParallel(len(examples), func(i int) {
		e := examples[i]
		p := m.Predict(e.Text)
		_, known := slices.BinarySearch(m.categories, e.Category)
		rows[i] = Row{
			Text: e.Text, Given: e.Category, Predicted: p.Category, Confidence: p.Confidence,
			OutOfScope: p.OutOfScope, TurnedAway: p.OutOfScope > threshold.Score,
			Foreign: e.Foreign || !known && (outofscope.IsNone(e.Category) || slices.Contains(foreign, e.Category)),
		}
	})
	return NewReport(rows)
}

// NewReport scores rows that were predicted elsewhere.
func NewReport(rows []Row) Report {
	r := Report{Rows: rows}
	names := map[string]int{}
	var own, foreign []Row
	for _, row := range rows {
		if row.Foreign {
			foreign = append(foreign, row)
			continue
		}
		own = append(own, row)
		names[row.Given], names[row.Predicted] = 0, 0
	}
	r.Messages, r.OutOfScope = len(own), outOfScopeScores(own, foreign)
	for place, name := range slices.Sorted(maps.Keys(names)) {
		names[name] = place
		r.Categories = append(r.Categories, CategoryScores{Name: name})
		r.Confusion = append(r.Confusion, make([]int, len(names)))
	}
	right := 0
	for _, row := range own {
		r.Confusion[names[row.Given]][names[row.Predicted]]++
		if row.Given == row.Predicted {
			right++
		}
	}
	r.Accuracy = ratio(right, len(own))
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
	r.Weighted.divide(float64(len(own)))
	return r
}

// outOfScopeScores compares the scores of foreign rows with those of the others.
func outOfScopeScores(own, foreign []Row) *OutOfScopeScores {
	if len(foreign) == 0 {
		return nil
	}
	scores := func(rows []Row) (list []float64, turnedAway int) {
		for _, row := range rows {
			list = append(list, row.OutOfScope)
			if row.TurnedAway {
				turnedAway++
			}
		}
		slices.Sort(list)
		return list, turnedAway
	}
	inside, lost := scores(own)
	outside, found := scores(foreign)
	s := &OutOfScopeScores{Messages: len(outside), TurnedAway: ratio(found, len(outside)), Kept: ratio(len(own)-lost, len(own))}
	if len(inside) == 0 {
		return s
	}
	below, ties := 0, 0 // pairs in which the own score is lower, or equal
	for _, x := range outside {
		first, _ := slices.BinarySearch(inside, x)
		after, _ := slices.BinarySearch(inside, math.Nextafter(x, 2))
		below, ties = below+first, ties+after-first
	}
	s.AUROC = (float64(below) + float64(ties)/2) / float64(len(inside)*len(outside))
	s.FPR95 = 1 - outofscope.Above(outside, outofscope.ScoreKeeping(inside, outofscope.DefaultKept))
	return s
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
