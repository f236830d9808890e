package intent

import (
	"fmt"
	"maps"
	"math"
	"strings"
	"sync"
	"unicode"

	"seedbed/gen/intent/features"
	"seedbed/gen/intent/outofscope"

	"seedbed/assets/number"

	"golang.org/x/text/unicode/rangetable"
)

// A saved model is a zip with everything that a reader in any language needs:
// model.json, which is a form, the arrays that it lists, and two such readers.
// docs/model.md describes it for people who write another one.
const (
	formName = "seedbed-intent"
	// formVersion goes up when the readers inside models of the version before would be wrong.
	formVersion = 1
	formFile    = "model.json"
)

// form is model.json.
type form struct {
	Format     string   `json:"format"`
	Version    int      `json:"version"`
	Categories []string `json:"categories"`
	Sharpness  float64  `json:"sharpness"`
	rules
	WordingWeight float64             `json:"wording_weight"` // of the out-of-scope score: what the wording weighs beside the energy
	OutOfScope    outOfScopeForm      `json:"out_of_scope"`
	Files         map[string]fileForm `json:"files"`
}

// rules say how a message becomes numbers. A model is of no use under other ones.
type rules struct {
	Text    textRules     `json:"text"`
	NGrams  ngramRules    `json:"ngrams"`
	Pooling *poolingRules `json:"pooling"` // null where the word vectors are not used
	// Of the out-of-scope score: what scores are multiplied by for the energy.
	EnergySharpness float64 `json:"energy_sharpness"`
}

// textRules say how a message is cut into words.
type textRules struct {
	characters
	Tones     string            `json:"tones"`
	Shorthand map[string]string `json:"shorthand"`
	Endings   map[string]string `json:"endings"`
}

// characters spell out what depends on a version of Unicode.
type characters struct {
	// Upper and Lower are of the same length, character for character.
	Upper string `json:"upper"`
	Lower string `json:"lower"`
	// Word lists what a word can hold, as in the brackets of a regular expression.
	Word string `json:"word"`
}

type ngramRules struct {
	Seeds        map[string]string       `json:"seeds"` // in hexadecimal, for 64 bits are too many for JavaScript
	Farthest     int                     `json:"farthest"`
	StemLength   int                     `json:"stem_length"`
	ShortestRun  int                     `json:"shortest_run"`
	LongestRun   int                     `json:"longest_run"`
	LongestWord  int                     `json:"longest_word"` // in bytes of UTF-8
	BlockLengths [features.Kinds]float64 `json:"block_lengths"`
}

type poolingRules struct {
	Alias     map[string]string `json:"alias"`
	Length    float64           `json:"length"`
	SIFWeight float64           `json:"sif_weight"`
	Zipf      float64           `json:"zipf"`
}

// outOfScopeForm is an outOfScope without its hashes and ratios.
type outOfScopeForm struct {
	EnoughKnown float64         `json:"enough_known"`
	Content     float64         `json:"content"`
	Letters     float64         `json:"letters"`
	Intercept   float64         `json:"intercept"`
	DefaultKept float64         `json:"default_kept"`
	Thresholds  []thresholdForm `json:"thresholds"`
}

type thresholdForm struct {
	Keep       float64 `json:"keep"` // the share that it was asked to keep
	Score      float64 `json:"score"`
	Kept       float64 `json:"kept"`
	TurnedAway float64 `json:"turned_away"`
}

func formOf(o *outofscope.Scorer) outOfScopeForm {
	f := outOfScopeForm{EnoughKnown: o.EnoughKnown, Content: o.Content, Letters: o.Letters, Intercept: o.Intercept, DefaultKept: o.Kept}
	for k, t := range o.Thresholds {
		f.Thresholds = append(f.Thresholds, thresholdForm{outofscope.KeptShares()[k], t.Score, t.Kept, t.TurnedAway})
	}
	return f
}

// outOfScope is what the form was made of, but for the hashes and ratios. It is not ok if its
// numbers are none that training finds.
func (f outOfScopeForm) outOfScope() (o *outofscope.Scorer, ok bool) {
	o = &outofscope.Scorer{EnoughKnown: f.EnoughKnown, Content: f.Content, Letters: f.Letters, Intercept: f.Intercept, Kept: f.DefaultKept}
	shares := outofscope.KeptShares()
	ok = len(f.Thresholds) == len(shares) && f.DefaultKept > 0 && f.DefaultKept < 1
	for _, x := range []float64{f.EnoughKnown, f.Content, f.Letters, f.Intercept} {
		ok = ok && math.Abs(x) <= largest
	}
	for k, t := range f.Thresholds {
		ok = ok && k < len(shares) && t.Keep == shares[k] && math.Abs(t.Score) <= largest &&
			number.Share.Check(t.Kept) == nil && number.Share.Check(t.TurnedAway) == nil
		o.Thresholds = append(o.Thresholds, outofscope.Threshold{Score: t.Score, Kept: t.Kept, TurnedAway: t.TurnedAway})
	}
	return o, ok
}

// fileForm describes one array as NumPy does, in rows and little-endian; "text" is
// lines of UTF-8.
type fileForm struct {
	Type   string `json:"dtype"`
	Shape  []int  `json:"shape"`
	SHA256 string `json:"sha256"`
}

// The arrays.
const (
	hashFile        = "hashes.bin"
	idfFile         = "idf.bin"
	kindFile        = "kinds.bin"
	weightFile      = "weights.bin"
	scaleFile       = "scales.bin"
	wordingFile     = "wording_hashes.bin"
	ratioFile       = "wording_ratios.bin"
	wordFile        = "words.txt"
	vectorFile      = "vectors.bin"
	vectorScaleFile = "vector_scales.bin"
	centreFile      = "centre.bin"
)

// textType is the type of a file of lines.
const textType = "text"

// sizes are the bytes of one item of each type.
var sizes = map[string]int{"|i1": 1, "|u1": 1, "<i2": 2, "<f4": 4, "<u8": 8}

// currentRules are those of this program.
func currentRules(pooled bool) rules {
	hex := func(seed uint64) string { return fmt.Sprintf("%016x", seed) }
	r := rules{
		Text: textRules{characters: unicodeCharacters(), Tones: features.Tones, Shorthand: maps.Clone(features.Shorthand), Endings: maps.Clone(features.Endings)},
		NGrams: ngramRules{
			Seeds:    map[string]string{"word": hex(features.SeedWord), "pair": hex(features.SeedPair), "run": hex(features.SeedRun), "near": hex(features.SeedNear)},
			Farthest: features.Farthest, StemLength: features.StemLength, ShortestRun: features.ShortestRun, LongestRun: features.LongestRun, LongestWord: features.LongestWord,
			BlockLengths: features.BlockLength,
		},
		EnergySharpness: outofscope.SharpEnergy,
	}
	if pooled {
		r.Pooling = &poolingRules{Alias: maps.Clone(features.Alias), Length: features.PooledLength, SIFWeight: features.SifWeight, Zipf: features.Zipf}
	}
	return r
}

// unicodeCharacters are those of the version of Unicode that this program was built with.
var unicodeCharacters = sync.OnceValue(func() characters {
	var upper, lower, word strings.Builder
	for _, folding := range unicode.CaseRanges {
		for r := rune(folding.Lo); r <= rune(folding.Hi); r++ {
			if to := unicode.ToLower(r); to != r {
				upper.WriteRune(r)
				lower.WriteRune(to)
			}
		}
	}
	first, last := rune(-1), rune(-1)
	write := func() {
		if first >= 0 {
			word.WriteRune(first)
			word.WriteByte('-')
			word.WriteRune(last)
		}
	}
	inside := rangetable.Merge(unicode.L, unicode.Nd, unicode.M, rangetable.New('\'', '’'))
	rangetable.Visit(inside, func(r rune) {
		if r != last+1 {
			write()
			first = r
		}
		last = r
	})
	write()
	return characters{upper.String(), lower.String(), word.String()}
})
