//go:build !amd64

package svm

func dot(sum *vector, weights []vector, column []int32, value []float32) {
	dotGeneric(sum, weights, column, value)
}

func add(step *vector, weights []vector, column []int32, value []float32) {
	addGeneric(step, weights, column, value)
}
