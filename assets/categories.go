// Package assets holds what ships inside the program: categories, prompts, phrases,
// word vectors, prices, icon and translations. One file a kind of asset.
package assets

import (
	"embed"
	"encoding/json"
	"fmt"
)

//go:embed categories
var categories embed.FS

// Category is one of the categories that a new dataset starts with.
type Category struct {
	Name     string   `json:"name"`
	Kind     string   `json:"kind"` // rag, context, chitchat or custom
	Is       string   `json:"is"`
	IsNot    string   `json:"is_not"`
	Examples []string `json:"examples"`
	Colour   string   `json:"colour"` // #rrggbb
	Key      string   `json:"key"`    // the key that gives this label
	Count    int      `json:"count"`  // messages in the default plan
}

// Categories returns the shipped categories in the given language (a code such as
// "en"), or in English where that language has none.
func Categories(language string) []Category {
	data, err := categories.ReadFile("categories/" + language + ".json")
	if err != nil {
		data, err = categories.ReadFile("categories/en.json")
	}
	var list []Category
	if err == nil {
		err = json.Unmarshal(data, &list)
	}
	if err != nil {
		// The file is part of the program, so this is a broken build, not bad input.
		panic(fmt.Errorf("the shipped categories: %w", err))
	}
	return list
}
