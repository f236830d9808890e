package intent

import (
	"fmt"
	"maps"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/rangetable"
)

// A saved model is a zip with everything that a reader in any language needs:
// model.json, which is a form, the arrays that it lists, and two such readers.
// docs/model.md describes it for people who write another one.
const (
	formName    = "seedbed-intent"
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
	Files map[string]fileForm `json:"files"`
}

// rules say how a message becomes numbers. A model is of no use under other ones.
type rules struct {
	Text    textRules     `json:"text"`
	NGrams  ngramRules    `json:"ngrams"`
	Pooling *poolingRules `json:"pooling"` // null where the word vectors are not used
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
	Seeds        map[string]string `json:"seeds"` // in hexadecimal, for 64 bits are too many for JavaScript
	Farthest     int               `json:"farthest"`
	StemLength   int               `json:"stem_length"`
	ShortestRun  int               `json:"shortest_run"`
	LongestRun   int               `json:"longest_run"`
	LongestWord  int               `json:"longest_word"` // in bytes of UTF-8
	BlockLengths [kinds]float64    `json:"block_lengths"`
}

type poolingRules struct {
	Alias     map[string]string `json:"alias"`
	Length    float64           `json:"length"`
	SIFWeight float64           `json:"sif_weight"`
	Zipf      float64           `json:"zipf"`
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
		Text: textRules{characters: unicodeCharacters(), Tones: tones, Shorthand: maps.Clone(shorthand), Endings: maps.Clone(endings)},
		NGrams: ngramRules{
			Seeds:    map[string]string{"word": hex(seedWord), "pair": hex(seedPair), "run": hex(seedRun), "near": hex(seedNear)},
			Farthest: farthest, StemLength: stemLength, ShortestRun: shortestRun, LongestRun: longestRun, LongestWord: longestWord,
			BlockLengths: blockLength,
		},
	}
	if pooled {
		r.Pooling = &poolingRules{Alias: maps.Clone(alias), Length: pooledLength, SIFWeight: sifWeight, Zipf: zipf}
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
