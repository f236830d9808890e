package phrases

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"strings"

	"seedbed/assets"
	"seedbed/gen/questions"
)

// asker words questions about facts.
type asker map[string]map[string][]pattern // by language and kind of fact

// readAsker reads the forms of questions in every language that questions are asked in.
func readAsker() (asker, error) {
	a := asker{}
	for _, language := range questions.Languages {
		folder, err := assets.Phrases(language)
		if err != nil {
			return nil, err
		}
		if a[language], err = readForms(folder); err != nil {
			return nil, err
		}
	}
	return a, nil
}

func readForms(folder fs.FS) (map[string][]pattern, error) {
	sections, err := assets.ReadSections(folder, "questions.txt")
	if err != nil {
		return nil, err
	}
	forms := map[string][]pattern{}
	for _, s := range sections {
		for _, line := range s.Lines {
			p, err := parsePattern(line, func(string) bool { return true })
			if err != nil {
				return nil, fmt.Errorf("the shipped questions of the kind %q: %w", s.Name, err)
			}
			forms[s.Name] = append(forms[s.Name], p)
		}
	}
	return forms, nil
}

// How often one fact and one passage are asked about at most.
const (
	askedOfFact    = 3
	askedOfPassage = 6
)

// about asks about the facts of a passage, one after the other and again in another form.
func (a asker) about(facts []questions.Fact, m *mess, rng *rand.Rand) source {
	queue := make([]questions.Fact, 0, askedOfFact*len(facts))
	for range askedOfFact {
		queue = append(queue, facts...)
	}
	forms := map[string][]pattern{} // those not yet used
	given := 0
	return func() (string, bool) {
		for len(queue) > 0 && given < askedOfPassage {
			f := queue[0]
			queue = queue[1:]
			if len(forms[f.Kind]) == 0 {
				forms[f.Kind] = shuffled(a[f.Language][f.Kind], rng)
			}
			if len(forms[f.Kind]) == 0 {
				continue
			}
			fillers := slots{}
			for name, text := range f.Slots {
				fillers[name] = []string{text}
			}
			text := asQuestion(tidy(forms[f.Kind][0].fill(fillers, rng)), rng)
			forms[f.Kind] = forms[f.Kind][1:]
			given++
			return m.asking(text, f.Terms, rng), true
		}
		return "", false
	}
}

// asQuestion begins most of the neat questions with a capital letter.
func asQuestion(text string, rng *rand.Rand) string {
	if !strings.HasSuffix(text, "?") && rng.IntN(3) > 0 {
		return text
	}
	return capital(text)
}
