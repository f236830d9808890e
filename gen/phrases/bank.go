package phrases

import (
	"math"
	"math/rand/v2"
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

// early is the share of the bank that a seed begins with; the rest comes after it, so
// that seeds differ. Shares from 0.8 to 0.98 did about as well.
const early = 0.95

// representative orders texts so that any number of the first ones has nearly the
// same mean as all of them, in the space of n-grams weighted by TF-IDF: greedy
// minimisation of the maximum mean discrepancy, as in kernel herding (Welling, 2009).
// A classifier trained on so few messages then sees what the whole bank would have
// shown it. Of the ways tried (at random, topics in turn, facility location,
// herding), it did best on messages in the style of real users.
func representative(texts []string, rng *rand.Rand) []string {
	texts = shuffled(texts, rng)
	first := int(early * float64(len(texts)))
	return append(herd(texts[:first]), herd(texts[first:])...)
}

// herd orders texts greedily, the most representative first.
func herd(texts []string) []string {
	alike := likeness(texts)
	n := len(texts)
	mean := make([]float32, n) // likeness of each text to all
	for i, row := range alike {
		for _, x := range row {
			mean[i] += x / float32(n)
		}
	}
	order := make([]string, 0, n)
	taken := make([]bool, n)
	sum := make([]float32, n) // likeness of each text to those taken
	for k := range n {
		best, most := 0, float32(math.Inf(-1))
		for i := range n {
			// How much nearer the mean of k+1 texts comes to that of all, with this one.
			if gain := 2*float32(k+1)*mean[i] - 2*sum[i] - alike[i][i]; !taken[i] && gain > most {
				best, most = i, gain
			}
		}
		taken[best] = true
		order = append(order, texts[best])
		for i, x := range alike[best] {
			sum[i] += x
		}
	}
	return order
}

// posting says that a text has an n-gram, with its weight there.
type posting struct {
	text   int
	weight float64
}

// likeness is the inner product of every two texts as vectors of n-grams, words with
// pairs of words and runs of 2 to 5 characters, by TF-IDF with logarithmic counts;
// each of the two kinds has length 1.
func likeness(texts []string) [][]float32 {
	alike := make([][]float32, len(texts))
	for i := range alike {
		alike[i] = make([]float32, len(texts))
	}
	for _, grams := range []func(text string, found func(gram string)){wordGrams, characterGrams} {
		lengths := make([]float64, len(texts)) // squared
		postings := weigh(texts, grams)
		for _, having := range postings {
			for _, p := range having {
				lengths[p.text] += p.weight * p.weight
			}
		}
		for _, having := range postings {
			for i, p := range having {
				having[i].weight /= math.Sqrt(lengths[p.text])
				row, weight := alike[p.text], float32(having[i].weight)
				for _, q := range having[:i+1] {
					row[q.text] += weight * float32(q.weight)
				}
			}
		}
	}
	for i := range alike {
		for j := range i {
			alike[j][i] = alike[i][j]
		}
	}
	return alike
}

// weigh lists for each n-gram the texts that have it, in their order.
func weigh(texts []string, grams func(text string, found func(gram string))) [][]posting {
	number := map[string]int{}
	var postings [][]posting
	for i, text := range texts {
		grams(text, func(gram string) {
			id, known := number[gram]
			if !known {
				id = len(postings)
				number[gram] = id
				postings = append(postings, nil)
			}
			if having := postings[id]; len(having) > 0 && having[len(having)-1].text == i {
				having[len(having)-1].weight++
				return
			}
			postings[id] = append(postings[id], posting{i, 1})
		})
	}
	for _, having := range postings {
		idf := 1 + math.Log(float64(1+len(texts))/float64(1+len(having)))
		for i, p := range having {
			having[i].weight = (1 + math.Log(p.weight)) * idf
		}
	}
	return postings
}

// wordGrams calls found with each word and each pair of neighbours.
func wordGrams(text string, found func(gram string)) {
	before := ""
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), betweenWords) {
		found(word)
		if before != "" {
			found(before + " " + word)
		}
		before = word
	}
}

// characterGrams calls found with each run of 2 to 5 characters within a word and the
// spaces around it.
func characterGrams(text string, found func(gram string)) {
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), betweenWords) {
		letters := []rune(" " + word + " ")
		for n := 2; n <= 5; n++ {
			for at := 0; at+n <= len(letters); at++ {
				found(string(letters[at : at+n]))
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
