package formats

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/exchangetest"
)

// endless is a file of a beginning, many times one byte, and an end.
type endless struct {
	begin  string
	fill   byte
	length int64
	end    string
}

func (e endless) size() int64 { return int64(len(e.begin)) + e.length + int64(len(e.end)) }

func (e endless) ReadAt(p []byte, off int64) (int, error) {
	for i := range p {
		switch at := off + int64(i); {
		case at >= e.size():
			return i, io.EOF
		case at < int64(len(e.begin)):
			p[i] = e.begin[at]
		case at < int64(len(e.begin))+e.length:
			p[i] = e.fill
		default:
			p[i] = e.end[at-int64(len(e.begin))-e.length]
		}
	}
	return len(p), nil
}

// TestHugeFields reads fields that no memory would hold.
func TestHugeFields(t *testing.T) {
	for name, c := range map[string]struct {
		file endless
		want string
	}{
		"CSV":        {endless{"text,label\nhello,x\n", 'a', 8 << 20, ",x\nbye,x\n"}, "rejected: 1 the line is longer than 4 MB"},
		"quotes":     {endless{"text,label\nhello,x\n\"", 'a', 8 << 20, "\",x\nbye,x\n"}, "rejected: 1 the line is longer than 4 MB"},
		"JSON lines": {endless{"{\"text\":\"hello\"}\n{\"text\":\"", 'a', 8 << 20, "\"}\n{\"text\":\"bye\"}\n"}, "rejected: 1 the line is longer than 4 MB"},
		"JSON":       {endless{"[{\"text\":\"hello\"},{\"text\":\"", 'a', 65 << 20, "\"}]"}, "one item is larger than 64 MB"},
		"nesting":    {endless{"{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],\"x\":", '[', 1 << 20, ""}, "error: "},
		"arrays":     {endless{"", '[', 1 << 20, ""}, "error: "},
	} {
		if testing.Short() && c.file.size() > 16<<20 {
			continue // reading shares nothing; with the race detector it takes half a minute
		}
		got := exchangetest.Describe(exchange.NewFile(name, c.file, c.file.size()), Read)
		if !strings.Contains(got, c.want) || len(got) > 1000 {
			t.Errorf("%s: got\n%.1000s", name, got)
		}
	}
}

func TestZipBombs(t *testing.T) {
	var bomb bytes.Buffer
	w := zip.NewWriter(&bomb)
	f, err := w.Create("messages.csv")
	if err != nil {
		t.Fatal(err)
	}
	zeros := bytes.Repeat([]byte("a\n"), 1<<19)
	for range 64 {
		if _, err := f.Write(zeros); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	nested := exchangetest.Zip(t, "messages.csv", "text,label\nhello,x\n")
	for range 3 {
		nested = exchangetest.Zip(t, "inner.zip", string(nested))
	}
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"a file packed too tightly":    {bomb.Bytes(), "unpacks to more than 200 times its size"},
		"zip files in one another":     {nested, "unpack it first"},
		"a zip file inside a zip file": {exchangetest.Zip(t, "inner.zip", string(exchangetest.Zip(t, "messages.csv", "text,label\nhello,x\n"))), "hello"},
	} {
		if got := exchangetest.Describe(exchange.BytesFile(name, c.file), Read); !strings.Contains(got, c.want) {
			t.Errorf("%s: got\n%s", name, got)
		}
	}
}

// TestZipOfTables reads all tables in a zip file, and says what else is in it.
func TestZipOfTables(t *testing.T) {
	file := exchangetest.Zip(t,
		"export/b.csv", "text,label\nbye,x\n,x\n", "export/a.csv", "text,label\nhello,y\n", "export/readme.md", "# Read me\n\n- one\n- two\n",
		"export/logo.png", "\x89PNG\r\n\x1a\n", "__MACOSX/export/._a.csv", "x", "export/.DS_Store", "x")
	want := `format: csv
export/a.csv 2 "hello" category="y"
export/b.csv 2 "bye" category="x"
skipped: 2 is in the zip file, but not of the format that is read
rejected: 1 it has no message
`
	if got := exchangetest.Describe(exchange.BytesFile("export.zip", file), Read); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestClassLabels gives numbers the names that the file beside them has.
func TestClassLabels(t *testing.T) {
	file := exchangetest.Zip(t,
		"data/dataset_infos.json", `{"default":{"features":{"text":{"dtype":"string"},"label":{"num_classes":2,"names":["greet","bye"],"_type":"ClassLabel"}}}}`,
		"data/train.csv", "text,label\nhello,0\nsee you,1\nodd,7\n")
	want := "format: huggingface-dataset\ndata/train.csv 2 \"hello\" category=\"greet\"\ndata/train.csv 3 \"see you\" category=\"bye\"\ndata/train.csv 4 \"odd\" category=\"7\"\n"
	if got := exchangetest.Describe(exchange.BytesFile("data.zip", file), Read); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestLettersBehindManyLines has the first letter beyond ASCII far behind the beginning.
func TestLettersBehindManyLines(t *testing.T) {
	lines := 40_000
	if testing.Short() {
		lines = 10_000 // more than is looked at to recognise a file
	}
	ascii := "text,label\n" + strings.Repeat("hello there,greet\n", lines)
	for name, c := range map[string]struct{ end, want string }{
		"Windows-1251":           {"\xd1\xef\xe0\xf1\xe8\xe1\xee \xe1\xee\xeb\xfc\xf8\xee\xe5,thanks\n", "Спасибо большое"},
		"UTF-8":                  {"déjà vu,x\n", "déjà vu"},
		"Windows-1252":           {"d\xe9j\xe0 vu,x\n", "déjà vu"},
		"a line of another kind": {"déjà vu,x\nà bientôt,x\n\xd1\xef\xe0\xf1\xe8\xe1\xee,thanks\n", "rejected: 1 it is not written in the encoding"},
		"a damaged one":          {"ZoÃ© est là,x\n", "noted: 1 letters look wrong"},
	} {
		if got := exchangetest.Describe(exchange.BytesFile(name, []byte(ascii+c.end)), Read); !strings.Contains(got, c.want) {
			t.Errorf("%s: got\n%s", name, got[len(got)-300:])
		}
	}
}
