package svm

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestSIMDEqualsThePlainLoop compares what this machine uses with the plain loops, to the bit.
func TestSIMDEqualsThePlainLoop(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	weights := make([]vector, 500)
	for k := range weights {
		for c := range weights[k] {
			weights[k][c] = random.Float32() - 0.5
		}
	}
	for _, n := range []int{0, 1, 2, 7, 300} {
		column, value := make([]int32, n), make([]float32, n)
		for k := range column {
			column[k], value[k] = random.Int32N(500), random.Float32()
		}
		a, b := weights[3], weights[3]
		dot(&a, weights, column, value)
		dotGeneric(&b, weights, column, value)
		if a != b {
			t.Errorf("%d products: %v, want %v", n, a, b)
		}
		plain := slices.Clone(weights)
		add(&a, weights, column, value)
		addGeneric(&a, plain, column, value)
		if !slices.Equal(weights, plain) {
			t.Errorf("%d sums differ from the plain loop's", n)
		}
	}
}
