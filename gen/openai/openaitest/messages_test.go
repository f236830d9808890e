package openaitest

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
)

func TestMessagesAreNeverNearDuplicates(t *testing.T) {
	const total, threshold = 1000, 0.8 // so many over all categories, and as many of one
	var texts []string
	next := map[string]uint64{}
	for len(texts) < total {
		for category := range frames {
			for range 20 {
				texts = append(texts, message(category, next[category], 1, ""))
				next[category]++
			}
		}
	}
	for len(texts) < 2*total {
		texts = append(texts, message("professional", next["professional"], 1, ""))
		next["professional"]++
	}
	if a, b, found := nearDuplicates(texts, threshold); found {
		t.Errorf("near-duplicates:\n%s\n%s", a, b)
	}
	for _, text := range texts {
		if strings.ContainsAny(text, "{}") {
			t.Errorf("a gap was left open: %q", text)
		}
	}
}

func TestMessagesGoOnBeyondThePlane(t *testing.T) {
	const more = 3 * p * p
	seen := map[string]bool{}
	for k := range uint64(more) {
		seen[message("emotional", k, 7, "")] = true
	}
	if len(seen) != more {
		t.Errorf("%d distinct messages of %d", len(seen), more)
	}
}

// nearDuplicates finds two texts whose character 3-grams have at least this
// Jaccard. It is exact: two such texts share one of their rarest 3-grams, the
// fifth of them that may differ and one more.
func nearDuplicates(texts []string, threshold float64) (a, b string, found bool) {
	grams := make([][]string, len(texts))
	frequency := map[string]int{}
	for i, text := range texts {
		grams[i] = trigrams(text)
		for _, gram := range grams[i] {
			frequency[gram]++
		}
	}
	byRarity := slices.SortedFunc(maps.Keys(frequency), func(a, b string) int {
		return cmp.Or(cmp.Compare(frequency[a], frequency[b]), cmp.Compare(a, b))
	})
	rank := map[string]int{}
	for i, gram := range byRarity {
		rank[gram] = i
	}
	ranks := make([][]int, len(texts))
	with := make([][]int, len(byRarity)) // texts by one of their rarest 3-grams
	compared := make([]int, len(texts))  // with which text last, plus one
	for i := range texts {
		for _, gram := range grams[i] {
			ranks[i] = append(ranks[i], rank[gram])
		}
		slices.Sort(ranks[i])
		rarest := len(ranks[i]) - int(math.Ceil(threshold*float64(len(ranks[i])))) + 1
		for _, gram := range ranks[i][:rarest] {
			for _, j := range with[gram] {
				if compared[j] != i+1 && jaccard(ranks[i], ranks[j]) >= threshold {
					return texts[i], texts[j], true
				}
				compared[j] = i + 1
			}
			with[gram] = append(with[gram], i)
		}
	}
	return "", "", false
}

// trigrams are the distinct character 3-grams of a text.
func trigrams(text string) []string {
	runes := []rune(strings.ToLower(text))
	var grams []string
	for i := range len(runes) - 2 {
		grams = append(grams, string(runes[i:i+3]))
	}
	slices.Sort(grams)
	return slices.Compact(grams)
}

// jaccard compares two sorted sets.
func jaccard(a, b []int) float64 {
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			both, i, j = both+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

func TestNearDuplicatesAreFound(t *testing.T) {
	texts := []string{"Something else altogether.", "I have worked as a welder in Leeds.", "i have worked as a welder in Leeds!!"}
	if _, _, found := nearDuplicates(texts, 0.8); !found {
		t.Error("a near-duplicate was not found")
	}
}
