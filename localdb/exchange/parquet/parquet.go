// Package parquet reads and writes Parquet files.
package parquet

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"iter"

	"github.com/parquet-go/parquet-go"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonfile"
	"seedbed/localdb/exchange/jsonitems"
)

// Parquet is the one format of this package.
var Parquet = &exchange.Format{ID: "parquet", Name: i18n.T("Parquet"), Extension: ".parquet"}

// Readers and Writers list it.
var (
	Readers = []exchange.Reader{{
		Format: Parquet, Recognise: recognise, Read: read,
		About: "Flat columns, or lists of turns with role and content. Labels that Hugging Face keeps as numbers get their names.",
	}}
	Writers = []exchange.Writer{{
		Format: Parquet, Write: Write, Notes: true,
		About: "The columns message, category and confidence, of which the last two are null where there is no label; with note and tags where asked for.",
	}}
)

func recognise(f *exchange.File) exchange.Evidence {
	head, _ := f.Head()
	if !bytes.HasPrefix(head, []byte("PAR1")) {
		return exchange.Evidence{}
	}
	return exchange.Evidence{Sureness: exchange.Certain, Why: i18n.T("it starts with Parquet's mark")}
}

func read(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	file, err := openParquet(f.Read(), f.Size())
	if err != nil {
		return nil, err
	}
	var opened []*parquet.GenericReader[any]
	open := func() *jsonitems.Items {
		rows := &parquetRows{reader: parquet.NewGenericReader[any](file, file.Schema())}
		opened = append(opened, rows.reader)
		return &jsonitems.Items{Next: rows.next}
	}
	closeAll := func() error {
		var errs []error
		for _, reader := range opened {
			errs = append(errs, reader.Close())
		}
		return errors.Join(errs...)
	}
	reading, err := jsonfile.Read(open, o, exchange.Facts{Format: Parquet}, classLabels(file))
	if err != nil {
		return nil, errors.Join(err, closeAll())
	}
	reading.OnClose(closeAll)
	return reading, nil
}

func openParquet(r io.ReaderAt, size int64) (file *parquet.File, err error) {
	defer recoverParquet(&err)
	if file, err = parquet.OpenFile(r, size); err != nil {
		return nil, i18n.Error("could not read it as a Parquet file: {{.Cause}}", i18n.Values{"Cause": err})
	}
	return file, nil
}

// recoverParquet makes an error of a panic: the library has some for files that
// contradict themselves.
func recoverParquet(err *error) {
	if p := recover(); p != nil {
		*err = i18n.Error("the Parquet file is broken: {{.Cause}}", i18n.Values{"Cause": p})
	}
}

type parquetRows struct {
	reader *parquet.GenericReader[any]
	batch  [64]any
	ready  []any
	number int
}

func (p *parquetRows) next() (it jsonitems.Item, err error) {
	defer recoverParquet(&err)
	for len(p.ready) == 0 {
		clear(p.batch[:])
		n, err := p.reader.Read(p.batch[:])
		if n == 0 && err != nil {
			return it, err
		}
		p.ready = p.batch[:n]
	}
	p.number++
	it = jsonitems.Item{Number: p.number, Value: p.ready[0]}
	p.ready = p.ready[1:]
	return it, nil
}

// classLabels reads the names of labels that the datasets library leaves in a
// file it writes, by column.
func classLabels(file *parquet.File) map[string][]string {
	text, _ := file.Lookup("huggingface")
	var meta struct {
		Info struct {
			Features any `json:"features"`
		} `json:"info"`
	}
	if json.Unmarshal([]byte(text), &meta) != nil {
		return nil
	}
	return jsonfile.LabelNames(meta.Info.Features)
}

// parquetRow is the shape of the files we write.
type parquetRow struct {
	Message    string   `parquet:"message,zstd"`
	Category   *string  `parquet:"category,optional,dict"`
	Confidence *float64 `parquet:"confidence,optional"`
}

// notedRow is one with the optional columns.
type notedRow struct {
	Message    string   `parquet:"message,zstd"`
	Category   *string  `parquet:"category,optional,dict"`
	Confidence *float64 `parquet:"confidence,optional"`
	Note       string   `parquet:"note,zstd"`
	Tags       string   `parquet:"tags,dict"`
}

// Write writes the columns message, category and confidence, of which the last two are null
// where there is no label, and note and tags where the options say so.
func Write(w io.Writer, rows iter.Seq2[exchange.Row, error], o exchange.WriteOptions) error {
	if o.Notes {
		return write(w, rows, func(row exchange.Row) notedRow {
			r := newParquetRow(row)
			return notedRow{r.Message, r.Category, r.Confidence, row.Note, row.Tags}
		})
	}
	return write(w, rows, newParquetRow)
}

func newParquetRow(row exchange.Row) parquetRow {
	next := parquetRow{Message: row.Message}
	if row.Category != "" {
		next.Category = &row.Category
	}
	if row.HasConfidence {
		next.Confidence = &row.Confidence
	}
	return next
}

func write[T any](w io.Writer, rows iter.Seq2[exchange.Row, error], newRow func(exchange.Row) T) error {
	out := parquet.NewGenericWriter[T](w, parquet.MaxRowsPerRowGroup(100_000))
	batch := make([]T, 0, 1024)
	for row, err := range rows {
		if err != nil {
			return err
		}
		if batch = append(batch, newRow(row)); len(batch) < cap(batch) {
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
	return out.Close()
}
