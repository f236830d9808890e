package intent

import (
	"context"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"

	"seedbed/assets/crash"
)

// The prediction comes from linear support vector machines, one for each category
// against the rest, with squared hinge loss, trained by dual coordinate descent
// (Hsieh et al., 2008), the method of liblinear and scikit-learn's LinearSVC.
// Eight categories are trained side by side over the same pass through the
// messages, which reads each message once for all eight. A block of eight
// depends on nothing but its seed, so blocks can run in any order on any number
// of cores and the result is the same.
const (
	// tolerance is how small a gradient counts as none; it halves the work.
	tolerance = 0.02
	// passes is how often the messages are gone through at most. The first pass
	// visits all of them, a later one those that had not settled before.
	passes = 40
	// ownCost is how many times a message costs in its own category what it
	// costs in each of the others, which are many.
	ownCost = 2
	// offTopicCost is how many times a message of the pool costs in each category what a message
	// of another category costs. With 1, foreign messages are told no better, and the
	// categories from one another a little worse.
	offTopicCost = 0.25
)

// penalty is the C of the textbooks: how much a message on the wrong side costs.
// Few messages generalise better with a small one, many with a large one; in
// between it made little difference on held-out messages.
func penalty(messages int) float32 {
	return min(1, max(0.3, float32(messages)/5000))
}

// block holds the weights of eight categories: a vector for each n-gram column,
// then one for each dense feature, then the bias.
type block []vector

// machine scores a message for every category.
type machine struct {
	classes int
	columns int
	blocks  []block
	scales  []vector // what the blocks' weights are whole multiples of, once rounded
}

// newMachine is one with no weight yet.
func newMachine(classes, columns, width int) *machine {
	blocks := (classes + simdWidth - 1) / simdWidth
	m := &machine{classes: classes, columns: columns, blocks: make([]block, blocks), scales: make([]vector, blocks)}
	for b := range m.blocks {
		m.blocks[b] = make(block, columns+width+1)
	}
	return m
}

// round makes every weight a whole multiple, of at most 16 bits, of a scale of
// its category, so that a model saved in half the room predicts just the same.
func (m *machine) round() {
	for b, weights := range m.blocks {
		scale := &m.scales[b]
		for _, w := range weights {
			for c, x := range w {
				scale[c] = max(scale[c], max(x, -x)/math.MaxInt16)
			}
		}
		for k := range weights {
			for c, x := range weights[k] {
				weights[k][c] = float32(whole(x, scale[c])) * scale[c]
			}
		}
	}
}

// whole is how many times a weight holds its scale.
func whole(weight, scale float32) int16 {
	if scale == 0 {
		return 0
	}
	return int16(math.Round(float64(weight / scale)))
}

// score writes one number for each category into to; the highest wins.
func (m *machine) score(r *row, to []float32) {
	for b, weights := range m.blocks {
		found := r.dot(weights, m.columns)
		copy(to[b*simdWidth:m.classes], found[:])
	}
}

// weight is what a feature adds to the score of a category for each unit of its value.
func (m *machine) weight(feature, category int) float64 {
	return float64(m.blocks[category/simdWidth][feature][category%simdWidth])
}

// margins are the scores of a row.
func (m *machine) margins(r *row) []float32 {
	margins := make([]float32, m.classes)
	m.score(r, margins)
	return margins
}

// trainMachine learns from rows with labels 0 … classes-1, or a label below 0 for those of none.
//
// It also returns, for the rows of each held-out fold, what the machine would have scored
// without having seen that fold: see solver.unseen.
func trainMachine(ctx context.Context, rows []row, labels []int, classes, columns, width int, seed uint64, folds [][]int) (*machine, [][][]float32, error) {
	m := newMachine(classes, columns, width)
	ridge := 1 / (2 * penalty(len(rows)))
	square := make([]float32, len(rows))
	for i := range rows {
		square[i] = rows[i].square() + 1 // the bias counts as a feature
	}
	unseen := make([][][]float32, len(folds))
	for f, held := range folds {
		unseen[f] = make([][]float32, len(held))
		for k := range held {
			unseen[f][k] = make([]float32, len(m.blocks)*simdWidth)
		}
	}
	next := make(chan int, len(m.blocks))
	for b := range m.blocks {
		next <- b
	}
	close(next)
	var all crash.Group
	for range min(runtime.GOMAXPROCS(0), len(m.blocks)) {
		all.Go(func() {
			for b := range next {
				s := solver{
					rows: rows, labels: labels, ridge: ridge, square: square, first: b * simdWidth, columns: columns,
					weights: m.blocks[b],
					alpha:   make([]vector, len(rows)),
					random:  rand.New(rand.NewPCG(seed, uint64(b))), // the same seed has to train the same
				}
				s.run(ctx)
				for f, held := range folds {
					s.unseen(held, unseen[f])
				}
			}
		})
	}
	all.Wait()
	for _, scores := range unseen {
		for k := range scores {
			scores[k] = scores[k][:classes]
		}
	}
	return m, unseen, ctx.Err()
}

// solver trains one block.
type solver struct {
	rows    []row
	labels  []int
	ridge   float32   // what the squared hinge adds to the dual's diagonal
	square  []float32 // the squared length of each row
	first   int       // the block's first category
	columns int
	weights block
	alpha   []vector // dual variables, at least 0
	random  *rand.Rand
}

func (s *solver) run(ctx context.Context) {
	// A message is rarely of a given category, so the bias starts at "no".
	bias := &s.weights[len(s.weights)-1]
	for c := range bias {
		bias[c] = -1
	}
	active := make([]int32, len(s.rows))
	for i := range active {
		active[i] = int32(i)
	}
	for range passes {
		if ctx.Err() != nil {
			return
		}
		s.random.Shuffle(len(active), func(i, j int) { active[i], active[j] = active[j], active[i] })
		kept := active[:0]
		for _, i := range active {
			if s.visit(int(i)) {
				kept = append(kept, i)
			}
		}
		active = kept
	}
}

// visit moves one message's dual variables to their optimum, all else fixed,
// and reports whether any of the block's categories had not settled.
func (s *solver) visit(i int) (unsettled bool) {
	r := &s.rows[i]
	scores := r.dot(s.weights, s.columns)
	alpha := &s.alpha[i]
	own := s.labels[i] - s.first
	ridgeOthers := s.ridge
	if s.labels[i] == offTopicLabel {
		ridgeOthers /= offTopicCost
	}
	inverseOthers := 1 / (s.square[i] + ridgeOthers)
	var step vector
	moved := false
	for c, score := range scores {
		sign, ridge, inverse := float32(-1), ridgeOthers, inverseOthers
		if c == own {
			sign, ridge = 1, s.ridge/ownCost
			inverse = 1 / (s.square[i] + ridge)
		}
		old := alpha[c]
		gradient := sign*score - 1 + ridge*old
		if old == 0 && gradient >= 0 || -tolerance < gradient && gradient < tolerance {
			continue
		}
		unsettled = true
		if now := max(old-gradient*inverse, 0); now != old {
			alpha[c] = now
			step[c] = sign * (now - old)
			moved = true
		}
	}
	if moved {
		r.add(s.weights, s.columns, &step)
	}
	return unsettled
}

// unseen scores the held rows as the block would have, had it been trained
// without them: their share is taken out, and the others settle again in one
// pass, which is enough to find how sure the machine may be (calibrate.go) and
// far cheaper than training again. The solver is left as it was found.
func (s *solver) unseen(held []int, to [][]float32) {
	without := *s
	without.weights, without.alpha = slices.Clone(s.weights), slices.Clone(s.alpha)
	gone := make(map[int]bool, len(held))
	for _, i := range held {
		gone[i] = true
		step := s.alpha[i]
		for c := range step {
			if s.first+c == s.labels[i] {
				step[c] = -step[c]
			}
		}
		s.rows[i].add(without.weights, s.columns, &step)
		without.alpha[i] = vector{}
	}
	for i := range s.rows {
		if !gone[i] && without.alpha[i] != (vector{}) {
			without.visit(i)
		}
	}
	for k, i := range held {
		scores := s.rows[i].dot(without.weights, s.columns)
		copy(to[k][s.first:], scores[:])
	}
}

// square is the squared length of a row.
func (r *row) square() float32 {
	var sum float32
	for _, v := range r.value {
		sum += v * v
	}
	for _, v := range r.dense {
		sum += v * v
	}
	return sum
}

// dot is the scores of a row under a block's weights.
func (r *row) dot(weights block, columns int) vector {
	sum := weights[len(weights)-1]
	dot(&sum, weights, r.column, r.value)
	dot(&sum, weights[columns:], ascending[:len(r.dense)], r.dense)
	return sum
}

// add adds step times the row to a block's weights.
func (r *row) add(weights block, columns int, step *vector) {
	bias := &weights[len(weights)-1]
	for c, s := range step {
		bias[c] += s
	}
	add(step, weights, r.column, r.value)
	add(step, weights[columns:], ascending[:len(r.dense)], r.dense)
}

// ascending are the columns of dense features among themselves.
var ascending = func() (columns [maxWidth]int32) {
	for k := range columns {
		columns[k] = int32(k)
	}
	return columns
}()
