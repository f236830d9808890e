// Package split divides messages into train, validation and test parts with the same
// mix of categories, so that no near-duplicates or related messages are in two parts.
package split

import (
	"cmp"
	"context"
	"maps"
	"math/rand/v2"
	"slices"

	"seedbed/assets/number"

	"seedbed/assets/i18n"
	"seedbed/localdb/neardup"
)

// Part is where a split puts a message.
type Part uint8

// The parts of a split.
const (
	Train Part = iota
	Validation
	Test
	LeftOut // a near-duplicate of a message in the holdout, or of its group
)

// Parts names the three files of a split, in the order of their ratios.
var Parts = [3]string{"train", "val", "test"}

// Item is a message to assign to a part.
type Item struct {
	ID       int64
	Text     string
	Category string
	Group    string // messages of the same group stay together; "" for none
	Holdout  bool   // held out for testing
}

// Options says how to split. Ratios are shares of train, validation and test
// in any unit, such as 80, 10, 10. The same seed gives the same split.
type Options struct {
	Ratios   [3]float64
	Seed     uint64
	Progress func(done, total int) // may be nil
}

// Result is a split and its statistics.
type Result struct {
	Parts      []Part            // one an item, in the items' order
	Sizes      [3]int            // how many messages each part has
	Counts     map[string][3]int // the same for each category
	LeftOut    int               // messages that no part may have
	Groups     int               // how many groups of inseparable messages there are
	LargestSet int               // messages in the largest of them
	Leaks      []Leak            // near-duplicates and messages of one group found across parts: none
}

// Leak is a pair of messages that should not be in two parts.
type Leak struct {
	A, B int // positions
	Near float64
}

// Split assigns messages to parts so that every part has the same mix of categories and
// no near-duplicates or messages of one group are in two parts. Where messages are
// held out, the test part is exactly those.
func Split(ctx context.Context, items []Item, opt Options) (Result, error) {
	if err := opt.Check(); err != nil {
		return Result{}, err
	}
	if len(items) == 0 {
		return Result{}, i18n.Error("there are no messages to split: generate or import some first")
	}
	report := func(int) {}
	if opt.Progress != nil {
		report = func(done int) { opt.Progress(done, len(items)) }
	}
	pairs, err := neardup.Pairs(ctx, len(items), func(i int) string { return items[i].Text }, report)
	if err != nil {
		return Result{}, err
	}
	sets := inseparable(items, pairs)
	parts := assign(items, sets, opt)
	result := Result{Parts: parts, Counts: map[string][3]int{}, Groups: len(sets)}
	for _, set := range sets {
		result.LargestSet = max(result.LargestSet, len(set))
	}
	for i, part := range parts {
		if part == LeftOut {
			result.LeftOut++
			continue
		}
		result.Sizes[part]++
		counts := result.Counts[items[i].Category]
		counts[part]++
		result.Counts[items[i].Category] = counts
	}
	result.Leaks, err = leaks(ctx, items, parts)
	return result, err
}

// Check says what is wrong with the ratios.
func (opt Options) Check() error {
	ratios := opt.Ratios
	for _, r := range ratios {
		if err := number.Ratio.Check(r); err != nil {
			return i18n.Error("the ratios {{.Ratios}} are not shares: {{.Why}}", i18n.Values{"Ratios": ratios, "Why": err})
		}
	}
	if ratios[0] == 0 || ratios[1]+ratios[2] == 0 {
		return i18n.Error("the ratios {{.Ratios}} leave nothing to train or to test on: give three numbers such as 80/10/10", i18n.Values{"Ratios": ratios})
	}
	return nil
}

// Groups numbers the sets of messages that must stay together: near-duplicates and
// messages of one group. Messages with the same number belong to the same set.
func Groups(ctx context.Context, items []Item) ([]int, error) {
	pairs, err := neardup.Pairs(ctx, len(items), func(i int) string { return items[i].Text }, nil)
	if err != nil {
		return nil, err
	}
	numbers := make([]int, len(items))
	for n, set := range inseparable(items, pairs) {
		for _, i := range set {
			numbers[i] = n
		}
	}
	return numbers, nil
}

// inseparable returns the positions of the messages that must stay together, set
// by set, in the order of their first members.
func inseparable(items []Item, pairs []neardup.Pair) [][]int {
	g := neardup.NewDisjointSets(len(items))
	for _, p := range pairs {
		g.Join(p.A, p.B)
	}
	groups := map[string]int{}
	for i, item := range items {
		if item.Group == "" {
			continue
		}
		if first, ok := groups[item.Group]; ok {
			g.Join(first, i)
		} else {
			groups[item.Group] = i
		}
	}
	at := map[int]int{}
	var sets [][]int
	for i := range items {
		root := g.Find(i)
		n, ok := at[root]
		if !ok {
			n = len(sets)
			at[root] = n
			sets = append(sets, nil)
		}
		sets[n] = append(sets[n], i)
	}
	return sets
}

// assign puts the largest sets first, each where it brings the parts nearest to
// what they should have of each category and in all.
func assign(items []Item, sets [][]int, opt Options) []Part {
	parts := make([]Part, len(items))
	put := func(set []int, part Part) {
		for _, i := range set {
			parts[i] = part
		}
	}
	ratios := opt.Ratios
	free := make([][]int, 0, len(sets))
	for _, set := range sets {
		if !slices.ContainsFunc(set, func(i int) bool { return items[i].Holdout }) {
			free = append(free, set)
			continue
		}
		ratios[Test] = 0
		for _, i := range set {
			parts[i] = LeftOut
			if items[i].Holdout {
				parts[i] = Test
			}
		}
	}
	random := rand.New(rand.NewPCG(opt.Seed, 0x5eed)) // a split must be repeatable
	random.Shuffle(len(free), func(i, j int) { free[i], free[j] = free[j], free[i] })
	slices.SortStableFunc(free, func(a, b []int) int { return cmp.Compare(len(b), len(a)) })

	scale := newBalance(items, free, ratios)
	for _, set := range free {
		part := scale.best(items, set)
		scale.add(items, set, part)
		put(set, part)
	}
	return parts
}

// balance holds what each part should have and has, of each category and, under
// the empty key of totals, in all.
type balance struct {
	ratios [3]float64
	want   map[string]*[3]float64
	have   map[string]*[3]float64
	total  struct{ want, have [3]float64 }
}

func newBalance(items []Item, sets [][]int, ratios [3]float64) *balance {
	b := &balance{ratios: ratios, want: map[string]*[3]float64{}, have: map[string]*[3]float64{}}
	count, setsOf := map[string]float64{}, map[string]int{}
	for _, set := range sets {
		seen := map[string]bool{}
		for _, i := range set {
			count[items[i].Category]++
			seen[items[i].Category] = true
		}
		for c := range seen {
			setsOf[c]++
		}
	}
	sum := ratios[0] + ratios[1] + ratios[2]
	for _, category := range slices.Sorted(maps.Keys(count)) {
		n := count[category]
		var want [3]float64
		for p := range want {
			want[p] = n * ratios[p] / sum
			// A category that can be in every part should be, however small it is.
			if p > 0 && ratios[p] > 0 && setsOf[category] >= 3 {
				want[p] = max(want[p], 1)
			}
		}
		want[Train] = n - want[Validation] - want[Test]
		b.want[category], b.have[category] = &want, new([3]float64)
		for p := range want {
			b.total.want[p] += want[p]
		}
	}
	return b
}

// best returns the part in which a set lowers the differences most: squared, and
// relative to what is wanted, as in Pearson's chi-squared, so that a small part's
// share counts as much as a large one's.
func (b *balance) best(items []Item, set []int) Part {
	count := map[string]float64{}
	for _, i := range set {
		count[items[i].Category]++
	}
	best, least := Train, 0.0
	for p := range b.ratios {
		if b.ratios[p] == 0 {
			continue
		}
		cost := growth(b.total.have[p], b.total.want[p], float64(len(set)))
		for _, category := range slices.Sorted(maps.Keys(count)) {
			cost += growth(b.have[category][p], b.want[category][p], count[category])
		}
		if p == 0 || cost < least {
			best, least = Part(p), cost // below 3
		}
	}
	return best
}

// growth is what adding n does to (have-want)²/want.
func growth(have, want, n float64) float64 {
	return n * (2*(have-want) + n) / want
}

func (b *balance) add(items []Item, set []int, part Part) {
	for _, i := range set {
		b.have[items[i].Category][part]++
	}
	b.total.have[part] += float64(len(set))
}

// leaks verifies what Split promises by other means: every message is looked up in an
// index of the parts that it must not overlap with.
func leaks(ctx context.Context, items []Item, parts []Part) ([]Leak, error) {
	var found []Leak
	groups := map[string]int{}
	for i, item := range items {
		if item.Group == "" || parts[i] == LeftOut {
			continue
		}
		first, ok := groups[item.Group]
		if !ok {
			groups[item.Group] = i
		} else if parts[first] != parts[i] {
			found = append(found, Leak{A: first, B: i})
		}
	}
	for _, held := range []Part{Test, Validation} {
		index := neardup.NewIndex()
		for i := range items {
			if parts[i] == held {
				index.Add(int64(i), items[i].Text)
			}
		}
		for i := range items {
			if parts[i] >= held {
				continue
			}
			if i%1024 == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if at, near, ok := index.Find(items[i].Text); ok {
				found = append(found, Leak{A: i, B: int(at), Near: near})
			}
		}
	}
	return found, nil
}
