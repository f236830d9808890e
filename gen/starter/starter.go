// Package starter says what a new dataset starts with: the assistant that its messages
// are typed to, and its categories. Starters ship with the program as folders of assets,
// and lists of categories are read from files and text of any form (see [ReadFile]).
package starter

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"seedbed/assets"
	"seedbed/localdb"
)

// Starter is what a new dataset of one domain starts with.
type Starter struct {
	Name         string // of a shipped one, as in --starter; "" for another
	Title        string
	Summary      string // a line
	About        string // the assistant that the messages are typed to: "a support bot of a shop"; "" if nobody said
	Instructions string // further rules for a language model; see localdb.Domain
	Categories   []localdb.Category
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
	found, err := readJSON(data)
	if err != nil {
		return Starter{}, fmt.Errorf("the starter %s: %w", name, err)
	}
	s := found.Starter
	s.Name = name
	for i := range s.Categories {
		s.Categories[i].Bank = name + "/" + s.Categories[i].Name
	}
	return s, nil
}

// With is the starter with the categories of a list in place of its own. Those that it
// has too, by name, keep what ships for them and what the list says nothing of. What the
// list says of the assistant replaces what the starter says.
func (s Starter) With(list Starter) Starter {
	own := map[string]localdb.Category{}
	for _, c := range s.Categories {
		own[strings.ToLower(c.Name)] = c
	}
	s.Categories = slices.Clone(list.Categories)
	for i := range s.Categories {
		c := &s.Categories[i]
		shipped, ok := own[strings.ToLower(c.Name)]
		if !ok {
			continue
		}
		c.Bank, c.ShownName = cmp.Or(c.Bank, shipped.Bank), cmp.Or(c.ShownName, shipped.ShownName)
		if c.Kind == "custom" {
			c.Kind = shipped.Kind
		}
		if c.Is == "" && c.IsNot == "" {
			c.Is, c.IsNot = shipped.Is, shipped.IsNot
		}
		if len(c.Examples) == 0 {
			c.Examples = shipped.Examples
		}
	}
	if list.About != "" {
		s.About = list.About
	}
	if list.Instructions != "" {
		s.Instructions = list.Instructions
	}
	return s
}

// Domain is what a dataset that begins with the starter is about.
func (s Starter) Domain() localdb.Domain {
	return localdb.Domain{About: s.About, Instructions: s.Instructions}
}

// Create makes a dataset that begins with the starter, and opens it. Like
// [localdb.Create] it never overwrites.
func (s Starter) Create(ctx context.Context, path string) (*localdb.Dataset, error) {
	if _, err := s.Domain().Tidy(); err != nil {
		return nil, err
	}
	d, err := localdb.Create(ctx, path, s.Categories)
	if err != nil {
		return nil, err
	}
	if err := d.SetDomain(ctx, s.Domain()); err != nil {
		return nil, errors.Join(err, d.Close(), os.Remove(d.Path()))
	}
	return d, nil
}

// Of is what another dataset would start with to be like this one: what it is about and its
// categories but for archived ones. Nothing of its messages is in it.
func Of(ctx context.Context, d *localdb.Dataset) (Starter, error) {
	domain, err := d.Domain(ctx)
	if err != nil {
		return Starter{}, err
	}
	categories, err := d.Categories(ctx)
	if err != nil {
		return Starter{}, err
	}
	s := Starter{About: domain.About, Instructions: domain.Instructions}
	for _, c := range categories {
		if !c.Archived {
			c.ID, c.Position = 0, 0
			s.Categories = append(s.Categories, c)
		}
	}
	return s, nil
}
