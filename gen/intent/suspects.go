package intent

import (
	"cmp"
	"fmt"
	"slices"
)

// Suspect is a message that the check reads as another category than it has.
// It is a reason to look, never one to delete.
type Suspect struct {
	// Index is the example's place in what was checked.
	Index int
	// Predicted is the category that the check sees, with its confidence.
	Predicted  string
	Confidence float64
	// Margin is OutOfFold.Margin, below 0 for every suspect.
	Margin float64
	// Reason is for people: "reads like social, 0.81".
	Reason string
}

// suspects ranks the messages whose given category is less likely than another
// by the normalised margin, the most suspicious first: the ranking of confident
// learning that finds planted errors best (Northcutt, Jiang and Chuang, 2021).
func suspects(examples []Example, found []OutOfFold) []Suspect {
	var list []Suspect
	for i, p := range found {
		if p.Category == "" || examples[i].Holdout || p.Category == examples[i].Category {
			continue
		}
		list = append(list, Suspect{
			Index: i, Predicted: p.Category, Confidence: p.Confidence, Margin: p.Margin,
			Reason: fmt.Sprintf("reads like %s, %.2f", p.Category, p.Confidence),
		})
	}
	slices.SortStableFunc(list, func(a, b Suspect) int { return cmp.Compare(a.Margin, b.Margin) })
	return list
}
