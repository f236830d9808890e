package intent

import (
	"fmt"
	"math"
	"slices"

	"seedbed/gen/intent/svm"

	"seedbed/assets/i18n"
)

// Score is how many of some messages were predicted right.
type Score struct {
	// Name says what was trained on and tested on.
	Name     string
	Accuracy float64
	MacroF1  float64
	// Low and High bound the accuracy with 95 % confidence.
	Low, High float64
	// Messages is how many were tested.
	Messages int
}

// score is the cross-validated accuracy on some messages, with the corrected
// resampled t interval: the folds of a cross-validation share most of their
// training messages, so the plain variance of their scores is too small by far.
// The correction adds test/training size to 1/folds (Nadeau and Bengio, 2003),
// for repeated cross-validation as in Bouckaert and Frank (2004).
func (r *rounds) score(messages []int, name string) Score {
	c := r.checker
	wanted := make([]bool, len(c.examples))
	for _, i := range messages {
		wanted[i] = true
	}
	var accuracies []float64
	var rows []Row
	for f, fold := range r.folds {
		right, n := 0, 0
		for k, i := range fold {
			if !wanted[i] {
				continue
			}
			best := svm.Argmax(r.scores[f][k])
			rows = append(rows, Row{Given: c.categories[c.labels[i]], Predicted: c.categories[best]})
			n++
			if best == c.labels[i] {
				right++
			}
		}
		if n > 0 {
			accuracies = append(accuracies, ratio(right, n))
		}
	}
	report := NewReport(rows)
	s := Score{Name: name, Accuracy: report.Accuracy, MacroF1: report.Macro.F1, Messages: len(messages), High: 1}
	folds := float64(len(accuracies))
	if folds < 2 {
		return s
	}
	var mean, variance float64
	for _, a := range accuracies {
		mean += a / folds
	}
	for _, a := range accuracies {
		variance += (a - mean) * (a - mean) / (folds - 1)
	}
	parts := float64(c.options.Folds)
	spread := studentT(folds-1) * math.Sqrt((1/folds+1/(parts-1))*variance)
	// Folds that happen to agree are no certainty: the interval is never
	// narrower than that of as many independent messages.
	low, high := wilson(report.Accuracy, float64(len(messages)))
	s.Low, s.High = min(low, max(0, s.Accuracy-spread)), max(high, min(1, s.Accuracy+spread))
	return s
}

// proportion is the score of a single test, with Wilson's interval (1927).
func proportion(name string, r Report) Score {
	s := Score{Name: name, Accuracy: r.Accuracy, MacroF1: r.Macro.F1, Messages: r.Messages}
	s.Low, s.High = wilson(r.Accuracy, float64(r.Messages))
	return s
}

// normal95 is how many standard deviations hold 95 % of a normal distribution.
const normal95 = 1.959964

func wilson(share, n float64) (low, high float64) {
	const z2 = normal95 * normal95
	middle := (share + z2/(2*n)) / (1 + z2/n)
	half := normal95 / (1 + z2/n) * math.Sqrt(share*(1-share)/n+z2/(4*n*n))
	return max(0, middle-half), min(1, middle+half)
}

// studentT is normal95 for Student's distribution, by the Cornish-Fisher
// expansion (Abramowitz and Stegun, 26.7.5), good to 1 % from 3 degrees on.
func studentT(degrees float64) float64 {
	z := normal95
	z3 := z * z * z
	z5 := z3 * z * z
	z7 := z5 * z * z
	return z + (z3+z)/(4*degrees) +
		(5*z5+16*z3+3*z)/(96*degrees*degrees) +
		(3*z7+19*z5+17*z3-15*z)/(384*degrees*degrees*degrees)
}

// What a check needs before its figures mean much.
const (
	fewInCategory = 20
	fewTested     = 100
	wideInterval  = 0.15
)

// caveats are the limits of a result.
func (c *checker) caveats(headline Score) []i18n.Text {
	var caveats []i18n.Text
	if len(c.leftOut) > 0 {
		slices.Sort(c.leftOut)
		var names i18n.Text
		for _, name := range c.leftOut {
			names = listed(names, i18n.T("{{.Category}}", i18n.Values{"Category": name}))
		}
		caveats = append(caveats, i18n.T("Left out, with fewer than {{.N}} messages to learn from: {{.Categories}}.",
			i18n.Values{"N": c.options.Folds, "Categories": names}))
	}
	size := make([]int, len(c.categories))
	for _, i := range c.open {
		size[c.labels[i]]++
	}
	var few i18n.Text
	for k, n := range size {
		if n < fewInCategory {
			few = listed(few, i18n.T("{{.Category}} ({{.N}})", i18n.Values{"Category": c.categories[k], "N": n}))
		}
	}
	if !few.IsZero() {
		caveats = append(caveats, i18n.T("Too few messages to judge these categories, fewer than {{.N}} each: {{.Categories}}.",
			i18n.Values{"N": fewInCategory, "Categories": few}))
	}
	if headline.Messages < fewTested {
		caveats = append(caveats, i18n.N("Only 1 message was tested; the figure means little with fewer than {{.Enough}}.", "Only {{.N}} messages were tested; the figure means little with fewer than {{.Enough}}.",
			headline.Messages, i18n.Values{"Enough": fewTested}))
	}
	if width := headline.High - headline.Low; width > wideInterval {
		caveats = append(caveats, i18n.T("The true accuracy may lie anywhere from {{.Low}} % to {{.High}} %: too little data to tell better from worse.",
			i18n.Values{"Low": percent(headline.Low), "High": percent(headline.High)}))
	}
	return caveats
}

// listed is a list with one more.
func listed(list, one i18n.Text) i18n.Text {
	if list.IsZero() {
		return one
	}
	return i18n.T("{{.One}}, {{.Another}}", i18n.Values{"One": list, "Another": one})
}

// gap explains in plain words how the scores of real and synthetic messages differ.
func gap(synthetic, realScore, known Score, onSynthetic, onReal Report) i18n.Text {
	points := 100 * (synthetic.Accuracy - realScore.Accuracy)
	said := i18n.T("Trained on synthetic messages alone, the check gets {{.Real}} % of {{.N}} real messages right, and {{.Synthetic}} % of the synthetic ones it had not seen.",
		i18n.Values{"Real": percent(realScore.Accuracy), "N": realScore.Messages, "Synthetic": percent(synthetic.Accuracy)})
	then := func(next i18n.Text) {
		said = i18n.T("{{.First}} {{.Then}}", i18n.Values{"First": said, "Then": next})
	}
	name := widestGap(onSynthetic, onReal)
	more := i18n.Values{"Points": fmt.Sprintf("%.0f", points), "Category": name}
	switch {
	case realScore.High-realScore.Low > wideInterval:
		then(i18n.T("There are too few real messages to say more about the gap."))
	case points < 3:
		then(i18n.T("Real people write much as the synthetic messages do."))
	case name == "":
		then(i18n.T("The gap of {{.Points}} points comes from wording of real people that the synthetic messages do not cover yet.", more))
	default:
		then(i18n.T("The gap of {{.Points}} points comes from wording of real people that the synthetic messages do not cover yet, most of all in {{.Category}}.", more))
	}
	if gain := 100 * (known.Accuracy - realScore.Accuracy); gain >= 3 {
		then(i18n.T("When it also learns from real messages, it gets {{.Real}} % of them right.", i18n.Values{"Real": percent(known.Accuracy)}))
	}
	return said
}

// percent writes a share in whole percent.
func percent(share float64) string { return fmt.Sprintf("%.0f", 100*share) }

// widestGap is the category that loses the most recall on real messages.
func widestGap(onSynthetic, onReal Report) (name string) {
	recall := map[string]float64{}
	for _, c := range onSynthetic.Categories {
		recall[c.Name] = c.Recall
	}
	widest := 0.0
	for _, c := range onReal.Categories {
		if lost := recall[c.Name] - c.Recall; c.Support >= 5 && lost > widest {
			name, widest = c.Name, lost
		}
	}
	return name
}
