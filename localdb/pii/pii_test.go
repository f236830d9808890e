package pii

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestMask(t *testing.T) {
	all := Options{Kinds: Kinds}
	for _, c := range []struct{ text, want string }{
		// mail
		{"reach me at anna.b+jobs@mail.example.co.uk, please", "reach me at [email], please"},
		{"mailto:x@example.com", "mailto:[email]"},
		{"jörg@müller.de writes", "[email] writes"},
		{"john (at) example (dot) com", "[email]"},
		{"o'neil@example.org?", "[email]?"},

		// phones
		{"call +49 170 1234567 today", "call [phone] today"},
		{"+1 (415) 555-2671", "[phone]"},
		{"+442079460958.", "[phone]."},
		{"00 33 6 12 34 56 78", "[phone]"},
		{"06 12 34 56 78", "[phone]"},
		{"my cell is 555-1234", "my cell is [phone]"},
		{"(415) 555-2671 or 415-555-2671 or 415.555.2671", "[phone] or [phone] or [phone]"},
		{"1-800-555-0199", "[phone]"},
		{"0170/1234567", "[phone]"},
		{"07911 123456", "[phone]"},
		{"0412 345 678", "[phone]"},
		{"98765 43210", "[phone]"},
		{"13812345678", "[phone]"},
		{"whatsapp me: 9876543210", "whatsapp me: [phone]"},
		{"(11) 98765-4321", "[phone]"},
		{"0170 1234567 0171 7654321", "[phone] [phone]"},
		{"tel:+4917012345678", "tel:[phone]"},

		// cards and bank accounts
		{"4111 1111 1111 1111", "[card]"},
		{"my card 5500-0000-0000-0004 expired", "my card [card] expired"},
		{"378282246310005", "[card]"},
		{"DE89 3704 0044 0532 0130 00 PLEASE", "[iban] PLEASE"},
		{"GB82WEST12345698765432", "[iban]"},
		{"de89370400440532013000", "[iban]"},

		// internet addresses
		{"from 203.0.113.7, twice", "from [ip], twice"},
		{"2001:db8::8a2e:370:7334", "[ip]"},

		// links
		{"https://user:pw@example.com/x", "[url]"},
		{"see https://app.example.com/reset?token=abc now", "see [url] now"},
		{"https://example.com/s/9f8a7b6c5d4e3f2a1b0c", "[url]"},
		{"postgres://me:secret@db/x", "[url]"},
		{"https://wa.me/4917012345678", "[url]"},
		{"(https://example.com/?email=a@b.co)", "([url])"},
		{"www.example.com/u?session=1", "[url]"},

		// handles
		{"ask @jane_doe about it", "ask [handle] about it"},
		{"(@bob.builder)", "([handle])"},
		{"@j4ne!", "[handle]!"},

		// names
		{"My name is Sarah Connor and I need help", "My name is [name] and I need help"},
		{"my name's ahmed", "my name's [name]"},
		{"I'm Priya from Pune", "I'm [name] from Pune"},
		{"Hi Tom, thanks", "Hi [name], thanks"},
		{"Dear Mrs O'Brien", "Dear Mrs [name]"},
		{"Please look.\nBest regards,\nAnne-Marie Weber", "Please look.\nBest regards,\n[name]"},
		{"Thanks Paul!", "Thanks [name]!"},
		{"ask Dr. House", "ask Dr. [name]"},

		// several, and what is masked already
		{"a@b.co, +4917012345678", "[email], [phone]"},
		{"[email] and [phone]", "[email] and [phone]"},
	} {
		if got, _ := Mask(c.text, all); got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

func TestMaskLeaves(t *testing.T) {
	all := Options{Kinds: Kinds}
	for _, text := range []string{
		"I worked there 2019-2023", "from 2019 - 2023", "open 24/7", "on 2024-05-31", "on 31.05.2024 10:00", "05/31/2024", "2024-05-31 10 people",
		"it costs $1,234,567", "€ 1 200 000", "1 000 000 people", "1.200.000 €", "12345678 USD", "salary 120000-150000", "0.123456789", "100%",
		"order 1234567890", "ticket #00451234567", "ISBN 978-3-16-148410-0", "version 10.0.19041.1234", "v1.2.3.4", "1.2.3", "Chrome 120.0.6099.109",
		"10:30:45", "127.0.0.1", "localhost:8080", "std::vector<int>",
		"1234 5678 9012 3456", "4111 1111 1111 1112", "DE00 3704 0044 0532 0130 00",
		"https://docs.python.org/3/library/csv.html#csv.reader", "https://example.com/search?q=cover+letter&page=2", "www.example.com",
		"https://github.com/golang/go/issues/1234", "https://example.com/how-to-write-a-cover-letter-in-2024",
		"see you @ 5pm", "@5pm", "@property", "@app.route(\"/\")", "npm i @types/node", "icon@2x.png", "lodash@4.17.21", "user@host", "working @home", "a @ b",
		"Hi there, I'm German and this is Great", "Hello World", "Thanks again", "Dear Hiring Manager", "I'm Not sure", "my name is not on the list", "Hi Team,",
		"What is a CV?", "top 10 of 100000000", "1, 2, 3, 4, 5, 6, 7, 8", "5 5 5 5 5 5 5 5 5",
	} {
		if got, found := Mask(text, all); got != text {
			t.Errorf("%q became %q: %v", text, got, found)
		}
	}
}

func TestMaskDetails(t *testing.T) {
	const text = "é mail a@b.co or call +4917012345678, Will"
	masked, found := Mask(text, Options{Names: []string{"Will"}})
	if masked != "é mail [email] or call [phone], [name]" || len(found) != 3 {
		t.Fatalf("got %q, %v", masked, found)
	}
	for _, d := range found {
		if text[d.Start:d.End] != d.Text {
			t.Errorf("%+v is not where it says", d)
		}
	}
	if got := Replace(text, found[1:2]); got != "é mail a@b.co or call [phone], Will" {
		t.Errorf("of one detail: %q", got)
	}
	if got, _ := Mask(text, Options{Leave: []string{"a@b.co"}}); got != "é mail a@b.co or call [phone], Will" {
		t.Errorf("with one left: %q", got)
	}
	if got, _ := Mask(text, Options{Kinds: []Kind{Email}}); got != "é mail [email] or call +4917012345678, Will" {
		t.Errorf("mails alone: %q", got)
	}
	if got, _ := Mask("i will ask MÜLLER", Options{Names: []string{"Will", "Müller"}}); got != "i will ask [name]" {
		t.Errorf("given names: %q", got)
	}
	if got, _ := Mask("Hi Tom", Options{}); got != "Hi Tom" {
		t.Errorf("names without being asked: %q", got)
	}
}

func TestMaskByRegion(t *testing.T) {
	for _, c := range []struct{ region, text, want string }{
		{"DK", "20 12 34 56 virker ikke", "[phone] virker ikke"},
		{"", "20 12 34 56 virker ikke", "20 12 34 56 virker ikke"},
		{"ES", "612345678", "[phone]"},
		{"RU", "8 912 345 67 89", "[phone]"},
		{"PL", "44051401359", "[id]"},
		{"", "44051401359", "44051401359"},
	} {
		if got, _ := Mask(c.text, Options{Region: c.region}); got != c.want {
			t.Errorf("in %q, %q became %q, want %q", c.region, c.text, got, c.want)
		}
	}
}

func TestRegions(t *testing.T) {
	for code, want := range map[string]string{"de": "DE", "pt": "BR", "pt-PT": "PT", "en": "US", "en-GB": "GB", "": "", "?": ""} {
		if got := RegionOf(code); got != want {
			t.Errorf("the region of %q is %q, want %q", code, got, want)
		}
	}
	if got, err := ParseRegion(" de"); got != "DE" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	if got, err := ParseRegion("Germany"); err == nil {
		t.Errorf("Germany passes for a code, as %q", got)
	}
}

func FuzzMask(f *testing.F) {
	for _, s := range []string{
		"a@b.co@foo", "+49 170 1234567 4111111111111111", "https://a.b/c?x=1@y", "[email]x@y.de", "my name is a@b.co",
		"Hi Sarah Müller,\n call 0170 1234567\nBest,\nTom", "1.2.3.4.5", "DE89370400440532013000,GB82WEST12345698765432", "\xff@a.de",
		"０９０－１２３４－５６７８ \u200e+1\u00a0(212)\u2011555\u20110187\u200e", "password: hunter2! eyJhbGciOi.eyJzdWIi.x1", "ivan собака mail точка ru @山田さん u/abc a#1234",
		"00:1B:44:11:3A:B7 52.520008, 13.404954 fe80::1%eth0 078-05-1120", "注文番号 12345678 и заказ № 9123456789", "[secret]=[id]12 @[handle]", "\x00@ab\x00",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, region := range []string{"", "DE", "US"} {
			checkMask(t, text, Options{Kinds: Kinds, Names: []string{"Anna", "Jo"}, Region: region})
		}
	})
}

// checkMask checks what is true of every text.
func checkMask(t *testing.T, text string, o Options) {
	t.Helper()
	masked, found := Mask(text, o)
	if utf8.ValidString(text) && !utf8.ValidString(masked) {
		t.Fatalf("%q became invalid: %q", text, masked)
	}
	if again, more := Mask(masked, o); again != masked {
		t.Fatalf("%q, masked %q, masked again %q: %v", text, masked, again, more)
	}
	end, rest := 0, masked
	for _, d := range found {
		if d.Start < end || d.End <= d.Start || text[d.Start:d.End] != d.Text {
			t.Fatalf("%q: %v is out of order or not what it says", text, found)
		}
		var same bool
		if rest, same = strings.CutPrefix(rest, text[end:d.Start]+"["+string(d.Kind)+"]"); !same {
			t.Fatalf("%q changed beside its details: %q", text, masked)
		}
		end = d.End
	}
	if rest != text[end:] {
		t.Fatalf("%q changed at its end: %q", text, masked)
	}
}

func TestLabelledTextsKeepTheirRest(t *testing.T) {
	for _, file := range []string{"develop.txt", "heldout.txt"} {
		for _, c := range labelledTexts(t, file) {
			checkMask(t, c.text, Options{Kinds: Kinds, Region: RegionOf(c.language)})
		}
	}
}

// BenchmarkMask masks what people write to assistants; few of them hold a detail.
func BenchmarkMask(b *testing.B) {
	for name, texts := range map[string][]string{
		"chat": {
			"how do I answer the question about weaknesses in an interview", "my boss keeps cc-ing HR and im losing sleep over it",
			"reach me at anna@example.com if the mentor program opens again", "I have run a 12-person field service team since 2019",
		},
		"plain": {
			"how do I answer the question about weaknesses in an interview", "my boss keeps cc-ing HR and im losing sleep over it",
			"what should I wear to a second interview at a bank?", "I have run a 12-person field service team since 2019",
		},
		"russian":   {"как мне ответить на вопрос о слабых сторонах на собеседовании", "начальник постоянно ставит кадры в копию, и я не сплю"},
		"reference": {"order number 4155552671 has not arrived, ticket 00451234567"},
		"phone":     {"call me on +49 170 1234567 today"},
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(strings.Join(texts, ""))))
			for b.Loop() {
				for _, text := range texts {
					Mask(text, Options{Region: "DE"})
				}
			}
		})
	}
}
