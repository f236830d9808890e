package intent

import (
	"math/rand/v2"
	"slices"
)

// groupedFolds deals the examples into folds so that each fold holds about the
// same share of every category and no group is torn apart. The same seed deals
// the same way; each fold lists its examples in order.
func groupedFolds(examples []Example, labels []int, classes, folds int, seed uint64) [][]int {
	units := groups(examples)
	random := rand.New(rand.NewPCG(seed, 0xf01d)) // the same seed has to deal the same
	random.Shuffle(len(units), func(i, j int) { units[i], units[j] = units[j], units[i] })
	// Large groups first, while there is room everywhere to balance them.
	slices.SortStableFunc(units, func(a, b []int) int { return len(b) - len(a) })

	dealt := make([][]int, folds)
	held := make([][]int, folds) // how many of each category a fold holds
	for f := range held {
		held[f] = make([]int, classes)
	}
	for _, unit := range units {
		best, least := 0, -1
		for f := range folds {
			crowd := 0
			for _, i := range unit {
				crowd += held[f][labels[i]]
			}
			// Where the categories are even, the emptier fold takes it.
			crowd = crowd*(len(examples)+1) + len(dealt[f])
			if least < 0 || crowd < least {
				best, least = f, crowd
			}
		}
		dealt[best] = append(dealt[best], unit...)
		for _, i := range unit {
			held[best][labels[i]]++
		}
	}
	for _, fold := range dealt {
		slices.Sort(fold)
	}
	return dealt
}

// groups lists the examples of each group together, and each example without
// one by itself, in the order of first occurrence.
func groups(examples []Example) [][]int {
	var units [][]int
	unitOf := map[int]int{}
	for i, e := range examples {
		if e.Group < 0 {
			units = append(units, []int{i})
			continue
		}
		unit, ok := unitOf[e.Group]
		if !ok {
			unit = len(units)
			unitOf[e.Group] = unit
			units = append(units, nil)
		}
		units[unit] = append(units[unit], i)
	}
	return units
}
