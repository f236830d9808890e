package main

import (
	"math"
	"slices"
)

const (
	// noise is added to a text's likeness to itself: how little one text is trusted.
	// Values from 0.5 to 1 did about as well, 2 worse.
	noise = 0.6
	// offset is what all texts have in common.
	offset = 0.2
)

// choose orders texts so that a classifier that has learned from any number of the first
// ones tells the categories of the whole bank as well as may be: forward selection for
// kernel ridge regression. Each category is a function that is 1 for its texts and -1 for
// all others; learning from one more text changes what is predicted for every text by
// their posterior covariance, as in a Gaussian process (Rasmussen and Williams, 2006,
// chapter 2), and the text that takes most off the squared error comes next. Every
// category weighs the same and gets as many texts as quota tells.
//
// Each text comes in a group with others of its category that stand for it: those not yet
// chosen with the highest posterior correlation. Drawing one from each group then teaches
// about what the first ones teach together. Groups are as large as told as long as there
// are texts.
func choose(l *learner, category, quota []int, size int) [][]int {
	open, left := make([]bool, len(category)), slices.Clone(quota)
	for i := range open {
		open[i] = true
	}
	// most is the open text that has most of something.
	most := func(wanted func(i int) bool, of func(i int) float64) int {
		best, value := -1, math.Inf(-1)
		for i := range open {
			if !open[i] || !wanted(i) {
				continue
			}
			if v := of(i); v > value {
				best, value = i, v
			}
		}
		return best
	}
	var groups [][]int
	for {
		first := most(func(i int) bool { return left[category[i]] > 0 }, l.gain)
		if first < 0 {
			return groups
		}
		covariance := l.covariances(first)
		group := []int{}
		for at := first; at >= 0; {
			open[at] = false
			if group = append(group, at); len(group) == size {
				break
			}
			at = most(func(i int) bool { return category[i] == category[first] }, func(i int) float64 {
				return covariance[i] / math.Sqrt(max(l.variance[i], leastVariance))
			})
		}
		groups = append(groups, group)
		left[category[first]]--
		l.learn(first)
	}
}

// leastVariance keeps a text that is all but known from being divided by zero.
const leastVariance = 1e-9

// learner knows what has been learned from the texts chosen so far. All that its gains
// need is kept up to date, as the covariances of all texts with all would be too many.
type learner struct {
	vectors  *vectors
	weight   []float64   // of each text in the error
	residual [][]float64 // of each text, by category: what it is less what is predicted
	variance []float64   // of each text: its posterior covariance with itself
	size     []float64   // of each text: its squared covariances with all, weighed and added up
	pull     [][]float64 // of each text by category: its covariances with all times their residuals, weighed and added up
	learned  [][]float32 // what each chosen text took off the covariances: this times itself, transposed
}

func newLearner(v *vectors, category []int, categories int) *learner {
	n := len(category)
	l := &learner{
		vectors: v, weight: make([]float64, n), residual: make([][]float64, n),
		variance: make([]float64, n), size: make([]float64, n), pull: make([][]float64, n),
	}
	texts := make([]float64, categories)
	for _, c := range category {
		texts[c]++
	}
	for i, c := range category {
		l.weight[i] = float64(n) / float64(categories) / texts[c]
		l.residual[i] = make([]float64, categories)
		for k := range l.residual[i] {
			l.residual[i][k] = -1
		}
		l.residual[i][c] = 1
		l.pull[i] = make([]float64, categories)
	}
	for i := range n {
		for j, x := range l.covariances(i) {
			if i == j {
				l.variance[i] = x
			}
			l.size[i] += l.weight[j] * x * x
			for k, e := range l.residual[j] {
				l.pull[i][k] += x * l.weight[j] * e
			}
		}
	}
	return l
}

// gain is how much the error becomes less by learning from a text.
func (l *learner) gain(i int) float64 {
	towards, squared := 0.0, 0.0
	for k, e := range l.residual[i] {
		towards += l.pull[i][k] * e
		squared += e * e
	}
	step := 1 / (l.variance[i] + noise)
	return 2*towards*step - l.size[i]*squared*step*step
}

// learn takes a text as known.
func (l *learner) learn(i int) {
	covariance := l.covariances(i)
	weighed := make([]float64, len(covariance))
	size := 0.0
	pull := make([]float64, len(l.residual[i]))
	for j, x := range covariance {
		weighed[j] = l.weight[j] * x
		size += weighed[j] * x
		for k, e := range l.residual[j] {
			pull[k] += weighed[j] * e
		}
	}
	through := l.times(weighed)
	step := 1 / (l.variance[i] + noise)
	residual := slices.Clone(l.residual[i])
	taken := make([]float32, len(covariance))
	for j, x := range covariance {
		l.size[j] += step * x * (step*x*size - 2*through[j])
		l.variance[j] -= step * x * x
		for k, e := range residual {
			l.pull[j][k] += step*e*(step*x*size-through[j]) - step*x*pull[k]
			l.residual[j][k] -= step * x * e
		}
		taken[j] = float32(x * math.Sqrt(step))
	}
	l.learned = append(l.learned, taken)
}

// covariances are those of one text with all, after what has been learned.
func (l *learner) covariances(i int) []float64 {
	covariance := l.vectors.toAll(i)
	for j := range covariance {
		covariance[j] += offset
	}
	for _, taken := range l.learned {
		subtract(covariance, float64(taken[i]), taken)
	}
	return covariance
}

// times is the matrix of the covariances times a vector.
func (l *learner) times(x []float64) []float64 {
	product := l.vectors.times(x)
	sum := 0.0
	for _, value := range x {
		sum += value
	}
	for j := range product {
		product[j] += offset * sum
	}
	for _, taken := range l.learned {
		sum := 0.0
		for j, value := range taken {
			sum += float64(value) * x[j]
		}
		subtract(product, sum, taken)
	}
	return product
}

// subtract takes a multiple of a vector off another.
func subtract(from []float64, times float64, what []float32) {
	for j, value := range what {
		from[j] -= times * float64(value)
	}
}
