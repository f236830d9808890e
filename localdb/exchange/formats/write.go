package formats

import (
	"io"
	"iter"

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
