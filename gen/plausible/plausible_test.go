package plausible_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"seedbed/gen/plausible"
)

// made makes n texts.
func made(n int, text func(random *rand.Rand, i int) string) []string {
	random := rand.New(rand.NewPCG(5, 5))
	texts := make([]string, n)
	for i := range texts {
		texts[i] = text(random, i)
	}
	return texts
}

// letters are words of random letters.
func letters(alphabet string, words, longest int) func(*rand.Rand, int) string {
	runes := []rune(alphabet)
	return func(random *rand.Rand, _ int) string {
		text := make([]string, words)
		for w := range text {
			for range 2 + random.IntN(longest-1) {
				text[w] += string(runes[random.IntN(len(runes))])
			}
		}
		return strings.Join(text, " ")
	}
}

// cycle gives the texts in turn.
func cycle(texts ...string) func(*rand.Rand, int) string {
	return func(_ *rand.Rand, i int) string { return texts[i%len(texts)] }
}

const latin = "abcdefghijklmnopqrstuvwxyz"

// rubbish is what models have been seen to write instead of messages, by what it is.
var rubbish = []struct {
	name, language string
	text           func(*rand.Rand, int) string
	sign           string
}{
	{"random letters", "en", letters(latin, 6, 9), plausible.Gibberish},
	{"random letters in short words", "de", letters(latin, 4, 3), plausible.Gibberish},
	{"one word of random letters", "fr", letters(latin, 1, 40), plausible.Gibberish},
	{"random letters of both cases", "es", letters(latin+strings.ToUpper(latin), 5, 8), plausible.Gibberish},
	{"random Cyrillic letters", "ru", letters("абвгдежзийклмнопрстуфхцчшщъыьэюя", 5, 8), plausible.Gibberish},
	{"random Arabic letters", "ar", letters("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", 5, 8), plausible.Gibberish},
	{"random letters for Chinese", "zh", letters(latin, 5, 8), plausible.Gibberish},
	{"random Chinese characters", "zh", func(r *rand.Rand, _ int) string {
		var text []rune
		for range 12 {
			text = append(text, rune(0x4e00+r.IntN(0x5000)))
		}
		return string(text)
	}, plausible.Gibberish},
	{"random letters for a language nobody knows", "xx", letters(latin, 6, 9), plausible.Gibberish},
	{"keys in a row", "en", cycle("asdf jkl asdf qwer uiop zxcv", "qwerty asdfgh zxcvbn hjkl", "sdfg hjkl wert yuio dfgh", "jkljkl fdsa fdsa", "asdf asdf jklö", "uiop uiop qwe", "zxcv bnm zxc", "wert sdfg xcvb", "rtyu fghj vbnm", "poiuy lkjhg mnbvc"), plausible.Gibberish},
	{"English for German", "de", cycle("where is my parcel, it was due on monday", "how do i change the address of my account", "can you please cancel my order from yesterday", "the app crashes every time i open it", "i was charged twice this month and want my money back"), plausible.OtherLanguage},
	{"Chinese for English", "en", cycle("我的快递怎么还没到啊已经一个星期了", "请问你们周末营业吗我想过来看看", "密码忘了登不上去怎么办能帮我吗", "退款什么时候能到账都等了五天了", "最近压力好大晚上睡不着怎么办呢", "能不能帮我查一下订单在哪里", "想预约下周三下午的牙科可以吗", "信用卡丢了要先冻结吗还是挂失", "老板天天让我加班我该怎么跟他说", "这附近有停车场吗我开车过来"), plausible.OtherLanguage},
	{"Spanish for French", "fr", cycle("dónde está mi pedido, ya pasó una semana", "no puedo entrar en mi cuenta desde ayer", "quiero cambiar los zapatos por otra talla", "cuánto cuesta el envío a las islas", "mi jefe no me escucha nunca y estoy cansado"), plausible.OtherLanguage},
	{"the same word", "en", cycle("the the the the the the the the", "order order order order order order order"), plausible.Repetitive},
	{"a loop", "en", cycle(strings.Repeat("I want to know my order status. ", 8)), plausible.Repetitive},
	{"one message with other numbers", "en", func(_ *rand.Rand, i int) string {
		return fmt.Sprintf("I have a question about my order %d", 100+i)
	}, plausible.Repetitive},
	{"numbered stubs", "en", func(_ *rand.Rand, i int) string { return fmt.Sprintf("Message %d", i+1) }, plausible.Stub},
	{"numbered stubs in German", "de", func(_ *rand.Rand, i int) string { return fmt.Sprintf("Beispiel Nr. %d", i+1) }, plausible.Stub},
	{"types instead of texts", "en", cycle("string", "...", "text", "…"), plausible.Stub},
	{"numbers", "en", func(r *rand.Rand, _ int) string { return fmt.Sprint(r.IntN(1_000_000)) }, plausible.NoWords},
	{"marks", "en", cycle("---", "??!", "***", "#", ".,;"), ""},
	{"identifiers", "en", func(r *rand.Rand, _ int) string {
		return fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", r.Uint32(), r.IntN(65536), r.IntN(65536), r.IntN(65536), r.Uint64N(1<<48))
	}, plausible.Encoded},
	{"hexadecimal", "en", func(r *rand.Rand, _ int) string { return fmt.Sprintf("%016x%016x", r.Uint64(), r.Uint64()) }, plausible.Encoded},
	{"base64", "en", cycle("SGVsbG8gd29ybGQsIGhvdyBhcmUgeW91IHRvZGF5Pw==", "V2hlcmUgaXMgbXkgb3JkZXIgbnVtYmVyIDQyMT8=", "cGxlYXNlIGNhbmNlbCBteSBzdWJzY3JpcHRpb24gMTI="), plausible.Encoded},
	{"HTML", "en", cycle("<p>Where is my order?</p>", "<li>I want a refund</li>", "<div class=\"msg\">hello</div>"), plausible.Markup},
	{"markdown", "en", cycle("**Where is my order?**", "## Refunds", "| a | b |", "```json"), plausible.Markup},
	{"pieces of JSON", "en", cycle(`{"text": "where is my order"}`, `"category": "orders"`, `"confidence": 0.9}`, "}]"), plausible.Markup},
	{"code", "en", cycle("def get_order(id):", "return orders[id];", "import os", "SELECT * FROM orders"), plausible.Markup},
	{"tokens of a chat template", "en", cycle("<|im_start|>user", "[INST] where is my order [/INST]", "<|im_end|>"), plausible.Markup},
	{"mojibake", "de", cycle("fÃ¼r meine Bestellung mÃ¶chte ich", "KÃ¶nnen Sie das Ã¤ndern", "ZurÃ¼ckschicken geht nÃ¤chste Woche"), plausible.Mojibake},
	{"an assistant", "en", cycle("Sure! Here is how you can reset it.", "I'm sorry to hear that. Let me look into it for you.", "Thank you for reaching out! Our team will get back to you.", "How can I assist you today?", "To reset your password, please follow these steps."), plausible.Assistant},
	{"an assistant in German", "de", cycle("Natürlich! Ich helfe Ihnen gerne weiter.", "Vielen Dank für Ihre Anfrage, wir kümmern uns.", "Wie kann ich Ihnen heute helfen?", "Es tut mir leid, das zu hören."), plausible.Assistant},
	{"an assistant in French", "fr", cycle("Bien sûr ! Voici comment faire.", "Merci pour votre message, nous revenons vers vous.", "Comment puis-je vous aider ?"), plausible.Assistant},
	{"an assistant in Spanish", "es", cycle("¡Claro! Aquí tienes los pasos.", "Gracias por contactar con nosotros.", "¿En qué puedo ayudarle hoy?"), plausible.Assistant},
}

func TestRubbishIsRecognised(t *testing.T) {
	for _, c := range rubbish {
		t.Run(c.name, func(t *testing.T) {
			texts := made(batch, c.text)
			v := plausible.NewJudge(c.language).Look(texts, make([]string, batch), nil)
			left := 0
			for _, s := range v.Signs {
				if s == "" {
					left++
				}
			}
			t.Logf("%d of %d kept, most are %q", left, batch, v.Most)
			if !v.Rubbish || c.sign != "" && v.Most != c.sign {
				t.Errorf("rubbish: %v, %q: %q", v.Rubbish, v.Most, texts)
			}
			if left > 1 { // the first of many alike is a message
				t.Errorf("%d of %d would be kept: %q %q", left, batch, v.Signs, texts)
			}
			if v.Most == plausible.OtherLanguage && v.Is == "" {
				t.Error("it doesn't say which language they are in")
			}
		})
	}
}

// What is good in an answer of rubbish stays.
func TestGoodMessagesAmongRubbishAreKept(t *testing.T) {
	good := []string{"where is my parcel, it was due on monday", "pls cancel my order", "thanks, i got the money back", "is the shop open on sundays"}
	bad := made(8, letters(latin, 6, 9))
	v := plausible.NewJudge("en").Look(append(good, bad...), make([]string, 12), nil)
	if !v.Rubbish || v.Most != plausible.Gibberish || v.Example != bad[0] {
		t.Errorf("%+v", v)
	}
	for i, s := range v.Signs {
		if (s == "") != (i < len(good)) {
			t.Errorf("text %d has the sign %q", i, s)
		}
	}
}

// odd are messages that real people send, each among others that are ordinary.
var odd = []string{
	"asap", "k", "??", "😂😂😂", "👍", "4471-09", "XK-4471/B", "sku 88-213-A", "550e8400-e29b-41d4-a716-446655440000", "no no no no no no no",
	"hahahahahahahahahaha", "asdfghjkl", "wtf ist das denn bro", "мой заказ?", "没到", "<b>bold</b> doesnt work in the editor", "error: {\"code\": 500}",
	"DROP TABLE jokes aside, is my data safe", "my iban is DE89 3704 0044 0532 0130 00", "https://example.com/a/b?c=d", "fjord", "Zwölf Boxkämpfer jagen Viktor",
	"sure, here you go", "of course", "How can I help my mother with her phone?", "question 3", "i cant beleive wat hapend", "gr8 thx 4 ur help m8", "rn bsn icu nyc pls adv",
	"...", "a", "1", "Citrix ICA VDA 7.15 CU4", "Donaudampfschifffahrtsgesellschaft", "llanfairpwllgwyngyll", "text", "hmmmmmm", "nooooooooooooooooo", "Message me",
	"bhai mera order kab aayega", "ég skil þetta ekki", "kiitos paljon", "ĉu vi parolas esperanton", "FÃ¼r", "function key f5 is stuck", "import my contacts;",
}

func TestAnOddMessageAmongGoodOnesIsKept(t *testing.T) {
	good := []string{"where is my parcel, it was due on monday", "pls cancel my order", "thx!!", "is the shop open on sundays", "i want a refund for the shoes", "can i change the address"}
	for _, text := range odd {
		v := plausible.NewJudge("en").Look(append([]string{text}, good...), make([]string, 7), nil)
		if v.Rubbish || v.Signs[0] != "" {
			t.Errorf("%q: %+v", text, v)
		}
	}
}

// A category of order numbers, of error messages or in two languages has examples like that.
func TestWhatTheExamplesAreIsNoSign(t *testing.T) {
	for _, c := range rubbish {
		if c.sign == plausible.Stub || strings.Contains(c.name, "template") || strings.Contains(c.name, "loop") {
			continue // certain ones speak for themselves
		}
		texts := made(2*batch, c.text)
		v := plausible.NewJudge(c.language).Look(texts[:batch], make([]string, batch), texts[batch:])
		if v.Rubbish {
			t.Errorf("%s: %+v", c.name, v)
		}
	}
}

// Answers of one message each are judged with those before.
func TestSmallAnswersAreJudgedTogether(t *testing.T) {
	judge := plausible.NewJudge("en")
	rubbish := 0
	for i, text := range made(12, func(r *rand.Rand, _ int) string { return fmt.Sprint(r.IntN(1_000_000)) }) {
		if judge.Look([]string{text}, []string{""}, nil).Rubbish {
			rubbish++
		} else if i >= 4 {
			t.Errorf("text %d is kept", i)
		}
	}
	if rubbish < 8 {
		t.Errorf("%d of 12 are rubbish", rubbish)
	}
}

// Reasons for which texts are discarded already count.
func TestKnownReasonsCount(t *testing.T) {
	texts := []string{"Count: 10", "Category: social", "as asked, ten messages", "where is my parcel", "Rules: be brief"}
	v := plausible.NewJudge("en").Look(texts, []string{"echo", "echo", "", "", "echo"}, nil)
	if !v.Rubbish || v.Most != "echo" || v.Example != texts[0] || v.Signs[3] != "" {
		t.Errorf("%+v", v)
	}
}

func FuzzLook(f *testing.F) {
	f.Add("where is my order", "en")
	f.Add("fÃ¼r \xff <p>", "zh-Hant")
	f.Add("\u0e2a\u0e27 한 漢か", "")
	f.Fuzz(func(t *testing.T, text, language string) {
		texts := strings.Split(text, "\n")
		v := plausible.NewJudge(language).Look(texts, make([]string, len(texts)), texts[:len(texts)/2])
		if len(v.Signs) != len(texts) || v.Rubbish && v.Most == "" {
			t.Errorf("%+v", v)
		}
	})
}
