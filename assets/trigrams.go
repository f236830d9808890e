package assets

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed trigrams/languages.txt
var trigramTable string

// Trigrams are the most frequent trigrams of a language, in one of its scripts. A space stands
// for the start or the end of a word. assets/trigrams/NOTICE.txt says where they come from.
type Trigrams struct {
	Language string // its code, such as "en"
	List     []string
}

// TrigramTables are the tables of all languages; one that is written in several scripts has
// several.
var TrigramTables = sync.OnceValue(func() []Trigrams {
	var tables []Trigrams
	for line := range strings.Lines(trigramTable) {
		language, list, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		tables = append(tables, Trigrams{language, strings.Split(list, "|")})
	}
	return tables
})
