// Rank chooses the core sets of the bank that the built-in writer begins with:
//
//	go run ./gen/phrases/rank assets/starters [NAME/LANGUAGE]
//
// It reads the banks of a starter in a language, <category>.txt, and writes ranks/<category>.txt:
// under "# 1", "# 2" and so on one core set each, the most useful message first, by its
// tag; messages at the same place of all sets stand for each other. It runs for up to a
// minute a starter, so it is run by hand when the bank has changed; messages that it has
// not seen come after those that it has.
//
// choose.go explains what makes a message useful. The bank is its own measure: nothing
// else is read.
package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"seedbed/gen/phrases"
	"seedbed/gen/starter"
	"seedbed/localdb"
)

// sets is how many core sets there are, and so how many messages stand for each other.
const sets = 3

func main() {
	log.SetFlags(0)
	if len(os.Args) < 2 || len(os.Args) > 3 {
		log.Fatal("usage: rank STARTERS [NAME/LANGUAGE], the folder assets/starters and what to rank in it, such as coaching/en; else all")
	}
	which := "*/*"
	if len(os.Args) == 3 {
		which = os.Args[2]
	}
	// A folder with banks is one of a language.
	folders, err := filepath.Glob(filepath.Join(os.Args[1], which, "patterns"))
	if err != nil {
		log.Fatal(err)
	}
	for _, folder := range folders {
		if err := rank(filepath.Dir(folder)); err != nil {
			log.Fatal(err)
		}
	}
}

func rank(folder string) error {
	s, err := starter.Named(filepath.Base(filepath.Dir(folder)))
	if err != nil {
		return err
	}
	categories := s.Categories
	b, err := readBank(folder, categories)
	if err != nil {
		return err
	}
	files := make([]bytes.Buffer, len(categories))
	groups := choose(newLearner(vectorsOf(b.texts), b.category, len(categories)), b.category, b.quota, sets)
	log.Printf("%s: %d groups of %d messages", folder, len(groups), len(b.texts)) //nolint:gosec // the folder is an argument of the person who runs it
	for set := range sets {
		for c := range files {
			fmt.Fprintf(&files[c], "# %d\n", set+1)
		}
		for _, group := range groups {
			fmt.Fprintln(&files[b.category[group[0]]], phrases.Tag(b.texts[group[set]]))
		}
	}
	for c, category := range categories {
		path := filepath.Join(folder, "ranks", category.Name+".txt")
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil { //nolint:gosec // of source files
			return fmt.Errorf("write the ranks: %w", err)
		}
		if err := os.WriteFile(path, files[c].Bytes(), 0o644); err != nil { //nolint:gosec // a source file
			return fmt.Errorf("write the ranks: %w", err)
		}
	}
	return nil
}

// bank is the messages of all categories.
type bank struct {
	texts    []string
	category []int // of each text
	quota    []int // groups wanted of each category: the default plan's messages, if there are as many
}

func readBank(folder string, categories []localdb.Category) (*bank, error) {
	b := &bank{}
	for i, category := range categories {
		data, err := os.ReadFile(filepath.Join(folder, category.Name+".txt"))
		if err != nil {
			return nil, fmt.Errorf("read the bank: %w", err)
		}
		before := len(b.texts)
		for line := range strings.Lines(string(data)) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "# ") {
				b.texts = append(b.texts, line)
				b.category = append(b.category, i)
			}
		}
		b.quota = append(b.quota, min(category.Target, (len(b.texts)-before)/sets))
	}
	return b, nil
}
