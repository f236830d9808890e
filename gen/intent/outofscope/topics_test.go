package outofscope

import (
	"slices"
	"testing"

	"seedbed/assets"
)

// A dataset in the style of one of the pool's topics is about that topic, and about no distant one.
func TestTopicsThatADatasetIsAboutAreFound(t *testing.T) {
	pool, err := offTopic()
	if err != nil {
		t.Fatal(err)
	}
	topics, err := assets.OffTopic()
	if err != nil {
		t.Fatal(err)
	}
	topic := func(name string) assets.Topic {
		return topics[slices.IndexFunc(topics, func(t assets.Topic) bool { return t.Language == "en" && t.Name == name })]
	}
	banking := topic("banking").Messages
	covered := coveredTopics(WordingsOf(banking[:len(banking)/2]), pool, "en")
	for name, want := range map[string]bool{"banking": true, "weather": false, "farming": false, "worries_and_moods": false} {
		first := WordingsOf(topic(name).Messages[:1])[0]
		i := slices.IndexFunc(pool, func(m foreignMessage) bool { return slices.Equal(m.wordings, first) && m.language == "en" })
		if got := covered[pool[i].Topic]; got != want {
			t.Errorf("%s is covered: %v", name, got)
		}
	}
}

// What both sides often write says less than what one of them alone writes.
func TestWordsOfBothSidesSayLittle(t *testing.T) {
	if both, one := logRatio(300, 100, 1000, 1000), logRatio(30, 10, 1000, 1000); both <= 0 || both > one/2 {
		t.Errorf("%.3f where both write it often, %.3f where both write it rarely", both, one)
	}
	if a, b := logRatio(20, 0, 100, 1000), logRatio(0, 20, 1000, 100); a <= 0 || a+b > 1e-9 || a+b < -1e-9 {
		t.Errorf("%.3f and %.3f: the sides aren't treated alike", a, b)
	}
}
