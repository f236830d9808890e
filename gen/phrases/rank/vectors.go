package main

import (
	"math"
	"strings"
	"unicode"
)

// vectors are texts as vectors of n-grams, and the same by n-gram.
type vectors struct {
	rows    [][]cell // of each text, by n-gram
	columns [][]cell // of each n-gram, by text
}

// cell is a value that isn't zero.
type cell struct {
	at    int
	value float64
}

// vectorsOf weighs n-grams, words with pairs of words and runs of 2 to 5 characters, by
// TF-IDF with logarithmic counts; each of the two kinds has length 1.
func vectorsOf(texts []string) *vectors {
	v := &vectors{rows: make([][]cell, len(texts))}
	for _, grams := range []func(text string, found func(gram string)){wordGrams, characterGrams} {
		first := len(v.columns)
		v.count(texts, grams)
		lengths := make([]float64, len(texts)) // squared
		for _, column := range v.columns[first:] {
			idf := 1 + math.Log(float64(1+len(texts))/float64(1+len(column)))
			for i, c := range column {
				column[i].value = (1 + math.Log(c.value)) * idf
				lengths[c.at] += column[i].value * column[i].value
			}
		}
		for at, column := range v.columns[first:] {
			for i, c := range column {
				column[i].value /= math.Sqrt(lengths[c.at])
				v.rows[c.at] = append(v.rows[c.at], cell{first + at, column[i].value})
			}
		}
	}
	return v
}

// count adds a column for each n-gram with how often the texts have it.
func (v *vectors) count(texts []string, grams func(text string, found func(gram string))) {
	column := map[string]int{}
	for i, text := range texts {
		grams(text, func(gram string) {
			at, known := column[gram]
			if !known {
				at = len(v.columns)
				column[gram] = at
				v.columns = append(v.columns, nil)
			}
			if c := v.columns[at]; len(c) > 0 && c[len(c)-1].at == i {
				c[len(c)-1].value++
				return
			}
			v.columns[at] = append(v.columns[at], cell{i, 1})
		})
	}
}

// wordGrams calls found with each word and each pair of neighbours.
func wordGrams(text string, found func(gram string)) {
	before := ""
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), betweenWords) {
		found(word)
		if before != "" {
			found(before + " " + word)
		}
		before = word
	}
}

// characterGrams calls found with each run of 2 to 5 characters within a word and the
// spaces around it.
func characterGrams(text string, found func(gram string)) {
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), betweenWords) {
		letters := []rune(" " + word + " ")
		for n := 2; n <= 5; n++ {
			for at := 0; at+n <= len(letters); at++ {
				found(string(letters[at : at+n]))
			}
		}
	}
}

func betweenWords(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' }

// toAll gives the inner products of one text with all.
func (v *vectors) toAll(text int) []float64 {
	products := make([]float64, len(v.rows))
	for _, of := range v.rows[text] {
		for _, c := range v.columns[of.at] {
			products[c.at] += of.value * c.value
		}
	}
	return products
}

// times gives the matrix of all inner products times a vector.
func (v *vectors) times(x []float64) []float64 {
	product := make([]float64, len(v.rows))
	for _, column := range v.columns {
		sum := 0.0
		for _, c := range column {
			sum += c.value * x[c.at]
		}
		for _, c := range column {
			product[c.at] += c.value * sum
		}
	}
	return product
}
