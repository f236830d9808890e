package phrases_test

import (
	"math"
	"strings"
	"testing"
	"unicode"

	"seedbed/gen/phrases"
)

// features are what can be told of messages from outside.
var features = map[string]func(string) bool{
	"lower case": func(s string) bool { return strings.ToLower(s) == s },
	"upper case": func(s string) bool { return strings.ToUpper(s) == s },
	"end mark":   func(s string) bool { return strings.ContainsAny(s[len(s)-1:], ".?!") || hasEmoji(s) },
	"marks":      func(s string) bool { return strings.ContainsAny(s, ".,;:!?") },
	"emoji":      hasEmoji,
	"exclaims":   func(s string) bool { return strings.Contains(s, "!") },
	"short":      func(s string) bool { return len(strings.Fields(s)) <= 7 },
	"long":       func(s string) bool { return len(strings.Fields(s)) > 14 },
	"contracted": func(s string) bool {
		low := strings.ToLower(s)
		return strings.Contains(low, "n't") || strings.Contains(low, "i'm") || strings.Contains(low, "i'd") || strings.Contains(low, "what's")
	},
	"formal": func(s string) bool {
		return strings.HasPrefix(s, "Dear") || strings.HasPrefix(s, "To whom") || strings.HasPrefix(s, "Good day")
	},
	"angry": func(s string) bool {
		return strings.Contains(s, "ridiculous") || strings.Contains(s, "enough of this") || strings.Contains(s, "Seriously") || strings.Contains(s, "Unbelievable") || strings.Contains(s, "annoyed") || strings.Contains(s, "not OK") || strings.Contains(s, "asked before!") || strings.Contains(s, "so complicated") || strings.Contains(s, "kind of service")
	},
}

func hasEmoji(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.So, r) })
}

// shares are those of the features among messages.
func shares(texts []string) map[string]float64 {
	found := map[string]float64{}
	for name, has := range features {
		for _, text := range texts {
			if has(text) {
				found[name] += 1 / float64(len(texts))
			}
		}
	}
	return found
}

func TestStyleInWords(t *testing.T) {
	type bounds map[string][2]float64
	for style, want := range map[string]bounds{
		"all lower case, no punctuation":      {"lower case": {1, 1}, "marks": {0, 0}},
		"no typos, no emoji":                  {"emoji": {0, 0}},
		"lots of emoji":                       {"emoji": {0.5, 0.9}},
		"short":                               {"long": {0, 0.2}},
		"long and detailed":                   {"short": {0, 0.2}},
		"formal":                              {"formal": {0.3, 0.6}, "contracted": {0, 0}, "lower case": {0, 0}, "emoji": {0, 0}, "end mark": {1, 1}},
		"angry":                               {"angry": {0.25, 0.6}},
		"in capitals":                         {"upper case": {1, 1}},
		"alles kleingeschrieben, ohne Punkte": {"lower case": {1, 1}, "marks": {0, 0}},
		"förmlich":                            {"formal": {0.3, 0.6}, "contracted": {0, 0}},
		"wütend, mit vielen Emojis":           {"angry": {0.2, 0.6}, "emoji": {0.5, 0.9}},
		"keine Emojis, keine Ausrufezeichen":  {"emoji": {0, 0}, "exclaims": {0, 0}},
	} {
		t.Run(style, func(t *testing.T) {
			for _, about := range []phrases.Subject{domains(t)[0], {Category: "learning", Bank: "coaching/learning"}} {
				about.Style = style
				texts := write(t, newWriter(t, 5), about, 60)
				if len(texts) < 50 {
					t.Errorf("only %d messages of %s", len(texts), about.Category)
				}
				got := shares(texts)
				for feature, between := range want {
					if got[feature] < between[0]-1e-9 || got[feature] > between[1]+1e-9 {
						t.Errorf("%s: %.0f %% of messages are %s, want %.0f to %.0f\n%s", about.Category, 100*got[feature], feature, 100*between[0], 100*between[1], strings.Join(texts[:12], "\n"))
					}
				}
			}
		})
	}
}

// A style that says nothing the writer understands changes nothing.
func TestUnknownStyle(t *testing.T) {
	about := domains(t)[3]
	plain := write(t, newWriter(t, 5), about, 30)
	about.Style = "like a pirate"
	if got := write(t, newWriter(t, 5), about, 30); strings.Join(got, "\n") != strings.Join(plain, "\n") {
		t.Errorf("%q", got)
	}
}

func TestHabitsAreQuotas(t *testing.T) {
	habits := phrases.Habits{LowerCase: 0.6, NoEndMark: 0.5, Typos: 0.2, Emoji: 0.15, Exclamations: 0.1, Lengths: [5]float64{0, 0.3, 0.4, 0.3}}
	about := phrases.Subject{Category: "emotional", Bank: "coaching/emotional", Habits: &habits}
	texts := write(t, newWriter(t, 9), about, 200)
	got := shares(texts)
	buckets := [5]float64{}
	for _, text := range texts {
		buckets[phrases.LengthBucket(len(strings.Fields(text)))] += 1 / float64(len(texts))
	}
	for name, pair := range map[string][2]float64{
		"lower case":   {got["lower case"], 0.6},
		"no end mark":  {1 - got["end mark"], 0.5 - 0.075}, // half of the emoji stand in the place of one
		"emoji":        {got["emoji"], 0.15},
		"exclamations": {got["exclaims"], 0.1},
		"4 to 7 words": {buckets[1], 0.3},
		"8 to 14":      {buckets[2], 0.4},
		"15 to 25":     {buckets[3], 0.3},
	} {
		if math.Abs(pair[0]-pair[1]) > 0.06 {
			t.Errorf("%s: %.0f %% of messages, want %.0f %%", name, 100*pair[0], 100*pair[1])
		}
	}
}
