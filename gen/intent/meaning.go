package intent

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"seedbed/gen/intent/features"

	"seedbed/assets/crash"
)

// Meaning compares messages by what they say rather than by their letters: each
// is the SIF-weighted mean of its English word vectors, less the direction that
// all English text shares (Arora, Liang and Ma, 2017), in 8 bits a number. It needs no
// labels. A message of which no word is known is like nothing.
type Meaning struct {
	pooling *features.Pooling
	width   int
	common  []float32 // the shared direction, of length 1
	cells   []int8    // one vector of length 127 or so after the other
	lengths []float32 // their lengths once rounded; 0 where no word is known
}

// sense is the vector of one message.
type sense struct {
	cells  []int8
	length float32
}

// Like is a message and its likeness to another: 1 is the same, 0 unrelated.
type Like struct {
	Index    int
	Likeness float64
}

// NewMeaning reads the messages. 100,000 take 10 MB and a second or so.
func NewMeaning(texts []string) (*Meaning, error) {
	p, err := features.English()
	if err != nil {
		return nil, err
	}
	m := &Meaning{pooling: p, width: p.Table.Dim()}
	m.common = m.pooling.Common()
	m.cells, m.lengths = make([]int8, len(texts)*m.width), make([]float32, len(texts))
	crash.InParallel(len(texts), func(i int) { m.lengths[i] = m.read(texts[i], m.at(i).cells).length })
	return m, nil
}

// read writes the rounded vector of a text into to.
func (m *Meaning) read(text string, to []int8) sense {
	mean := make([]float32, m.width)
	m.pooling.Mean(features.Words(text), mean)
	var along float32
	for k, x := range mean {
		along += x * m.common[k]
	}
	for k := range mean {
		mean[k] -= along * m.common[k]
	}
	features.ScaleTo(mean, 127)
	var square float64
	for k, x := range mean {
		to[k] = int8(math.Round(float64(x)))
		square += float64(to[k]) * float64(to[k])
	}
	return sense{to, float32(math.Sqrt(square))}
}

func (m *Meaning) len() int { return len(m.lengths) }

func (m *Meaning) at(i int) sense {
	return sense{m.cells[i*m.width : (i+1)*m.width], m.lengths[i]}
}

// likeness is the cosine of two vectors.
func likeness(a, b sense) float64 {
	if a.length == 0 || b.length == 0 {
		return 0
	}
	var s0, s1, s2, s3 int32
	k := 0
	for ; k+4 <= len(a.cells); k += 4 {
		x, y := (*[4]int8)(a.cells[k:]), (*[4]int8)(b.cells[k:])
		s0 += int32(x[0]) * int32(y[0])
		s1 += int32(x[1]) * int32(y[1])
		s2 += int32(x[2]) * int32(y[2])
		s3 += int32(x[3]) * int32(y[3])
	}
	for ; k < len(a.cells); k++ {
		s0 += int32(a.cells[k]) * int32(b.cells[k])
	}
	return min(1, float64(s0+s1+s2+s3)/(float64(a.length)*float64(b.length)))
}

// More lists the n messages most like message i, the most like first.
func (m *Meaning) More(i, n int) []Like {
	found := m.nearest(m.at(i), n+1)
	return slices.DeleteFunc(found, func(l Like) bool { return l.Index == i })[:max(0, min(n, len(found)-1))]
}

// MoreLike lists the n messages most like a text that is not one of them.
func (m *Meaning) MoreLike(text string, n int) []Like {
	return m.nearest(m.read(text, make([]int8, m.width)), n)
}

func (m *Meaning) nearest(to sense, n int) []Like {
	all := make([]Like, m.len())
	crash.InParallel(len(all), func(i int) { all[i] = Like{i, likeness(to, m.at(i))} })
	slices.SortStableFunc(all, func(a, b Like) int { return cmp.Compare(b.Likeness, a.Likeness) })
	return all[:min(n, len(all))]
}

// Paraphrase is a message that means the same as an earlier one.
type Paraphrase struct {
	Index, Of int
	Likeness  float64
}

// AsParaphrase is the likeness from which two messages say the same.
const AsParaphrase = 0.95

// exact is up to how many messages every pair is compared.
const exact = 4000

// Paraphrases lists the messages that are at least that like an earlier one,
// each with the most like one. Above 4,000 messages, only those are compared
// that lie nearest to the same of a few hundred landmarks, which misses a pair
// now and then and takes seconds instead of hours.
func (m *Meaning) Paraphrases(ctx context.Context, least float64) ([]Paraphrase, error) {
	best := make([]Like, m.len())
	for _, near := range m.neighbourhoods() {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("the search for paraphrases was stopped: %w", err)
		}
		crash.InParallel(len(near), func(k int) {
			i := near[k]
			for _, j := range near[:k] {
				if found := likeness(m.at(i), m.at(j)); found >= least && found > best[i].Likeness {
					best[i] = Like{j, found}
				}
			}
		})
	}
	var list []Paraphrase
	for i, b := range best {
		if b.Likeness > 0 {
			list = append(list, Paraphrase{i, b.Index, b.Likeness})
		}
	}
	return list, nil
}

// neighbourhoods are lists of messages, in order, that may say the same. Each
// message is in the two lists of the landmarks nearest to it.
func (m *Meaning) neighbourhoods() [][]int {
	n := m.len()
	if n <= exact {
		all := make([]int, n)
		for i := range all {
			all[i] = i
		}
		return [][]int{all}
	}
	landmarks := rand.New(rand.NewPCG(1, 1)).Perm(n)[:int(math.Sqrt(float64(n)))] // the same messages have to give the same paraphrases
	nearest := make([][2]int, n)
	crash.InParallel(n, func(i int) {
		first, second := -2.0, -2.0
		for l, landmark := range landmarks {
			switch found := likeness(m.at(i), m.at(landmark)); {
			case found > first:
				second, nearest[i][1] = first, nearest[i][0]
				first, nearest[i][0] = found, l
			case found > second:
				second, nearest[i][1] = found, l
			}
		}
	})
	lists := make([][]int, len(landmarks))
	for i, two := range nearest {
		lists[two[0]] = append(lists[two[0]], i)
		lists[two[1]] = append(lists[two[1]], i)
	}
	return lists
}

// Spread picks n messages that differ as much as can be: each next one is the
// one least like all picked before (farthest-first; Gonzalez, 1985), beginning
// with the first. They come in that order.
func (m *Meaning) Spread(ctx context.Context, n int) ([]int, error) {
	closest := make([]float64, m.len()) // to any that is picked
	picked := make([]int, 0, n)
	next := 0
	for len(picked) < min(n, m.len()) {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("picking a spread sample was stopped: %w", err)
		}
		picked = append(picked, next)
		taken := m.at(next)
		first := len(picked) == 1
		crash.InParallel(m.len(), func(i int) {
			if found := likeness(taken, m.at(i)); first || found > closest[i] {
				closest[i] = found
			}
		})
		closest[next] = math.Inf(1)
		for i, c := range closest {
			if c < closest[next] {
				next = i
			}
		}
	}
	return picked, nil
}
