package realdata

import (
	"strings"
	"testing"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/markup"
	"seedbed/localdb/exchange/table"
)

func TestPastedText(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text   string
		format *exchange.Format
		want   []string // message|category|note|tags
	}{
		"one column":          {"How do I cancel?\nthanks, bye\n\nlast", table.Lines, []string{"How do I cancel?|||", "thanks, bye|||", "last|||"}},
		"one cell":            {"hello", table.Lines, []string{"hello|||"}},
		"a cell of two lines": {"\"two\nlines\"\r\nnext one\r\n", table.Lines, []string{"two\nlines|||", "next one|||"}},
		"two columns":         {"Where is my order?\tdelivery\nI want my money back\trefund\nIt never came\tdelivery\n", table.CSV, []string{"Where is my order?|delivery||", "I want my money back|refund||", "It never came|delivery||"}},
		"with a header":       {"intent\tutterance\tnotes\ttags\nrefund\tI want my money back\tfrom Maria\tvip, late\n", table.CSV, []string{"I want my money back|refund|from Maria|vip, late"}},
		"CSV":                 {"message,category\n\"one, two\",a\nthree,b\n", table.CSV, []string{"one, two|a||", "three|b||"}},
		"HTML":                {"<table><tr><th>message</th><th>category</th></tr><tr><td>from a page</td><td>a</td></tr><tr><td>and more of it</td><td>b</td></tr></table>", markup.HTML, []string{"from a page|a||", "and more of it|b||"}},
		"broken bytes":        {"a\x00b \xff c", table.Lines, []string{"ab \uFFFD c|||"}},
	} {
		p := NewPasted(c.text)
		if p.Options.Format != c.format {
			t.Errorf("%s is read as %v", name, p.Options.Format)
		}
		var got []string
		for row, err := range p.Rows()(t.Context(), func(exchange.Rejected) {}) {
			if err != nil {
				t.Errorf("%s: %v", name, err)
				break
			}
			if row.Source != "real" {
				t.Errorf("%s: source %q", name, row.Source)
			}
			got = append(got, strings.Join([]string{row.Message, row.Category, row.Note, row.Tags}, "|"))
		}
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func FuzzPasted(f *testing.F) {
	for _, text := range []string{"a\tb\nc\td", "<table><tr><td>x", "\"a\nb", "message,note\n1,2", "\t\n\t", "sep=;\na;b", "{\"a\": 1}"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p := NewPasted(text)
		if _, err := p.Facts(); err != nil {
			return // refused in words
		}
		for row, err := range p.Rows()(t.Context(), func(exchange.Rejected) {}) {
			if err == nil && strings.TrimSpace(row.Message) == "" {
				t.Errorf("%q has an empty message", text)
			}
		}
	})
}
