package intent

import (
	"sync"

	"seedbed/assets"
)

// offTopicMessage is a message of the pool that ships inside the program.
type offTopicMessage struct {
	words []string
	topic int       // messages of one topic are held out together
	dense []float32 // pooled English word vectors
}

// offTopic is the pool, cut into words and pooled once.
var offTopic = sync.OnceValues(func() ([]offTopicMessage, error) {
	topics, err := assets.OffTopic()
	if err != nil {
		return nil, err
	}
	p, err := english()
	if err != nil {
		return nil, err
	}
	var pool []offTopicMessage
	var texts []string
	for k, topic := range topics {
		for _, text := range topic.Messages {
			texts = append(texts, text)
			pool = append(pool, offTopicMessage{topic: k})
		}
	}
	inParallel(len(pool), func(i int) {
		pool[i].words = words(texts[i])
		pool[i].dense = make([]float32, p.width())
		p.pool(pool[i].words, pool[i].dense)
	})
	return pool, nil
})
