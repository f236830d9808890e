package intent

import (
	"runtime"

	"seedbed/assets/crash"
)

// corpus is a set of messages made ready once: counted n-grams and pooled word
// vectors. Any subset of it can then be weighed and trained on.
type corpus struct {
	vocabulary *vocabulary
	rows       []counted
	dense      [][]float32 // nil where the word vectors are not used
	pooling    *pooling    // likewise
}

func newCorpus(texts []string, ngramsOnly bool) (*corpus, error) {
	messages := make([][]string, len(texts))
	inParallel(len(texts), func(i int) { messages[i] = words(texts[i]) })
	c := &corpus{}
	if !ngramsOnly {
		p, err := english()
		if err != nil {
			return nil, err
		}
		if p.knows(messages) {
			c.pooling = p
		}
	}
	if c.pooling == nil {
		c.vocabulary, c.rows = count(messages)
		return c, nil
	}
	var counting crash.Group
	counting.Go(func() { c.vocabulary, c.rows = count(messages) })
	width := c.pooling.width()
	cells := make([]float32, len(texts)*width)
	c.dense = make([][]float32, len(texts))
	inParallel(len(texts), func(i int) {
		c.dense[i] = cells[i*width : (i+1)*width : (i+1)*width]
		c.pooling.pool(messages[i], c.dense[i])
	})
	counting.Wait()
	return c, nil
}

// width is the number of dense features of a row.
func (c *corpus) width() int {
	if c.pooling == nil {
		return 0
	}
	return c.pooling.width()
}

// row is a message as the classifier sees it.
type row struct {
	column []int32
	value  []float32
	dense  []float32
}

// weighed makes the rows of the chosen messages under a weighting and its
// columns.
func (c *corpus) weighed(w *weighting, column []int32, chosen []int) []row {
	rows := make([]row, len(chosen))
	inParallel(len(chosen), func(k int) {
		message := c.rows[chosen[k]]
		columns, counts := make([]int32, 0, len(message.id)), make([]float32, 0, len(message.id))
		for n, id := range message.id {
			if to := column[id]; to >= 0 {
				columns, counts = append(columns, to), append(counts, message.count[n])
			}
		}
		rows[k] = row{column: columns, value: w.weights(columns, counts)}
		if c.dense != nil {
			rows[k].dense = c.dense[chosen[k]]
		}
	})
	return rows
}

// inParallel calls do for 0 … n-1 from as many goroutines as there are cores.
// do may only write what belongs to its index.
func inParallel(n int, do func(i int)) {
	cores := runtime.GOMAXPROCS(0)
	var all crash.Group
	for core := range cores {
		all.Go(func() {
			for i := core * n / cores; i < (core+1)*n/cores; i++ {
				do(i)
			}
		})
	}
	all.Wait()
}
