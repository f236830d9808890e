package check

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"seedbed/gen/intent"
	"seedbed/localdb"
	"seedbed/localdb/neardup"
)

// Gauges measure the quality of a dataset without training anything, each with the
// number of messages, or passages, that it was measured over.
type Gauges struct {
	Duplicates     intent.Gauge `json:"duplicates"`      // share of messages that repeat another
	NearDuplicates intent.Gauge `json:"near_duplicates"` // share that repeat another or nearly so
	Balance        intent.Gauge `json:"balance"`         // 1 if the categories are as frequent as their targets
	// Coverage is the share of passages that a message asks about; N is 0 without any.
	Coverage intent.Gauge `json:"coverage"`
	Reviewed intent.Gauge `json:"reviewed"` // share accepted or rejected
	Variety  []Variety    `json:"variety"`  // by category, in the dataset's order
}

// Variety is how varied the synthetic messages of a category are. Compression grows
// with repetition, Distinct2 falls, Repetition grows; see package intent.
type Variety struct {
	Category string `json:"category"`
	Measures
	// Real measures the category's real messages, and Alike as many synthetic ones of
	// the same lengths, which alone can be compared with them; nil if there are too few.
	Real  *Measures `json:"real,omitempty"`
	Alike *Measures `json:"alike,omitempty"`
}

// Measures are the measures of variety of some messages.
type Measures struct {
	Compression intent.Gauge `json:"compression"`
	Distinct2   intent.Gauge `json:"distinct2"`
	Repetition  intent.Gauge `json:"repetition"`
}

// fewToCompare is how many messages of either kind a comparison needs.
const fewToCompare = 10

func measure(texts []string) Measures {
	return Measures{intent.CompressionRatio(texts), intent.Distinct2(texts), intent.SelfRepetition(texts)}
}

// gaugesOf measures a dataset by the messages that a model learns from.
func gaugesOf(ctx context.Context, d *localdb.Dataset, messages []localdb.Message) (Gauges, error) {
	var g Gauges
	n := len(messages)
	pairs, err := neardup.Pairs(ctx, n, func(i int) string { return messages[i].Text }, nil)
	if err != nil {
		return Gauges{}, err
	}
	seen := make(map[string]bool, n)
	for _, m := range messages {
		seen[neardup.Normalise(m.Text)] = true
	}
	if n > 0 {
		g.Duplicates = intent.Gauge{Value: float64(n-len(seen)) / float64(n), N: n}
		g.NearDuplicates = intent.Gauge{Value: float64(len(pairs)) / float64(n), N: n}
	}
	categories, err := d.Categories(ctx)
	if err != nil {
		return Gauges{}, err
	}
	have, want := map[string]int{}, map[string]int{}
	for _, m := range messages {
		have[m.Category]++
	}
	for _, c := range categories {
		if c.Training && !c.Archived {
			want[c.Name] = c.Target
		}
	}
	g.Balance = intent.Balance(have, want)
	g.Variety = varietyOf(categories, messages)
	if g.Coverage, err = coverage(ctx, d, messages); err != nil {
		return Gauges{}, err
	}
	counts, err := d.Counts(ctx)
	if all := counts.All(); err == nil && counts.Total > 0 {
		g.Reviewed = intent.Gauge{Value: 1 - float64(all.Status(localdb.ToReview))/float64(counts.Total), N: counts.Total}
	}
	return g, err
}

// coverage is the share of passages that some message was written from.
func coverage(ctx context.Context, d *localdb.Dataset, messages []localdb.Message) (intent.Gauge, error) {
	passages, err := d.Passages(ctx)
	if err != nil || len(passages) == 0 {
		return intent.Gauge{}, err
	}
	asked := map[int64]bool{}
	for _, m := range messages {
		asked[m.PassageID] = true
	}
	covered := 0
	for _, p := range passages {
		if asked[p.ID] {
			covered++
		}
	}
	return intent.Gauge{Value: float64(covered) / float64(len(passages)), N: len(passages)}, nil
}

func varietyOf(categories []localdb.Category, messages []localdb.Message) []Variety {
	texts := map[string]*[2][]string{} // by source
	for _, m := range messages {
		if texts[m.Category] == nil {
			texts[m.Category] = new([2][]string)
		}
		texts[m.Category][m.Source] = append(texts[m.Category][m.Source], m.Text)
	}
	var list []Variety
	for _, c := range categories {
		both := texts[c.Name]
		if both == nil || len(both[localdb.Synthetic]) == 0 {
			continue
		}
		v := Variety{Category: c.Name, Measures: measure(both[localdb.Synthetic])}
		if synthetic, fromPeople := sameLengths(both[localdb.Synthetic], both[localdb.Real]); len(fromPeople) >= fewToCompare {
			alike, people := measure(synthetic), measure(fromPeople)
			v.Alike, v.Real = &alike, &people
		}
		list = append(list, v)
	}
	return list
}

// sameLengths picks as many texts of one list as of the other, so that each has one of
// about its own length on the other side.
func sameLengths(a, b []string) (fromA, fromB []string) {
	if len(a) < len(b) {
		fromB, fromA = sameLengths(b, a)
		return fromA, fromB
	}
	byLength := func(texts []string) []string {
		return slices.SortedStableFunc(slices.Values(texts), func(s, t string) int { return cmp.Compare(wordCount(s), wordCount(t)) })
	}
	a, b = byLength(a), byLength(b)
	at := 0
	for i, text := range b {
		// Leave enough for those that follow.
		last := len(a) - (len(b) - i)
		for at < last && abs(wordCount(a[at+1])-wordCount(text)) <= abs(wordCount(a[at])-wordCount(text)) && wordCount(a[at]) < wordCount(text) {
			at++
		}
		fromA = append(fromA, a[at])
		at++
	}
	return fromA, b
}

func wordCount(text string) int { return len(strings.Fields(text)) }

func abs(n int) int { return max(n, -n) }
