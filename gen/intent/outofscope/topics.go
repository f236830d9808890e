package outofscope

// coveredShare is from which part of the wording signal of a dataset's own messages on a topic
// counts as one that the dataset is about. The topics of the shipped starters reach 0.6 and
// more, others hardly 0.4.
const coveredShare = 0.5

// coveredTopics are the topics of the pool that a dataset is about, of which it is given the
// wordings: messages to a bank are foreign to most datasets, but not to a bank's. A topic is
// compared with the dataset by the words of all other topics, and a message of the dataset by
// those of all others.
func coveredTopics(own [][]uint64, pool []foreignMessage, language string) map[int]bool {
	topics := map[int][]int{} // the messages of each
	var foreign []int
	for i, m := range pool {
		if language != "" && m.language == language && !m.mixed {
			topics[m.Topic] = append(topics[m.Topic], i)
			foreign = append(foreign, i)
		}
	}
	w := newWordingTable(own, pool)
	inside, outside := make([]int32, len(w.hashes)), w.count(w.foreign, foreign)
	add := func(counts []int32, ids []int32, n int32) {
		for _, id := range ids {
			counts[id] += n
		}
	}
	signal := func(ids []int32, own, foreign int) float64 {
		sum, n := 0.0, 1.0
		for _, id := range ids {
			if inside[id]+outside[id] > 0 {
				sum += logRatio(inside[id], outside[id], own, foreign)
				n++
			}
		}
		return sum / n
	}
	for _, ids := range w.own {
		add(inside, ids, 1)
	}
	typical := 0.0
	for _, ids := range w.own {
		add(inside, ids, -1)
		typical += signal(ids, len(own)-1, len(foreign)) / float64(len(own))
		add(inside, ids, 1)
	}
	covered := map[int]bool{}
	for topic, messages := range topics {
		for _, i := range messages {
			add(outside, w.foreign[i], -1)
		}
		mean := 0.0
		for _, i := range messages {
			mean += signal(w.foreign[i], len(own), len(foreign)-len(messages)) / float64(len(messages))
		}
		for _, i := range messages {
			add(outside, w.foreign[i], 1)
		}
		covered[topic] = mean > 0 && mean >= coveredShare*typical
	}
	return covered
}
