// Package starter says what a new dataset starts with: the assistant that its messages
// are typed to, and its categories. Starters ship with the program as folders of assets.
package starter

import (
	"encoding/json"
	"fmt"
	"io/fs"

	"seedbed/assets"
	"seedbed/localdb"
)

// Starter is what a new dataset of one domain starts with.
type Starter struct {
	Name       string // as in --starter
	Title      string
	Summary    string // a line
	About      string // the assistant that the messages are typed to: "a support bot of a shop"
	Categories []localdb.Category
}

// All are the shipped starters, the default one first.
func All() []Starter {
	var all []Starter
	for _, name := range assets.StarterNames() {
		s, err := Named(name)
		if err != nil {
			panic(err) // a broken build, not bad input
		}
		all = append(all, s)
	}
	return all
}

// Default is the starter of a dataset for which none was chosen.
func Default() Starter {
	s, err := Named(assets.DefaultStarter)
	if err != nil {
		panic(err) // a broken build, not bad input
	}
	return s
}

// Named is a shipped starter. A name without one is an error that wraps [fs.ErrNotExist].
func Named(name string) (Starter, error) {
	folder, err := assets.Starter(name)
	if err != nil {
		return Starter{}, err
	}
	data, err := fs.ReadFile(folder, "starter.json")
	if err != nil {
		return Starter{}, err
	}
	var file struct {
		Title, Summary, About string
		Categories            []struct {
			Name, Kind, Is, Colour, Key string
			IsNot                       string `json:"is_not"`
			Examples                    []string
			Count                       int
			OutOfTraining               bool `json:"out_of_training"`
		}
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return Starter{}, fmt.Errorf("the starter %s: %w", name, err)
	}
	s := Starter{Name: name, Title: file.Title, Summary: file.Summary, About: file.About}
	for _, c := range file.Categories {
		s.Categories = append(s.Categories, localdb.Category{
			Name: c.Name, Kind: c.Kind, Is: c.Is, IsNot: c.IsNot, Examples: c.Examples,
			Colour: c.Colour, Key: c.Key, Target: c.Count, Training: !c.OutOfTraining, Bank: name + "/" + c.Name,
		})
	}
	return s, nil
}
