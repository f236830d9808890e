//go:build !amd64

package intent

func dot(sum *lane, weights []lane, column []int32, value []float32) {
	dotLanes(sum, weights, column, value)
}

func add(step *lane, weights []lane, column []int32, value []float32) {
	addLanes(step, weights, column, value)
}
