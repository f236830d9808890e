package direction

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// Worn counts how the messages of a category begin and what they are about, so that a
// prompt can say what there is enough of.
type Worn struct {
	messages map[string]int            // by category
	openings map[string]map[string]int // by category
	themes   map[string]map[string]int
}

// NewWorn counts nothing yet.
func NewWorn() *Worn {
	return &Worn{messages: map[string]int{}, openings: map[string]map[string]int{}, themes: map[string]map[string]int{}}
}

// Where so many messages have something in common, and this share of the category, it is
// worn out. A prompt names the most worn ones.
const (
	wornMessages = 4
	wornShare    = 0.05
	wornNamed    = 6
	shortestWord = 5 // letters of a word that can be a theme
)

// Add counts a message.
func (w *Worn) Add(category, text string) {
	if w.openings[category] == nil {
		w.openings[category], w.themes[category] = map[string]int{}, map[string]int{}
	}
	w.messages[category]++
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' })
	if len(words) > 2 {
		w.openings[category][words[0]+" "+words[1]]++
	}
	seen := map[string]bool{}
	for _, word := range words {
		if len([]rune(word)) >= shortestWord && !seen[word] {
			seen[word] = true
			w.themes[category][word]++
		}
	}
}

// Openings are the first words that too many messages of a category have.
func (w *Worn) Openings(category string) []string {
	return w.most(category, w.openings[category], func(string) bool { return true })
}

// Themes are the words that too many messages of a category have, but for those that say
// what the category is.
func (w *Worn) Themes(category, is string) []string {
	is = strings.ToLower(category + " " + is)
	return w.most(category, w.themes[category], func(word string) bool {
		return !strings.Contains(is, word) && w.ofCategory(category, word)
	})
}

// ofCategory reports whether a word is more common here than in the other categories: else
// it is a word of the language.
func (w *Worn) ofCategory(category, word string) bool {
	here, elsewhere, others := float64(w.themes[category][word])/float64(w.messages[category]), 0.0, 0
	for other, n := range w.messages {
		if other != category {
			elsewhere += float64(w.themes[other][word])
			others += n
		}
	}
	return others == 0 || here > 2*elsewhere/float64(others)
}

func (w *Worn) most(category string, counts map[string]int, counted func(string) bool) []string {
	least := max(wornMessages, int(wornShare*float64(w.messages[category])))
	worn := slices.DeleteFunc(slices.Collect(maps.Keys(counts)), func(what string) bool { return counts[what] < least || !counted(what) })
	slices.SortFunc(worn, func(a, b string) int { return cmp.Or(counts[b]-counts[a], strings.Compare(a, b)) })
	return worn[:min(len(worn), wornNamed)]
}
