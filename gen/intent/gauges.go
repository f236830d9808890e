package intent

import (
	"bytes"
	"compress/gzip"
	"maps"
	"math"
	"slices"
	"strings"

	"seedbed/gen/intent/features"
)

// Gauge is one measure of a set of messages, with how many it was taken over:
// most measures move with that number, so compare like with like.
type Gauge struct {
	Value float64
	N     int
}

// CompressionRatio is how many times smaller gzip makes the messages, put in
// one text, one a line: 1 and a bit for varied ones, high for repetition (Shaib
// et al., arXiv:2403.00553, 2024). It grows
// with the number of messages. N counts messages.
func CompressionRatio(texts []string) Gauge {
	all := strings.Join(texts, "\n")
	if all == "" {
		return Gauge{N: len(texts)}
	}
	var packed bytes.Buffer
	pack := gzip.NewWriter(&packed)
	_, _ = pack.Write([]byte(all)) // a buffer takes everything
	_ = pack.Close()
	return Gauge{float64(len(all)) / float64(packed.Len()), len(texts)}
}

// Distinct2 is the share of different pairs of neighbouring words among all of
// them (Li et al., 2016): 1 where no pair comes twice. N counts pairs.
func Distinct2(texts []string) Gauge {
	different := map[string]bool{}
	pairs := 0
	for _, text := range texts {
		message := features.Words(text)
		for k := 1; k < len(message); k++ {
			different[message[k-1]+" "+message[k]] = true
			pairs++
		}
	}
	return Gauge{ratio(len(different), pairs), pairs}
}

// repeatedLength is how many words a repeated phrase has.
const repeatedLength = 4

// SelfRepetition is the share of messages that hold a phrase of four words
// which another message holds too (after Salkar et al., 2022). N counts the
// messages of four words or more; shorter ones say nothing.
func SelfRepetition(texts []string) Gauge {
	holders := map[string]int{}
	phrases := make([]map[string]bool, 0, len(texts))
	for _, text := range texts {
		message := features.Words(text)
		own := map[string]bool{}
		for k := 0; k+repeatedLength <= len(message); k++ {
			own[strings.Join(message[k:k+repeatedLength], " ")] = true
		}
		if len(own) == 0 {
			continue
		}
		for phrase := range own {
			holders[phrase]++
		}
		phrases = append(phrases, own)
	}
	repeated := 0
	for _, own := range phrases {
		for phrase := range own {
			if holders[phrase] > 1 {
				repeated++
				break
			}
		}
	}
	return Gauge{ratio(repeated, len(phrases)), len(phrases)}
}

// Balance tells how well the number of messages of each category keeps to what
// was wanted: 1 less half the sum of the differences of their shares, so 1 is
// just as wanted. Where want is nil it is the normalised entropy of the shares
// instead: 1 is all the same, 0 all in one. N counts messages.
func Balance(have, want map[string]int) Gauge {
	total, wanted := 0, 0
	for _, n := range have {
		total += n
	}
	for _, n := range want {
		wanted += n
	}
	if total == 0 {
		return Gauge{}
	}
	if wanted == 0 {
		return Gauge{entropy(have, total), total}
	}
	names := maps.Clone(have)
	maps.Copy(names, want)
	off := 0.0
	for _, name := range slices.Sorted(maps.Keys(names)) {
		off += math.Abs(ratio(have[name], total) - ratio(want[name], wanted))
	}
	return Gauge{1 - off/2, total}
}

// entropy is that of the shares, as a part of the largest one possible.
func entropy(have map[string]int, total int) float64 {
	if len(have) < 2 {
		return 0
	}
	var sum float64
	for _, n := range slices.Sorted(maps.Values(have)) {
		if n > 0 {
			sum -= ratio(n, total) * math.Log(ratio(n, total))
		}
	}
	return sum / math.Log(float64(len(have)))
}
