package rescue

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/pages"
)

// kinds are what files begin with that people take for a dataset.
var kinds = []struct {
	begins string
	kind   i18n.Text
}{
	{pages.Magic, i18n.T("a database of another program")},
	{"PK\x03\x04", i18n.T("a zip file, as workbooks and documents are")},
	{"\x1f\x8b", i18n.T("a compressed file; unpack it first")},
	{"%PDF", i18n.T("a PDF document")},
	{"PAR1", i18n.T("a Parquet file")},
	{"\xd0\xcf\x11\xe0", i18n.T("a document of an old Microsoft Office")},
}

// looksLike says what a file is that is no dataset, by its first bytes.
func looksLike(path string) (i18n.Text, error) {
	file, err := os.Open(path)
	if err != nil {
		return i18n.Text{}, err
	}
	defer file.Close()
	head := make([]byte, 512)
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return i18n.Text{}, err
	}
	head = head[:n]
	for _, k := range kinds {
		if bytes.HasPrefix(head, []byte(k.begins)) {
			return k.kind, nil
		}
	}
	kind, _, _ := strings.Cut(http.DetectContentType(head), "/")
	switch {
	case n == 0:
		return i18n.T("empty"), nil
	case len(bytes.Trim(head, "\x00")) == 0:
		return i18n.T("nothing but zeros at its beginning"), nil
	case kind == "text":
		return i18n.T("a text file; open it to import its messages"), nil
	case kind == "image" || kind == "audio" || kind == "video":
		return i18n.T("a picture, a sound or a film"), nil
	}
	return i18n.T("of a kind that Seedbed doesn't know, or wholly overwritten"), nil
}
