package assets

import (
	"embed"
	"io/fs"
)

//go:embed prompts
var prompts embed.FS

// Prompts returns the folder of the prompts for a model in the given language,
// or the English one where that language has none: write.tmpl (templates
// "version", "system" and "user"), label.tmpl, and the lists a batch draws from, one
// entry a line: registers.txt, lengths.txt, messes.txt, habits.txt, and personas.txt and
// situations.txt where a category's starter has none of its own.
func Prompts(language string) fs.FS {
	if _, err := fs.Stat(prompts, "prompts/"+language+"/write.tmpl"); err != nil {
		language = "en"
	}
	folder, err := fs.Sub(prompts, "prompts/"+language)
	if err != nil {
		return prompts // only for an invalid path, and Stat above has ruled that out
	}
	return folder
}
