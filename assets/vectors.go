package assets

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"math"
	"strings"
	"sync"
)

//go:embed vectors/en.vec
var vectorTable []byte

// WordVectors is a table of English words, most frequent first, each with a
// vector of 8-bit numbers and the scale that turns them back: GloVe (Pennington,
// Socher and Manning, 2014), public domain. assets/vectors/NOTICE.txt says
// where it comes from and assets/vectors/make.go how it was made.
type WordVectors struct {
	Words  []string
	Scales []float32 // one for each word
	Cells  []byte    // int8, Dim for each word
	rank   map[string]int32
}

// English decodes the shipped table at its first call, in a few milliseconds,
// and returns the same table from then on.
var English = sync.OnceValues(func() (*WordVectors, error) { return decodeVectors(vectorTable) })

var errVectors = errors.New("the word vectors inside the program are damaged; install it again")

// decodeVectors reads the layout that make.go writes, little-endian:
// "SEEDVEC1", count and dimensions as uint32, count float32 scales,
// count × dimensions int8 cells, and the words, one a line.
func decodeVectors(table []byte) (*WordVectors, error) {
	const magic = "SEEDVEC1"
	if len(table) < len(magic)+8 || string(table[:len(magic)]) != magic {
		return nil, errVectors
	}
	table = table[len(magic):]
	count, dim := int(binary.LittleEndian.Uint32(table)), int(binary.LittleEndian.Uint32(table[4:]))
	table = table[8:]
	if count > 1<<20 || dim > 1<<12 || len(table) < 4*count+count*dim {
		return nil, errVectors
	}
	scales := make([]float32, count)
	for i := range scales {
		scales[i] = math.Float32frombits(binary.LittleEndian.Uint32(table[4*i:]))
	}
	table = table[4*count:]
	v := &WordVectors{Words: strings.Split(string(table[count*dim:]), "\n"), Scales: scales, Cells: table[:count*dim]}
	if !v.Index() {
		return nil, errVectors
	}
	return v, nil
}

// Index gets a table ready to be asked, once its fields are set. It is false if their
// lengths don't match, or if a word occurs twice.
func (v *WordVectors) Index() bool {
	if len(v.Words) == 0 || len(v.Scales) != len(v.Words) || len(v.Cells)%len(v.Words) != 0 {
		return false
	}
	v.rank = make(map[string]int32, len(v.Words))
	for i, word := range v.Words {
		v.rank[word] = int32(i) // words in memory fit
	}
	return len(v.rank) == len(v.Words)
}

// Len is the number of words in the table.
func (v *WordVectors) Len() int { return len(v.Words) }

// Dim is the number of dimensions of a vector.
func (v *WordVectors) Dim() int { return len(v.Cells) / len(v.Words) }

// Rank finds a lower-case word: 0 is the most frequent one.
func (v *WordVectors) Rank(word string) (rank int, ok bool) {
	r, ok := v.rank[word]
	return int(r), ok
}

// Vector writes the vector of the word with that rank into to, which must hold
// Dim numbers.
func (v *WordVectors) Vector(rank int, to []float32) {
	scale, dim := v.Scales[rank], v.Dim()
	for i, cell := range v.Cells[rank*dim : (rank+1)*dim] {
		to[i] = scale * float32(int8(cell)) // the bits as they are
	}
}
