package intent

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"io"
	"math"

	"seedbed/assets/i18n"
)

// A saved model is the eight bytes of modelMagic, whose last one is the version
// of the format, a CRC-32 of the rest, and the rest: deflated, little-endian,
// with lengths before lists.
const modelMagic = "SEEDINT\x02"

// modelLimit is the largest unpacked model that Load takes, in bytes.
const modelLimit = 1 << 30

// Errors of Load.
var (
	ErrNotModel    = i18n.Error("this is not a check model that Seedbed saved; train it again")
	ErrBrokenModel = i18n.Error("the check model's file is damaged; train it again, or restore it from a copy")
	ErrOtherModel  = i18n.Error("the check model was saved by another version of Seedbed; train it again")
)

// Save writes the model. It holds the hashes of n-grams, not people's words.
func (m *Model) Save(to io.Writer) error {
	var packed bytes.Buffer
	pack, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		return err
	}
	if _, err := pack.Write(m.encode()); err != nil {
		return err
	}
	if err := pack.Close(); err != nil {
		return err
	}
	file := []byte(modelMagic)
	file = binary.LittleEndian.AppendUint32(file, crc32.ChecksumIEEE(packed.Bytes()))
	if _, err := to.Write(append(file, packed.Bytes()...)); err != nil {
		return i18n.Error("the check model could not be saved: {{.Cause}}", i18n.Values{"Cause": err})
	}
	return nil
}

// Load reads a model that Save wrote. The loaded model predicts just as the
// saved one did.
func Load(from io.Reader) (*Model, error) {
	file, err := io.ReadAll(io.LimitReader(from, modelLimit))
	if err != nil {
		return nil, i18n.Error("the check model could not be read: {{.Cause}}", i18n.Values{"Cause": err})
	}
	const head = len(modelMagic)
	switch {
	case len(file) < head || string(file[:head-1]) != modelMagic[:head-1]:
		return nil, ErrNotModel
	case file[head-1] != modelMagic[head-1]:
		return nil, ErrOtherModel
	case len(file) < head+4 || crc32.ChecksumIEEE(file[head+4:]) != binary.LittleEndian.Uint32(file[head:]):
		return nil, ErrBrokenModel
	}
	body, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(file[head+4:])), modelLimit))
	if err != nil {
		return nil, ErrBrokenModel
	}
	return decodeModel(body)
}

func (m *Model) encode() []byte {
	little := binary.LittleEndian
	b := appendLength(nil, len(m.categories))
	for _, name := range m.categories {
		b = appendLength(b, len(name))
		b = append(b, name...)
	}
	b = little.AppendUint64(b, math.Float64bits(m.sharpness))
	width, table := 0, uint32(0)
	if m.pooling != nil {
		width, table = m.pooling.width(), m.pooling.table.Sum()
	}
	b = appendLength(b, width)
	b = little.AppendUint32(b, table)
	b = appendLength(b, m.machine.columns)
	hashes := make([]uint64, m.machine.columns)
	for h, column := range m.column.all {
		hashes[column] = h
	}
	for column, h := range hashes {
		b = little.AppendUint64(b, h)
		b = little.AppendUint32(b, math.Float32bits(m.weighting.idf[column]))
		b = append(b, byte(m.weighting.kind[column]))
	}
	for k, weights := range m.machine.blocks {
		scale := m.machine.scales[k]
		for _, s := range scale {
			b = little.AppendUint32(b, math.Float32bits(s))
		}
		for _, w := range weights {
			for c, x := range w {
				b = little.AppendUint16(b, uint16(whole(x, scale[c]))) // the bits as they are
			}
		}
	}
	return m.outOfScope.append(b)
}

// append writes the fields in their order.
func (o *outOfScope) append(b []byte) []byte {
	little := binary.LittleEndian
	b = appendLength(b, len(o.Hashes))
	for k, h := range o.Hashes {
		b = little.AppendUint64(b, h)
		b = little.AppendUint32(b, math.Float32bits(o.Ratios[k]))
	}
	for _, x := range []float64{o.EnoughKnown, o.Content, o.Letters, o.Intercept} {
		b = little.AppendUint64(b, math.Float64bits(x))
	}
	for _, t := range o.Thresholds {
		for _, x := range []float64{t.Score, t.Kept, t.TurnedAway} {
			b = little.AppendUint64(b, math.Float64bits(x))
		}
	}
	return b
}

// appendLength writes the length of a list in memory, which 32 bits hold.
func appendLength(b []byte, n int) []byte {
	return binary.LittleEndian.AppendUint32(b, uint32(n)) // see above
}

func decodeModel(body []byte) (m *Model, err error) {
	r := reader{rest: body}
	m = &Model{categories: make([]string, r.count(4))}
	for i := range m.categories {
		m.categories[i] = string(r.take(int(r.uint32())))
	}
	m.sharpness = math.Float64frombits(r.uint64())
	width, table := int(r.uint32()), r.uint32()
	columns := r.count(13)
	m.column = newNumbering(columns)
	m.weighting = &weighting{idf: make([]float32, columns), kind: make([]kind, columns)}
	for column := range columns {
		m.column.put(r.uint64(), int32(column))
		m.weighting.idf[column] = r.float32()
		m.weighting.kind[column] = kind(r.byte()) % kinds
	}
	blocks := (len(m.categories) + simdWidth - 1) / simdWidth
	each := columns + width + 1
	if r.broken || len(m.categories) < 2 || width > maxWidth ||
		len(r.rest) < blocks*(4*simdWidth+2*simdWidth*each) || !(m.sharpness > 0) || math.IsInf(m.sharpness, 0) {
		return nil, ErrBrokenModel
	}
	m.machine = &machine{classes: len(m.categories), columns: columns, blocks: make([]block, blocks), scales: make([]vector, blocks)}
	for k := range blocks {
		scale := &m.machine.scales[k]
		for c := range scale {
			scale[c] = r.float32()
		}
		weights := make(block, each)
		for i := range weights {
			for c := range weights[i] {
				weights[i][c] = float32(int16(r.uint16())) * scale[c] // the bits as they are
			}
		}
		m.machine.blocks[k] = weights
	}
	m.outOfScope = r.outOfScope()
	if r.broken || len(r.rest) > 0 {
		return nil, ErrBrokenModel
	}
	if width == 0 {
		return m, nil
	}
	if m.pooling, err = english(); err != nil {
		return nil, err
	}
	if m.pooling.width() != width || m.pooling.table.Sum() != table {
		return nil, ErrOtherModel
	}
	return m, nil
}

// outOfScope reads what append wrote.
func (r *reader) outOfScope() *outOfScope {
	n := r.count(12)
	o := &outOfScope{Hashes: make([]uint64, n), Ratios: make([]float32, n), Thresholds: make([]Threshold, len(keptShares))}
	for k := range o.Hashes {
		o.Hashes[k], o.Ratios[k] = r.uint64(), r.float32()
	}
	o.EnoughKnown, o.Content, o.Letters, o.Intercept = r.float64(), r.float64(), r.float64(), r.float64()
	for k := range o.Thresholds {
		o.Thresholds[k] = Threshold{r.float64(), r.float64(), r.float64()}
	}
	return o
}

// reader takes numbers off the front of a body. Once it has run out, or met a
// number that is none, it is broken and gives zeros.
type reader struct {
	rest   []byte
	broken bool
}

func (r *reader) take(n int) []byte {
	if n < 0 || n > len(r.rest) {
		r.broken, r.rest = true, nil
		return nil
	}
	taken := r.rest[:n]
	r.rest = r.rest[n:]
	return taken
}

// fixed takes n bytes, at most 8, and zeros where there are too few.
func (r *reader) fixed(n int) (b [8]byte) {
	copy(b[:], r.take(n))
	return b
}

func (r *reader) byte() byte { return r.fixed(1)[0] }

func (r *reader) uint16() uint16 {
	b := r.fixed(2)
	return binary.LittleEndian.Uint16(b[:])
}

func (r *reader) uint32() uint32 {
	b := r.fixed(4)
	return binary.LittleEndian.Uint32(b[:])
}

func (r *reader) uint64() uint64 {
	b := r.fixed(8)
	return binary.LittleEndian.Uint64(b[:])
}

func (r *reader) float32() float32 {
	x := math.Float32frombits(r.uint32())
	if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
		r.broken = true
	}
	return x
}

func (r *reader) float64() float64 {
	x := math.Float64frombits(r.uint64())
	if math.IsNaN(x) || math.IsInf(x, 0) {
		r.broken = true
	}
	return x
}

// count takes the length of a list whose items fill at least size bytes each,
// so that a broken length cannot ask for more memory than the file is worth.
func (r *reader) count(size int) int {
	n := int(r.uint32())
	if n > len(r.rest)/size {
		r.broken, r.rest = true, nil
		return 0
	}
	return n
}
