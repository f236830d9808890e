package intent

import "golang.org/x/sys/cpu"

// dot and add are dotLanes and addLanes in AVX where the machine has it, with
// the same roundings in the same order, and so the same result to the bit.
func dot(sum *lane, weights []lane, column []int32, value []float32) {
	if !cpu.X86.HasAVX {
		dotLanes(sum, weights, column, value)
	} else if len(column) > 0 {
		dotAVX(sum, &weights[0], &column[0], &value[0], len(column))
	}
}

func add(step *lane, weights []lane, column []int32, value []float32) {
	if !cpu.X86.HasAVX {
		addLanes(step, weights, column, value)
	} else if len(column) > 0 {
		addAVX(step, &weights[0], &column[0], &value[0], len(column))
	}
}

//go:noescape
func dotAVX(sum, weights *lane, column *int32, value *float32, n int)

//go:noescape
func addAVX(step, weights *lane, column *int32, value *float32, n int)
