package phrases

import "math/rand/v2"

// fromBank gives the bank's messages, each once: one of each topic in turn, so that
// a few messages already cover the category.
func fromBank(topics []section, m *mess, rng *rand.Rand) source {
	order := roundRobin(topics, rng)
	return func() (string, bool) {
		if len(order) == 0 {
			return "", false
		}
		text := order[0]
		order = order[1:]
		return m.lightly(text, rng), true
	}
}

// roundRobin takes a message of each topic in turn, topics and messages shuffled.
func roundRobin(topics []section, rng *rand.Rand) []string {
	var order []string
	piles := make([][]string, len(topics))
	for i, at := range rng.Perm(len(topics)) {
		piles[i] = shuffled(topics[at].lines, rng)
	}
	for left := true; left; {
		left = false
		for i, pile := range piles {
			if len(pile) > 0 {
				order = append(order, pile[0])
				piles[i] = pile[1:]
				left = true
			}
		}
	}
	return order
}

func shuffled[T any](list []T, rng *rand.Rand) []T {
	list = append([]T{}, list...)
	rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}
