package jsonfile

import (
	"encoding/json"
	"io"
	"iter"

	"seedbed/localdb/exchange"
)

// jsonRow is the shape of the JSON that we write.
type jsonRow struct {
	Message    string   `json:"message"`
	Category   *string  `json:"category"`
	Confidence *float64 `json:"confidence"`
	Note       *string  `json:"note,omitempty"`
	Tags       *string  `json:"tags,omitempty"`
}

// WriteJSONL writes an object a line: message, category, confidence; the last
// two are null where there is no label.
func WriteJSONL(w io.Writer, rows iter.Seq2[exchange.Row, error], o exchange.WriteOptions) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for row, err := range rows {
		if err != nil {
			return err
		}
		if err := out.Encode(newJSONRow(row, o)); err != nil {
			return err
		}
	}
	return nil
}

// WriteJSON writes an array of the objects that WriteJSONL writes.
func WriteJSON(w io.Writer, rows iter.Seq2[exchange.Row, error], o exchange.WriteOptions) error {
	before := "[\n"
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for row, err := range rows {
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, before); err != nil {
			return err
		}
		if err := out.Encode(newJSONRow(row, o)); err != nil {
			return err
		}
		before = ","
	}
	if before == "," {
		before = ""
	}
	_, err := io.WriteString(w, before+"]\n")
	return err
}

func newJSONRow(row exchange.Row, o exchange.WriteOptions) jsonRow {
	r := jsonRow{Message: row.Message}
	if row.Category != "" {
		r.Category = &row.Category
	}
	if row.HasConfidence {
		r.Confidence = &row.Confidence
	}
	if o.Notes {
		r.Note, r.Tags = &row.Note, &row.Tags
	}
	return r
}
