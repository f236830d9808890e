package features

// Pick is the items at those places.
func Pick[T any](from []T, places []int) []T {
	picked := make([]T, len(places))
	for k, i := range places {
		picked[k] = from[i]
	}
	return picked
}

// Split parts the messages by a question.
func Split(messages []int, yes func(i int) bool) (those, others []int) {
	for _, i := range messages {
		if yes(i) {
			those = append(those, i)
		} else {
			others = append(others, i)
		}
	}
	return those, others
}
