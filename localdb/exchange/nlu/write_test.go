package nlu

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/exchangetest"
	"seedbed/localdb/exchange/jsonfile"
)

func FuzzReaders(f *testing.F) { exchangetest.Fuzz(f, Readers...) }

// hardRows are messages and categories that no platform makes easy.
var hardRows = []exchange.Row{
	{Message: "hello", Category: "greet"},
	{Message: "- a dash: \"quotes\" # and 'more' {braces} %20", Category: "greet"},
	{Message: "see [the docs](https://example.org) and [x]{\"entity\": \"y\"} or [z][{\"entity\": \"y\"}]", Category: "help"},
	{Message: "a {slot_name} and @sys.date:date", Category: "help"},
	{Message: "two\nlines\tand a tab", Category: "order/status"},
	{Message: "where is it?", Category: "order status"},
	{Message: "where is it then?", Category: "order_status"},
	{Message: "WHERE", Category: "Order_Status"},
	{Message: "ça va 漢字 🙂 <b>&amp;", Category: "Rückgabe & Umtausch"},
	{Message: "сколько стоит", Category: "возврат"},
	{Message: "как вернуть", Category: "доставка"},
	{Message: "yes", Category: "yes"},
	{Message: "no", Category: "~"},
	{Message: "1e3", Category: "2.0"},
	{Message: "a long one", Category: strings.Repeat("very long name ", 20) + "A"},
	{Message: "a longer one", Category: strings.Repeat("very long name ", 20) + "B"},
	{Message: "__label__x in it", Category: "100%"},
	{Message: "percent", Category: "50%20"},
	{Message: "nothing", Category: "None"},
	{Message: "fall back", Category: "FallbackIntent"},
	{Message: "comment", Category: "a --> b <!-- c"},
	{Message: "key", Category: "-_-"},
}

// shortCarried are the platforms whose descriptions hold no name as long as the longest.
var shortCarried = map[*exchange.Format]bool{Lex: true, DialogflowCX: true}

func TestRoundTripsLoseNothing(t *testing.T) {
	for _, writer := range Writers {
		reader := readerOf(writer.Format)
		if reader.Format == nil {
			continue // somebody else's reader
		}
		t.Run(writer.Format.ID, func(t *testing.T) {
			want := map[string]int{}
			for _, row := range hardRows {
				message := row.Message
				if writer.Format == FastText {
					message = strings.ReplaceAll(message, "\n", " ")
				}
				want[message+" → "+row.Category]++
			}
			var said []string
			got := map[string]int{}
			for _, row := range roundTrip(t, writer, reader, hardRows, &said) {
				category := row.Category
				if long := hardRows[14].Category; shortCarried[writer.Format] && strings.HasPrefix(category, long[:40]) || strings.HasPrefix(category, strings.ReplaceAll(long[:40], " ", "_")) {
					category = longNamed(t, category, said)
				}
				got[row.Message+" → "+category]++
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("got\n%v\nwant\n%v\nsaid %s", got, want, strings.Join(said, "\n"))
			}
		})
	}
}

// longNamed gives the category that was renamed to a name, by what the writer said.
func longNamed(t *testing.T, name string, said []string) string {
	for _, row := range hardRows {
		for _, s := range said {
			if strings.Contains(s, `"`+row.Category+`"`) && strings.Contains(s, `"`+name+`"`) {
				return row.Category
			}
		}
	}
	t.Errorf("nothing was said of %q", name)
	return ""
}

func readerOf(format *exchange.Format) exchange.Reader {
	for _, reader := range Readers {
		if reader.Format == format {
			return reader
		}
	}
	return exchange.Reader{}
}

// roundTrip writes rows, sees that the file is recognised, and reads it.
func roundTrip(t *testing.T, writer exchange.Writer, reader exchange.Reader, rows []exchange.Row, said *[]string) (got []exchange.Row) {
	t.Helper()
	var b bytes.Buffer
	o := exchange.WriteOptions{Told: func(s i18n.Text) { *said = append(*said, s.String()) }}
	if err := writer.Write(&b, exchangetest.Seq(rows...), o); err != nil {
		t.Fatal(err)
	}
	f := exchange.BytesFile("file"+writer.Format.Extension, b.Bytes())
	for _, other := range Readers {
		if e := other.Recognise(f); (e.Sureness >= exchange.Sure) != (other.Format == writer.Format) {
			t.Fatalf("%s is %v sure of a file of %s:\n%.2000s", other.Format, e.Sureness, writer.Format, b.String())
		}
	}
	reading, err := reader.Read(f, exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for row, err := range reading.Rows() {
		if err != nil {
			t.Fatalf("%v in\n%.2000s", err, b.String())
		}
		got = append(got, row)
	}
	return got
}

func TestWritersTellWhatBecameOfNames(t *testing.T) {
	var said []string
	roundTrip(t, writerOf(Lex), readerOf(Lex), []exchange.Row{
		{Message: "a {b}", Category: "order status"}, {Message: "c", Category: "order_status"}, {Message: "d"}, {Message: strings.Repeat("e", 501), Category: "f"},
	}, &said)
	want := []string{
		`the category "order status" is called "order_status_2" in Amazon Lex, where its own name isn't allowed or is taken`,
		"messages left out because they have no category, which Amazon Lex requires: 1",
		"messages longer than the 500 characters that Amazon Lex allows: 1",
		"messages in which braces became full-width, because braces mark slots in Amazon Lex: 1",
	}
	if !slices.Equal(said, want) {
		t.Errorf("said\n%s", strings.Join(said, "\n"))
	}
}

func writerOf(format *exchange.Format) exchange.Writer {
	for _, writer := range Writers {
		if writer.Format == format {
			return writer
		}
	}
	return exchange.Writer{}
}

func TestNamesAreAllowedAndDiffer(t *testing.T) {
	var categories []string
	for _, row := range hardRows {
		categories = append(categories, row.Category)
	}
	for name, rule := range map[string]nameRule{"Azure": azureNames, "Lex": lexNames, "ES": dialogflowESNames, "CX": dialogflowCXNames, "Rasa": rasaNames} {
		taken := map[string]bool{}
		for category, got := range rule.names(slices.Values(categories)) {
			if !rule.allowsAll(got) {
				t.Errorf("%s: %q is called %q", name, category, got)
			}
			if taken[rule.key(got)] {
				t.Errorf("%s: %q is there twice", name, got)
			}
			taken[rule.key(got)] = true
		}
	}
}

func TestErrorsOfRowsAreReturnedAndNoRowsMakeAFile(t *testing.T) {
	broken := errors.New("broken")
	for _, writer := range Writers {
		err := writer.Write(&bytes.Buffer{}, func(yield func(exchange.Row, error) bool) { yield(exchange.Row{}, broken) }, exchange.WriteOptions{})
		if !errors.Is(err, broken) {
			t.Errorf("%s: got %v", writer.Format, err)
		}
		if err := writer.Write(&bytes.Buffer{}, exchangetest.Seq(), exchange.WriteOptions{Language: "pt-BR"}); err != nil {
			t.Errorf("%s without rows: %v", writer.Format, err)
		}
	}
}

func TestOpenAIFile(t *testing.T) {
	var b bytes.Buffer
	if err := writerOf(jsonfile.OpenAI).Write(&b, exchangetest.Seq(hardRows[2], exchange.Row{Message: "no category"}), exchange.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	var got chat
	if err := json.Unmarshal(b.Bytes(), &got); err != nil || strings.Count(b.String(), "\n") != 1 {
		t.Fatalf("%v in %s", err, b.String())
	}
	if m := got.Messages; len(m) != 3 || m[1] != (chatMessage{"user", hardRows[2].Message}) || m[2] != (chatMessage{"assistant", hardRows[2].Category}) {
		t.Errorf("got %v", got)
	}
}

func FuzzRoundTrips(f *testing.F) {
	for _, row := range hardRows {
		f.Add(row.Message, row.Category, "greet")
	}
	f.Fuzz(func(t *testing.T, message, first, second string) {
		message, first, second = strings.TrimSpace(message), strings.TrimSpace(first), strings.TrimSpace(second)
		for _, s := range []string{message, first, second} {
			if s == "" || !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\uFF5B\uFF5D") || len([]rune(s)) > 40 {
				return
			}
		}
		rows := []exchange.Row{{Message: message, Category: first}, {Message: "hello there", Category: second}}
		for _, writer := range Writers {
			reader := readerOf(writer.Format)
			if reader.Format == nil || writer.Format == FastText && strings.ContainsFunc(message, isLineBreak) {
				continue
			}
			var said []string
			got := roundTrip(t, writer, reader, rows, &said)
			for i, want := range rows {
				if len(got) != len(rows) || got[i].Message != want.Message || got[i].Category != want.Category {
					t.Fatalf("%s: got %+v, want %+v", writer.Format, got, rows)
				}
			}
		}
	})
}
