package direction_test

import (
	"fmt"
	"strings"
	"testing"

	"seedbed/assets"
	"seedbed/gen/direction"
)

func lists(t *testing.T, language string) *direction.Lists {
	t.Helper()
	l, err := direction.Read(assets.Prompts(language), language, 7)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func draw(t *testing.T, l *direction.Lists, s direction.Subject, n int) []direction.Direction {
	t.Helper()
	var drawn []direction.Direction
	for i := range n {
		d, err := l.Draw(s, i)
		if err != nil {
			t.Fatal(err)
		}
		drawn = append(drawn, d)
	}
	return drawn
}

// What contradicts itself gives a model nothing to follow.
func TestDirectionsAgreeWithThemselves(t *testing.T) {
	for _, d := range draw(t, lists(t, "en"), direction.Subject{Category: "refund", Kind: "custom"}, 500) {
		formal := strings.Contains(d.Register, "formal") || strings.Contains(d.Register, "precise")
		if formal && (strings.Contains(d.Mess, "lower case") || strings.Contains(d.Mess, "missing") || strings.Contains(d.Mess, "emoji")) {
			t.Errorf("%+v", d)
		}
		var least, most int
		if _, err := fmt.Sscanf(d.Length, "%d to %d words", &least, &most); err != nil || least > most {
			t.Errorf("the length %q", d.Length)
		}
		if least < 12 && (strings.Contains(d.Register, "rambling") || strings.Contains(d.Mess, "run-on")) {
			t.Errorf("%+v", d)
		}
	}
}

func TestEachMessageHasADirectionOfItsOwn(t *testing.T) {
	seen := map[direction.Direction]bool{}
	personas := map[string]int{}
	for _, d := range draw(t, lists(t, "en"), direction.Subject{Category: "refund", Kind: "custom"}, 80) {
		if seen[d] {
			t.Errorf("drawn twice: %+v", d)
		}
		seen[d] = true
		personas[d.Persona]++
	}
	for persona, n := range personas {
		if n > 3 {
			t.Errorf("%q writes %d of 80", persona, n)
		}
	}
}

func TestLengthsSuitTheCategoryAndTheLanguage(t *testing.T) {
	for _, d := range draw(t, lists(t, "en"), direction.Subject{Category: "small_talk", Kind: "chitchat"}, 100) {
		var least, most int
		if _, err := fmt.Sscanf(d.Length, "%d to %d", &least, &most); err != nil || most > 16 {
			t.Errorf("small talk of %s", d.Length)
		}
	}
	for _, d := range draw(t, lists(t, "ja"), direction.Subject{Category: "refund", Kind: "custom"}, 100) {
		if !strings.HasSuffix(d.Length, "characters") || strings.Contains(d.Mess, "apostrophe") || strings.Contains(d.Mess, "capitals") {
			t.Errorf("in Japanese: %+v", d)
		}
	}
}

func TestWhatACategoryHasEnoughOf(t *testing.T) {
	w := direction.NewWorn()
	for i := range 20 {
		w.Add("delivery", fmt.Sprintf("Where is parcel %d, the courier left it at the neighbour", i))
		w.Add("refund", fmt.Sprintf("I paid %d for the neighbour and want it back", i))
	}
	for i := range 20 {
		w.Add("delivery", fmt.Sprintf("word%d other%d thing%d", i, i, i))
	}
	if got := w.Openings("delivery"); len(got) != 1 || got[0] != "where is" {
		t.Errorf("openings %q", got)
	}
	got := strings.Join(w.Themes("delivery", "When a parcel arrives"), " ")
	if !strings.Contains(got, "courier") || strings.Contains(got, "parcel") || strings.Contains(got, "neighbour") {
		t.Errorf("themes %q", got)
	}
	if got := w.Openings("other"); len(got) != 0 {
		t.Errorf("a category without messages has worn %q", got)
	}
}
