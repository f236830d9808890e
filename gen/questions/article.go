package questions

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// articled puts an article before a term: the one with which the passage defines it or
// uses it, or the one that a countable noun needs. What a heading names is put in the
// plural, or is nil where it can't be told how it is named within a sentence.
func (f *finder) articled(bare []word, determiner string) []word {
	low, head := lowerJoin(bare), headOf(bare)
	a := strings.Count(f.text, " a "+low+" ") + strings.Count(f.text, " an "+low+" ")
	the := strings.Count(f.text, " the "+low+" ")
	indefinite := append(plain(articleFor(bare[0].text)), bare...)
	definite := append(plain("the"), bare...)
	name := f.c.name(head) || isAcronym(head.text) || head.is("NNP")
	switch {
	case plural(head) || determiner == "" || name && strings.HasSuffix(head.text, "s") && !isAcronym(head.text): // "HR Links"
		return bare
	case determiner == "a" || determiner == "an":
		return indefinite
	case determiner == "the":
		return definite
	case determiner == "topic" && !f.telegraphic() && f.unarticled(low) > a+the:
		return bare
	case determiner == "topic" && (the == 0 || a >= the) && !name && !f.e.mass(head.low) && head == bare[len(bare)-1] && !slices.ContainsFunc(bare, func(w word) bool { return capitalised(w.text) && !isAcronym(w.text) }):
		if a+the == 0 && !strings.Contains(f.text, " "+pluralOf(head.low)) {
			return nil // whether it can be counted isn't known
		}
		return append(slices.Clone(bare[:len(bare)-1]), word{text: pluralOf(head.text), low: pluralOf(head.low), tag: "NNS"})
	case a > 0 && a >= the && determiner != "topic":
		return indefinite
	case the > 0:
		return definite
	case f.e.mass(head.low):
		return bare
	case name && len(bare) > 1 && f.e.rank(head.low) < commonName:
		return definite
	case name:
		return bare
	case determiner == "topic":
		return definite
	}
	return indefinite
}

// determiners are those without which a countable noun doesn't stand, except in a name.
var determiners = strings.Fields("a an the my your our their his her its this that each every any no another")

// unarticled counts how often the passage uses a term without a determiner, as it does
// with techniques and substances: "with breadth-first search".
func (f *finder) unarticled(low string) int {
	n := strings.Count(f.text, " "+low+" ")
	for _, determiner := range determiners {
		n -= strings.Count(f.text, " "+determiner+" "+low+" ")
	}
	return n
}

// telegraphic reports whether the passage leaves out its articles, as notes do.
func (f *finder) telegraphic() bool {
	articles := strings.Count(f.text, " the ") + strings.Count(f.text, " a ") + strings.Count(f.text, " an ")
	return articlesPer*articles < strings.Count(f.text, " ")
}

// articlesPer is the number of words of which at least one is an article in whole
// sentences; in English about one in twelve is.
const articlesPer = 40

func massEnding(low string) bool {
	for _, ending := range []string{"ing", "ness", "ity", "ism", "ware", "ance", "ence", "tion", "sion"} {
		if strings.HasSuffix(low, ending) {
			return true
		}
	}
	return false
}

func articleFor(word string) string {
	vowels := "aeio"
	if isAcronym(word) && len(word) < 5 { // longer ones are read as words
		vowels = "aefhilmnorsx"
	}
	r, _ := utf8.DecodeRuneInString(strings.ToLower(word))
	low := strings.ToLower(word)
	if strings.HasPrefix(low, "hour") || strings.HasPrefix(low, "honest") || strings.HasPrefix(low, "un") && !strings.HasPrefix(low, "uni") && !isAcronym(word) || strings.ContainsRune(vowels, r) && !strings.HasPrefix(low, "one") && !strings.HasPrefix(low, "eu") {
		return "an"
	}
	return "a"
}
