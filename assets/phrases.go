package assets

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
)

//go:embed phrases
var phrases embed.FS

// Phrases returns the folder of what the built-in writer writes with in the given
// language (a code such as "en"), laid out as phrases/README.md describes. A language
// without one is an error that wraps [fs.ErrNotExist].
func Phrases(language string) (fs.FS, error) {
	folder, err := fs.Sub(phrases, "phrases/"+language)
	if err == nil {
		_, err = fs.Stat(folder, ".")
	}
	if err != nil {
		return nil, fmt.Errorf("the program ships no phrases in the language %q: %w", language, err)
	}
	return folder, nil
}

// PhraseLanguages are the languages, as codes, that the built-in writer has general words
// and ways of typing for.
func PhraseLanguages() []string {
	files, err := fs.Glob(phrases, "phrases/*/mess.txt")
	if err != nil {
		panic(err) // the pattern is fixed
	}
	for i, file := range files {
		files[i] = path.Base(path.Dir(file))
	}
	return files
}
