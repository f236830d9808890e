package phrases

import (
	"io/fs"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"seedbed/assets"
)

// mess types as people do: it takes a neat text and gives what a hurried, careless
// or dictating person would have sent.
type mess struct {
	beside        map[rune][]rune // the keys around a key
	abbreviations []abbreviation
	contractions  []abbreviation // and what they are written out
	droppable     [][2]string    // how a sentence begins, and how a fragment of it does
	stretched     map[string]bool
	emoji         []string
}

type abbreviation struct {
	long  *regexp.Regexp
	short string
}

// readMess reads how the people of a language mistype and abbreviate.
func readMess(folder fs.FS) (*mess, error) {
	sections, err := assets.ReadSections(folder, "mess.txt")
	if err != nil {
		return nil, err
	}
	m := &mess{
		beside:    neighbours(sections.Named("keyboard")),
		stretched: map[string]bool{},
		emoji:     sections.Named("emoji"),
	}
	m.abbreviations, m.contractions = abbreviationsOf(sections.Named("abbreviations")), abbreviationsOf(sections.Named("written out"))
	for _, line := range sections.Named("openings that may go") {
		long, short, _ := strings.Cut(line, "=")
		m.droppable = append(m.droppable, [2]string{strings.TrimSpace(long) + " ", strings.TrimLeft(strings.TrimSpace(short)+" ", " ")})
	}
	for _, word := range sections.Named("stretched") {
		m.stretched[word] = true
	}
	return m, nil
}

func abbreviationsOf(lines []string) []abbreviation {
	list := make([]abbreviation, len(lines))
	for i, line := range lines {
		long, short, _ := strings.Cut(line, " = ")
		list[i] = abbreviation{regexp.MustCompile(`(?i)\b` + regexp.QuoteMeta(long) + `\b`), short}
	}
	return list
}

// neighbours are the keys within one key's distance on a keyboard given row by row,
// each row half a key further to the right.
func neighbours(rows []string) map[rune][]rune {
	type key struct {
		letter rune
		x, y   float64
	}
	var keys []key
	for y, row := range rows {
		for x, letter := range []rune(row) {
			keys = append(keys, key{letter, float64(x) + 0.5*float64(y), float64(y)})
		}
	}
	beside := map[rune][]rune{}
	for _, a := range keys {
		for _, b := range keys {
			if dx, dy := a.x-b.x, a.y-b.y; a != b && dx*dx+dy*dy < 1.5 {
				beside[a.letter] = append(beside[a.letter], b.letter)
			}
		}
	}
	return beside
}

// way is one way to type, and how often of a hundred times.
type way struct {
	share int
	typed func(m *mess, text string, rng *rand.Rand) string
}

// light is for messages that were written with their own mess.
var light = []way{
	{92, asItStands}, {2, lowerCase}, {2, mistyped}, {2, noApostrophes}, {1, noFullStop}, {1, abbreviated},
}

// free is for messages that were written neatly.
var free = []way{
	{25, asItStands},
	{12, noFullStop},
	{26, lowerCase},
	{8, mistyped},
	{5, chain(lowerCase, mistyped)},
	{6, noApostrophes},
	{5, chain(abbreviated, lowerCase, noApostrophes)},
	{3, chain(fragment, lowerCase)},
	{3, fragment},
	{2, dictated},
	{2, withEmoji},
	{1, stretch},
	{1, shouted},
	{1, chain(abbreviated, mistyped)},
}

// search is for questions: few slips, so that the thing they name stays readable.
var search = []way{
	{40, asItStands},
	{34, lowerCase},
	{8, noQuestionMark},
	{7, chain(lowerCase, noQuestionMark)},
	{4, mistyped},
	{3, noApostrophes},
	{3, abbreviated},
	{1, dictated},
}

func (m *mess) lightly(text string, rng *rand.Rand) string { return m.typed(light, text, rng) }
func (m *mess) freely(text string, rng *rand.Rand) string  { return m.typed(free, text, rng) }

// asking types a question so that the terms it asks for stay as they are: people copy
// what they don't know. An acronym that would be a common word in small letters keeps
// its capitals.
func (m *mess) asking(text string, terms []string, rng *rand.Rand) string {
	const tries = 4
	neat := strings.ToLower(text)
	terms = slices.DeleteFunc(slices.Clone(terms), func(term string) bool { return !strings.Contains(neat, strings.ToLower(term)) })
	for range tries {
		typed := m.typed(search, text, rng)
		lower, kept := strings.ToLower(typed), true
		for _, term := range terms {
			kept = kept && strings.Contains(lower, strings.ToLower(term)) && (!wordInCapitals[term] || strings.Contains(typed, term))
		}
		if kept {
			return typed
		}
	}
	return text
}

var wordInCapitals = map[string]bool{"IT": true, "US": true, "WHO": true, "OR": true, "AM": true, "IS": true, "AN": true, "IN": true, "IF": true, "AS": true, "IM": true, "DER": true}

// typed types a text in one of the ways. What would leave nothing changes nothing.
func (m *mess) typed(ways []way, text string, rng *rand.Rand) string {
	at := rng.IntN(100)
	for _, w := range ways {
		if at -= w.share; at < 0 {
			if typed := tidy(w.typed(m, text, rng)); typed != "" {
				return typed
			}
			break
		}
	}
	return text
}

func chain(typings ...func(*mess, string, *rand.Rand) string) func(*mess, string, *rand.Rand) string {
	return func(m *mess, text string, rng *rand.Rand) string {
		for _, typed := range typings {
			text = typed(m, text, rng)
		}
		return text
	}
}

func asItStands(_ *mess, text string, _ *rand.Rand) string { return text }

// lowerCase is a phone without its shift key; most who type so leave the full stop out.
func lowerCase(m *mess, text string, rng *rand.Rand) string {
	text = strings.ToLower(text)
	if rng.IntN(4) > 0 {
		text = noFullStop(m, text, rng)
	}
	return text
}

func noFullStop(_ *mess, text string, _ *rand.Rand) string {
	return strings.TrimRight(text, ". ")
}

func noQuestionMark(_ *mess, text string, _ *rand.Rand) string {
	return strings.TrimRight(text, "? ")
}

func noApostrophes(m *mess, text string, rng *rand.Rand) string {
	return noFullStop(m, strings.NewReplacer("'", "", "’", "").Replace(text), rng)
}

func shouted(_ *mess, text string, _ *rand.Rand) string { return strings.ToUpper(text) }

// dictated is what speech recognition makes of a text: no punctuation, no capitals.
func dictated(_ *mess, text string, _ *rand.Rand) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		switch {
		case r == '\'' || r == '’' || r == '-':
			return r
		case unicode.IsPunct(r):
			return -1
		}
		return r
	}, text))
}

// abbreviated is chat: at most two abbreviations, as few use all they know.
func abbreviated(m *mess, text string, rng *rand.Rand) string {
	for done, i := 0, 0; i < len(m.abbreviations) && done < 2; i++ {
		a := m.abbreviations[i]
		if a.long.MatchString(text) && rng.IntN(3) > 0 {
			text = a.long.ReplaceAllString(text, a.short)
			done++
		}
	}
	return text
}

// fragment drops the beginning that goes without saying: "I'm a nurse" is "nurse".
func fragment(m *mess, text string, _ *rand.Rand) string {
	for _, opening := range m.droppable {
		rest, opens := strings.CutPrefix(text, opening[0])
		if opens && strings.Contains(strings.TrimSpace(rest), " ") {
			return opening[1] + rest
		}
	}
	return text
}

// withEmoji puts one at the end, in place of a full stop.
func withEmoji(m *mess, text string, rng *rand.Rand) string {
	if len(m.emoji) == 0 {
		return text
	}
	return noFullStop(m, text, rng) + " " + m.emoji[rng.IntN(len(m.emoji))]
}

// stretch draws out a word that people draw out: "soooo".
func stretch(m *mess, text string, rng *rand.Rand) string {
	words := strings.Fields(text)
	for i, word := range words {
		if m.stretched[strings.ToLower(word)] {
			last, size := utf8.DecodeLastRuneInString(word)
			words[i] = word[:len(word)-size] + strings.Repeat(string(last), 3+rng.IntN(4))
			break
		}
	}
	return strings.Join(words, " ")
}

// mistyped makes one slip of the fingers, in a long text two: a key beside the right
// one, a letter left out, doubled or swapped with the next, or a missing space. First
// letters stay, as people look when they begin a word.
func mistyped(m *mess, text string, rng *rand.Rand) string {
	slips := 1 + rng.IntN(1+utf8.RuneCountInString(text)/100)
	for range slips {
		text = m.slip(text, rng)
	}
	return text
}

func (m *mess) slip(text string, rng *rand.Rand) string {
	letters := []rune(text)
	var inside []int // letters between two letters of a word
	for i := 1; i < len(letters)-1; i++ {
		if unicode.IsLetter(letters[i-1]) && unicode.IsLetter(letters[i]) && unicode.IsLetter(letters[i+1]) {
			inside = append(inside, i)
		}
	}
	if len(inside) == 0 {
		return text
	}
	i := inside[rng.IntN(len(inside))]
	switch rng.IntN(6) {
	case 0, 1: // swapped
		letters[i], letters[i+1] = letters[i+1], letters[i]
	case 2, 3: // left out
		letters = append(letters[:i], letters[i+1:]...)
	case 4: // doubled
		letters = append(letters[:i+1], letters[i:]...)
	default: // the key beside it
		if keys := m.beside[unicode.ToLower(letters[i])]; len(keys) > 0 {
			letters[i] = keys[rng.IntN(len(keys))]
		}
	}
	return string(letters)
}
