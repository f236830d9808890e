package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/charset"
	"seedbed/localdb/exchange/columns"
	"seedbed/localdb/exchange/exchangetest"
)

// read reads a table that must be readable, with what was rejected.
func read(t testing.TB, file string, o exchange.Options) ([]exchange.Row, []exchange.Rejected, *exchange.Reading) {
	t.Helper()
	var rejected []exchange.Rejected
	o.Rejected = func(r exchange.Rejected) { rejected = append(rejected, r) }
	reading, err := readText(file, o)
	if err != nil {
		t.Fatalf("ReadCSV: %v", err)
	}
	return exchangetest.Collect(t, reading.Rows()), rejected, reading
}

// readText begins to read a table as formats.Read does.
func readText(file string, o exchange.Options) (*exchange.Reading, error) {
	f := exchange.BytesFile("table.csv", []byte(file))
	f.Encoding = o.Encoding
	return ReadCSV(f, o)
}

func TestReadCSV(t *testing.T) {
	const plain = "message,category,confidence\nhello,chitchat,1.0\ncafé?,rag_query,0.5\n"
	const both = `2 "hello" chitchat 1
3 "café?" rag_query 0.5
`
	long := strings.Repeat("x", 3<<20)
	for _, c := range []struct{ name, file, want, facts string }{
		{"plain", plain, both, "UTF-8, comma-separated"},
		{"no line end at the end", strings.TrimSuffix(plain, "\n"), both, ""},
		{"BOM", charset.ByteOrderMark + plain, both, "UTF-8, comma-separated"},
		{"BOM before a quoted header", charset.ByteOrderMark + strings.Replace(plain, "message", `"message"`, 1), both, ""},
		{"UTF-16 LE", exchangetest.UTF16(plain, false, true), both, "UTF-16 LE, comma-separated"},
		{"UTF-16 BE", exchangetest.UTF16(plain, true, true), both, "UTF-16 BE, comma-separated"},
		{"UTF-16 LE without a mark", exchangetest.UTF16(plain, false, false), both, "UTF-16 LE, comma-separated"},
		{"UTF-16 BE without a mark", exchangetest.UTF16(plain, true, false), both, "UTF-16 BE, comma-separated"},
		{"Windows-1252", strings.ReplaceAll(plain, "é", "\xE9"), both, "Windows-1252, comma-separated"},
		{"UTF-8 and Windows-1252 joined", "message,category\ncafé,a\ncaf\xE9,a\n", "2 \"café\" a\n3 \"café\" a\n", ""},
		{"semicolons", strings.ReplaceAll(plain, ",", ";"), both, "UTF-8, semicolon-separated"},
		{"tabs", strings.ReplaceAll(plain, ",", "\t"), both, "UTF-8, tab-separated"},
		{"pipes", strings.ReplaceAll(plain, ",", "|"), both, `UTF-8, separated by |`},
		{"sep=", "sep=;\r\n" + strings.ReplaceAll(plain, ",", ";"), "3 \"hello\" chitchat 1\n4 \"café?\" rag_query 0.5\n", "UTF-8, semicolon-separated"},
		{"CRLF", strings.ReplaceAll(plain, "\n", "\r\n"), both, ""},
		{"CR alone", strings.ReplaceAll(plain, "\n", "\r"), both, ""},
		{"CRLF inside quotes is kept", "message,category\r\n\"a\r\nb\nc\",x\r\nd,x\r\n", "2 \"a\\r\\nb\\nc\" x\n5 \"d\" x\n", ""},
		{"NULs", "message,category\nhe\x00llo,ch\x00at\n", "2 \"hello\" chat\n", ""},
		{
			"bare quotes", "message,category\na 5\" pipe,x\nsay \"hi\" now,x\n\"he said \"no\" to me\",x\n\"oh\" she said,x\n",
			"2 \"a 5\\\" pipe\" x\n3 \"say \\\"hi\\\" now\" x\n4 \"he said \\\"no\\\" to me\" x\n5 \"\\\"oh\\\" she said\" x\n", "",
		},
		{
			"a quote never closed spoils its line alone", "message,category\n\"oh no,x\nfine,x\n\"good\",x\n",
			"3 \"fine\" x\n4 \"good\" x\n! 2 a quote opens here and is not closed properly\n", "",
		},
		{"a quote never closed at the end", "message,category\nfine,x\n\"oh no,x\n", "2 \"fine\" x\n! 3 a quote opens here and is not closed properly\n", ""},
		{"spaces before quotes", "message, category, confidence\n\"a, b\", \"x\", 0.5\n", "2 \"a, b\" x 0.5\n", ""},
		{"a long field", "message,category\n" + long + ",x\n", "2 \"" + long + "\" x\n", ""},
		{"too long a line", "message,category\n" + long + long + ",x\nok,x\n", "3 \"ok\" x\n! 2 the line is longer than 4 MB\n", ""},
		{"missing columns", "message,category,confidence\nhello\nhi,chat\n", "2 \"hello\" \n3 \"hi\" chat\n", ""},
		{
			"extra columns", "message,category,confidence\nhi,chat,1.0,note\nhi,chat,,,\nOh, I see,chat,1.0\n",
			"2 \"hi\" chat 1\n3 \"hi\" chat\n! 4 it has 4 columns instead of 3: a separator inside a text needs quotes\n", "",
		},
		{"a comma that needs quotes", "message,category\nOh, I see,chat\n", "! 2 it has 3 columns instead of 2: a separator inside a text needs quotes\n", ""},
		{"other columns", "id,intent,utterance,note\n7,chat,hello,x\n", "2 \"hello\" chat\n", ""},
		{"the header again", plain + charset.ByteOrderMark + plain, both + "5 \"hello\" chitchat 1\n6 \"café?\" rag_query 0.5\n! 4 it is the header again\n", ""},
		{
			"a header in the middle of a file without one", "how are you,chat,1.0\nmessage,category,confidence\nhello,chat,1.0\n",
			"1 \"how are you\" chat 1\n3 \"hello\" chat 1\n! 2 it is the header again\n", "",
		},
		{"no header", "how are you,chat,1.0\nwhat is a CV,rag,0.9\nhi,chat,1\n", "1 \"how are you\" chat 1\n2 \"what is a CV\" rag 0.9\n3 \"hi\" chat 1\n", ""},
		{
			"no header, other order", "chat,0.5,how are you today\nrag,0.25,what is a CV anyway\nchat,1,well hello there\n",
			"1 \"how are you today\" chat 0.5\n2 \"what is a CV anyway\" rag 0.25\n3 \"well hello there\" chat 1\n", "",
		},
		{"no header, short messages", "hi,chitchat\nyo,chitchat\nok,chitchat\n", "1 \"hi\" chitchat\n2 \"yo\" chitchat\n3 \"ok\" chitchat\n", ""},
		{"no header, one line", "hi,chitchat,1.0\n", "1 \"hi\" chitchat 1\n", ""},
		{"header of unknown names", "foo,bar\nhow are you,chat\nwhat is that,chat\n", "2 \"how are you\" \n3 \"what is that\" \n", ""},
		{"one message a line", "hello there\nwell, what, now\nI see, thanks\nbye\n", "1 \"hello there\" \n2 \"well, what, now\" \n3 \"I see, thanks\" \n4 \"bye\" \n", "UTF-8, one message a line"},
		{"upper case names", "LABEL,Text\nchat,hello\n", "2 \"hello\" chat\n", ""},
		{"label and its text", "text,label,label_text\nhello,3,chat\n", "2 \"hello\" chat\n", ""},
		{
			"confidences", "message;category;confidence\na;x;0,9\nb;x;90%\nc;x;\nd;x;high\ne;x;1.5\nf;x;NaN\n",
			"2 \"a\" x 0.9\n3 \"b\" x 0.9\n4 \"c\" x\n! 5 the confidence \"high\" is not a number from 0 to 1\n! 6 the confidence \"1.5\" is not a number from 0 to 1\n! 7 the confidence \"NaN\" is not a number from 0 to 1\n", "",
		},
		{"no message", "message,category\n,x\n  ,x\n,\n\nok,x\n", "6 \"ok\" x\n! 2 it has no message\n! 3 it has no message\n", ""},
		{"apostrophes of an exact file", "message,category\n'=1,x\n", "2 \"'=1\" x\n", ""},
		{"apostrophes of a spreadsheet", charset.ByteOrderMark + "message,category\r\n'=1,x\r\n''=1,x\r\n'tis,x\r\n", "2 \"=1\" x\n3 \"'=1\" x\n4 \"'tis\" x\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows, rejected, reading := read(t, c.file, exchange.Options{})
			if got := exchangetest.Labels(rows, rejected); got != c.want {
				t.Errorf("got\n%.2000s\nwant\n%.2000s", got, c.want)
			}
			if got := reading.Facts.String(); c.facts != "" && got != c.facts {
				t.Errorf("facts %q, want %q", got, c.facts)
			}
		})
	}
}

func TestReadCSVAsChosen(t *testing.T) {
	const file = "body;memo;kind\nhello;not this;greet\n"
	rows, _, reading := read(t, file, exchange.Options{Columns: map[string]exchange.Field{"memo": exchange.Message, "kind": exchange.Category}})
	if got := exchangetest.Labels(rows, nil); got != "2 \"not this\" greet\n" {
		t.Errorf("got %s", got)
	}
	want := []exchange.Column{{Name: "body", Example: "hello"}, {Name: "memo", Example: "not this", Use: exchange.Message}, {Name: "kind", Example: "greet", Use: exchange.Category}}
	same := func(a, b exchange.Column) bool { return a.Name == b.Name && a.Example == b.Example && a.Use == b.Use }
	if !slices.EqualFunc(reading.Facts.Columns, want, same) {
		t.Errorf("columns %v, want %v", reading.Facts.Columns, want)
	}
	rows, _, _ = read(t, "text,label\nhi,a\n", exchange.Options{Header: exchange.HeaderAbsent, Columns: map[string]exchange.Field{"column 1": exchange.Message, "column 2": exchange.Category}})
	if len(rows) != 2 {
		t.Errorf("a first line said to be no header was not read: %v", rows)
	}
	rows, _, _ = read(t, "message,category\nÃ©,a\n", exchange.Options{Encoding: charset.Windows1252})
	if rows[0].Message != "ÃƒÂ©" {
		t.Errorf("the encoding that was asked for was not used: %q", rows[0].Message)
	}
	if _, err := readText(file, exchange.Options{Columns: map[string]exchange.Field{"missing": exchange.Message}}); !errors.Is(err, columns.ErrNoColumn) || !strings.Contains(err.Error(), `"body", "memo", "kind"`) {
		t.Errorf("a column that is not there: %v", err)
	}
}

func TestReadCSVConversations(t *testing.T) {
	rows, _, _ := read(t, "conversation_id,author_role,body,sent_at\nc1,user,hi,2026-10-04 09:12\nc1,assistant,hello,2026-10-04T09:13:00Z\n", exchange.Options{})
	if r := rows[0]; r.Conversation != "c1" || r.Role != "user" || r.Time.Hour() != 9 {
		t.Errorf("got %+v", r)
	}
	if rows[1].Time.Minute() != 13 {
		t.Errorf("the time in another form was not read: %v", rows[1].Time)
	}
}

func TestReadCSVErrors(t *testing.T) {
	for _, file := range []string{"", charset.ByteOrderMark, "\n\n", " \r\n"} {
		if _, err := readText(file, exchange.Options{}); !errors.Is(err, exchange.ErrEmpty) {
			t.Errorf("%q: got %v, want exchange.ErrEmpty", file, err)
		}
	}
	broken := errors.New("the disk is gone")
	content := "message,category\n" + strings.Repeat("hello,chat\n", 50_000)
	reading, err := ReadCSV(exchange.NewFile("table.csv", brokenDisk{content, broken}, int64(2*len(content))), exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows, last := 0, error(nil)
	for _, err := range reading.Rows() {
		if last = err; err == nil {
			rows++
		}
	}
	if rows != 50_000 || !errors.Is(last, broken) {
		t.Errorf("%d rows and %v, want all of them and the error", rows, last)
	}
}

// brokenDisk gives an error behind its content.
type brokenDisk struct {
	content string
	err     error
}

func (b brokenDisk) ReadAt(p []byte, off int64) (int, error) {
	n := copy(p, b.content[min(off, int64(len(b.content))):])
	if n < len(p) {
		return n, b.err
	}
	return n, nil
}

func TestWriteCSV(t *testing.T) {
	rows := []exchange.Row{
		{Message: "thx!!", Category: "chitchat", Confidence: 0.98, HasConfidence: true},
		{Message: "say \"hi\", now", Category: "a,b", Confidence: 1, HasConfidence: true},
		{Message: "=1+1", Confidence: 0, HasConfidence: true},
		{Message: "-", Category: "@x"},
		{Message: "two\r\nlines", Category: "x", Confidence: 1.0 / 3, HasConfidence: true},
	}
	for form, want := range map[exchange.Form]string{
		exchange.ForTraining: "message,category,confidence\nthx!!,chitchat,0.98\n\"say \"\"hi\"\", now\",\"a,b\",1.0\n=1+1,,0.0\n-,@x,\n\"two\r\nlines\",x,0.3333333333333333\n",
		exchange.ForExcel:    charset.ByteOrderMark + "message,category,confidence\r\nthx!!,chitchat,0.98\r\n\"say \"\"hi\"\", now\",\"a,b\",1.0\r\n'=1+1,,0.0\r\n'-,'@x,\r\n\"two\r\nlines\",x,0.3333333333333333\r\n",
	} {
		var b bytes.Buffer
		if err := WriteCSV(&b, exchangetest.Seq(rows...), exchange.WriteOptions{Form: form}); err != nil || b.String() != want {
			t.Errorf("form %d: %v\n%q\nwant\n%q", form, err, b.String(), want)
		}
	}
}

func FuzzCSVRoundTrip(f *testing.F) {
	f.Add("hello", "chat", 0.5, true)
	f.Add("'=1", "'", 1.0, true)
	f.Add("=1\r\n", "\t", 0.1, false)
	f.Add("message", "category", 0.0, false)
	f.Add("\"", "\"\"", 1.0, true)
	f.Add("sep=;", charset.ByteOrderMark, 1.0, true)
	f.Fuzz(func(t *testing.T, message, category string, confidence float64, has bool) {
		category = strings.TrimSpace(category)
		texts := message + "\x01" + category
		if !utf8.ValidString(texts) || strings.Contains(texts, "\x00") || strings.TrimSpace(message) == "" {
			return // not texts of a dataset
		}
		if has = has && confidence >= 0 && confidence <= 1; !has {
			confidence = 0
		}
		row := exchange.Row{Message: message, Category: category, Confidence: confidence, HasConfidence: has}
		second := exchange.Row{Message: category + "x", Category: "y", Confidence: 1, HasConfidence: true}
		for _, form := range []exchange.Form{exchange.ForTraining, exchange.ForExcel} {
			var b bytes.Buffer
			if err := WriteCSV(&b, exchangetest.Seq(row, second, row), exchange.WriteOptions{Form: form}); err != nil {
				t.Fatal(err)
			}
			rows, rejected, _ := read(t, b.String(), exchange.Options{})
			for i := range rows {
				rows[i].Line = 0
			}
			if want := []exchange.Row{row, second, row}; !slices.Equal(rows, want) {
				t.Fatalf("form %d: got %v (rejected %v), want %v of\n%q", form, rows, rejected, want, b.String())
			}
		}
	})
}

func FuzzReadCSV(f *testing.F) {
	f.Add("message,category,confidence\nhello,chat,1.0\n")
	f.Add("sep=;\r\ntext;label\r\n\"a\r\nb\";c\r\n\"open;d\r\n\r\n")
	f.Add("\"a\"\"\n\"b\"c,\"\n,\"\"\"\n")
	f.Add("\xFF\xFEm\x00,\x00")
	f.Add("a\rb\rc")
	f.Fuzz(func(t *testing.T, file string) {
		var rejected int
		reading, err := readText(file, exchange.Options{Rejected: func(r exchange.Rejected) {
			rejected++
			if r.Line < 1 || r.Reason == nil {
				t.Fatalf("rejected without line or reason: %+v", r)
			}
		}})
		if err != nil {
			return
		}
		rows, lastLine := 0, 0
		for row, err := range reading.Rows() {
			if err != nil {
				t.Fatal(err)
			}
			if row.Line <= lastLine {
				t.Fatalf("line %d after line %d", row.Line, lastLine)
			}
			if !utf8.ValidString(row.Message+row.Category) || strings.TrimSpace(row.Message) == "" {
				t.Fatalf("not a message: %q", row.Message)
			}
			lastLine = row.Line
			rows++
		}
		lines := 1 + strings.Count(file, "\n") + strings.Count(file, "\r")
		if rows+rejected > lines {
			t.Fatalf("%d rows and %d rejected of %d lines", rows, rejected, lines)
		}
		if rows != reading.Tally.Rows || rejected != reading.Tally.Rejected {
			t.Fatalf("tally %+v, but %d rows and %d rejected", reading.Tally, rows, rejected)
		}
	})
}

// millionRows is a plain CSV file.
func millionRows() []byte {
	var file bytes.Buffer
	file.WriteString("message,category,confidence\n")
	for i := range 1_000_000 {
		fmt.Fprintf(&file, "how do I answer question %06d in an interview,rag_query,1.0\n", i)
	}
	return file.Bytes()
}

func BenchmarkReadCSV(b *testing.B) {
	file := millionRows()
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		reading, err := ReadCSV(exchange.BytesFile("rows.csv", file), exchange.Options{})
		if err != nil {
			b.Fatal(err)
		}
		for _, err := range reading.Rows() {
			if err != nil {
				b.Fatal(err)
			}
		}
		if reading.Tally.Rows != 1_000_000 {
			b.Fatal(reading.Tally)
		}
	}
}

// BenchmarkScanner cuts the rows apart and does no more; BenchmarkEncodingCSV is the
// standard library's reader doing the same.
func BenchmarkScanner(b *testing.B) {
	file := millionRows()
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		s := newScanner(bytes.NewReader(file), ',', '\n')
		for _, err := s.next(); !errors.Is(err, io.EOF); _, err = s.next() {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkEncodingCSV(b *testing.B) {
	file := millionRows()
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		r := csv.NewReader(bytes.NewReader(file))
		r.ReuseRecord = true
		for _, err := r.Read(); !errors.Is(err, io.EOF); _, err = r.Read() {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkWriteCSV(b *testing.B) {
	row := exchange.Row{Message: "how do I answer question 000001 in an interview", Category: "rag_query", Confidence: 1, HasConfidence: true}
	for b.Loop() {
		err := WriteCSV(io.Discard, func(yield func(exchange.Row, error) bool) {
			for range 1_000_000 {
				if !yield(row, nil) {
					return
				}
			}
		}, exchange.WriteOptions{})
		if err != nil {
			b.Fatal(err)
		}
	}
}
