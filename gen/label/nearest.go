package label

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"seedbed/gen/intent"
	"seedbed/gen/questions"
	"seedbed/localdb"
)

// Examples in a prompt have so many bytes for each category, about 75 tokens of English, up to
// so many in all. Every category has one; the rest goes to the nearest.
const (
	examplesEach   = 300
	examplesAll    = 12_000
	mostOfCategory = 6
)

// nearest finds, among messages with a category, those that are most like some others: by the
// trigrams of their words, each weighted by how rare it is (Salton and Buckley, 1988), and in
// English by what the words mean, too.
type nearest struct {
	messages []localdb.Message
	grams    map[string][]posting
	meaning  *intent.Meaning // nil in other languages
}

// posting says how much a trigram weighs in a message.
type posting struct {
	message int
	weight  float64
}

func newNearest(messages []localdb.Message) (*nearest, error) {
	n := &nearest{messages: messages, grams: map[string][]posting{}}
	texts := make([]string, len(messages))
	for i, m := range messages {
		texts[i] = m.Text
		for gram := range gramsOf(m.Text) {
			n.grams[gram] = append(n.grams[gram], posting{message: i})
		}
	}
	lengths := make([]float64, len(messages))
	for gram, list := range n.grams {
		weight := n.rarity(gram)
		for k, p := range list {
			list[k].weight = weight
			lengths[p.message] += weight * weight
		}
	}
	for _, list := range n.grams {
		for k, p := range list {
			list[k].weight /= math.Sqrt(lengths[p.message])
		}
	}
	if questions.LanguageOf(strings.Join(texts[:min(len(texts), 200)], "\n")) != "en" {
		return n, nil
	}
	var err error
	n.meaning, err = intent.NewMeaning(texts)
	return n, err
}

func (n *nearest) rarity(gram string) float64 {
	return math.Log(1 + float64(len(n.messages))/float64(len(n.grams[gram])+1))
}

// gramsOf are the trigrams of a text's words, the ends of the words included.
func gramsOf(text string) map[string]bool {
	grams := map[string]bool{}
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		runes := []rune(" " + word + " ")
		for i := range len(runes) - 2 {
			grams[string(runes[i:i+3])] = true
		}
	}
	return grams
}

// likeness is how much each message is like a text.
func (n *nearest) likeness(text string) []float64 {
	like := make([]float64, len(n.messages))
	length := 0.0
	grams := gramsOf(text)
	for gram := range grams {
		weight := n.rarity(gram)
		length += weight * weight
		for _, p := range n.grams[gram] {
			like[p.message] += weight * p.weight
		}
	}
	for i := range like {
		like[i] /= math.Sqrt(max(length, 1e-9))
	}
	if n.meaning != nil {
		for _, l := range n.meaning.MoreLike(text, len(like)) {
			like[l.Index] += l.Likeness
		}
	}
	return like
}

// to returns examples by category for a prompt about messages: the nearest of each category, as
// many as there is room for, never one of those messages itself.
func (n *nearest) to(messages []localdb.Message, categories []localdb.Category) map[string][]string {
	best := make([]float64, len(n.messages))
	asked := map[string]bool{}
	for _, m := range messages {
		asked[m.Text] = true
		for i, like := range n.likeness(m.Text) {
			best[i] = max(best[i], like)
		}
	}
	order := make([]int, 0, len(n.messages))
	for i, m := range n.messages {
		if !asked[m.Text] {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(best[b], best[a]) })
	room := min(examplesEach*len(categories), examplesAll)
	examples := map[string][]string{}
	for _, c := range categories { // so that each has its nearest
		examples[c.Name] = nil
	}
	take := func(most int) {
		for _, i := range order {
			m := n.messages[i]
			list, known := examples[m.Category]
			if text := shortened(m.Text, maxText); known && len(list) < most && len(text) <= room && !slices.Contains(list, text) {
				examples[m.Category] = append(list, text)
				room -= len(text)
			}
		}
	}
	take(1)
	take(mostOfCategory)
	return examples
}
