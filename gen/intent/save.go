package intent

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"io"
	"strings"
	"time"

	"seedbed/gen/intent/features"
	"seedbed/gen/intent/svm"

	"seedbed/assets/i18n"
)

// Save writes the model as a zip (form.go), the same bytes for the same model. It holds
// no messages but hashes of n-grams, from which short words can be guessed.
func (m *Model) Save(to io.Writer) error {
	if err := m.save(to); err != nil {
		return i18n.Error("the check model could not be saved: {{.Cause}}", i18n.Values{"Cause": err})
	}
	return nil
}

func (m *Model) save(to io.Writer) error {
	f := form{
		Format: formName, Version: formVersion, Categories: m.categories, Sharpness: m.sharpness,
		rules: currentRules(m.pooling != nil), WordingWeight: m.outOfScope.WordingWeight, OutOfScope: formOf(m.outOfScope), Files: map[string]fileForm{},
	}
	arrays := m.arrays()
	for _, a := range arrays {
		sum := sha256.Sum256(a.content)
		f.Files[a.name] = fileForm{Type: a.dtype, Shape: a.shape, SHA256: hex.EncodeToString(sum[:])}
	}
	description, err := json.MarshalIndent(f, "", " ")
	if err != nil {
		return err
	}
	out := zip.NewWriter(to)
	files := append([]array{{name: formFile, content: description}}, arrays...)
	for _, r := range Readers() {
		files = append(files, array{name: r.Name, content: []byte(r.Text)})
	}
	for _, file := range files {
		// The time is fixed so that the same model gives the same bytes.
		header := &zip.FileHeader{Name: file.name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)}
		entry, err := out.CreateHeader(header)
		if err != nil {
			return err
		}
		if _, err := entry.Write(file.content); err != nil {
			return err
		}
	}
	return out.Close()
}

// array is a file of a saved model.
type array struct {
	name, dtype string
	shape       []int
	content     []byte
}

// numbers is an array of numbers that lie in memory as they do in the file.
func numbers[T uint64 | float32 | int16 | features.Kind](name, dtype string, values []T, shape ...int) array {
	content, err := binary.Append(nil, binary.LittleEndian, values)
	if err != nil {
		panic(err) // of these types, every value can be written
	}
	return array{name, dtype, shape, content}
}

func (m *Model) arrays() []array {
	columns, classes := m.machine.Columns, len(m.categories)
	hashes := make([]uint64, columns)
	for h, column := range m.column.All {
		hashes[column] = h
	}
	rows := len(m.machine.Blocks[0])
	weights, scales := make([]int16, rows*classes), make([]float32, classes)
	for c := range classes {
		block, place := m.machine.Blocks[c/svm.Width], c%svm.Width
		scales[c] = m.machine.Scales[c/svm.Width][place]
		for row := range block {
			weights[row*classes+c] = svm.Whole(block[row][place], scales[c])
		}
	}
	arrays := []array{
		numbers(hashFile, "<u8", hashes, columns),
		numbers(idfFile, "<f4", m.weighting.IDF, columns),
		numbers(kindFile, "|u1", m.weighting.Kind, columns),
		numbers(weightFile, "<i2", weights, rows, classes),
		numbers(scaleFile, "<f4", scales, classes),
		numbers(wordingFile, "<u8", m.outOfScope.Hashes, len(m.outOfScope.Hashes)),
		numbers(ratioFile, "<f4", m.outOfScope.Ratios, len(m.outOfScope.Ratios)),
	}
	if m.pooling != nil {
		table := m.pooling.Table
		arrays = append(arrays,
			array{wordFile, textType, []int{table.Len()}, []byte(strings.Join(table.Words, "\n"))},
			array{vectorFile, "|i1", []int{table.Len(), table.Dim()}, table.Cells},
			numbers(vectorScaleFile, "<f4", table.Scales, table.Len()),
			numbers(centreFile, "<f4", m.pooling.Centre, table.Dim()),
		)
	}
	return arrays
}
