// Package assets holds what ships inside the program: starters, prompts, phrases, word
// vectors, prices, icon and translations. One file a kind of asset.
package assets

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
)

//go:embed starters
var starters embed.FS

// DefaultStarter is the starter of a dataset for which none was chosen.
const DefaultStarter = "coaching"

// StarterNames are the names of the shipped starters, the default one first.
func StarterNames() []string {
	folders, err := fs.ReadDir(starters, "starters")
	if err != nil {
		panic(fmt.Errorf("the shipped starters: %w", err)) // a broken build, not bad input
	}
	names := []string{DefaultStarter}
	for _, folder := range folders {
		if folder.IsDir() && !slices.Contains(names, folder.Name()) {
			names = append(names, folder.Name())
		}
	}
	return names
}

// Starter returns the folder of a shipped starter, laid out as starters/README.md
// describes. A name without one is an error that wraps [fs.ErrNotExist].
func Starter(name string) (fs.FS, error) {
	folder, err := fs.Sub(starters, "starters/"+name)
	if err == nil {
		_, err = fs.Stat(folder, "starter.json")
	}
	if err != nil {
		return nil, fmt.Errorf("the program ships no starter %q: %w", name, err)
	}
	return folder, nil
}
