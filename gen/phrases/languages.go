package phrases

import (
	"io/fs"
	"path"
	"strings"

	"seedbed/assets"
)

// Languages are the languages, as codes, in which messages can be written for a bank such
// as "coaching/social", and for a category without one ("") from its examples.
func Languages(name string) []string {
	var known []string
	starter, category, _ := strings.Cut(name, "/")
	folder, err := assets.Starter(starter)
	for _, language := range assets.PhraseLanguages() {
		if err == nil {
			if _, missing := fs.Stat(folder, path.Join(language, category+".txt")); missing != nil {
				continue
			}
		}
		known = append(known, language)
	}
	return known
}
