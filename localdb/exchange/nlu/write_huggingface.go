package nlu

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"iter"
	"strconv"

	"github.com/parquet-go/parquet-go"

	"seedbed/localdb/exchange"
)

// classLabels numbers the categories in the order in which they come. A message
// without one has -1, as the datasets library writes it.
type classLabels struct {
	numbers map[string]int64
	names   []string
}

func (l *classLabels) number(category string) int64 {
	if category == "" {
		return -1
	}
	n, known := l.numbers[category]
	if !known {
		n = int64(len(l.names))
		l.numbers[category] = n
		l.names = append(l.names, category)
	}
	return n
}

// writeHuggingCSV writes the columns text, label and label_text.
func writeHuggingCSV(w io.Writer, rows iter.Seq2[exchange.Row, error], _ exchange.WriteOptions) error {
	out := csv.NewWriter(w)
	labels := &classLabels{numbers: map[string]int64{}}
	if err := out.Write([]string{"text", "label", "label_text"}); err != nil {
		return err
	}
	for row, err := range rows {
		if err != nil {
			return err
		}
		if err := out.Write([]string{row.Message, strconv.FormatInt(labels.number(row.Category), 10), row.Category}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

type huggingRow struct {
	Text  string `parquet:"text,zstd"`
	Label int64  `parquet:"label"`
}

// writeHuggingParquet writes the columns text and label, and the names of the labels
// where the datasets library looks for them.
func writeHuggingParquet(w io.Writer, rows iter.Seq2[exchange.Row, error], _ exchange.WriteOptions) error {
	out := parquet.NewGenericWriter[huggingRow](w, parquet.MaxRowsPerRowGroup(100_000))
	labels := &classLabels{numbers: map[string]int64{}, names: []string{}}
	batch := make([]huggingRow, 0, 1024)
	for row, err := range rows {
		if err != nil {
			return err
		}
		if batch = append(batch, huggingRow{row.Message, labels.number(row.Category)}); len(batch) < cap(batch) {
			continue
		}
		if _, err := out.Write(batch); err != nil {
			return err
		}
		batch = batch[:0]
	}
	if _, err := out.Write(batch); err != nil {
		return err
	}
	info, err := json.Marshal(map[string]any{"info": map[string]any{"features": map[string]any{
		"text":  map[string]any{"dtype": "string", "_type": "Value"},
		"label": map[string]any{"names": labels.names, "_type": "ClassLabel"},
	}}})
	if err != nil {
		return err
	}
	out.SetKeyValueMetadata("huggingface", string(info))
	return out.Close()
}
