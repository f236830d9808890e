package phrases

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"
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

// Askings is how often one fact is asked about, each time in other words, and
// factsAsked how many facts of a passage are.
const (
	Askings    = 3
	factsAsked = 4
)

// about asks about the facts of a passage, in other words than the same passage's
// questions so many times before.
func (a asker) about(facts []questions.Fact, again int, m *mess, rng *rand.Rand) source {
	facts = facts[:min(len(facts), factsAsked)]
	forms := map[string][]pattern{} // in the order in which they are used
	for _, f := range facts {
		if forms[f.Kind] == nil {
			forms[f.Kind] = shuffled(a[f.Language][f.Kind], rng)
		}
	}
	used := map[string]int{}
	return func() (string, bool) {
		for len(facts) > 0 {
			f := facts[0]
			facts = facts[1:]
			fillers := slots{}
			for name, text := range f.Slots {
				fillers[name] = []string{text}
			}
			fitting := slices.DeleteFunc(slices.Clone(forms[f.Kind]), func(p pattern) bool { return !p.filledBy(fillers) })
			at := used[f.Kind] + again
			used[f.Kind]++
			if at >= len(fitting) {
				continue
			}
			text := asQuestion(tidy(fitting[at].fill(fillers, rng)), rng)
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
