package outofscope

import (
	"slices"
	"sync"

	"seedbed/gen/intent/features"

	"seedbed/assets/crash"

	"seedbed/assets"
)

// foreignMessage is a message of no category, cut into words and pooled.
type foreignMessage struct {
	words       []string
	wordings    []uint64  // hashes of its single words and pairs, sorted, each once
	dense       []float32 // pooled English word vectors
	Topic       int       // messages of one topic are held out together
	mixed       bool      // whether its file is of many topics
	wordingOnly bool      // whether it is not for the classifier
	language    string    // "" for slips of the keyboard, which are none
}

func newForeignMessage(text string, p *features.Pooling) foreignMessage {
	m := foreignMessage{words: features.Words(text), dense: make([]float32, p.Width())}
	m.wordings = Wordings(m.words)
	p.Pool(m.words, m.dense)
	return m
}

// offTopic is the pool of messages that ships inside the program. Its topics are those of its
// files; a line of a file about many topics is a topic of its own.
var offTopic = sync.OnceValues(func() ([]foreignMessage, error) {
	topics, err := assets.OffTopic()
	if err != nil {
		return nil, err
	}
	p, err := features.English()
	if err != nil {
		return nil, err
	}
	var pool []foreignMessage
	var texts []string
	topic := 0
	for _, file := range topics {
		language := file.Language
		if file.Name == assets.Nonsense {
			language = ""
		}
		for _, text := range file.Messages {
			if file.Name == assets.Mixed {
				topic++
			}
			texts = append(texts, text)
			pool = append(pool, foreignMessage{Topic: topic, language: language, mixed: file.Name == assets.Mixed, wordingOnly: file.WordingOnly})
		}
		topic++
	}
	crash.InParallel(len(pool), func(i int) {
		m := newForeignMessage(texts[i], p)
		m.Topic, m.language, m.mixed, m.wordingOnly = pool[i].Topic, pool[i].language, pool[i].mixed, pool[i].wordingOnly
		pool[i] = m
	})
	return pool, nil
})

// Wordings are the hashes of the single words and pairs of a message, sorted, each once.
func Wordings(words []string) []uint64 {
	var list []uint64
	features.NGrams(words, func(n features.NGram) {
		if n.Kind == features.WordKind {
			list = append(list, n.Hash)
		}
	}, func(string, int) {})
	slices.Sort(list)
	return slices.Compact(list)
}

// WordingsOf are those of each text.
func WordingsOf(texts []string) [][]uint64 {
	list := make([][]uint64, len(texts))
	crash.InParallel(len(texts), func(i int) { list[i] = Wordings(features.Words(texts[i])) })
	return list
}

// languageOf is the language of the pool that knows most of the messages' words and pairs;
// "" where there is no pool.
func languageOf(pool []foreignMessage, messages [][]uint64) string {
	const enough = 1000
	own := map[uint64]int{}
	for _, m := range messages[:min(enough, len(messages))] {
		for _, h := range m {
			own[h]++
		}
	}
	found := map[string]int{}
	seen := map[string]map[uint64]bool{}
	best := ""
	for _, m := range pool {
		if m.language == "" {
			continue
		}
		if seen[m.language] == nil {
			seen[m.language] = map[uint64]bool{}
		}
		for _, h := range m.wordings {
			if !seen[m.language][h] {
				seen[m.language][h] = true
				found[m.language] += own[h]
			}
		}
		if best == "" || found[m.language] > found[best] {
			best = m.language
		}
	}
	return best
}
