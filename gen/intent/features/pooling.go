package features

import (
	"math"
	"sync"

	"seedbed/assets"
)

// Pooling turns a message's words into one dense row through the word vectors:
// their mean, weighted against frequent words as in SIF (Arora, Liang and Ma,
// 2017), and their maximum and minimum in each dimension (Shen et al., 2018).
// Each third is scaled to the same length. Before that, each word's vector is
// brought to length 1 and loses what all words share (Mu and Viswanath, 2018).
type Pooling struct {
	Table  *assets.WordVectors
	Centre []float32 // the mean of the frequent words' vectors, each at length 1
}

const (
	// PooledLength is the length of each third, beside the n-gram blocks'
	// length of 1; from 1 to 2 all did about as well on held-out messages.
	PooledLength = 1.2
	// SifWeight is the a in a/(a+p), with p a word's share of running text.
	SifWeight = 1e-3
	// Zipf is the share of running text that the most frequent word makes up.
	Zipf = 0.1
	// knownShare is how many of the words the table must know. Below it the
	// messages are in another language, and the n-grams do better alone.
	knownShare = 0.5
)

// Alias stands in for frequent words that the table's source left out.
var Alias = map[string]string{"i": "me", "'s": "is"}

func (p *Pooling) rank(word string) (int, bool) {
	if other, ok := Alias[word]; ok {
		word = other
	}
	return p.Table.Rank(word)
}

// share is Zipf's law: the word of rank r makes up about Zipf/(r+1) of a text.
func share(rank int) float64 { return Zipf / float64(rank+1) }

// Width is the number of features of a row.
func (p *Pooling) Width() int { return 3 * p.Table.Dim() }

// knows reports whether the table knows enough of the messages' words.
func (p *Pooling) knows(messages [][]string) bool {
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

// English pools through the shipped word vectors.
var English = sync.OnceValues(func() (*Pooling, error) {
	const frequent = 10_000
	table, err := assets.English()
	if err != nil {
		return nil, err
	}
	p := &Pooling{Table: table, Centre: make([]float32, table.Dim())}
	vector := make([]float32, table.Dim())
	words := min(frequent, table.Len())
	for rank := range words {
		table.Vector(rank, vector)
		ScaleTo(vector, 1)
		for k, x := range vector {
			p.Centre[k] += x / float32(words)
		}
	}
	return p, nil
})

// Pool writes the row of a message into to, which must hold width numbers.
func (p *Pooling) Pool(words []string, to []float32) {
	d := p.Table.Dim()
	clear(to)
	mean, most, least := to[:d], to[d:2*d], to[2*d:3*d]
	known := 0
	p.each(words, func(vector []float32, weight float32) {
		ScaleTo(vector, 1)
		for k, c := range p.Centre {
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
	ScaleTo(mean, PooledLength)
	ScaleTo(most, PooledLength)
	ScaleTo(least, PooledLength)
}

// Mean writes the weighted mean of a message into to, at length 1.
func (p *Pooling) Mean(words []string, to []float32) {
	clear(to)
	p.each(words, func(vector []float32, weight float32) {
		for k, x := range vector {
			to[k] += weight * x
		}
	})
	ScaleTo(to, 1)
}

// Common is the direction, at length 1, of the mean of English text itself: of
// the most frequent words, each as often as it is said and weighted as in each.
func (p *Pooling) Common() []float32 {
	const most = 5000
	sum, vector := make([]float32, p.Table.Dim()), make([]float32, p.Table.Dim())
	for rank := range min(most, p.Table.Len()) {
		p.Table.Vector(rank, vector)
		weight := float32(share(rank) * SifWeight / (SifWeight + share(rank)))
		for k, x := range vector {
			sum[k] += weight * x
		}
	}
	ScaleTo(sum, 1)
	return sum
}

// each passes on the vector of each known word, which the call may change and
// must not keep, and the word's weight.
func (p *Pooling) each(words []string, take func(vector []float32, weight float32)) {
	vector := make([]float32, p.Table.Dim())
	for _, word := range words {
		if rank, ok := p.rank(word); ok {
			p.Table.Vector(rank, vector)
			take(vector, float32(SifWeight/(SifWeight+share(rank))))
		}
	}
}

// ScaleTo gives a vector that length; a zero vector stays as it is.
func ScaleTo(vector []float32, length float64) {
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
