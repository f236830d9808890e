package svm

// Width is how many categories are trained and scored at once: as many
// numbers as one instruction adds on most machines.
const Width = 8

// vector is one number for each of a block's categories.
type vector [Width]float32

// dotGeneric adds to each element of sum the products of the values with the
// weights in their columns. The eight sums stand in variables of their own
// because the compiler keeps those in registers.
func dotGeneric(sum *vector, weights []vector, column []int32, value []float32) {
	s0, s1, s2, s3, s4, s5, s6, s7 := sum[0], sum[1], sum[2], sum[3], sum[4], sum[5], sum[6], sum[7]
	value = value[:len(column)]
	for k, to := range column {
		w, v := &weights[to], value[k]
		s0 += w[0] * v
		s1 += w[1] * v
		s2 += w[2] * v
		s3 += w[3] * v
		s4 += w[4] * v
		s5 += w[5] * v
		s6 += w[6] * v
		s7 += w[7] * v
	}
	*sum = vector{s0, s1, s2, s3, s4, s5, s6, s7}
}

// addGeneric adds step times each value to the weights in its column.
func addGeneric(step *vector, weights []vector, column []int32, value []float32) {
	s0, s1, s2, s3, s4, s5, s6, s7 := step[0], step[1], step[2], step[3], step[4], step[5], step[6], step[7]
	value = value[:len(column)]
	for k, to := range column {
		w, v := &weights[to], value[k]
		w[0] += s0 * v
		w[1] += s1 * v
		w[2] += s2 * v
		w[3] += s3 * v
		w[4] += s4 * v
		w[5] += s5 * v
		w[6] += s6 * v
		w[7] += s7 * v
	}
}
