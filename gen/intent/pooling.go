package intent

import (
	"math"
	"sync"

	"seedbed/assets"
)

// pooling turns a message's words into one dense row through the word vectors:
// their mean, weighted against frequent words as in SIF (Arora, Liang and Ma,
// 2017), and their maximum and minimum in each dimension (Shen et al., 2018).
// Each third is scaled to the same length. Before that, each word's vector is
// brought to length 1 and loses what all words share (Mu and Viswanath, 2018).
type pooling struct {
	table  *assets.WordVectors
	centre []float32 // the mean of the frequent words' vectors, each at length 1
}

const (
	// pooledLength is the length of each third, beside the n-gram blocks'
	// length of 1; from 1 to 2 all did about as well on held-out messages.
	pooledLength = 1.2
	// sifWeight is the a in a/(a+p), with p a word's share of running text.
	sifWeight = 1e-3
	zipf      = 0.1
	// knownShare is how many of the words the table must know. Below it the
	// messages are in another language, and the n-grams do better alone.
	knownShare = 0.5
	// maxWidth is the most dense features there are.
	maxWidth = 300
)

// alias stands in for frequent words that the table's source left out.
var alias = map[string]string{"i": "me", "'s": "is"}

func (p *pooling) rank(word string) (int, bool) {
	if other, ok := alias[word]; ok {
		word = other
	}
	return p.table.Rank(word)
}

// share is Zipf's law: the word of rank r makes up about zipf/(r+1) of a text.
func share(rank int) float64 { return zipf / float64(rank+1) }

func (p *pooling) width() int { return 3 * p.table.Dim() }

// knows reports whether the table knows enough of the messages' words.
func (p *pooling) knows(messages [][]string) bool {
	known, all := 0, 0
	for _, message := range messages {
		for _, word := range message {
			all++
			if _, ok := p.rank(word); ok {
				known++
			}
		}
	}
	return float64(known) >= knownShare*float64(all)
}

// english pools through the shipped word vectors.
var english = sync.OnceValues(func() (*pooling, error) {
	const frequent = 10_000
	table, err := assets.English()
	if err != nil {
		return nil, err
	}
	p := &pooling{table: table, centre: make([]float32, table.Dim())}
	vector := make([]float32, table.Dim())
	words := min(frequent, table.Len())
	for rank := range words {
		table.Vector(rank, vector)
		scaleTo(vector, 1)
		for k, x := range vector {
			p.centre[k] += x / float32(words)
		}
	}
	return p, nil
})

// pool writes the row of a message into to, which must hold width numbers.
func (p *pooling) pool(words []string, to []float32) {
	d := p.table.Dim()
	clear(to)
	mean, most, least := to[:d], to[d:2*d], to[2*d:3*d]
	known := 0
	p.each(words, func(vector []float32, weight float32) {
		scaleTo(vector, 1)
		for k, c := range p.centre {
			vector[k] -= c
		}
		if known == 0 {
			copy(most, vector)
			copy(least, vector)
		}
		known++
		for k, x := range vector {
			mean[k] += weight * x
			most[k] = max(most[k], x)
			least[k] = min(least[k], x)
		}
	})
	scaleTo(mean, pooledLength)
	scaleTo(most, pooledLength)
	scaleTo(least, pooledLength)
}

// mean writes the weighted mean of a message into to, at length 1.
func (p *pooling) mean(words []string, to []float32) {
	clear(to)
	p.each(words, func(vector []float32, weight float32) {
		for k, x := range vector {
			to[k] += weight * x
		}
	})
	scaleTo(to, 1)
}

// common is the direction, at length 1, of the mean of English text itself: of
// the most frequent words, each as often as it is said and weighted as in each.
func (p *pooling) common() []float32 {
	const most = 5000
	sum, vector := make([]float32, p.table.Dim()), make([]float32, p.table.Dim())
	for rank := range min(most, p.table.Len()) {
		p.table.Vector(rank, vector)
		weight := float32(share(rank) * sifWeight / (sifWeight + share(rank)))
		for k, x := range vector {
			sum[k] += weight * x
		}
	}
	scaleTo(sum, 1)
	return sum
}

// each passes on the vector of each known word, which the call may change and
// must not keep, and the word's weight.
func (p *pooling) each(words []string, take func(vector []float32, weight float32)) {
	vector := make([]float32, p.table.Dim())
	for _, word := range words {
		if rank, ok := p.rank(word); ok {
			p.table.Vector(rank, vector)
			take(vector, float32(sifWeight/(sifWeight+share(rank))))
		}
	}
}

// scaleTo gives a vector that length; a zero vector stays as it is.
func scaleTo(vector []float32, length float64) {
	var square float64
	for _, x := range vector {
		square += float64(x) * float64(x)
	}
	if square == 0 {
		return
	}
	by := float32(length / math.Sqrt(square))
	for k := range vector {
		vector[k] *= by
	}
}
