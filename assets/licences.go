package assets

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"

	"github.com/rogpeppe/go-internal/txtar"
)

//go:generate go run licences/make.go

//go:embed licences/licences.txt.gz
var packedLicences []byte

// Licence is that of Go or of a library.
type Licence struct{ Of, Text string }

// Licences are those of Go and of all libraries in the program, by name.
func Licences() ([]Licence, error) {
	packed, err := gzip.NewReader(bytes.NewReader(packedLicences))
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(packed)
	if err != nil {
		return nil, err
	}
	var list []Licence
	for _, f := range txtar.Parse(text).Files {
		list = append(list, Licence{f.Name, string(f.Data)})
	}
	return list, nil
}
