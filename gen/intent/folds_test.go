package intent

import (
	"reflect"
	"testing"
)

func TestFoldsKeepGroupsAndShares(t *testing.T) {
	var examples []Example
	var labels []int
	for i := range 600 {
		group := -1
		if i%3 == 0 {
			group = i / 24 // groups of eight over all categories
		}
		examples = append(examples, Example{Group: group})
		labels = append(labels, i%4)
	}
	const folds = 5
	dealt := groupedFolds(examples, labels, 4, folds, 7)
	foldOf := map[int]int{}
	seen := 0
	for f, fold := range dealt {
		size := [4]int{}
		for _, i := range fold {
			seen++
			size[labels[i]]++
			if g := examples[i].Group; g >= 0 {
				if other, ok := foldOf[g]; ok && other != f {
					t.Fatalf("group %d is in folds %d and %d", g, other, f)
				}
				foldOf[g] = f
			}
		}
		for c, n := range size {
			if n < 27 || n > 33 {
				t.Errorf("fold %d has %d of category %d, want about 30", f, n, c)
			}
		}
	}
	if seen != len(examples) {
		t.Errorf("%d of %d examples were dealt", seen, len(examples))
	}
	if !reflect.DeepEqual(dealt, groupedFolds(examples, labels, 4, folds, 7)) {
		t.Error("the same seed dealt another way")
	}
	if reflect.DeepEqual(dealt, groupedFolds(examples, labels, 4, folds, 8)) {
		t.Error("another seed dealt the same way")
	}
}
