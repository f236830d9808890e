package formats

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/chat"
	"seedbed/localdb/exchange/exchangetest"
	"seedbed/localdb/exchange/helpdesk"
	"seedbed/localdb/exchange/jsonfile"
	seedparquet "seedbed/localdb/exchange/parquet"
	"seedbed/localdb/exchange/spreadsheet"
	"seedbed/localdb/exchange/table"
)

// readAny reads a file of any format that must be readable.
func readAny(t testing.TB, file []byte, o exchange.Options) ([]exchange.Row, []exchange.Rejected, *exchange.Reading) {
	t.Helper()
	return exchangetest.Rows(t, exchange.BytesFile("file", file), o, Read)
}

func TestRoundTrips(t *testing.T) {
	rows := []exchange.Row{
		{Message: "hello, \"you\"", Category: "chitchat", Confidence: 1, HasConfidence: true},
		{Message: "=1+1", Category: "rag_query", Confidence: 0.52, HasConfidence: true},
		{Message: "no label"},
		{Message: "two\nlines é 漢字 🙂 _x0041_ <b>&amp;", Category: "chitchat"},
		{Message: "  spaces  ", Category: "chitchat", Confidence: 0, HasConfidence: true},
	}
	for _, writer := range slices.Concat(table.Writers, spreadsheet.Writers, jsonfile.Writers, seedparquet.Writers) { // which keep all of a row
		format := writer.Format
		var b bytes.Buffer
		if err := Write(&b, format, exchangetest.Seq(rows...), exchange.WriteOptions{Form: exchange.ForExcel}); err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		got, rejected, reading := readAny(t, b.Bytes(), exchange.Options{})
		if reading.Facts.Format != format {
			t.Errorf("%s was taken for %s", format, reading.Facts.Format)
		}
		for i := range got {
			got[i].Line = 0
		}
		if fmt.Sprint(got) != fmt.Sprint(rows) {
			t.Errorf("%s: got\n%+v\nwant\n%+v\nrejected %v", format, got, rows, rejected)
		}
		b.Reset()
		if err := Write(&b, format, exchangetest.Seq(), exchange.WriteOptions{}); err != nil {
			t.Errorf("%s without rows: %v", format, err)
		}
		broken := errors.New("broken")
		if err := Write(&b, format, func(yield func(exchange.Row, error) bool) { yield(exchange.Row{}, broken) }, exchange.WriteOptions{}); !errors.Is(err, broken) {
			t.Errorf("%s: got %v, want the error of the rows", format, err)
		}
	}
	if err := Write(&bytes.Buffer{}, chat.Slack, exchangetest.Seq(), exchange.WriteOptions{}); err == nil {
		t.Error("a Slack export was written")
	}
}

func TestXLSX(t *testing.T) {
	file := excelize.NewFile()
	for cell, value := range map[string]any{"A1": "Notes", "A3": "nothing to see"} {
		if err := file.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := file.NewSheet("Chats"); err != nil {
		t.Fatal(err)
	}
	for i, row := range [][]any{{"ID", "Text", "Intent", "Score", "Sent at"}, {1, "hello", "chat", 0.9, 45000.5}, {}, {2, "", "chat"}, {3, "bye", nil, "90%"}, {4, 12345, "x"}} {
		if err := file.SetSheetRow("Chats", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := file.Write(&b); err != nil {
		t.Fatal(err)
	}
	rows, rejected, reading := readAny(t, b.Bytes(), exchange.Options{})
	want := "2 \"hello\" chat 0.9\n5 \"bye\"  0.9\n6 \"12345\" x\n! 4 it has no message\n"
	if got := exchangetest.Labels(rows, rejected); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := reading.Facts.String(); got != `Excel, sheet "Chats"` || reading.Tally.Blank != 1 {
		t.Errorf("%s, tally %+v", got, reading.Tally)
	}
	if got := rows[0].Time.Format("2006-01-02 15:04"); got != "2023-03-15 12:00" {
		t.Errorf("time %s", got)
	}
	rows, _, _ = readAny(t, b.Bytes(), exchange.Options{Sheet: "Sheet1"})
	if len(rows) != 2 {
		t.Errorf("of the other sheet: %v", rows)
	}

	long := spreadsheet.WriteXLSX(&bytes.Buffer{}, exchangetest.Seq(exchange.Row{Message: strings.Repeat("é", 40_000)}), exchange.WriteOptions{})
	if !errors.Is(long, spreadsheet.ErrExcelLimit) {
		t.Errorf("a message that no cell takes: %v", long)
	}
}

func TestParquet(t *testing.T) {
	type turn struct {
		Role    string `parquet:"role"`
		Content string `parquet:"content"`
	}
	type row struct {
		Messages []turn `parquet:"messages,list"`
	}
	var b bytes.Buffer
	if err := parquet.Write(&b, []row{{[]turn{{"user", "hi"}, {"assistant", "hello"}}}, {[]turn{{"user", "bye"}}}}); err != nil {
		t.Fatal(err)
	}
	rows, _, _ := readAny(t, b.Bytes(), exchange.Options{})
	if got, want := exchangetest.Turns(rows), "1 user \"hi\"\n1 assistant \"hello\"\n2 user \"bye\"\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}

	type labelled struct {
		Text  string `parquet:"text"`
		Label int64  `parquet:"label"`
	}
	b.Reset()
	names := parquet.KeyValueMetadata("huggingface", `{"info":{"features":{"text":{"dtype":"string"},"label":{"names":["rag","chat"],"_type":"ClassLabel"}}}}`)
	if err := parquet.Write(&b, []labelled{{"hello", 1}, {"what is it", 0}}, names); err != nil {
		t.Fatal(err)
	}
	rows, _, _ = readAny(t, b.Bytes(), exchange.Options{})
	if got, want := exchangetest.Labels(rows, nil), "1 \"hello\" chat\n2 \"what is it\" rag\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}

	for cut := 0; cut < b.Len(); cut += 7 { // broken files are errors
		broken := bytes.Clone(b.Bytes())
		broken[cut] ^= 0x55
		reading, err := Read(exchange.BytesFile("", broken), exchange.Options{Format: seedparquet.Parquet})
		if err != nil {
			continue
		}
		for _, err := range reading.Rows() {
			if err != nil {
				break
			}
		}
	}
}

func TestDetect(t *testing.T) {
	for name, c := range map[string]struct {
		file string
		want *exchange.Format
	}{
		"CSV":                  {"message,category\nhi,x\n", table.CSV},
		"a message in braces":  {"{name} is my name,x\nhello,x\n", table.CSV},
		"messages in brackets": {"[laughs] hello\n[cries] bye\n", table.Lines},
		"JSON":                 {" [ {\"text\": \"hi\"} ]", jsonfile.JSON},
		"UTF-16 JSON":          {exchangetest.UTF16(`[{"text":"hi"}]`, false, true), jsonfile.JSON},
		"JSON lines":           {"{\"text\":\"hi\"}\n{\"text\":\"ho\"}\n", jsonfile.JSONL},
		"WhatsApp":             {"[31/12/2023, 23:59:01] Ann: hi\n", chat.WhatsApp},
		"Slack":                {string(exchangetest.Zip(t, "general/2024-01-01.json", "[]")), chat.Slack},
		"zipped ChatGPT":       {string(exchangetest.Zip(t, "chat.html", "", "conversations.json", `[{"title":"x","mapping":{}}]`)), chat.ChatGPT},
		"Zendesk":              {`{"tickets":[{"id":1}]}`, helpdesk.Zendesk},
		"Intercom":             {`{"type":"conversation","id":"1"}`, helpdesk.Intercom},
	} {
		reading, err := Read(exchange.BytesFile(name, []byte(c.file)), exchange.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := reading.Facts.Format; got != c.want {
			t.Errorf("%s: %s", name, got)
		}
		if err := reading.Close(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, file := range map[string]string{
		"PDF": "%PDF-1.7\nhello", "old Excel": "\xD0\xCF\x11\xE0\xA1\xB1", "a zip of pictures": string(exchangetest.Zip(t, "a.png", "\x89PNG")),
		"a broken zip": "PK\x03\x04broken", "nothing": "", "white space": " \n ", "a database": "SQLite format 3\x00",
	} {
		if reading, err := Read(exchange.BytesFile(name, []byte(file)), exchange.Options{}); err == nil {
			t.Errorf("%s was taken for %s", name, reading.Facts.Format)
		}
	}
	if _, err := Open(t.TempDir(), exchange.Options{}); err == nil || !strings.Contains(err.Error(), "is a folder") {
		t.Errorf("a folder: %v", err)
	}
	if _, err := Open("missing", exchange.Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
}

func TestMaxRows(t *testing.T) {
	reading, err := Read(exchange.BytesFile("", []byte("text\na\nb\nc\n")), exchange.Options{MaxRows: 2})
	if err != nil {
		t.Fatal(err)
	}
	n, last := 0, error(nil)
	for _, err := range reading.Rows() {
		if last = err; err == nil {
			n++
		}
	}
	if n != 2 || !errors.Is(last, exchange.ErrTooManyRows) {
		t.Errorf("%d rows, %v", n, last)
	}
}

func TestOnlyFilesInZipFilesCanBeChosen(t *testing.T) {
	_, err := Read(exchange.BytesFile("a.csv", []byte("text,label\nhello there,greet\n")), exchange.Options{Inner: []string{"b.csv"}})
	if err == nil || !strings.Contains(err.Error(), "no zip file") {
		t.Fatalf("err = %v", err)
	}
}

func TestASheetOfAFileWithoutSheetsIsRefused(t *testing.T) {
	t.Parallel()
	_, err := Read(exchange.BytesFile("a.csv", []byte("text,label\nhello there,greet\n")), exchange.Options{Sheet: "Sheet1"})
	if err == nil || !strings.Contains(err.Error(), "no sheets") {
		t.Errorf("got %v", err)
	}
}
