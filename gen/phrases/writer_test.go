package phrases_test

import (
	"errors"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"seedbed/gen/phrases"
	"seedbed/localdb/neardup"
)

// A plan's counts add up to the messages wanted.
var plans = map[string]map[string]int{
	"640, the default plan": counts(100, 80, 60),
	"1,200":                 counts(200, 150, 100),
	"1,500":                 counts(240, 185, 150),
}

func counts(rag, context, chitchat int) map[string]int {
	plan := map[string]int{"rag_query": rag, "chitchat": chitchat}
	for _, category := range shipped[1:7] {
		plan[category] = context
	}
	return plan
}

func TestPlans(t *testing.T) {
	for name, plan := range plans {
		t.Run(name, func(t *testing.T) {
			checkMessages(t, fill(t, newWriter(t, 42), plan), plan)
		})
	}
}

// fill takes what a plan asks for, by category.
func fill(t testing.TB, w *phrases.Writer, plan map[string]int) map[string][]string {
	t.Helper()
	made := map[string][]string{}
	for _, category := range shipped {
		made[category] = write(t, w, phrases.Subject{Category: category, Bank: "coaching/" + category}, plan[category])
	}
	return made
}

var leftover = regexp.MustCompile(`[{}|\[\]]|\( | \)`)

// checkMessages fails the test where messages are missing, alike anywhere in the
// plan, or not fit to be one line of a file.
func checkMessages(t *testing.T, made map[string][]string, plan map[string]int) {
	t.Helper()
	index := neardup.NewIndex()
	var all []string
	for _, category := range shipped {
		if len(made[category]) != plan[category] {
			t.Errorf("%d messages of %s, want %d", len(made[category]), category, plan[category])
		}
		for _, text := range made[category] {
			if id, jaccard, near := index.Find(text); near {
				t.Errorf("alike by %.2f:\n%s\n%s", jaccard, all[id], text)
			}
			index.Add(int64(len(all)), text)
			all = append(all, text)
			checkLine(t, text)
		}
	}
}

func checkLine(t *testing.T, text string) {
	t.Helper()
	if !utf8.ValidString(text) || text == "" || strings.TrimSpace(text) != text || strings.ContainsAny(text, "\n\r\t") {
		t.Errorf("%q is not one clean line", text)
	}
	if leftover.MatchString(text) {
		t.Errorf("%q has something of a pattern left in it", text)
	}
}

func TestTenThousand(t *testing.T) {
	each := 1250
	if testing.Short() {
		each /= 10
	}
	plan := counts(each, each, each)
	checkMessages(t, fill(t, newWriter(t, 7), plan), plan)
}

func TestRunsDryHonestly(t *testing.T) {
	w := newWriter(t, 1)
	about := phrases.Subject{Category: "plants", Examples: []string{"My basil is dying on the window sill.", "when do I prune roses"}}
	texts, err := w.Write(about, 100)
	if !errors.Is(err, phrases.ErrExhausted) {
		t.Fatalf("got %v, want ErrExhausted", err)
	}
	if len(texts) < 2 || len(texts) >= 100 {
		t.Errorf("two examples gave %d messages", len(texts))
	}
	for _, example := range about.Examples {
		if slices.ContainsFunc(texts, func(text string) bool { return neardup.Jaccard(text, example) >= neardup.Threshold }) {
			t.Errorf("a message repeats the example %q", example)
		}
	}
	if more, err := w.Write(about, 1); len(more) != 0 || !errors.Is(err, phrases.ErrExhausted) {
		t.Errorf("after running dry: %q, %v", more, err)
	}
}

func TestCategoryWithoutAnything(t *testing.T) {
	for _, name := range []string{"nothing", "", "../en/social", "with/slash", "a\x00b"} {
		if texts, err := newWriter(t, 1).Write(phrases.Subject{Category: name}, 3); !errors.Is(err, phrases.ErrExhausted) || len(texts) > 0 {
			t.Errorf("category %q: %q, %v, want ErrExhausted", name, texts, err)
		}
	}
}

func TestStreamsDoNotDependOnEachOther(t *testing.T) {
	about := phrases.Subject{Category: "social", Bank: "coaching/social"}
	whole := write(t, newWriter(t, 42), about, 8)
	cut := newWriter(t, 42)
	first := write(t, cut, about, 3)
	write(t, cut, phrases.Subject{Category: "learning", Bank: "coaching/learning"}, 5)
	if got := slices.Concat(first, write(t, cut, about, 5)); !slices.Equal(got, whole) {
		t.Errorf("3 and 5 messages with others between them are\n%q\n8 at once are\n%q", got, whole)
	}
	if slices.Equal(write(t, newWriter(t, 43), about, 8), whole) {
		t.Error("another seed gives the same messages")
	}
}

func TestUnknownLanguage(t *testing.T) {
	_, err := phrases.New("tlh", 1, func() phrases.Index { return neardup.NewIndex() })
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want an error that says that there is no such language", err)
	}
}
