package jsonitems

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"seedbed/localdb/exchange"
)

// texts gives the texts of the items, with what is around them, and how the reading ends.
func texts(items *Items) string {
	var b strings.Builder
	for {
		item, err := items.Next()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			return b.String() + "error: " + err.Error()
		}
		if item.Problem != nil {
			fmt.Fprintf(&b, "%d! ", item.Number)
			continue
		}
		fmt.Fprintf(&b, "%d%s%s ", item.Number, Text(item.Value, "t"), Text(item.Around, "id"))
	}
}

func TestItems(t *testing.T) {
	users := `"users":[` + strings.Repeat(`{"id":1,"tags":["x",{"y":[]}]},`, 20_000) + `{}],` // beyond what is looked at first
	for name, c := range map[string]struct {
		file  string
		lists []string
		want  string
	}{
		"an array":                      {`[{"t":"a"},{"t":"b"}]`, nil, "1a 2b "},
		"an array, lists wanted":        {`[{"t":"a"}]`, []string{"messages"}, "1a "},
		"an object":                     {`{"t":"a"}`, nil, "1a "},
		"an object without the lists":   {`{"t":"a"}`, []string{"messages"}, "1a "},
		"values one after another":      {"{\"t\":\"a\"}{\"t\":\n\"b\"}", nil, "1a 2b "},
		"lines":                         {"{\"t\":\"a\"}\n\n{oops\n{\"t\":\"b\"}\n", nil, "1a 3! 4b "},
		"a list in an object":           {`{"id":"x","o":{"p":1},"messages":[{"t":"a"},{"t":"b"}],"z":[[1]]}`, []string{"messages"}, "1ax 2bx "},
		"a list behind other things":    {`{` + users + `"messages":[{"t":"a"}]}`, []string{"messages"}, "1a "},
		"lists in lists":                {`{"chats":{"list":[{"id":"x","messages":[{"t":"a"}]},{"id":"y","messages":[{"t":"b"}]}]}}`, []string{"chats.list.messages"}, "1ax 2by "},
		"lists in an array":             {`[{"id":"x","messages":[{"t":"a"}]},{"id":"y","messages":[{"t":"b"}]}]`, []string{"messages"}, "1ax 2by "},
		"two lists":                     {`{"a":[{"t":"1"}],"b":[{"t":"2"}]}`, []string{"a", "b"}, "11 22 "},
		"a list cut off":                {`{"messages":[{"t":"a"},{"t":`, []string{"messages"}, "1a error: the JSON is broken or cut off after item 1: unexpected EOF"},
		"an array that doesn't end":     {`[{"t":"a"}`, nil, "1a error: the JSON is broken or cut off after item 1: unexpected EOF"},
		"objects nested without an end": {`{"messages":[{"t":"a"}],"x":` + strings.Repeat(`{"x":`, 5000), []string{"messages"}, "1a error: the JSON is broken or cut off after item 1: lists and objects are nested more than 1000 deep"},
	} {
		if got := texts(Open(exchange.BytesFile(name, []byte(c.file)), c.lists...)); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
	if got := texts(Inside(exchange.BytesFile("", []byte(`{"t":"a"}`)), "users")); got != "" {
		t.Errorf("inside an object without the list: %s", got)
	}
}

func TestSample(t *testing.T) {
	for file, want := range map[string]string{
		`[{"t":"a"},{"t":"b","x":{"y":[1,2`: "map[t:a] map[t:b x:map[y:[1 2]]] ",
		`{"messages":[{"t":"a"},{"t":"b`:    "map[t:a] map[] ",
		"{\"t\":1}\n{\"t\":2}\n{\"t":        "map[t:1] map[t:2] map[] ",
		`[laughs] hello`:                    "",
		`{name} is my name`:                 "",
		`plain`:                             "",
	} {
		var got string
		for _, item := range Sample(exchange.BytesFile("", []byte(file)), "messages") {
			got += fmt.Sprint(item) + " "
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", file, got, want)
		}
	}
}

func FuzzItems(f *testing.F) {
	f.Add([]byte(`{"chats":{"list":[{"id":"x","messages":[{"t":"a"}]}]}}`))
	f.Add([]byte("{\"t\":1}\n[1\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		file := exchange.BytesFile("", content)
		for _, lists := range [][]string{nil, {"messages"}, {"chats.list.messages"}} {
			Sample(file, lists...)
			items := Open(file, lists...)
			for last := 0; ; {
				item, err := items.Next()
				if err != nil {
					break
				}
				if item.Number <= last {
					t.Fatalf("item %d after %d", item.Number, last)
				}
				last = item.Number
			}
		}
	})
}
