package table

import (
	"bytes"
	"strings"
	"testing"

	"seedbed/localdb/exchange"
)

// TestTextsAcrossReads has a text of two lines at every place where one reading of the
// source may end and the next begin.
func TestTextsAcrossReads(t *testing.T) {
	for offset := range 60 {
		var want []exchange.Row
		for i := range 4000 {
			want = append(want, exchange.Row{Message: strings.Repeat("x", offset*i%7) + "first line\nsecond, \"line\"", Category: "c"})
		}
		want[0].Message += strings.Repeat("y", offset)
		var file bytes.Buffer
		if err := WriteCSV(&file, func(yield func(exchange.Row, error) bool) {
			for _, row := range want {
				if !yield(row, nil) {
					return
				}
			}
		}, exchange.WriteOptions{}); err != nil {
			t.Fatal(err)
		}
		rows, rejected, _ := read(t, file.String(), exchange.Options{})
		if len(rows) != len(want) || len(rejected) > 0 {
			t.Fatalf("offset %d: %d rows, %d rejected", offset, len(rows), len(rejected))
		}
		for i := range rows {
			if rows[i].Message != want[i].Message {
				t.Fatalf("offset %d, row %d: %q instead of %q", offset, i, rows[i].Message, want[i].Message)
			}
		}
	}
}
