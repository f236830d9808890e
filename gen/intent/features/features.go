package features

import (
	"seedbed/assets/crash"
	"seedbed/gen/intent/svm"
)

// Corpus is a set of messages made ready once: counted n-grams and pooled word
// vectors. Any subset of it can then be weighed and trained on.
type Corpus struct {
	Vocabulary *Vocabulary
	Rows       []Counted
	Dense      [][]float32 // nil where the word vectors are not used
	Pooling    *Pooling    // likewise
}

// NewCorpus cuts and counts the texts, and pools their word vectors unless they are to be left out
// or know too few of the words.
func NewCorpus(texts []string, ngramsOnly bool) (*Corpus, error) {
	messages := make([][]string, len(texts))
	crash.InParallel(len(texts), func(i int) { messages[i] = Words(texts[i]) })
	c := &Corpus{}
	if !ngramsOnly {
		p, err := English()
		if err != nil {
			return nil, err
		}
		if p.knows(messages) {
			c.Pooling = p
		}
	}
	if c.Pooling == nil {
		c.Vocabulary, c.Rows = count(messages)
		return c, nil
	}
	var counting crash.Group
	counting.Go(func() { c.Vocabulary, c.Rows = count(messages) })
	width := c.Pooling.Width()
	cells := make([]float32, len(texts)*width)
	c.Dense = make([][]float32, len(texts))
	crash.InParallel(len(texts), func(i int) {
		c.Dense[i] = cells[i*width : (i+1)*width : (i+1)*width]
		c.Pooling.Pool(messages[i], c.Dense[i])
	})
	counting.Wait()
	return c, nil
}

// Width is the number of dense features of a row.
func (c *Corpus) Width() int {
	if c.Pooling == nil {
		return 0
	}
	return c.Pooling.Width()
}

// Weighed makes the rows of the chosen messages under a weighting and its
// columns.
func (c *Corpus) Weighed(w *Weighting, column []int32, chosen []int) []svm.Row {
	rows := make([]svm.Row, len(chosen))
	crash.InParallel(len(chosen), func(k int) {
		message := c.Rows[chosen[k]]
		columns, counts := make([]int32, 0, len(message.id)), make([]float32, 0, len(message.id))
		for n, id := range message.id {
			if to := column[id]; to >= 0 {
				columns, counts = append(columns, to), append(counts, message.count[n])
			}
		}
		rows[k] = svm.Row{Column: columns, Value: w.Weights(columns, counts)}
		if c.Dense != nil {
			rows[k].Dense = c.Dense[chosen[k]]
		}
	})
	return rows
}
