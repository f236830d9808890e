package formats

import (
	"io"
	"iter"
	"path/filepath"
	"slices"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// Write writes rows in a format that Writers lists.
func Write(w io.Writer, format *exchange.Format, rows iter.Seq2[exchange.Row, error], o exchange.WriteOptions) error {
	for _, writer := range Writers {
		if writer.Format == format {
			return writer.Write(w, rows, o)
		}
	}
	return i18n.Error("a file of messages cannot be written as {{.Format}}", i18n.Values{"Format": format.Name})
}

// WriterFor gives the writer of the format that the terminal calls id. Where id is "",
// the end of the file's name says which: of several formats with the same, the one that
// is called like it.
func WriterFor(id, path string) (exchange.Writer, error) {
	extension := strings.ToLower(filepath.Ext(path))
	var fitting, all []string
	for _, writer := range Writers {
		all = append(all, writer.Format.ID)
		if writer.Format.ID == id || id == "" && writer.Format.ID == strings.TrimPrefix(extension, ".") {
			return writer, nil
		}
		if writer.Format.Extension == extension {
			fitting = append(fitting, writer.Format.ID)
		}
	}
	switch {
	case id != "":
		return exchange.Writer{}, i18n.Error("{{.Format}} can't be written; choose one of {{.Formats}}", i18n.Values{"Format": id, "Formats": strings.Join(all, ", ")})
	case len(fitting) == 0:
		return exchange.Writer{}, i18n.Error("the name {{.File}} doesn't tell the format; choose one of {{.Formats}}", i18n.Values{"File": filepath.Base(path), "Formats": strings.Join(all, ", ")})
	case len(fitting) > 1:
		return exchange.Writer{}, i18n.Error("{{.File}} could be one of several formats; choose one of {{.Formats}}", i18n.Values{"File": filepath.Base(path), "Formats": strings.Join(fitting, ", ")})
	}
	return Writers[slices.IndexFunc(Writers, func(w exchange.Writer) bool { return w.Format.ID == fitting[0] })], nil
}
