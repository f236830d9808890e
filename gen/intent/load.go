package intent

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"math"
	"reflect"
	"slices"
	"strings"

	"seedbed/gen/intent/features"
	"seedbed/gen/intent/svm"

	"seedbed/assets"
	"seedbed/assets/i18n"
)

// The largest that Load takes, in bytes: a whole unpacked model, its model.json, and a
// zip's list of files.
const (
	modelLimit = 1 << 30
	formLimit  = 16 << 20
	listLimit  = 1 << 20
)

// largest is the greatest number in an array, far beyond what training finds, with which
// no score overflows.
const largest = 1e9

// Errors of Load.
var (
	ErrNotModel    = i18n.Error("this is not a check model that Seedbed saved; train it again")
	ErrBrokenModel = i18n.Error("the check model's file is damaged; train it again, or restore it from a copy")
	ErrOtherModel  = i18n.Error("the check model was saved by another version of Seedbed; train it again")
)

// oldMagic begins the models of the first version of Seedbed.
const oldMagic = "SEEDINT"

// IsModelFile reports whether a file that begins with head is a model of this or another
// version of Seedbed.
func IsModelFile(head []byte) bool {
	const nameAt = 30 // of the first file in a zip: APPNOTE.TXT, 4.3.7
	return bytes.HasPrefix(head, []byte(oldMagic)) ||
		bytes.HasPrefix(head, []byte("PK\x03\x04")) && len(head) > nameAt && bytes.HasPrefix(head[nameAt:], []byte(formFile))
}

// Load reads a model of that many bytes that Save wrote. The loaded model predicts just
// as the saved one did. What is not such a model is one of the errors above.
func Load(from io.ReaderAt, size int64) (*Model, error) {
	head := make([]byte, min(size, int64(len(oldMagic))))
	if _, err := from.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, i18n.Error("the check model could not be read: {{.Cause}}", i18n.Values{"Cause": err})
	}
	switch {
	case string(head) == oldMagic:
		return nil, ErrOtherModel
	case !bytes.HasPrefix(head, []byte("PK\x03\x04")) || size > modelLimit:
		return nil, ErrNotModel
	}
	list := &limited{from, listLimit}
	archive, err := zip.NewReader(list, size)
	if err != nil {
		return nil, ErrBrokenModel
	}
	list.left = math.MaxInt64 // the files are limited one by one
	return unpack(archive)
}

// limited gives up after so many bytes, so that a list of a million files is not read.
type limited struct {
	io.ReaderAt
	left int64
}

func (l *limited) ReadAt(p []byte, offset int64) (int, error) {
	if l.left -= int64(len(p)); l.left < 0 {
		return 0, ErrBrokenModel
	}
	return l.ReaderAt.ReadAt(p, offset)
}

// unpack reads the model that lies in a folder.
func unpack(folder fs.FS) (*Model, error) {
	description, err := readFile(folder, formFile, -1)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, ErrNotModel
	case err != nil:
		return nil, ErrBrokenModel
	}
	var head struct{ Format, Version any }
	switch err := json.Unmarshal(description, &head); {
	case err != nil:
		return nil, ErrBrokenModel
	case head.Format != formName:
		return nil, ErrNotModel
	case head.Version != float64(formVersion):
		return nil, ErrOtherModel
	}
	var f form
	if json.Unmarshal(description, &f) != nil {
		return nil, ErrBrokenModel
	}
	expected := currentRules(f.Pooling != nil)
	expected.Text.characters = f.Text.characters // another version of Unicode knows a few letters more
	if !reflect.DeepEqual(f.rules, expected) {
		return nil, ErrOtherModel
	}
	u := unpacker{folder: folder, files: f.Files, left: modelLimit}
	m := u.model(f)
	if u.broken {
		return nil, ErrBrokenModel
	}
	return m, nil
}

// unpacker takes a model's arrays out of a folder. Once one is missing, of the wrong
// size or otherwise damaged, it is broken and gives none.
type unpacker struct {
	folder fs.FS
	files  map[string]fileForm
	left   int // how many bytes the rest of the model may have
	broken bool
}

func (u *unpacker) model(f form) *Model {
	names := f.Categories
	columns, classes := u.rows(hashFile), len(names)
	if classes < 2 || names[0] == "" || !slices.IsSorted(names) || len(slices.Compact(slices.Clone(names))) != classes ||
		!(f.Sharpness > 0 && f.Sharpness < largest) || !(f.WordingWeight >= 0 && f.WordingWeight < largest) {
		u.broken = true
		return nil
	}
	m := &Model{categories: names, sharpness: f.Sharpness, weighting: &features.Weighting{}}
	width := 0
	if f.Pooling != nil {
		if m.pooling = u.pooling(); u.broken {
			return nil
		}
		width = m.pooling.Width()
	}
	hashes := take[uint64](u, hashFile, "<u8", columns)
	m.weighting.IDF = u.floats(idfFile, columns)
	m.weighting.Kind = take[features.Kind](u, kindFile, "|u1", columns)
	scales := u.floats(scaleFile, classes)
	weights := take[int16](u, weightFile, "<i2", columns+width+1, classes)
	wordings := u.rows(wordingFile)
	wordingHashes := take[uint64](u, wordingFile, "<u8", wordings)
	ratios := u.floats(ratioFile, wordings)
	var ok bool
	if m.outOfScope, ok = f.OutOfScope.outOfScope(); !ok || u.broken || !slices.IsSorted(wordingHashes) || slices.ContainsFunc(m.weighting.Kind, func(k features.Kind) bool { return k >= features.Kinds }) {
		u.broken = true
		return nil
	}
	m.column = features.NewNumbering(columns)
	for column, h := range hashes {
		m.column.Put(h, int32(column)) // n-grams in memory fit
	}
	m.machine = svm.New(classes, columns, width)
	for c, scale := range scales {
		b, place := c/svm.Width, c%svm.Width
		m.machine.Scales[b][place] = scale
		for row := range m.machine.Blocks[b] {
			m.machine.Blocks[b][row][place] = float32(weights[row*classes+c]) * scale
		}
	}
	m.outOfScope.Hashes, m.outOfScope.Ratios, m.outOfScope.WordingWeight = wordingHashes, ratios, f.WordingWeight
	return m
}

// pooling takes the word vectors.
func (u *unpacker) pooling() *features.Pooling {
	shape := u.files[vectorFile].Shape
	if len(shape) != 2 || shape[1] > svm.MaxDense/3 {
		u.broken = true
		return nil
	}
	words, dim := shape[0], shape[1]
	table := &assets.WordVectors{
		Words:  strings.Split(string(u.content(wordFile, textType, words)), "\n"),
		Scales: u.floats(vectorScaleFile, words),
		Cells:  u.content(vectorFile, "|i1", words, dim),
	}
	centre := u.floats(centreFile, dim)
	if u.broken || !table.Index() {
		u.broken = true
		return nil
	}
	return &features.Pooling{Table: table, Centre: centre}
}

// rows is how many rows an array says that it has.
func (u *unpacker) rows(name string) int {
	shape := u.files[name].Shape
	if len(shape) == 0 {
		u.broken = true
		return 0
	}
	return shape[0]
}

// content is an array of that type and shape, as bytes.
func (u *unpacker) content(name, dtype string, shape ...int) []byte {
	form := u.files[name]
	if u.broken || form.Type != dtype || !slices.Equal(form.Shape, shape) {
		u.broken = true
		return nil
	}
	size := -1
	if dtype != textType {
		size = sizes[dtype]
		for _, n := range shape {
			if n < 1 || n > u.left/size {
				u.broken = true
				return nil
			}
			size *= n
		}
		u.left -= size
	}
	content, err := readFile(u.folder, name, size)
	sum := sha256.Sum256(content)
	u.broken = err != nil || hex.EncodeToString(sum[:]) != form.SHA256
	return content
}

// take takes an array of numbers.
func take[T uint64 | float32 | int16 | features.Kind](u *unpacker, name, dtype string, shape ...int) []T {
	content := u.content(name, dtype, shape...)
	if u.broken {
		return nil
	}
	values := make([]T, len(content)/sizes[dtype])
	_, err := binary.Decode(content, binary.LittleEndian, values)
	u.broken = err != nil
	return values
}

// floats takes an array of numbers that can be computed with.
func (u *unpacker) floats(name string, n int) []float32 {
	values := take[float32](u, name, "<f4", n)
	for _, x := range values {
		if !(x >= -largest && x <= largest) { // nor if it is none
			u.broken = true
		}
	}
	return values
}

// readFile reads a file of exactly that size or, where that is -1, of at most formLimit.
func readFile(folder fs.FS, name string, size int) ([]byte, error) {
	file, err := folder.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	// The list of a zip says a size, but what is unpacked may be longer.
	if size < 0 {
		size = int(min(info.Size(), formLimit))
	}
	if info.Size() != int64(size) {
		return nil, ErrBrokenModel
	}
	content := make([]byte, size)
	if _, err := io.ReadFull(file, content); err != nil {
		return nil, err
	}
	_, err = file.Read(make([]byte, 1)) // its end, where a zip compares checksums
	if !errors.Is(err, io.EOF) {
		return nil, ErrBrokenModel
	}
	return content, nil
}
