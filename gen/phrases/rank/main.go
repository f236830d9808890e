// Rank chooses the core sets of the bank that the built-in writer begins with:
//
//	go run ./gen/phrases/rank assets/starters [NAME/LANGUAGE]
//
// It reads the banks of a starter in a language, <category>.txt, and writes ranks/<category>.txt:
// under "# 1", "# 2" and so on one core set each, the most useful message first, by its
// tag. It runs for minutes, so it is run by hand when the bank has changed; messages
// that it has not seen come after those that it has.
//
// choose.go explains what makes a message useful. The bank is its own measure: nothing
// else is read.
package main

import (
	"bytes"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"seedbed/gen/phrases"
	"seedbed/gen/starter"
	"seedbed/localdb"
)

const (
	sets = 6
	// depth is how many times the default plan's messages a core set holds.
	depth = 2
	// share is how much of the bank a core set may choose from, so that the sets differ.
	share = 0.85
)

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
	for i, order := range coreSets(b) {
		log.Printf("core set %d holds %d of %d messages", i+1, len(order), len(b.texts))
		for c := range files {
			fmt.Fprintf(&files[c], "# %d\n", i+1)
		}
		for _, at := range order {
			fmt.Fprintln(&files[b.category[at]], phrases.Tag(b.texts[at]))
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
	quota    []int // messages wanted of each category
}

func readBank(folder string, categories []localdb.Category) (*bank, error) {
	b := &bank{}
	for i, category := range categories {
		data, err := os.ReadFile(filepath.Join(folder, category.Name+".txt"))
		if err != nil {
			return nil, fmt.Errorf("read the bank: %w", err)
		}
		for line := range strings.Lines(string(data)) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "# ") {
				b.texts = append(b.texts, line)
				b.category = append(b.category, i)
			}
		}
		b.quota = append(b.quota, depth*category.Target)
	}
	return b, nil
}

// coreSets chooses all sets, as many at a time as there are processors.
func coreSets(b *bank) [][]int {
	orders := make([][]int, sets)
	fresh := newLearner(vectorsOf(b.texts), b.category, len(b.quota))
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	var all sync.WaitGroup
	for i := range orders {
		all.Go(func() {
			free <- struct{}{}
			defer func() { <-free }()
			rng := rand.New(rand.NewPCG(uint64(i), 0)) // the same bank has to give the same ranks
			candidate := make([]bool, len(b.texts))
			for k := range candidate {
				candidate[k] = rng.Float64() < share
			}
			orders[i] = choose(fresh, b.category, candidate, b.quota)
		})
	}
	all.Wait()
	return orders
}
