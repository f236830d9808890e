package plausible

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"seedbed/assets"
)

// How much a text is like a language is which share of its trigrams are among the 300 most
// frequent ones of that language (Cavnar and Trenkle, 1994). On ten short messages together it
// is 0.25 to 0.5 for their own language and below 0.08 for random letters. Characters of Chinese,
// Japanese and Korean count by themselves: more than half of a text's are among the most frequent.
const (
	// likeNothing is the likeness to every language below which texts together are random letters.
	// For a single text, whose few trigrams scatter, it is less.
	likeNothing     = 0.15
	likeNothingSome = 0.12 // of the doubtful ones, which are less like a language than all are
	likeNothingOne  = 0.10
	certainlyNone   = 0.06
	enoughUnits     = 60 // to judge texts together
	enoughUnitsOne  = 15
	enoughCertain   = 25
	enoughOtherwise = 150 // to tell languages from each other
	// A text is doubtful where it is less than that like a language, or by fewer trigrams.
	doubtfulLike   = 0.2
	doubtfulCommon = 4
	// Texts are in another language where they are that like it, and the language that was asked
	// for is less than so much as like them. Spanish is 0.82 as like Portuguese as itself.
	clearlyLike   = 0.28
	lessThanOther = 0.85
	// The same where those texts are in none of the widespread languages.
	muchLessThanOther = 0.5
)

// widespread are the languages that models fall into, and that are written beside others.
var widespread = []string{"en", "zh", "es", "fr", "de", "pt", "it", "ru", "nl", "pl", "ja", "ko", "tr", "ar", "id", "vi"}

// baseOf is a language's code without its country and script.
func baseOf(code string) string {
	if strings.EqualFold(code, "no") {
		return "nb"
	}
	if tag, err := language.Parse(code); err == nil {
		base, _ := tag.Base()
		return base.String()
	}
	return strings.ToLower(code)
}

const latin = "Latn"

// script is the script that a language is usually written in, as four letters.
func script(code string) string {
	s, _ := language.Make(code).Script()
	return s.String()
}

// tables are in which languages each trigram is frequent, by the places of their tables.
type tables struct {
	byLanguage map[string][]int
	of         map[string][]uint8
	n          int
}

var trigrams = sync.OnceValue(func() tables {
	t := tables{byLanguage: map[string][]int{}, of: map[string][]uint8{}}
	for i, table := range assets.TrigramTables() {
		t.byLanguage[table.Language] = append(t.byLanguage[table.Language], i)
		for _, trigram := range table.List {
			trigram = norm.NFC.String(trigram)
			t.of[trigram] = append(t.of[trigram], uint8(i)) // fewer than 200 tables
		}
		t.n++
	}
	return t
})

// evidence is what texts have in common with languages.
type evidence struct {
	units             int   // trigrams and characters compared
	frequent          []int // of those, the ones that are frequent in the language of each table
	han, kana, hangul int   // those that are frequent in Chinese, Japanese and Korean
}

// like is how much the texts are like a language.
func (e evidence) like(code string) float64 {
	common := 0
	switch code {
	case "zh":
		common = e.han
	case "ja":
		if e.kana > 0 {
			common = e.han + e.kana
		}
	case "ko":
		common = e.hangul
	}
	for _, table := range trigrams().byLanguage[code] {
		common = max(common, e.frequent[table])
	}
	return float64(common) / float64(max(1, e.units))
}

// add adds the evidence of other texts.
func (e *evidence) add(other evidence) {
	e.units += other.units
	e.han, e.kana, e.hangul = e.han+other.han, e.kana+other.kana, e.hangul+other.hangul
	for table, n := range other.frequent {
		e.frequent[table] += n
	}
}

// together is the evidence of several texts.
func together(list []evidence) evidence {
	all := compare("")
	for _, e := range list {
		all.add(e)
	}
	return all
}

// compare compares a text with all languages.
func compare(text string) evidence {
	t := trigrams()
	e := evidence{frequent: make([]int, t.n)}
	for _, word := range words(text) {
		if cjk(word[0]) {
			e.addCJK(word)
			continue
		}
		word = append(append([]rune{' '}, word...), ' ')
		for i := range len(word) - 2 {
			e.units++
			for _, table := range t.of[string(word[i:i+3])] {
				e.frequent[table]++
			}
		}
	}
	return e
}

// addCJK counts the characters of a run of Chinese, Japanese or Korean, each of which says as
// much as two trigrams.
func (e *evidence) addCJK(run []rune) {
	const each = 2
	for _, r := range run {
		e.units += each
		switch {
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			e.kana += each
		case strings.ContainsRune(frequentHan, r):
			e.han += each
		case strings.ContainsRune(frequentHangul, r):
			e.hangul += each
		}
	}
}

func cjk(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// unmarked are scripts without spaces between words, for which there are no trigrams.
var unmarked = []*unicode.RangeTable{unicode.Thai, unicode.Lao, unicode.Khmer}

// words are the runs of letters in a text, in lower case and without those that can't be
// compared. Runs of CJK stand alone, and of a letter that is held ("noooo") two are left.
func words(text string) [][]rune {
	var list [][]rune
	var word []rune
	end := func() {
		if len(word) > 0 {
			list, word = append(list, word), nil
		}
	}
	for _, r := range norm.NFC.String(strings.ToLower(text)) {
		switch {
		case unicode.In(r, unmarked...), !unicode.In(r, unicode.L, unicode.M):
			end()
		default:
			if len(word) > 0 && cjk(r) != cjk(word[0]) {
				end()
			}
			if n := len(word); n < 2 || word[n-1] != r || word[n-2] != r {
				word = append(word, r)
			}
		}
	}
	end()
	return list
}

// likeness is how much texts are like any language that they may be in: the one that was asked
// for and the widespread ones, or any at all where nothing is known of that.
func (j *Judge) likeness(e evidence) float64 {
	most := e.like(j.language)
	for _, code := range widespread {
		most = max(most, e.like(code))
	}
	if !j.comparable() {
		most = max(most, float64(slices.Max(e.frequent))/float64(max(1, e.units)))
	}
	return most
}

// comparable reports whether anything is known of the language that was asked for.
func (j *Judge) comparable() bool {
	return slices.Contains(widespread, j.language) || trigrams().byLanguage[j.language] != nil
}

// joint finds what only shows in several texts together, for those that are no better by
// themselves.
func (j *Judge) joint(list []evidence) func(evidence) string {
	all := together(list)
	if other := j.other(all); other != "" {
		return func(e evidence) string {
			if e.like(j.language) >= e.like(other) {
				return ""
			}
			return OtherLanguage
		}
	}
	some := together(slices.DeleteFunc(slices.Clone(list), func(e evidence) bool { return !j.doubtful(e) }))
	nothing := all.units >= enoughUnits && j.likeness(all) < likeNothing || some.units >= enoughUnits && j.likeness(some) < likeNothingSome
	return func(e evidence) string {
		if nothing && j.doubtful(e) {
			return Gibberish
		}
		return ""
	}
}

// doubtful reports whether a text by itself is hardly like the language that was asked for, or
// any where nothing is known of that.
func (j *Judge) doubtful(e evidence) bool {
	like := e.like(j.language)
	if !j.comparable() {
		like = j.likeness(e)
	}
	return like < doubtfulLike || like*float64(e.units) < doubtfulCommon
}

// other is the language of texts that are not in the one that was asked for; "" where they seem
// to be.
func (j *Judge) other(e evidence) string {
	if e.units < enoughOtherwise || !j.comparable() {
		return ""
	}
	best := ""
	for _, code := range widespread {
		if e.like(code) > e.like(best) {
			best = code
		}
	}
	share := lessThanOther
	if e.like(best) < clearlyLike && script(j.language) == latin { // other languages are also written in Latin letters
		for code := range trigrams().byLanguage {
			if script(code) != latin {
				continue
			}
			if e.like(code) > e.like(best) || e.like(code) == e.like(best) && code < best {
				best = code
			}
		}
		share = muchLessThanOther
	}
	if best == j.language || e.like(best) < clearlyLike || e.like(j.language) > share*e.like(best) {
		return ""
	}
	return best
}
