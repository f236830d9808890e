package localdb

import (
	"context"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// NearPair says that two messages, by their positions, are near-duplicates.
type NearPair struct {
	A, B    int // A < B
	Jaccard float64
}

// How far a crowded band is looked through for one message. Each of the bands
// gives a pair another chance, so that nothing is lost on real messages.
const (
	crowdedBand   = 500
	verifiedPairs = 64
)

// NearPairs finds the near-duplicates among n messages: enough pairs to connect
// every group of them, each verified, ordered by B and then A. It keeps about 130
// bytes a message and calls text again for the few that it verifies. progress,
// which may be nil, hears how many of the n messages are through; it is called
// from several goroutines.
func NearPairs(ctx context.Context, n int, text func(i int) string, progress func(done int)) ([]NearPair, error) {
	keys, sketches, err := signAll(ctx, n, text, progress)
	if err != nil {
		return nil, err
	}
	groups := newGroups(n)
	var pairs []NearPair
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
			pairs = appendPairs(pairs, order[first:last], sketches, groups, text, &a, &b)
			first = last
		}
	}
	slices.SortFunc(pairs, func(p, q NearPair) int {
		if p.B != q.B {
			return p.B - q.B
		}
		return p.A - q.A
	})
	return pairs, nil
}

// appendPairs compares the messages that share one band.
func appendPairs(pairs []NearPair, crowd []uint64, sketches []sketch, groups *groups, text func(int) string, sa, sb *shingler) []NearPair {
	for hi := 1; hi < len(crowd); hi++ {
		i := int(crowd[hi] & math.MaxUint32)
		set, verified := []uint32(nil), 0
		for lo := max(0, hi-crowdedBand); lo < hi && verified < verifiedPairs; lo++ {
			j := int(crowd[lo] & math.MaxUint32)
			if !mayBeNear(sketches[i], sketches[j]) || groups.find(i) == groups.find(j) {
				continue
			}
			if set == nil {
				set = sa.of(text(i))
			}
			verified++
			if near := jaccard(set, sb.of(text(j))); near >= NearThreshold {
				groups.join(i, j)
				pairs = append(pairs, NearPair{A: min(i, j), B: max(i, j), Jaccard: near})
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
	var workers sync.WaitGroup
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

// groups is a union-find forest whose roots are the lowest members.
type groups struct{ parent []int32 }

func newGroups(n int) *groups {
	g := &groups{parent: make([]int32, n)}
	for i := range g.parent {
		g.parent[i] = int32(i) // message ids have 32 bits
	}
	return g
}

func (g *groups) find(i int) int {
	for int(g.parent[i]) != i {
		g.parent[i] = g.parent[g.parent[i]]
		i = int(g.parent[i])
	}
	return i
}

func (g *groups) join(i, j int) {
	i, j = g.find(i), g.find(j)
	g.parent[max(i, j)] = int32(min(i, j)) // message ids have 32 bits
}
