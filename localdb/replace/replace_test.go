package replace

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"seedbed/assets/i18n"
	"seedbed/localdb"
	"seedbed/localdb/exchange"
)

func newDataset(t testing.TB, texts ...string) *localdb.Dataset {
	t.Helper()
	d, err := localdb.Create(t.Context(), filepath.Join(t.TempDir(), "test.seedbed"), []localdb.Category{{Name: "a", Training: true}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	var list []localdb.Message
	for _, text := range texts {
		list = append(list, localdb.Message{Text: text, Category: "a", Status: localdb.Accepted, Flags: localdb.NearDuplicate | localdb.PersonalDetails})
	}
	if _, err := d.Add(t.Context(), i18n.T("Add"), list); err != nil {
		t.Fatal(err)
	}
	return d
}

func texts(t testing.TB, d *localdb.Dataset) (all []string) {
	t.Helper()
	for m, err := range d.Messages(t.Context(), localdb.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, m.Text)
	}
	return all
}

func TestReplaceInText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		search   Search
		text     string
		want     string
		problems bool
	}{
		{search: Search{Find: "cat", Replace: "dog"}, text: "Cat, catalogue and CAT", want: "dog, dogalogue and dog"},
		{search: Search{Find: "cat", Replace: "dog", WholeWords: true}, text: "Cat, catalogue, tomcat and CAT", want: "dog, catalogue, tomcat and dog"},
		{search: Search{Find: "cat", Replace: "dog", MatchCase: true}, text: "Cat cat", want: "Cat dog"},
		{search: Search{Find: "öl", Replace: "Gas", WholeWords: true}, text: "ÖL, Ölpreis, Möl öl", want: "Gas, Ölpreis, Möl Gas"},
		{search: Search{Find: "кот", Replace: "пёс", WholeWords: true}, text: "Кот и котёнок", want: "пёс и котёнок"},
		{search: Search{Find: "a.c", Replace: "$1"}, text: "abc a.c", want: "abc $1"},
		{search: Search{Find: "kelvin", Replace: "K"}, text: "\u212Aelvin", want: "K"},
		{search: Search{Find: `(\w+)@(\w+)`, Replace: "$2x at $1", Regexp: true}, text: "me@home", want: "homex at me"},
		{search: Search{Find: `(?P<n>\d+)€`, Replace: "$$ ${n}", Regexp: true}, text: "5€ or 10€", want: "$ 5 or $ 10"},
		{search: Search{Find: `^`, Replace: "> ", Regexp: true}, text: "hello", want: "> hello"},
		{search: Search{Find: `\s+$`, Replace: "", Regexp: true}, text: "hello  ", want: "hello"},
		{search: Search{Find: `a|b`, Replace: "c", Regexp: true, WholeWords: true}, text: "a ab b", want: "c ab c"},
		{search: Search{Find: "(", Regexp: true}, problems: true},
		{search: Search{Find: "[z-a]", Regexp: true}, problems: true},
		{search: Search{Find: "(?<=a)b", Regexp: true}, problems: true},
		{search: Search{Find: "(a)", Replace: "$2", Regexp: true}, problems: true},
		{search: Search{Find: "(a)", Replace: "${name}", Regexp: true}, problems: true},
		{search: Search{Find: ""}, problems: true},
	} {
		p, err := Compile(c.search)
		if err != nil || c.problems {
			if (err != nil) != c.problems {
				t.Errorf("%+v: %v", c.search, err)
			}
			continue
		}
		if got := p.Replace(c.text); got != c.want {
			t.Errorf("%+v makes %q of %q, want %q", c.search, got, c.text, c.want)
		}
	}
	if _, err := Compile(Search{Find: "a(b", Regexp: true}); !strings.Contains(fmt.Sprint(err), "a ( has no ) that closes it (a(b)") {
		t.Errorf("a bad pattern: %v", err)
	}
}

func TestReplaceInDataset(t *testing.T) {
	t.Parallel()
	d := newDataset(t, "My bike is broken", "my Bike", "the bicycle is broken", "My bicycle is broken", "bike", "nothing here", "bike is broken my", "hurry")
	p, err := Find(t.Context(), d, Search{Find: "bike", Replace: "bicycle"}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := [kinds]int{3, 0, 1}; p.Counts != want {
		t.Errorf("%d changes: %v", len(p.Changes), p.Counts)
	}
	if len(p.Changes) != 4 || p.Changes[0] != (Change{1, Duplicate}) || p.Changes[1] != (Change{2, Changed}) || p.Matches != 4 {
		t.Errorf("found %v, %d matches", p.Changes, p.Matches)
	}
	shown, err := p.Show(t.Context(), 1, 1)
	if err != nil || len(shown) != 1 || shown[0].Before[1] != (Piece{"Bike", true}) || shown[0].After[1] != (Piece{"bicycle", true}) {
		t.Errorf("shown: %v, %v", shown, err)
	}
	changed, deleted, err := p.Apply(t.Context(), []int64{2, 5}, nil)
	if err != nil || changed != 2 || deleted != 0 {
		t.Errorf("%d changed, %d deleted, %v", changed, deleted, err)
	}
	m, err := d.Message(t.Context(), 2)
	if err != nil || m.Text != "my bicycle" || m.Status != localdb.Accepted || m.Flags != localdb.PersonalDetails || m.Category != "a" {
		t.Errorf("%+v, %v", m, err)
	}
	title, err := d.Undo(t.Context(), nil)
	if err != nil || title.String() != "Replace text in 2 messages" {
		t.Errorf("undo: %s, %v", title, err)
	}
	if got := texts(t, d); got[1] != "my Bike" || got[4] != "bike" {
		t.Errorf("after undo: %q", got)
	}

	p, err = Find(t.Context(), d, Search{Find: "bike", Replace: " "}, []int64{2, 5}, nil)
	if err != nil || len(p.Changes) != 2 || p.Changes[1] != (Change{5, Empties}) {
		t.Fatalf("of two: %v, %v", p.Changes, err)
	}
	changed, deleted, err = p.Apply(t.Context(), []int64{5}, nil)
	if err != nil || changed != 1 || deleted != 1 || len(texts(t, d)) != 7 {
		t.Errorf("emptied: %d changed, %d deleted, %v", changed, deleted, err)
	}
	if _, err := d.Undo(t.Context(), nil); err != nil || len(texts(t, d)) != 8 {
		t.Errorf("undo of a deletion: %v", err)
	}
	// Two that become the same text: the second repeats the first.
	p, err = Find(t.Context(), d, Search{Find: `^(\w).*$`, Replace: "$1", Regexp: true}, []int64{6, 5, 8}, nil)
	if err != nil || len(p.Changes) != 3 {
		t.Fatalf("%v, %v", p.Changes, err)
	}
	p, err = Find(t.Context(), d, Search{Find: `^my.*$`, Replace: "same", Regexp: true}, nil, nil)
	if err != nil || len(p.Changes) != 3 || p.Changes[0].Kind != Changed || p.Changes[1].Kind != Duplicate || p.Changes[2].Kind != Duplicate {
		t.Errorf("becoming the same: %v, %v", p.Changes, err)
	}
}

func TestTheFirstChangesAreToldBeforeTheEnd(t *testing.T) {
	d, _, err := localdb.Import(t.Context(), filepath.Join(t.TempDir(), "many.seedbed"), nil, func(yield func(exchange.Row, error) bool) {
		for i := range 30_000 {
			if !yield(exchange.Row{Message: fmt.Sprintf("my bike has the number %d", i)}, nil) {
				return
			}
		}
	}, localdb.MergeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for _, s := range []Search{{Find: "BIKE", Replace: "bicycle"}, {Find: `\d+`, Replace: "#", Regexp: true}} {
		var first []*Preview
		p, err := Find(t.Context(), d, s, nil, func(p *Preview) { first = append(first, p) })
		if err != nil || len(first) != 1 || len(first[0].Changes) != firstChanges || len(p.Changes) != 30_000 {
			t.Fatalf("%q: %d first ones, all %d, %v", s.Find, len(first), len(p.Changes), err)
		}
		if !slices.IsSortedFunc(p.Changes, func(a, b Change) int { return cmp.Compare(a.ID, b.ID) }) {
			t.Errorf("%q: not in id order", s.Find)
		}
		shown, err := first[0].Show(t.Context(), 0, firstChanges)
		if err != nil || len(shown) != firstChanges || shown[0].ID != first[0].Changes[0].ID {
			t.Errorf("%q: %v, %v", s.Find, shown, err)
		}
	}
}

func FuzzReplace(f *testing.F) {
	f.Add("b", "x", "abc ÄBC", false, true, false)
	f.Add("(b+)", "$1x${1}", "abbc", true, false, true)
	f.Add(`\`, "$$", "a\\", true, false, false)
	f.Add("ſ", "s", "Kſs", false, false, false)
	f.Add(`\d+|ä(.)`, "$1", "12 äö 3 Ä", true, false, false)
	f.Add(`[^a]b?`, "<$0>", "abc äb\xff", true, true, true)
	f.Add(`k`, "x", "K and K", true, false, false)
	f.Fuzz(func(t *testing.T, find, replace, text string, re, whole, match bool) {
		p, err := Compile(Search{find, replace, re, whole, match})
		if err != nil || !utf8.ValidString(text) {
			return
		}
		want := p.Replace(text)
		if p.starts != nil {
			plain := *p
			plain.starts = nil
			if got := plain.Replace(text); got != want {
				t.Errorf("%q in %q from its starts: %q, by regexp %q", find, text, want, got)
			}
		}
		var old, becomes strings.Builder
		before, after := p.Pieces(text)
		for _, piece := range before {
			old.WriteString(piece.Text)
		}
		for _, piece := range after {
			becomes.WriteString(piece.Text)
		}
		if old.String() != text || becomes.String() != want {
			t.Errorf("pieces of %q: %q and %q, want %q", text, old.String(), becomes.String(), want)
		}
	})
}
