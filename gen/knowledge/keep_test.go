package knowledge

import (
	"fmt"
	"slices"
	"testing"

	"seedbed/kbsource"
)

func refs(passages []kbsource.Passage) []string {
	list := make([]string, len(passages))
	for i, p := range passages {
		list[i] = p.Ref
	}
	return list
}

func TestPassagesAreSpreadByTheirEmbeddings(t *testing.T) {
	var passages []kbsource.Passage
	for i := range 30 { // three directions, ten passages along each
		vector := make([]float32, 3)
		vector[i/10], vector[(i/10+1)%3] = 1, float32(i%10)/100
		passages = append(passages, kbsource.Passage{Ref: fmt.Sprint(i), Text: "the same text", Embedding: vector})
	}
	chosen, err := mostDifferent(t.Context(), passages, 3)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[int]bool{}
	for _, p := range chosen {
		seen[slices.IndexFunc(p.Embedding, func(x float32) bool { return x == 1 })] = true
	}
	if len(seen) != 3 {
		t.Errorf("chose %v", refs(chosen))
	}
}

func TestPassagesAreSpreadByTheirWords(t *testing.T) {
	var passages []kbsource.Passage
	for i := range 9 {
		passages = append(passages, kbsource.Passage{Ref: fmt.Sprint("salary ", i), Text: "Negotiate the salary of an offer before you sign the contract."})
	}
	passages = append(passages,
		kbsource.Passage{Ref: "kitchen", Text: "Wash the knives, the pans and the oven when the kitchen closes."},
		kbsource.Passage{Ref: "database", Text: "An index makes a database query fast, and each insert a little slower."})
	chosen, err := mostDifferent(t.Context(), passages, 3)
	if err != nil {
		t.Fatal(err)
	}
	if got := refs(chosen); !slices.Contains(got, "kitchen") || !slices.Contains(got, "database") {
		t.Errorf("chose %v", got)
	}
	if all, err := mostDifferent(t.Context(), passages, 50); err != nil || len(all) != len(passages) {
		t.Errorf("%d of %d, %v", len(all), len(passages), err)
	}
}
