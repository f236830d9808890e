package neardup

import (
	"context"
	"math"
	"runtime"
	"slices"
	"sync/atomic"

	"seedbed/assets/crash"
)

// Pair is two near-duplicates, by their positions.
type Pair struct {
	A, B    int // A < B
	Jaccard float64
}

// The limits of the comparisons for one text in a crowded band. Each pair has a chance
// in every band, so the limits lose nothing on real messages.
const (
	crowdedBand   = 500
	verifiedPairs = 64
)

// Pairs finds the near-duplicates among n texts: enough verified pairs to connect every
// group of them, ordered by B and then A. It takes about 130 bytes a text, and calls
// text again for the few that it verifies. progress, which may be nil, is given the
// number of texts done so far, from several goroutines.
func Pairs(ctx context.Context, n int, text func(i int) string, progress func(done int)) ([]Pair, error) {
	keys, sketches, err := signAll(ctx, n, text, progress)
	if err != nil {
		return nil, err
	}
	sets := NewDisjointSets(n)
	var pairs []Pair
	order := make([]uint64, n)
	var a, b shingler
	for band := range bands {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for i := range order {
			order[i] = uint64(keys[band][i])<<32 | uint64(i)
		}
		slices.Sort(order)
		for first := 0; first < n; {
			last := first + 1
			for last < n && order[last]>>32 == order[first]>>32 {
				last++
			}
			pairs = appendPairs(pairs, order[first:last], sketches, sets, text, &a, &b)
			first = last
		}
	}
	slices.SortFunc(pairs, func(p, q Pair) int {
		if p.B != q.B {
			return p.B - q.B
		}
		return p.A - q.A
	})
	return pairs, nil
}

// appendPairs compares the texts that share one band.
func appendPairs(pairs []Pair, crowd []uint64, sketches []sketch, sets *DisjointSets, text func(int) string, sa, sb *shingler) []Pair {
	for hi := 1; hi < len(crowd); hi++ {
		i := int(crowd[hi] & math.MaxUint32)
		set, verified := []uint32(nil), 0
		for lo := max(0, hi-crowdedBand); lo < hi && verified < verifiedPairs; lo++ {
			j := int(crowd[lo] & math.MaxUint32)
			if !mayBeNear(sketches[i], sketches[j]) || sets.Find(i) == sets.Find(j) {
				continue
			}
			if set == nil {
				set = sa.of(text(i))
			}
			verified++
			if near := jaccard(set, sb.of(text(j))); near >= Threshold {
				sets.Join(i, j)
				pairs = append(pairs, Pair{A: min(i, j), B: max(i, j), Jaccard: near})
			}
		}
	}
	return pairs
}

// signAll computes the band keys, one slice a band, and the sketches.
func signAll(ctx context.Context, n int, text func(int) string, progress func(int)) (keys [bands][]uint32, sketches []sketch, err error) {
	const chunk = 4096
	for b := range keys {
		keys[b] = make([]uint32, n)
	}
	sketches = make([]sketch, n)
	var next, done atomic.Int64
	var workers crash.Group
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			var words shingler
			for {
				first := int(next.Add(chunk)) - chunk
				if first >= n || ctx.Err() != nil {
					return
				}
				last := min(first+chunk, n)
				for i := first; i < last; i++ {
					s := sign(words.of(text(i)))
					sketches[i] = s.sketch
					for b, h := range s.band {
						keys[b][i] = h
					}
				}
				if so := done.Add(int64(last - first)); progress != nil {
					progress(int(so))
				}
			}
		})
	}
	workers.Wait()
	return keys, sketches, ctx.Err()
}

// Copy is what a text nearly copies, by positions.
type Copy struct {
	Of      int // the most similar text that it is paired with
	First   int // the first text of its group
	Jaccard float64
}

// Copies returns what each of n texts nearly copies, by its position. The first text
// of a group copies nothing.
func Copies(n int, pairs []Pair) map[int]Copy {
	sets := NewDisjointSets(n)
	for _, p := range pairs {
		sets.Join(p.A, p.B)
	}
	copies := make(map[int]Copy, len(pairs))
	consider := func(text, of int, similarity float64) {
		if first := sets.Find(text); text != first && copies[text].Jaccard < similarity {
			copies[text] = Copy{of, first, similarity}
		}
	}
	for _, p := range pairs {
		consider(p.B, p.A, p.Jaccard)
		consider(p.A, p.B, p.Jaccard)
	}
	return copies
}

// DisjointSets is a union-find forest over positions. The root of a set is its lowest
// member.
type DisjointSets struct{ parent []int32 }

// NewDisjointSets returns n sets of one position each.
func NewDisjointSets(n int) *DisjointSets {
	s := &DisjointSets{parent: make([]int32, n)}
	for i := range s.parent {
		s.parent[i] = int32(i) // message ids have 32 bits
	}
	return s
}

// Find returns the lowest member of i's set.
func (s *DisjointSets) Find(i int) int {
	for int(s.parent[i]) != i {
		s.parent[i] = s.parent[s.parent[i]]
		i = int(s.parent[i])
	}
	return i
}

// Join makes one set of those of i and j.
func (s *DisjointSets) Join(i, j int) {
	i, j = s.Find(i), s.Find(j)
	s.parent[max(i, j)] = int32(min(i, j)) // message ids have 32 bits
}
