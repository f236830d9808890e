package pages

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// database makes a database with a table of every kind of value and of text that needs
// overflow pages, in pages of this size.
func database(t testing.TB, pageSize int) (path string, rows map[int64][]any) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "some.db")
	conn, err := sqlite.OpenConn(path, sqlite.OpenReadWrite, sqlite.OpenCreate)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	err = sqlitex.ExecuteScript(conn, fmt.Sprintf(`PRAGMA page_size = %d; CREATE TABLE t (a, b, c)`, pageSize), nil)
	if err != nil {
		t.Fatal(err)
	}
	rows = map[int64][]any{}
	for i, value := range []any{nil, int64(0), int64(1), int64(-1), int64(127), int64(128), int64(-32769), int64(1 << 22), int64(-1 << 30), int64(1 << 40), int64(math.MinInt64), 0.5, math.Inf(-1), "", "é漢字", []byte{1, 2}} {
		for n, length := range []int{0, 100, pageSize - 40, pageSize - 35, pageSize - 34, 3 * pageSize, 20*pageSize + 17} {
			id := int64(i*1000 + n*7 + 1)
			rows[id] = []any{value, strings.Repeat("x", length), id}
			if err := sqlitex.Execute(conn, `INSERT INTO t (rowid, a, b, c) VALUES (?, ?, ?, ?)`, &sqlitex.ExecOptions{Args: append([]any{id}, rows[id]...)}); err != nil {
				t.Fatal(err)
			}
		}
	}
	return path, rows
}

// TestRowsAreReadAsTheEngineWroteThem reads all leaf pages.
func TestRowsAreReadAsTheEngineWroteThem(t *testing.T) {
	t.Parallel()
	for _, size := range []int{512, 4096, 65536} {
		path, want := database(t, size)
		file, err := Open(path, WithLog)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if file.Count() != file.Claimed() || !file.HasHeader() {
			t.Errorf("%d pages of %d", file.Count(), file.Claimed())
		}
		got := 0
		for n := uint32(2); n <= file.Count(); n++ {
			page, err := file.Page(n)
			if err != nil || page.Kind != TableLeaf {
				continue // also an overflow page
			}
			for _, c := range page.Cells {
				values, err := c.Record()
				if err != nil || fmt.Sprint(values) != fmt.Sprint(want[c.RowID]) {
					t.Fatalf("row %d is %v, not %v: %v", c.RowID, values, want[c.RowID], err)
				}
				got++
			}
			if page.Broken > 0 {
				t.Errorf("page %d has %d broken cells", n, page.Broken)
			}
		}
		if got != len(want) {
			t.Errorf("%d rows of %d in pages of %d bytes", got, len(want), size)
		}
	}
}

// TestCellsThatShareAChainEnd bounds the work that a file can make.
func TestCellsThatShareAChainEnd(t *testing.T) {
	t.Parallel()
	path, _ := database(t, 512)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n < len(data)/512; n++ { // every page leads back to itself
		if page := data[n*512:]; page[0] == 0 {
			binary.BigEndian.PutUint32(page, uint32(n+1))
		}
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := Open(path, WithLog)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for n := range file.Count() {
		_, _ = file.Page(n + 1)
	}
	if limit := chainsRead*int64(file.Count()) + 10_000; file.chained > limit {
		t.Errorf("%d overflow pages were read of a file of %d", file.chained, file.Count())
	}
}

// FuzzPages reads every page of anything: it never panics and always ends.
func FuzzPages(f *testing.F) {
	path, _ := database(f, 512)
	data, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data[:20*512], []byte(nil))
	f.Add(data[512:9*512], bytes.Repeat([]byte{0x37, 0x7f, 0x06, 0x82}, 200))
	f.Add([]byte{}, []byte{})
	f.Fuzz(func(t *testing.T, data, log []byte) {
		path := filepath.Join(t.TempDir(), "some.db")
		for name, content := range map[string][]byte{path: data, path + "-wal": log} {
			if err := os.WriteFile(name, content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for _, use := range []LogUse{WithLog, WithAllLog, WithoutLog} {
			file, err := Open(path, use)
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()
			file.Free()
			for n := range min(file.Count(), 10_000) {
				page, err := file.Page(n)
				if err != nil {
					continue
				}
				for _, c := range page.Cells {
					_, _ = c.Record()
				}
			}
		}
	})
}
