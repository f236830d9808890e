package phrases

import (
	"io/fs"
	"path"
	"strings"

	"seedbed/assets"
)

// Languages are the languages, as codes, in which messages can be written for a bank such
// as "coaching/social". A category without a bank ("", or one that doesn't ship) is written
// from its examples, in any language that there are general words for.
func Languages(bank string) []string {
	general := assets.PhraseLanguages()
	starter, category, _ := strings.Cut(bank, "/")
	folder, err := assets.Starter(starter)
	if err != nil {
		return general
	}
	var known []string
	for _, language := range general {
		if _, err := fs.Stat(folder, path.Join(language, category+".txt")); err == nil {
			known = append(known, language)
		}
	}
	if len(known) == 0 {
		return general
	}
	return known
}
