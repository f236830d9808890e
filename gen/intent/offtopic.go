package intent

import (
	"slices"
	"sync"

	"seedbed/assets"
)

// foreignMessage is a message of no category, cut into words and pooled.
type foreignMessage struct {
	words    []string
	wordings []uint64  // hashes of its single words and pairs, sorted, each once
	dense    []float32 // pooled English word vectors
	topic    int       // messages of one topic are held out together
	mixed    bool      // whether its file is of many topics
	language string    // "" for slips of the keyboard, which are none
}

func newForeignMessage(text string, p *pooling) foreignMessage {
	m := foreignMessage{words: words(text), dense: make([]float32, p.width())}
	m.wordings = wordings(m.words)
	p.pool(m.words, m.dense)
	return m
}

// offTopic is the pool of messages that ships inside the program. Its topics are those of its
// files; a line of a file about many topics is a topic of its own.
var offTopic = sync.OnceValues(func() ([]foreignMessage, error) {
	topics, err := assets.OffTopic()
	if err != nil {
		return nil, err
	}
	p, err := english()
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
			pool = append(pool, foreignMessage{topic: topic, language: language, mixed: file.Name == assets.Mixed})
		}
		topic++
	}
	inParallel(len(pool), func(i int) {
		m := newForeignMessage(texts[i], p)
		m.topic, m.language, m.mixed = pool[i].topic, pool[i].language, pool[i].mixed
		pool[i] = m
	})
	return pool, nil
})

// wordings are the hashes of the single words and pairs of a message, sorted, each once.
func wordings(words []string) []uint64 {
	var list []uint64
	ngrams(words, func(n ngram) {
		if n.kind == wordKind {
			list = append(list, n.hash)
		}
	}, func(string, int) {})
	slices.Sort(list)
	return slices.Compact(list)
}

// wordingsOf are those of each text.
func wordingsOf(texts []string) [][]uint64 {
	list := make([][]uint64, len(texts))
	inParallel(len(texts), func(i int) { list[i] = wordings(words(texts[i])) })
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
