package charset

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// texts are a few lines in languages that are written in other encodings than UTF-8, as
// short as files of messages may be.
var texts = []struct {
	name string
	in   []Encoding
	text string
}{
	{"Russian", []Encoding{Windows1251, KOI8R, ISO88595, CodePage866, MacCyrillic}, "text;intent\nСколько стоит доставка;ask\nГде мой заказ сейчас;ask\nспасибо большое;thanks\n"},
	{"a little Russian", []Encoding{Windows1251, KOI8R}, "text,intent\nспасибо,thanks\n"},
	{"Ukrainian", []Encoding{Windows1251}, "text,intent\nДе моє замовлення і коли його привезуть?,ask\nДякую за допомогу,thanks\n"},
	{"Bulgarian", []Encoding{Windows1251}, "text,intent\nКъде е моята поръчка,ask\nБлагодаря ви много,thanks\n"},
	{"German", []Encoding{Windows1252, MacRoman, CodePage850}, "text,intent\nWo ist mein Päckchen geblieben?,ask\nIch möchte mein Geld zurück,refund\nTschüß und schöne Grüße,bye\n"},
	{"a little German", []Encoding{Windows1252, MacRoman}, "text,intent\nzurück,refund\n"},
	{"French", []Encoding{Windows1252, MacRoman}, "text,intent\nOù est ma commande ? C’est très long,ask\nJe n’ai pas reçu le remboursement,refund\nmerci, à bientôt,bye\n"},
	{"Spanish", []Encoding{Windows1252, MacRoman}, "text,intent\n¿Dónde está mi pedido?,ask\nMañana lo recojo señor,ok\n"},
	{"Polish", []Encoding{Windows1250, Latin2}, "text,intent\nGdzie jest moja przesyłka? Czekam już tydzień,ask\nProszę o zwrot pieniędzy za książkę,refund\nDziękuję bardzo,thanks\n"},
	{"Czech", []Encoding{Windows1250, Latin2}, "text,intent\nKde je moje objednávka? Ještě nepřišla,ask\nChci vrátit peníze za zboží,refund\n"},
	{"Turkish", []Encoding{Windows1254}, "text,intent\nSiparişim nerede kaldı acaba,ask\nParamı geri istiyorum lütfen,refund\nteşekkürler iyi günler,thanks\n"},
	{"Greek", []Encoding{Windows1253}, "text,intent\nΠού είναι η παραγγελία μου;,ask\nΘέλω τα χρήματά μου πίσω,refund\n"},
	{"Hebrew", []Encoding{Windows1255}, "text,intent\nאיפה ההזמנה שלי,ask\nאני רוצה החזר כספי,refund\n"},
	{"Arabic", []Encoding{Windows1256}, "text,intent\nأين طلبي من فضلك,ask\nأريد استرداد المال,refund\n"},
	{"Lithuanian", []Encoding{Windows1257}, "text,intent\nKur yra mano užsakymas? Jau savaitė laukiu,ask\nNoriu susigrąžinti pinigus už prekę,refund\nAčiū už pagalbą,thanks\n"},
	{"Thai", []Encoding{Windows874}, "text,intent\nพัสดุของฉันอยู่ที่ไหน,ask\nขอคืนเงินหน่อยค่ะ,refund\n"},
	{"Japanese", []Encoding{ShiftJIS, EUCJP, UTF16LE, UTF16BE}, "text,intent\n注文はいつ届きますか,ask\n返金をお願いします,refund\nありがとう,thanks\n"},
	{"Simplified Chinese", []Encoding{GB18030, UTF16LE}, "text,intent\n我的订单什么时候到,ask\n请给我退款,refund\n谢谢你的帮助,thanks\n"},
	{"Traditional Chinese", []Encoding{Big5, UTF16BE}, "text,intent\n我的訂單什麼時候到,ask\n請幫我退款,refund\n謝謝你的幫忙,thanks\n"},
	{"Korean", []Encoding{EUCKR, UTF16LE}, "text,intent\n주문한 물건이 언제 오나요,ask\n환불해 주세요,refund\n감사합니다,thanks\n"},
	{"English with a dash", []Encoding{Windows1252}, "text,intent\nit’s late – again,ask\nI paid €5 “twice”,refund\n"},
}

func TestDetect(t *testing.T) {
	for _, c := range texts {
		for _, e := range c.in {
			encoded, err := encodings[e].NewEncoder().Bytes([]byte(c.text))
			if err != nil {
				t.Fatalf("%s, %s: %v", c.name, e, err)
			}
			if e == UTF16LE || e == UTF16BE {
				encoded = encoded[2:] // the mark
			}
			guess := Detect(encoded)
			text, _ := guess.Encoding.decode(encoded)
			if text != c.text {
				t.Errorf("%s in %s was taken for %s with %.2f: %q", c.name, e, guess.Encoding, guess.Sureness, text)
			}
		}
	}
	for _, c := range texts {
		if guess := Detect([]byte(c.text)); guess.Encoding != UTF8 || guess.Doubtful() {
			t.Errorf("%s in UTF-8 was taken for %v", c.name, guess)
		}
	}
	cut := []byte(strings.Repeat("é", 100))
	if guess := Detect(cut[:99]); guess.Encoding != UTF8 {
		t.Errorf("UTF-8 cut inside a character was taken for %v", guess)
	}
}

func TestParse(t *testing.T) {
	for name, want := range map[string]Encoding{
		"utf-8": UTF8, "UTF8": UTF8, "cp1251": Windows1251, "windows-1251": Windows1251, "1252": Windows1252, "latin1": Windows1252,
		"iso-8859-1": Windows1252, "Shift_JIS": ShiftJIS, "sjis": ShiftJIS, "gbk": GB18030, "GB2312": GB18030, "macintosh": MacRoman, "utf-16": UTF16LE,
		"koi8-r": KOI8R, "euc-kr": EUCKR, "big5": Big5,
	} {
		if got, err := Parse(name); err != nil || got != want {
			t.Errorf("%s: %s, %v", name, got, err)
		}
	}
	if _, err := Parse("klingon"); err == nil || !strings.Contains(err.Error(), "Windows-1251") {
		t.Errorf("an encoding that is none: %v", err)
	}
}

func TestFixTwiceEncoded(t *testing.T) {
	for once, want := range map[string]string{
		"Bien s\u00c3\u00bbr, \u00c3\u00a0 bient\u00c3\u00b4t": "Bien sûr, à bientôt",
		"\u00f0\u009f\u0098\u00a0":                             "😠",
		"Zoé":                                                  "Zoé",
		"plain":                                                "plain",
		"Où, déjà…":                                            "Où, déjà…",
	} {
		if got := FixTwiceEncoded(once); got != want {
			t.Errorf("%q became %q, not %q", once, got, want)
		}
	}
}

func TestDamaged(t *testing.T) {
	for text, want := range map[string]bool{
		"plain": false, "Où est-il ? Ça va, déjà vu": false, "Ã la carte": false, "Ñandú, Âge": false, "Ðetta er gott": false, "Привет": false, "日本": false, "naïve â €": false,
		"ZoÃ© arrive": true, "itâ€™s late": true, "caf\uFFFD": true,
	} {
		if Damaged(text) != want {
			t.Errorf("%q: damaged %v", text, !want)
		}
	}
}

func FuzzDetect(f *testing.F) {
	for _, c := range texts {
		f.Add([]byte(c.text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		guess := Detect(text)
		if guess.Encoding == "" || guess.Sureness < 0 || guess.Sureness > 1 {
			t.Fatalf("%+v", guess)
		}
		if line, _ := Repair(string(text)); !utf8.ValidString(line) {
			t.Fatalf("%q is not UTF-8", line)
		}
	})
}

// A text that was encoded twice is found and put right, also through a reader that gives
// little at a time; one with a few such characters is left alone.
func TestTwiceEncoded(t *testing.T) {
	const text = "Où est mon colis – s’il vous plaît? Где заказ? 我的订单 😀"
	var damaged strings.Builder
	for _, b := range []byte(text) {
		r := charmap.Windows1252.DecodeByte(b)
		if r == utf8.RuneError {
			r = rune(b)
		}
		damaged.WriteRune(r)
	}
	for _, mark := range []string{"", ByteOrderMark} {
		guess := Detect([]byte(mark + damaged.String()))
		got, err := io.ReadAll(guess.Encoding.Reader(iotest.OneByteReader(strings.NewReader(mark + damaged.String()))))
		if err != nil || guess.Encoding != UTF8Twice || string(got) != text {
			t.Errorf("with mark %q: %q as %s, %v", mark, got, guess.Encoding, err)
		}
	}
	for _, whole := range []string{text, "Why do I see Ã© where é should be?", "«LE CAFÉ» à Noël"} {
		if guess := Detect([]byte(whole)); guess.Encoding != UTF8 {
			t.Errorf("%q is taken for %s", whole, guess.Encoding)
		}
	}
}
