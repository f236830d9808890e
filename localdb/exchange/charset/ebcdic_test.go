package charset

import (
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

func TestEBCDICIsReadByItself(t *testing.T) {
	const text = "text,label\nWo ist mein Paket?,delivery\nI want my money back!,refund\n"
	for name, page := range map[Encoding]*charmap.Charmap{EBCDIC037: charmap.CodePage037, EBCDIC1140: charmap.CodePage1140} {
		for _, newline := range []string{"\x15", "\x25", "\x0D\x25"} {
			encoded, err := page.NewEncoder().String(text)
			if err != nil {
				t.Fatal(err)
			}
			encoded = strings.ReplaceAll(encoded, "\x25", newline)
			guess := Detect([]byte(encoded))
			if guess.Encoding != EBCDIC037 {
				t.Errorf("%s was taken for %v", name, guess)
			}
			got, err := io.ReadAll(guess.Encoding.Reader(strings.NewReader(encoded)))
			if want := text; err != nil || strings.ReplaceAll(string(got), "\r", "") != want {
				t.Errorf("%s: got %q, %v", name, got, err)
			}
		}
	}
	if got, err := io.ReadAll(EBCDIC500.Reader(strings.NewReader("\xC8\x89\x4F\x4A\x5A\x15"))); string(got) != "Hi![]\n" || err != nil {
		t.Errorf("code page 500: %q, %v", got, err)
	}
	for name, want := range map[string]Encoding{"cp037": EBCDIC037, "IBM1047": EBCDIC1047, "cp500": EBCDIC500, "ebcdic": EBCDIC037, "1140": EBCDIC1140} {
		if got, err := Parse(name); got != want || err != nil {
			t.Errorf("%s is %s, %v", name, got, err)
		}
	}
}

func TestOtherEncodingsAreNoEBCDIC(t *testing.T) {
	for encoding, text := range map[Encoding]string{
		KOI8R: "где мой заказ\nхочу вернуть деньги\n", Windows1251: "где мой заказ\nхочу вернуть деньги\n", GB18030: "我的订单在哪里\n请退款\n",
		ShiftJIS: "注文はどこですか\n返金してください\n", EUCKR: "내 주문은 어디에\n환불 해 주세요\n", Windows1252: "où est ma commande\nété\n",
	} {
		encoded, err := encodings[encoding].NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		if guess, ok := detectEBCDIC([]byte(encoded)); ok {
			t.Errorf("%s was taken for %s", encoding, guess.Encoding)
		}
	}
}
