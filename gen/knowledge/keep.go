// Package knowledge chooses the passages of the knowledge base that questions are about.
package knowledge

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"

	"seedbed/assets/crash"
	"seedbed/gen/intent"
	"seedbed/gen/questions"
	"seedbed/kbsource"
	"seedbed/localdb"
)

// candidates is how many passages are read for each that is kept, so that those can
// be chosen which state something and differ most.
const candidates = 6

// Keep reads passages from a source, chooses at most limit that differ in
// meaning, and keeps those in the dataset that it doesn't have yet, so that later work
// needs no connection. It returns how many were new.
func Keep(ctx context.Context, d *localdb.Dataset, source kbsource.Source, limit int) (int, error) {
	read, err := source.Passages(ctx, candidates*limit)
	if err != nil {
		return 0, err
	}
	stating, silent, err := statingFirst(read, limit)
	if err != nil {
		return 0, err
	}
	if read, err = mostDifferent(ctx, stating, limit); err != nil {
		return 0, err
	}
	if silent, err = mostDifferent(ctx, silent, limit-len(read)); err != nil {
		return 0, err
	}
	read = append(read, silent...)
	there, err := d.Passages(ctx)
	if err != nil {
		return 0, err
	}
	known := map[string]bool{}
	for _, p := range there {
		known[p.Text] = true
	}
	var fresh []localdb.Passage
	for _, p := range read {
		if !known[p.Text] {
			known[p.Text] = true
			fresh = append(fresh, localdb.Passage{Origin: p.Origin, Ref: p.Ref, Title: p.Title, Text: p.Text})
		}
	}
	if len(fresh) == 0 {
		return 0, nil
	}
	if _, err := d.AddPassages(ctx, fresh); err != nil {
		return 0, fmt.Errorf("keep the passages: %w", err)
	}
	return len(fresh), nil
}

// statingFirst tells passages that state something to ask for from the others, if there
// are more than so many.
func statingFirst(read []kbsource.Passage, limit int) (stating, silent []kbsource.Passage, err error) {
	if len(read) <= limit {
		return read, nil, nil
	}
	knowledge := make([]questions.Passage, len(read))
	for i, p := range read {
		knowledge[i] = questions.Passage{Title: p.Title, Text: p.Text}
	}
	collection, err := questions.NewCollection(knowledge)
	if err != nil {
		return nil, nil, err
	}
	states := make([]bool, len(read))
	var reading crash.Group
	for worker := range runtime.GOMAXPROCS(0) {
		reading.Go(func() {
			for i := worker; i < len(read); i += runtime.GOMAXPROCS(0) {
				states[i] = collection.WorthAsking(knowledge[i])
			}
		})
	}
	reading.Wait()
	for i, p := range read {
		if states[i] {
			stating = append(stating, p)
		} else {
			silent = append(silent, p)
		}
	}
	return stating, silent, nil
}

// mostDifferent picks passages farthest from each other by the vectors that are stored
// beside them, or else by the word vectors inside the program. They stay in order.
func mostDifferent(ctx context.Context, passages []kbsource.Passage, limit int) ([]kbsource.Passage, error) {
	switch {
	case len(passages) <= limit:
		return passages, nil
	case limit <= 0:
		return nil, nil
	}
	picked, ok := farthestFirst(passages, limit)
	if !ok {
		texts := make([]string, len(passages))
		for i, p := range passages {
			texts[i] = p.Title + "\n" + p.Text
		}
		meaning, err := intent.NewMeaning(texts)
		if err != nil {
			return nil, err
		}
		if picked, err = meaning.Spread(ctx, limit); err != nil {
			return nil, err
		}
	}
	slices.Sort(picked)
	chosen := make([]kbsource.Passage, len(picked))
	for i, at := range picked {
		chosen[i] = passages[at]
	}
	return chosen, nil
}

// farthestFirst picks n passages, each the one least like all picked before
// (Gonzalez, 1985), by the cosine of their embeddings. It is not ok where one has none
// or they are of different models.
func farthestFirst(passages []kbsource.Passage, n int) (picked []int, ok bool) {
	size := len(passages[0].Embedding)
	closest := make([]float64, len(passages)) // cosine to the nearest that is picked
	for i, p := range passages {
		if size == 0 || len(p.Embedding) != size {
			return nil, false
		}
		closest[i] = -1
	}
	for next := 0; len(picked) < n; {
		picked = append(picked, next)
		for i, p := range passages {
			closest[i] = max(closest[i], cosine(passages[next].Embedding, p.Embedding))
		}
		closest[next] = math.Inf(1)
		next = slices.Index(closest, slices.Min(closest))
	}
	return picked, true
}

func cosine(a, b []float32) float64 {
	var dot, aa, bb float64
	for i := range a {
		x, y := float64(a[i]), float64(b[i])
		dot += x * y
		aa += x * x
		bb += y * y
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return dot / math.Sqrt(aa*bb)
}
