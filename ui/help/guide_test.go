package help

import (
	"maps"
	"regexp"
	"slices"
	"testing"

	"seedbed/assets"
	"seedbed/ui/shell/shelltest"
)

// spoken is what a text names that is the same in every language: keys, commands, files.
var spoken = regexp.MustCompile("(?s)```.*?```|`[^`]+`")

// Both guides have the same sections, which name the same keys, commands and files.
func TestTheGuidesSayTheSame(t *testing.T) {
	english := sections()
	shelltest.InGerman(t)
	german := sections()
	if len(english) < 15 || len(german) != len(english) {
		t.Fatalf("the English guide has %d sections, the German one %d", len(english), len(german))
	}
	for i, e := range english {
		g := german[i]
		if e.number != i+1 || g.number != i+1 {
			t.Errorf("section %d is number %d in English and %d in German", i+1, e.number, g.number)
		}
		if e.title == g.title && e.title != "Export" {
			t.Errorf("%q is not translated", e.title)
		}
		if one, other := names(e.text), names(g.text); !slices.Equal(one, other) {
			t.Errorf("%q and %q name other things:\n%q\n%q", e.title, g.title, one, other)
		}
		if e.text == "" || g.text == "" {
			t.Errorf("section %d is empty", i+1)
		}
	}
}

// names are what is the same in every language of a text, each once.
func names(text string) []string {
	set := map[string]bool{}
	for _, found := range spoken.FindAllString(text, -1) {
		set[regexp.MustCompile(`\s+`).ReplaceAllString(found, " ")] = true
	}
	return slices.Sorted(maps.Keys(set))
}

// The files have the same pictures and links, which the program leaves out.
func TestTheGuidesHaveTheSamePictures(t *testing.T) {
	link := regexp.MustCompile(`\]\([^)]*\)`)
	english, err := assets.Guides.ReadFile("guide.md")
	if err != nil {
		t.Fatal(err)
	}
	german, err := assets.Guides.ReadFile("guide.de.md")
	if err != nil {
		t.Fatal(err)
	}
	if one, other := link.FindAllString(string(english), -1), link.FindAllString(string(german), -1); !slices.Equal(one, other) {
		t.Errorf("the guides link to\n%v\n%v", one, other)
	}
}

func TestEveryPageHasItsSection(t *testing.T) {
	for page, number := range sectionOf {
		if !slices.ContainsFunc(sections(), func(s section) bool { return s.number == number }) {
			t.Errorf("section %d of the page %q is not there", number, page)
		}
	}
}
