package assets

import (
	"embed"
	"fmt"
	"io/fs"
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
