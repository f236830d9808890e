package phrases

import (
	"regexp"
	"slices"
	"strings"

	"seedbed/assets"
)

// manner is how a run's messages are written: by quotas, and with which openings, thanks
// and asides (sections of frames.txt).
type manner struct {
	Habits
	openings, thanks, asides string
	asidesShare              float64
	writtenOut               bool // no contractions
}

// usual are the habits of somebody about whom a style says nothing: about what [free]
// makes of a neat message.
var usual = Habits{LowerCase: 0.35, NoEndMark: 0.35, NoPunctuation: 0.03, Typos: 0.12, Abbreviations: 0.06, Emoji: 0.02, Greetings: 0.12, Politeness: 0.12}

// styleLanguages are the languages in which a style is understood, whatever the language
// of the messages.
var styleLanguages = []string{"en", "de"}

// styleWord is an expression of a style and what it stands for.
type styleWord struct{ expression, section string }

// readStyleWords reads the expressions of all languages, the longest first.
func readStyleWords() ([]styleWord, error) {
	var words []styleWord
	for _, language := range styleLanguages {
		folder, err := assets.Phrases(language)
		if err != nil {
			return nil, err
		}
		sections, err := assets.ReadSections(folder, "styles.txt")
		if err != nil {
			return nil, err
		}
		for _, s := range sections {
			for _, line := range s.Lines {
				words = append(words, styleWord{line, s.Name})
			}
		}
	}
	slices.SortStableFunc(words, func(a, b styleWord) int { return len(b.expression) - len(a.expression) })
	return words, nil
}

var styleBreaks = regexp.MustCompile(`[,;.!?/]|\b(?:and|but|und|aber)\b`)

// mannerOf is how messages are to be written by a person's habits and a style in their own
// words; nil where neither says anything.
func mannerOf(style string, habits *Habits, words []styleWord) *manner {
	m := &manner{Habits: usual, openings: "openings", thanks: "thanks"}
	if habits != nil {
		m.Habits = *habits
	}
	understood, negated := habits != nil, false
	for _, part := range styleBreaks.Split(strings.ToLower(style), -1) {
		found, negates := sectionsIn(part, words)
		if len(found) == 0 {
			continue
		}
		much := 0.4
		switch {
		case slices.Contains(found, "few"):
			much = 0.2
		case slices.Contains(found, "many"):
			much = 0.7
		}
		// "no typos or emoji": a list shares the word before it.
		negated = negates || negated && len(found) == 1 && len(strings.Fields(part)) == 1
		for _, section := range found {
			if section != "few" && section != "many" {
				m.take(section, much, negated)
				understood = true
			}
		}
	}
	if !understood {
		return nil
	}
	return m
}

// sectionsIn are the sections whose expressions a part of a style has, each once.
func sectionsIn(part string, words []styleWord) (found []string, negated bool) {
	part = " " + strings.Join(strings.Fields(part), " ") + " "
	for _, w := range words {
		if !strings.Contains(part, " "+w.expression+" ") {
			continue
		}
		part = strings.Replace(part, " "+w.expression+" ", "  ", 1)
		switch {
		case w.section == "negated by":
			negated = true
		case !slices.Contains(found, w.section):
			found = append(found, w.section)
		}
	}
	return found, negated
}

// take applies one word of a style.
func (m *manner) take(section string, much float64, negated bool) {
	share := much
	if negated {
		share = 0
	}
	switch section {
	case "short":
		m.Lengths = [5]float64{0.1, 0.65, 0.25}
		m.Greetings, m.Politeness = m.Greetings/3, m.Politeness/3
		if negated {
			m.Lengths = [5]float64{0, 0, 0.4, 0.4, 0.2}
		}
	case "long":
		m.Lengths = [5]float64{0, 0, 0.3, 0.5, 0.2}
		if negated {
			m.Lengths = [5]float64{0.15, 0.5, 0.35}
		}
	case "formal", "casual":
		m.beFormal((section == "formal") != negated)
	case "polite":
		m.Politeness, m.Greetings = 2*share, share
	case "angry":
		m.asides, m.asidesShare, m.Exclamations, m.Politeness, m.Greetings, m.Emoji = "angry", share, share, 0, 0, 0
	case "lower case":
		m.LowerCase, m.UpperCase = certain(!negated), 0
	case "capitals":
		m.LowerCase, m.UpperCase = certain(negated), certain(!negated)
	case "punctuation":
		m.NoPunctuation, m.NoEndMark = certain(negated), certain(negated)
	case "exclamation marks":
		m.Exclamations = share
	case "typos":
		m.Typos = share
	case "emoji":
		m.Emoji = share
	case "abbreviations":
		m.Abbreviations = share
	case "greetings":
		m.Greetings = 2 * share
	case "neat":
		m.beNeat(!negated)
	}
}

// beNeat leaves out all mess.
func (m *manner) beNeat(neat bool) {
	if neat {
		m.LowerCase, m.UpperCase, m.NoEndMark, m.NoPunctuation, m.Typos, m.Abbreviations = 0, 0, 0, 0, 0, 0
	}
}

// beFormal sets what goes with a formal or a casual way to write.
func (m *manner) beFormal(formal bool) {
	m.writtenOut = formal
	m.beNeat(formal)
	if formal {
		m.Emoji = 0
		m.Greetings, m.Politeness, m.openings, m.thanks = 0.45, 0.45, "formal openings", "formal thanks"
		return
	}
	m.LowerCase, m.NoEndMark, m.Abbreviations = max(m.LowerCase, 0.6), max(m.NoEndMark, 0.6), max(m.Abbreviations, 0.25)
	m.openings, m.thanks = "casual openings", "casual thanks"
}

func certain(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
