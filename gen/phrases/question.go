package phrases

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
)

// asker asks about passages.
type asker struct {
	forms map[string][]pattern // by the kind of fact
	words wordLists
}

// The slots of a question's forms, by the kind of fact.
var factSlots = map[string][]string{
	"term":          {"term", "is", "does", "it"},
	"term in title": {"term", "is", "does", "it", "title"},
	"do":            {"do"},
	"not":           {"do"},
	"doing":         {"doing"},
	"pair":          {"one", "other"},
	"claim":         {"claim"},
	"figure":        {"figure"},
	"quote":         {"quote"},
}

func readAsker(folder fs.FS) (*asker, error) {
	a := &asker{forms: map[string][]pattern{}}
	sections, err := readSections(folder, "questions.txt")
	if err != nil {
		return nil, err
	}
	for _, s := range sections {
		for _, line := range s.lines {
			p, err := parsePattern(line, func(slot string) bool { return slices.Contains(factSlots[s.name], slot) })
			if err != nil {
				return nil, fmt.Errorf("the shipped questions about a %s: %w", s.name, err)
			}
			a.forms[s.name] = append(a.forms[s.name], p)
		}
	}
	a.words, err = readWordLists(folder)
	return a, err
}

// asked is how often one fact is asked about.
const asked = 4

// questions asks about the facts of a passage, one after the other and again in
// another form.
func (a *asker) questions(about Passage, m *mess, rng *rand.Rand) source {
	facts := a.words.facts(about, rng)
	queue := make([]fact, 0, asked*len(facts))
	for range asked {
		queue = append(queue, facts...)
	}
	forms := map[string][]pattern{} // those not yet used
	return func() (string, bool) {
		for len(queue) > 0 {
			f := queue[0]
			queue = queue[1:]
			if len(forms[f.kind]) == 0 {
				forms[f.kind] = shuffled(a.forms[f.kind], rng)
			}
			if len(forms[f.kind]) == 0 {
				continue
			}
			text := forms[f.kind][0].fill(f.slots, rng)
			forms[f.kind] = forms[f.kind][1:]
			return m.asking(asQuestion(text, f.kind, rng), rng), true
		}
		return "", false
	}
}

// longQuestion is the number of words from which on a question keeps its mark:
// without it, it could read as a sentence of the passage.
const longQuestion = 9

// asQuestion begins most of the neat questions with a capital letter.
func asQuestion(text, kind string, rng *rand.Rand) string {
	if kind == "do" && !strings.HasSuffix(text, "?") && len(strings.Fields(text)) >= longQuestion {
		text += "?"
	}
	text = strings.Replace(text, `?"?`, `?"`, 1)
	if !strings.HasSuffix(text, "?") && rng.IntN(3) > 0 {
		return text
	}
	return capital(text)
}
