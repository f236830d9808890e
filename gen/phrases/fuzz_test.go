package phrases

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"seedbed/gen/phrases/acts"

	"seedbed/assets"
	"seedbed/gen/questions"
)

func rng(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }

func FuzzPattern(f *testing.F) {
	for _, text := range []string{
		"I'm {a tool}[, really].", "(a|b|(c|{tool}))", "[[x]y|z]", "plain", "", "()", "[]", "a|b", "(", "]", "{", "{a }", "{nothing}", "(a|b", "[a)", "{tool", "é(ü|)ß",
	} {
		f.Add(text, uint64(1))
	}
	fillers := slots{"tool": {"axe", "saw"}}
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		p, err := parsePattern(text, func(slot string) bool { return slot == "tool" })
		if err != nil {
			return
		}
		filled := p.fill(fillers, rng(seed))
		if strings.ContainsAny(filled, "(){}[]|") {
			t.Errorf("%q was filled as %q", text, filled)
		}
		if utf8.ValidString(text) && !utf8.ValidString(filled) {
			t.Errorf("%q was filled as %q, which is no UTF-8", text, filled)
		}
	})
}

func english(tb testing.TB) *mess {
	tb.Helper()
	folder, err := assets.Phrases("en")
	if err != nil {
		tb.Fatal(err)
	}
	m, err := readMess(folder)
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

func FuzzMess(f *testing.F) {
	for _, text := range []string{
		"I'm a nurse, really.", "so tired", "?", "...", "'", "I am", "I'm a ", "👍", "您好，请问一下", "a\u0301b\u0301c", "x", "Because you and your people…", "\u200d", "İstanbul", "ẞ",
	} {
		f.Add(text, uint64(1))
	}
	m := english(f)
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		text = tidy(text)
		if !utf8.ValidString(text) || text == "" {
			return
		}
		for _, ways := range [][]way{light, free, search} {
			for i := range uint64(20) {
				typed := m.typed(ways, text, rng(seed+i))
				if typed == "" || tidy(typed) != typed || !utf8.ValidString(typed) {
					t.Errorf("%q was typed as %q", text, typed)
				}
				if again := m.typed(ways, text, rng(seed+i)); again != typed {
					t.Errorf("%q was typed as %q and then as %q", text, typed, again)
				}
			}
		}
	})
}

func FuzzQuestions(f *testing.F) {
	f.Add("How to ask for a raise", "Ask for a raise in a calm month. A raise is a rise in pay. You should bring your numbers.", uint64(1))
	f.Add("", "- **STAR**: a method\n- *CAR* - another one\n\n\"Tell me about yourself\" [x](y) `code`", uint64(2))
	f.Add("1.", "---\na: b\n---\n<b>|x|</b> ![](z) O(n) (", uint64(3))
	f.Add("Ünïcode", "Über alles 漢字 is a word. É", uint64(4))
	a, err := readAsker()
	if err != nil {
		f.Fatal(err)
	}
	m := english(f)
	f.Fuzz(func(t *testing.T, title, text string, seed uint64) {
		about := questions.Passage{Title: title, Text: text}
		collection, err := questions.NewCollection([]questions.Passage{about})
		if err != nil {
			t.Fatal(err)
		}
		next := a.about(collection.Facts(about), int(seed%Askings), m, rng(seed))
		for question, ok := next(); ok; question, ok = next() {
			if question == "" || tidy(question) != question || !utf8.ValidString(question) || strings.ContainsAny(question, "{}|[]") {
				t.Fatalf("asked %q about %q, %q", question, title, text)
			}
		}
	})
}

func TestSharesOfWaysToType(t *testing.T) {
	for _, ways := range [][]way{light, free, search} {
		all := 0
		for _, w := range ways {
			all += w.share
		}
		if all != 100 {
			t.Errorf("the shares add up to %d, want 100", all)
		}
	}
}

func TestWaysToType(t *testing.T) {
	m := english(t)
	for name, test := range map[string]struct {
		way  func(*mess, string, *rand.Rand) string
		text string
		want []string
	}{
		"a fragment":      {fragment, "I'm a nurse in Leeds.", []string{"nurse in Leeds."}},
		"no fragment":     {fragment, "I agree.", []string{"I agree."}},
		"dictated":        {dictated, "Well, I don't know. Do you?", []string{"well i don't know do you"}},
		"apostrophes":     {noApostrophes, "I'm sure it's fine.", []string{"Im sure its fine"}},
		"shouted":         {shouted, "No way", []string{"NO WAY"}},
		"stretched":       {stretch, "I am so tired", []string{"I am sooo tired", "I am soooo tired", "I am sooooo tired", "I am soooooo tired"}},
		"abbreviated":     {abbreviated, "because", []string{"bc", "because"}},
		"nothing to slip": {mistyped, "a b", []string{"a b"}},
	} {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(20) {
				if got := test.way(m, test.text, rng(seed)); !slices.Contains(test.want, got) {
					t.Errorf("%q became %q, want one of %q", test.text, got, test.want)
				}
			}
		})
	}
}

func TestSlipsAreNearTheRightKey(t *testing.T) {
	m := english(t)
	if !slices.Contains(m.beside['g'], 'h') || !slices.Contains(m.beside['a'], 'q') || slices.Contains(m.beside['a'], 'p') {
		t.Errorf("beside g: %c, beside a: %c", m.beside['g'], m.beside['a'])
	}
	for seed := range uint64(200) {
		got := m.slip("keyboard", rng(seed))
		if d := len(got) - len("keyboard"); d < -1 || d > 1 || got[0] != 'k' {
			t.Errorf("one slip made %q of keyboard", got)
		}
	}
}

func TestArticles(t *testing.T) {
	for word, want := range map[string]string{
		"nurse": "a", "electrician": "an", "hour": "an", "university lab": "a", "MBA": "an", "UX researcher": "a", "HGV licence": "an", "AWS certificate": "an", "CV": "a", "honest man": "an", "one-year contract": "a", "": "a",
	} {
		if got := acts.Article(word); got != want {
			t.Errorf("%s %s, want %s", got, word, want)
		}
	}
}

func TestBrokenPatternsSayWhere(t *testing.T) {
	for text, want := range map[string]string{
		"a {nothing}": `no slot "nothing"`, "(a|b": "missing", "a)": "closes nothing", "a|b": "between",
		strings.Repeat("(", 50): "inside each other",
	} {
		_, err := parsePattern(text, func(string) bool { return false })
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
}
