package profile_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"seedbed/gen/profile"
)

func of(t *testing.T, messages ...string) profile.Profile {
	t.Helper()
	p, err := profile.Of(messages)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// running is enough of a language for it to be told.
var running = map[string]string{
	"en": "The man who was at the door of the house is not the one that we have seen before and will see again.",
	"de": "Der Mann, der an der Tür des Hauses war, ist nicht der, den wir zuvor gesehen haben und wieder sehen werden.",
	"":   "",
}

func TestHabitsAreRecognised(t *testing.T) {
	for _, c := range []struct{ language, message, habits string }{
		{"en", "Where is my order?", "question"},
		{"en", "where is my order", "lower unmarked bare question"},
		{"en", "WHERE IS MY ORDER", "upper unmarked bare question"},
		{"en", "It broke, twice", "unmarked"},
		{"en", "It broke!", "exclamation"},
		{"en", "It broke 😅", "bare emoji"},
		{"en", "It broke (\"again.\")", ""},
		{"en", "Hello, it broke.", "greeting"},
		{"en", "hi", "lower unmarked bare greeting"},
		{"en", "Cancel it please.", "polite"},
		{"en", "Cancel it, thanks.", "polite"},
		{"en", "Cancel it pls.", "polite abbreviation"},
		{"en", "It has beeen delivvered.", "typo"},
		{"en", "The weathr is wrong.", "typo"},
		{"en", "Cancel myorder now.", "typo"},
		{"en", "I dont know Siobhan Vermeulen of Gentbrugge.", ""},
		{"en", "Mail me at [email] or [phone].", ""},
		{"de", "Guten Morgen, wo ist das?", "greeting question"},
		{"", "注文はどこですか？", "question"},
		{"", "返品したい", "unmarked bare"},
	} {
		p, neutral := of(t, c.message, running[c.language]), of(t, running[c.language])
		if c.language == "" {
			p, neutral = of(t, c.message), profile.Profile{}
		}
		var habits []string
		for _, h := range []struct {
			name      string
			has, base float64
		}{
			{"lower", p.LowerCase, neutral.LowerCase},
			{"upper", p.UpperCase, neutral.UpperCase},
			{"unmarked", p.NoEndMark, neutral.NoEndMark},
			{"bare", p.NoPunctuation, neutral.NoPunctuation},
			{"exclamation", p.Exclamations, 0},
			{"emoji", p.Emoji, 0},
			{"greeting", p.Greetings, 0},
			{"polite", p.Politeness, 0},
			{"abbreviation", p.Abbreviations, 0},
			{"typo", p.Typos, 0},
			{"question", p.Questions, 0},
		} {
			if h.has > h.base {
				habits = append(habits, h.name)
			}
		}
		want := strings.Fields(c.habits)
		slices.Sort(want)
		slices.Sort(habits)
		if !slices.Equal(habits, want) {
			t.Errorf("%q: %q, want %q", c.message, habits, want)
		}
	}
}

func TestLengthsAreOfWords(t *testing.T) {
	p := of(t, "one two three", "a b c d", strings.Repeat("word ", 26))
	if p.Lengths != [5]float64{1. / 3, 1. / 3, 0, 0, 1. / 3} || p.Words != 11 {
		t.Errorf("%v, %v words", p.Lengths, p.Words)
	}
	if p := of(t, "注文した商品はどこですか"); p.Words != 6 {
		t.Errorf("%v words in Japanese", p.Words)
	}
}

func TestTheDistanceIsFromZeroToOne(t *testing.T) {
	neat := of(t, "Could you tell me where the parcel that I ordered is now?")
	messy := of(t, "parcel lost")
	nothing, everything := profile.Profile{}, profile.Profile{}
	h := &everything.Habits
	h.LowerCase, h.UpperCase, h.NoEndMark, h.NoPunctuation, h.Exclamations, h.Typos, h.Abbreviations, h.Emoji, h.Greetings, h.Politeness = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
	everything.Questions = 1
	nothing.Lengths[0], everything.Lengths[4] = 1, 1
	if d := profile.Distance(neat, neat); d != 0 {
		t.Errorf("from itself %v", d)
	}
	if d := profile.Distance(nothing, everything); math.Abs(d-1) > 1e-9 {
		t.Errorf("opposites are %v apart", d)
	}
	d := profile.Distance(neat, messy)
	if d != profile.Distance(messy, neat) || d <= 0 || d >= 1 {
		t.Errorf("%v, and back %v", d, profile.Distance(messy, neat))
	}
	// Half of one kind is nearer to it than none.
	if half := profile.Distance(messy, of(t, "parcel lost", "Could you tell me where the parcel that I ordered is now?")); half >= d {
		t.Errorf("a half is %v away, the whole %v", half, d)
	}
}

func FuzzOf(f *testing.F) {
	for _, seed := range []string{"", " ", "hi", "\xff", "😀‍👩", "[email]", "ÀÉÎ!", "注文", strings.Repeat("ab", 200)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := profile.Of([]string{text, "Another one."})
		if err != nil {
			t.Fatal(err)
		}
		if d := profile.Distance(p, profile.Profile{}); math.IsNaN(d) || d < 0 || d > 1 {
			t.Errorf("the distance is %v", d)
		}
	})
}
