package document

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"github.com/ledongthuc/pdf"
)

// readPDF reads the text of a PDF in the order in which people read it.
func readPDF(ctx context.Context, data []byte) ([]section, error) {
	data = trimmedPDF(data)
	if hugeNumber().Match(data) {
		return nil, ErrBroken
	}
	size := int64(len(data))
	document, err := pdf.NewReader(&limitedReaderAt{bytes.NewReader(data), readsPerByte*size + 1<<20, ctx}, size)
	switch {
	case errors.Is(err, pdf.ErrInvalidPassword), err != nil && strings.Contains(err.Error(), "encrypt"):
		return nil, errEncrypted
	case err != nil:
		return nil, err
	}
	var pages [][]fragment
	fonts := fontCache{}
	readable, unreadable, drawn := 0, 0, 0
	for i := 1; i <= document.NumPage(); i++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		page := document.Page(i)
		if page.V.IsNull() {
			pages = append(pages, nil)
			continue
		}
		if err := checkContents(page); err != nil {
			return nil, err
		}
		runs, err := runsOf(page, fonts)
		if err != nil {
			return nil, err
		}
		for _, r := range runs {
			n := strings.Count(r.text, "\uFFFD")
			unreadable += n
			readable += len(r.text) - n
		}
		if drawn += len(runs); drawn > maxRuns {
			return nil, ErrTooLarge
		}
		pages = append(pages, fragmentsOf(runs))
	}
	switch {
	case len(pages) > 0 && readable == 0 && unreadable == 0:
		return nil, errScanned
	case unreadable > readable/2:
		return nil, errFonts
	}
	dropRunningHeads(pages)
	return pdfSections(pages)
}

// trimmedPDF cuts what follows the end of a PDF, and names the version of the format
// that the library knows, since 2.0 differs in nothing that concerns text.
func trimmedPDF(data []byte) []byte {
	if at := bytes.LastIndex(data, []byte("%%EOF")); at >= 0 {
		data = data[:at+len("%%EOF")]
	}
	if bytes.HasPrefix(data, []byte("%PDF-2.")) {
		data = append([]byte("%PDF-1.7"), data[len("%PDF-1.7"):]...)
	}
	return data
}
