package intent

import (
	"encoding/csv"
	"os"
	"testing"
)

// readExamples reads a CSV of message and category; every example is ungrouped.
func readExamples(tb testing.TB, path string) []Example {
	tb.Helper()
	file, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		tb.Fatal(err)
	}
	var examples []Example
	for _, line := range lines[1:] {
		examples = append(examples, Example{Text: line[0], Category: line[1], Group: -1})
	}
	return examples
}

// part is the shipped part of CLINC150: 720 messages, 12 categories, shuffled.
func part(tb testing.TB) []Example {
	tb.Helper()
	return readExamples(tb, "testdata/clinc150_part.csv")
}

func mustTrain(tb testing.TB, examples []Example, options Options) *Model {
	tb.Helper()
	m, err := Train(tb.Context(), examples, options)
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

func texts(examples []Example) []string {
	list := make([]string, len(examples))
	for i, e := range examples {
		list[i] = e.Text
	}
	return list
}
