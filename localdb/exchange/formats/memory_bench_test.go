package formats

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"seedbed/localdb/exchange"
)

// BenchmarkReadMemory reads large files. MB-heap is the most that was on the heap while
// reading, which should not grow with the rows.
func BenchmarkReadMemory(b *testing.B) {
	for _, c := range []struct {
		name  string
		rows  int
		write func(w *bufio.Writer, n int) error
	}{
		{"xlsx-100000-rows", 100_000, writeWorkbook},
		{"xlsx-1000000-rows", 1_000_000, writeWorkbook},
		{"chats-10000-conversations", 20_000, writeDialogues("{\"conversations\":[", `{"id":"c%d","turns":[`, `{"speaker":"user","text":"where is order %d"},{"speaker":"agent","text":"on its way, number %d"}]}`)},
		{"chats-100000-conversations", 200_000, writeDialogues("{\"conversations\":[", `{"id":"c%d","turns":[`, `{"speaker":"user","text":"where is order %d"},{"speaker":"agent","text":"on its way, number %d"}]}`)},
	} {
		path := filepath.Join(b.TempDir(), c.name)
		file, err := os.Create(path)
		if err != nil {
			b.Fatal(err)
		}
		out := bufio.NewWriter(file)
		if err := c.write(out, c.rows); err != nil {
			b.Fatal(err)
		}
		if err := out.Flush(); err != nil {
			b.Fatal(err)
		}
		if err := file.Close(); err != nil {
			b.Fatal(err)
		}
		b.Run(c.name, func(b *testing.B) {
			most := uint64(0)
			for b.Loop() {
				most = max(most, heapOfReading(b, path, c.rows))
			}
			b.ReportMetric(float64(most)/1e6, "MB-heap")
		})
	}
}

// heapOfReading reads a file of n rows, and gives the most bytes that were on the heap.
func heapOfReading(b *testing.B, path string, n int) (most uint64) {
	b.Helper()
	measure := func() {
		var memory runtime.MemStats
		runtime.ReadMemStats(&memory)
		most = max(most, memory.HeapAlloc)
	}
	reading, err := Open(path, exchange.Options{})
	if err != nil {
		b.Fatal(err)
	}
	measure()
	rows := 0
	for _, err := range reading.Rows() {
		if err != nil {
			b.Fatal(err)
		}
		if rows++; rows%5000 == 0 {
			measure()
		}
	}
	if err := reading.Close(); err != nil {
		b.Fatal(err)
	}
	if rows != n {
		b.Fatalf("%d rows of %d", rows, n)
	}
	return most
}

// writeWorkbook writes a workbook whose messages are all different, and shared as Excel
// shares them.
func writeWorkbook(w *bufio.Writer, n int) error {
	archive := zip.NewWriter(w)
	for _, part := range []struct {
		name  string
		write func(io.Writer)
	}{
		{"_rels/.rels", func(w io.Writer) {
			_, _ = io.WriteString(w, `<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
		}},
		{"xl/workbook.xml", func(w io.Writer) {
			_, _ = io.WriteString(w, `<workbook><sheets><sheet name="Data" sheetId="1" id="r1"/></sheets></workbook>`)
		}},
		{"xl/_rels/workbook.xml.rels", func(w io.Writer) {
			_, _ = io.WriteString(w, `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>`)
		}},
		{"xl/sharedStrings.xml", func(w io.Writer) {
			_, _ = io.WriteString(w, `<sst><si><t>message</t></si><si><t>category</t></si><si><t>order</t></si><si><t>refund</t></si>`)
			for i := range n {
				_, _ = fmt.Fprintf(w, `<si><t>where is my order with the number %d, which was due yesterday</t></si>`, i)
			}
			_, _ = io.WriteString(w, `</sst>`)
		}},
		{"xl/worksheets/sheet1.xml", func(w io.Writer) {
			_, _ = io.WriteString(w, `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>`)
			for i := range n {
				_, _ = fmt.Fprintf(w, `<row r="%d"><c r="A%d" t="s"><v>%d</v></c><c r="B%d" t="s"><v>%d</v></c></row>`, i+2, i+2, i+4, i+2, 2+i%2)
			}
			_, _ = io.WriteString(w, `</sheetData></worksheet>`)
		}},
	} {
		packed, err := archive.Create(part.name)
		if err != nil {
			return err
		}
		part.write(packed) // Close tells what went wrong
	}
	return archive.Close()
}

// writeDialogues writes conversations of two turns.
func writeDialogues(begin, conversation, turns string) func(*bufio.Writer, int) error {
	return func(w *bufio.Writer, n int) error {
		_, _ = w.WriteString(begin) // Flush tells
		for i := range n / 2 {
			if i > 0 {
				_ = w.WriteByte(',')
			}
			_, _ = fmt.Fprintf(w, conversation+turns, i, i, i)
		}
		_, err := w.WriteString("]}")
		return err
	}
}
