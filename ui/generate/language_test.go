package generate

import (
	"regexp"
	"strings"
	"testing"

	"seedbed/gen/openai/openaitest"
	"seedbed/localdb"
	"seedbed/ui/shell"
)

func TestTheBuiltInWriterOffersTheLanguagesThatItKnows(t *testing.T) {
	w, p := open(t, nil)
	offered := func() string { return strings.Join(p.language.Options(), "|") }
	if got := offered(); got != "English|Deutsch|Español|Français" {
		t.Fatalf("the languages are %s", got)
	}
	p.language.SetSelectedIndex(1)
	p.ask("0", "40")
	w.Tap("Generate 40")
	german := regexp.MustCompile(`(?i)\b(ich|und|die|der|das|ist|wie|was|nicht|mein|wir|zu|auf)`)
	n := 0
	for m, err := range w.Dataset().Messages(t.Context(), localdb.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if german.MatchString(m.Text) {
			n++
		}
	}
	if n < 20 {
		t.Errorf("%d of 40 messages are German", n)
	}
	path := w.Dataset().Path()
	w.Key("W")
	w.OpenDataset(path)
	w.Visit(shell.Generate)
	if got := w.page.language.Selected(); got != "Deutsch" {
		t.Errorf("another time the language is %s", got)
	}
}

func TestALanguageOutlastsAWriterThatDoesNotKnowIt(t *testing.T) {
	w, p := open(t, openaitest.New(t, openaitest.Options{}))
	if n := len(p.language.Options()); n != len(messageLanguages) {
		t.Errorf("a model is offered with %d languages", n)
	}
	p.language.SetSelectedIndex(len(messageLanguages) - 1)
	chinese := p.language.Selected()
	p.writer.SetSelectedIndex(0)
	w.Settle()
	if got := p.language.Selected(); got != "English" {
		t.Errorf("the built-in writer is to write %s", got)
	}
	p.writer.SetSelectedIndex(1)
	w.Settle()
	if got := p.language.Selected(); got != chinese {
		t.Errorf("the model is to write %s", got)
	}
}
