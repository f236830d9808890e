package exchange

import (
	"io"
	"iter"

	"seedbed/assets/i18n"
)

// Written lists the formats that Write knows, in the order to offer them.
var Written = []Format{CSV, XLSX, JSONL, JSON, Parquet}

// Extension is the end of a file's name for a format that Write knows.
func (f Format) Extension() string {
	switch f {
	case CSV:
		return ".csv"
	case XLSX:
		return ".xlsx"
	case JSONL:
		return ".jsonl"
	case JSON:
		return ".json"
	case Parquet:
		return ".parquet"
	default:
		return ""
	}
}

// Write writes rows in any of the formats that Written lists; the form counts
// for CSV alone.
func Write(w io.Writer, format Format, rows iter.Seq2[Row, error], form Form) error {
	switch format {
	case CSV:
		return WriteCSV(w, rows, form)
	case XLSX:
		return WriteXLSX(w, rows)
	case JSONL:
		return WriteJSONL(w, rows)
	case JSON:
		return WriteJSON(w, rows)
	case Parquet:
		return WriteParquet(w, rows)
	default:
		return i18n.Error("a file of messages cannot be written as {{.Format}}", i18n.Values{"Format": format})
	}
}
