package svm

import "golang.org/x/sys/cpu"

// dot and add are dotGeneric and addGeneric in AVX where the machine has it, with
// the same roundings in the same order, and so the same result to the bit.
func dot(sum *vector, weights []vector, column []int32, value []float32) {
	if !cpu.X86.HasAVX {
		dotGeneric(sum, weights, column, value)
	} else if len(column) > 0 {
		dotAVX(sum, &weights[0], &column[0], &value[0], len(column))
	}
}

func add(step *vector, weights []vector, column []int32, value []float32) {
	if !cpu.X86.HasAVX {
		addGeneric(step, weights, column, value)
	} else if len(column) > 0 {
		addAVX(step, &weights[0], &column[0], &value[0], len(column))
	}
}

//go:noescape
func dotAVX(sum, weights *vector, column *int32, value *float32, n int)

//go:noescape
func addAVX(step, weights *vector, column *int32, value *float32, n int)
