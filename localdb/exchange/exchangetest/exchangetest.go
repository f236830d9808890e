// Package exchangetest helps to test the readers and writers of files.
package exchangetest

import (
	"archive/zip"
	"bytes"
	"flag"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"seedbed/localdb/exchange"
)

var update = flag.Bool("update", false, "write the wanted files of Cases anew; read them afterwards")

// ReadFunc is formats.Read.
type ReadFunc func(*exchange.File, exchange.Options) (*exchange.Reading, error)

// Cases reads every file of testdata that has a file NAME.want beside it, and compares
// what Describe says of it with that.
func Cases(t *testing.T, read ReadFunc) {
	t.Helper()
	wanted, err := filepath.Glob("testdata/*.want")
	if err != nil || len(wanted) == 0 {
		t.Fatalf("no cases in testdata: %v", err)
	}
	for _, path := range wanted {
		file := strings.TrimSuffix(path, ".want")
		t.Run(filepath.Base(file), func(t *testing.T) {
			f, err := exchange.OpenFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := Describe(f, read)
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil { //nolint:gosec // as the other files of the sources
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// Describe writes what is read of a file: the format, a line for each row, and the count
// of what is left out for each reason; or the error.
func Describe(f *exchange.File, read ReadFunc) string {
	var b strings.Builder
	reading, err := read(f, exchange.Options{})
	if err != nil {
		return fmt.Sprintf("error: %v\n", err)
	}
	fmt.Fprintf(&b, "format: %s\n", reading.Facts.Format.ID)
	for row, err := range reading.Rows() {
		if err != nil {
			fmt.Fprintf(&b, "error: %v\n", err)
			break
		}
		b.WriteString(Line(row) + "\n")
	}
	for _, reason := range reading.Tally.Reasons {
		fmt.Fprintf(&b, "%s: %d %s\n", [...]string{"rejected", "skipped", "noted"}[reason.Outcome], reason.Count, reason.Text)
	}
	if err := reading.Close(); err != nil {
		fmt.Fprintf(&b, "error: %v\n", err)
	}
	return b.String()
}

// Line writes a row with all that it has.
func Line(row exchange.Row) string {
	s := fmt.Sprintf("%d %q", row.Line, row.Message)
	if row.Place != "" {
		s = row.Place + " " + s
	}
	for _, field := range []struct{ name, value string }{
		{"category", row.Category}, {"role", row.Role}, {"conversation", row.Conversation}, {"source", row.Source}, {"status", row.Status},
	} {
		if field.value != "" {
			s += fmt.Sprintf(" %s=%q", field.name, field.value)
		}
	}
	if row.HasConfidence {
		s += fmt.Sprintf(" confidence=%v", row.Confidence)
	}
	if !row.Time.IsZero() {
		s += " time=" + row.Time.Format("2006-01-02T15:04:05Z07:00")
	}
	return s
}

// Rows reads a file that must be readable.
func Rows(t testing.TB, f *exchange.File, o exchange.Options, read ReadFunc) ([]exchange.Row, []exchange.Rejected, *exchange.Reading) {
	t.Helper()
	var rejected []exchange.Rejected
	o.Rejected = func(r exchange.Rejected) { rejected = append(rejected, r) }
	reading, err := read(f, o)
	if err != nil {
		t.Fatalf("the file can't be read: %v", err)
	}
	rows := Collect(t, reading.Rows())
	if err := reading.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	return rows, rejected, reading
}

// Collect gives the rows of a file that must be readable to its end.
func Collect(t testing.TB, rows iter.Seq2[exchange.Row, error]) (all []exchange.Row) {
	t.Helper()
	for row, err := range rows {
		if err != nil {
			t.Fatalf("reading: %v", err)
		}
		all = append(all, row)
	}
	return all
}

// Labels writes rows with their labels, and rejected lines, so that they can be compared.
func Labels(rows []exchange.Row, rejected []exchange.Rejected) string {
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "%d %q %s", r.Line, r.Message, r.Category)
		if r.HasConfidence {
			fmt.Fprintf(&b, " %v", r.Confidence)
		}
		b.WriteByte('\n')
	}
	for _, r := range rejected {
		fmt.Fprintf(&b, "! %d %s\n", r.Line, r.Reason)
	}
	return b.String()
}

// Turns writes rows as conversation, role and message.
func Turns(rows []exchange.Row) string {
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "%s %s %q\n", r.Conversation, r.Role, r.Message)
	}
	return b.String()
}

// Seq gives rows one after another.
func Seq(rows ...exchange.Row) iter.Seq2[exchange.Row, error] {
	return func(yield func(exchange.Row, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// Zip makes a zip file of names and contents in turn.
func Zip(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// UTF16 encodes a text.
func UTF16(s string, bigEndian, mark bool) string {
	units := utf16.Encode([]rune(s))
	if mark {
		units = append([]uint16{0xFEFF}, units...)
	}
	var b []byte
	for _, u := range units {
		if bigEndian {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	return string(b)
}

// Fuzz reads any bytes with a reader, and finds rows without text or line, counts that
// are wrong, and files that can't be closed. The seeds are the files of testdata.
func Fuzz(f *testing.F, readers ...exchange.Reader) {
	seeds, err := filepath.Glob("testdata/*")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range seeds {
		content, err := os.ReadFile(path)
		if err != nil { // the folder of what fuzzing found
			continue
		}
		for i := range readers {
			f.Add(content, i)
		}
	}
	f.Fuzz(func(t *testing.T, content []byte, n int) {
		if n < 0 || n >= len(readers) {
			return
		}
		file := exchange.BytesFile("fuzz", content)
		readers[n].Recognise(file)
		reading, err := readers[n].Read(file, exchange.Options{})
		if err != nil {
			return
		}
		rows := 0
		for row, err := range reading.Rows() {
			if err != nil {
				break
			}
			rows++
			if strings.TrimSpace(row.Message) == "" || row.Line < 1 {
				t.Fatalf("no message: %+v", row)
			}
		}
		if rows != reading.Tally.Rows {
			t.Fatalf("%d rows, tally %+v", rows, reading.Tally)
		}
		if err := reading.Close(); err != nil {
			t.Fatal(err)
		}
	})
}
