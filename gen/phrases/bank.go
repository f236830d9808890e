package phrases

import (
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
)

// fromBank gives the bank's messages, each once, those first that together stand
// for the category.
func fromBank(topics []section, m *mess, rng *rand.Rand) source {
	var texts []string
	for _, topic := range topics {
		texts = append(texts, topic.lines...)
	}
	order := representative(texts, rng)
	return func() (string, bool) {
		if len(order) == 0 {
			return "", false
		}
		text := order[0]
		order = order[1:]
		return m.lightly(text, rng), true
	}
}

// held is the share of the bank that a seed begins with; the rest comes after it, so
// that seeds differ. Half or nearly all of it did no better and no worse.
const held = 0.8

// representative orders texts so that any number of the first ones has nearly the
// same mean as all of them, in the space of n-grams weighted by TF-IDF: greedy
// minimisation of the maximum mean discrepancy, as in kernel herding (Welling, 2009).
// A classifier trained on so few messages then sees what the whole bank would have
// shown it. Of the ways tried (at random, topics in turn, facility location,
// herding), it did best on messages in the style of real users.
func representative(texts []string, rng *rand.Rand) []string {
	texts = shuffled(texts, rng)
	first := int(held * float64(len(texts)))
	return append(herd(texts[:first]), herd(texts[first:])...)
}

// herd orders texts greedily, the most representative first.
func herd(texts []string) []string {
	rows := weigh(texts)
	n := len(rows)
	alike := make([][]float32, n) // inner products
	mean := make([]float32, n)    // of each text with all
	for i := range rows {
		alike[i] = make([]float32, n)
	}
	for i := range rows {
		for j := i; j < n; j++ {
			x := rows[i].dot(rows[j])
			alike[i][j], alike[j][i] = x, x
		}
		for j := range n {
			mean[i] += alike[i][j] / float32(n)
		}
	}
	order := make([]string, 0, n)
	taken := make([]bool, n)
	sum := make([]float32, n) // of each text with those taken
	for k := range n {
		best, most := -1, float32(math.Inf(-1))
		for i := range n {
			// How much nearer the mean of k+1 texts comes to that of all, with this one.
			if gain := 2*float32(k+1)*mean[i] - 2*sum[i] - alike[i][i]; !taken[i] && gain > most {
				best, most = i, gain
			}
		}
		taken[best] = true
		order = append(order, texts[best])
		for i := range n {
			sum[i] += alike[best][i]
		}
	}
	return order
}

// weights are a text's n-grams, in ascending order, with their weights.
type weights struct {
	gram  []int32
	value []float32
}

func (a weights) dot(b weights) float32 {
	var sum float32
	for i, j := 0, 0; i < len(a.gram) && j < len(b.gram); {
		switch x, y := a.gram[i], b.gram[j]; {
		case x < y:
			i++
		case x > y:
			j++
		default:
			sum += a.value[i] * b.value[j]
			i++
			j++
		}
	}
	return sum
}

// kindBit of an n-gram's number tells its kind, so that one kind is above the other.
const kindBit = 30

// weigh gives each text its words and pairs of words, and its words' runs of 2 to 5
// characters, by TF-IDF with logarithmic counts; each of the two kinds has length 1.
func weigh(texts []string) []weights {
	number := map[string]int32{}
	var in []float64 // texts that have the n-gram
	counts := make([][2]map[int32]float64, len(texts))
	for i, text := range texts {
		counts[i] = [2]map[int32]float64{{}, {}}
		grams(text, func(kind int, gram string) {
			id, known := number[gram]
			if !known {
				id = int32(len(in) | kind<<kindBit) //nolint:gosec // a bank has thousands of n-grams
				number[gram] = id
				in = append(in, 0)
			}
			if counts[i][kind][id] == 0 {
				in[id&^(1<<kindBit)]++
			}
			counts[i][kind][id]++
		})
	}
	rows := make([]weights, len(texts))
	for i := range rows {
		for _, count := range counts[i] {
			rows[i].add(count, in, len(texts))
		}
	}
	return rows
}

// add appends n-grams of one kind, all of them higher than those before.
func (w *weights) add(count map[int32]float64, in []float64, texts int) {
	from := len(w.gram)
	w.gram = slices.AppendSeq(w.gram, maps.Keys(count))
	slices.Sort(w.gram[from:])
	var square float64
	for _, id := range w.gram[from:] {
		idf := 1 + math.Log(float64(1+texts)/(1+in[id&^(1<<kindBit)]))
		weight := (1 + math.Log(count[id])) * idf
		square += weight * weight
		w.value = append(w.value, float32(weight))
	}
	for i := from; i < len(w.value); i++ {
		w.value[i] /= float32(math.Sqrt(square))
	}
}

// grams calls found with each n-gram: of kind 0 for words, 1 for characters.
func grams(text string, found func(kind int, gram string)) {
	before := ""
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), betweenWords) {
		found(0, "w"+word)
		if before != "" {
			found(0, "p"+before+" "+word)
		}
		before = word
		letters := []rune(" " + word + " ")
		for n := 2; n <= 5; n++ {
			for at := 0; at+n <= len(letters); at++ {
				found(1, "c"+string(letters[at:at+n]))
			}
		}
	}
}

func betweenWords(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' }

func shuffled[T any](list []T, rng *rand.Rand) []T {
	list = append([]T{}, list...)
	rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}
