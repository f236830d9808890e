// Package svm is the classifier: linear support vector machines, one for each category, and their
// arithmetic eight at a time.
package svm

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

// Labels of messages of no category.
const (
	OffTopic = -1 // the pool's
	Foreign  = -2 // the dataset's own, which count as much as those of other categories
)

// Row is a message as the classifier sees it.
type Row struct {
	Column []int32
	Value  []float32
	Dense  []float32
}

// block holds the weights of eight categories: a vector for each n-gram column,
// then one for each dense feature, then the bias.
type block []vector

// Machine scores a message for every category.
type Machine struct {
	classes int
	Columns int
	Blocks  []block
	Scales  []vector // what the blocks' weights are whole multiples of, once rounded
}

// New is one with no weight yet.
func New(classes, columns, width int) *Machine {
	blocks := (classes + Width - 1) / Width
	m := &Machine{classes: classes, Columns: columns, Blocks: make([]block, blocks), Scales: make([]vector, blocks)}
	for b := range m.Blocks {
		m.Blocks[b] = make(block, columns+width+1)
	}
	return m
}

// Round makes every weight a whole multiple, of at most 16 bits, of a scale of
// its category, so that a model saved in half the room predicts just the same.
func (m *Machine) Round() {
	for b, weights := range m.Blocks {
		scale := &m.Scales[b]
		for _, w := range weights {
			for c, x := range w {
				scale[c] = max(scale[c], max(x, -x)/math.MaxInt16)
			}
		}
		for k := range weights {
			for c, x := range weights[k] {
				weights[k][c] = float32(Whole(x, scale[c])) * scale[c]
			}
		}
	}
}

// Whole is how many times a weight holds its scale.
func Whole(weight, scale float32) int16 {
	if scale == 0 {
		return 0
	}
	return int16(math.Round(float64(weight / scale)))
}

// Score writes one number for each category into to; the highest wins.
func (m *Machine) Score(r *Row, to []float32) {
	for b, weights := range m.Blocks {
		found := r.dot(weights, m.Columns)
		copy(to[b*Width:m.classes], found[:])
	}
}

// Weight is what a feature adds to the score of a category for each unit of its value.
func (m *Machine) Weight(feature, category int) float64 {
	return float64(m.Blocks[category/Width][feature][category%Width])
}

// Margins are the scores of a row.
func (m *Machine) Margins(r *Row) []float32 {
	margins := make([]float32, m.classes)
	m.Score(r, margins)
	return margins
}

// Train learns from rows with labels 0 … classes-1, or a label below 0 for those of none.
//
// It also returns, for the rows of each held-out fold, what the machine would have scored
// without having seen that fold: see solver.unseen.
func Train(ctx context.Context, rows []Row, labels []int, classes, columns, width int, seed uint64, folds [][]int) (*Machine, [][][]float32, error) {
	m := New(classes, columns, width)
	ridge := 1 / (2 * penalty(len(rows)))
	square := make([]float32, len(rows))
	for i := range rows {
		square[i] = rows[i].square() + 1 // the bias counts as a feature
	}
	unseen := make([][][]float32, len(folds))
	for f, held := range folds {
		unseen[f] = make([][]float32, len(held))
		for k := range held {
			unseen[f][k] = make([]float32, len(m.Blocks)*Width)
		}
	}
	next := make(chan int, len(m.Blocks))
	for b := range m.Blocks {
		next <- b
	}
	close(next)
	var all crash.Group
	for range min(runtime.GOMAXPROCS(0), len(m.Blocks)) {
		all.Go(func() {
			for b := range next {
				s := solver{
					rows: rows, labels: labels, ridge: ridge, square: square, first: b * Width, columns: columns,
					weights: m.Blocks[b],
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
	rows    []Row
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
	if s.labels[i] == OffTopic {
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
func (r *Row) square() float32 {
	var sum float32
	for _, v := range r.Value {
		sum += v * v
	}
	for _, v := range r.Dense {
		sum += v * v
	}
	return sum
}

// dot is the scores of a row under a block's weights.
func (r *Row) dot(weights block, columns int) vector {
	sum := weights[len(weights)-1]
	dot(&sum, weights, r.Column, r.Value)
	dot(&sum, weights[columns:], ascending[:len(r.Dense)], r.Dense)
	return sum
}

// add adds step times the row to a block's weights.
func (r *Row) add(weights block, columns int, step *vector) {
	bias := &weights[len(weights)-1]
	for c, s := range step {
		bias[c] += s
	}
	add(step, weights, r.Column, r.Value)
	add(step, weights[columns:], ascending[:len(r.Dense)], r.Dense)
}

// MaxDense is the most dense features that a row can have.
const MaxDense = 300

// ascending are the columns of dense features among themselves.
var ascending = func() (columns [MaxDense]int32) {
	for k := range columns {
		columns[k] = int32(k)
	}
	return columns
}()

// Argmax is the place of the largest number, the first where there are several.
func Argmax[T float32 | float64](numbers []T) int {
	best := 0
	for c, x := range numbers {
		if x > numbers[best] {
			best = c
		}
	}
	return best
}
