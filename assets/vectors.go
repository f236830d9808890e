package assets

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"sync"
)

//go:embed vectors/en.vec
var vectorTable []byte

// WordVectors is a table of English words, most frequent first, each with a
// vector of 8-bit numbers and the scale that turns them back: GloVe (Pennington,
// Socher and Manning, 2014), public domain. assets/vectors/NOTICE.txt says
// where it comes from and assets/vectors/make.go how it was made.
type WordVectors struct {
	rank   map[string]int32
	cells  []byte
	scales []float32
	dim    int
	sum    uint32
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
	sum := crc32.ChecksumIEEE(table)
	if len(table) < len(magic)+8 || string(table[:len(magic)]) != magic {
		return nil, errVectors
	}
	table = table[len(magic):]
	count, dim := int(binary.LittleEndian.Uint32(table)), int(binary.LittleEndian.Uint32(table[4:]))
	table = table[8:]
	if count > 1<<20 || dim > 1<<12 || len(table) < 4*count+count*dim {
		return nil, errVectors
	}
	v := &WordVectors{dim: dim, sum: sum, scales: make([]float32, count), rank: make(map[string]int32, count)}
	for i := range v.scales {
		v.scales[i] = math.Float32frombits(binary.LittleEndian.Uint32(table[4*i:]))
	}
	table = table[4*count:]
	v.cells, table = table[:count*dim], table[count*dim:]
	for word := range bytes.SplitSeq(table, []byte{'\n'}) {
		v.rank[string(word)] = int32(len(v.rank)) // no more words than decodeVectors takes
	}
	if len(v.rank) != count {
		return nil, errVectors
	}
	return v, nil
}

// Len is the number of words in the table.
func (v *WordVectors) Len() int { return len(v.scales) }

// Sum is a checksum of the whole table: a model trained with one table is of
// no use with another.
func (v *WordVectors) Sum() uint32 { return v.sum }

// Dim is the number of dimensions of a vector.
func (v *WordVectors) Dim() int { return v.dim }

// Rank finds a lower-case word: 0 is the most frequent one.
func (v *WordVectors) Rank(word string) (rank int, ok bool) {
	r, ok := v.rank[word]
	return int(r), ok
}

// Vector writes the vector of the word with that rank into to, which must hold
// Dim numbers.
func (v *WordVectors) Vector(rank int, to []float32) {
	scale := v.scales[rank]
	for i, cell := range v.cells[rank*v.dim : (rank+1)*v.dim] {
		to[i] = scale * float32(int8(cell)) // the bits as they are
	}
}
