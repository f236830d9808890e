// Package gentest holds what the tests of package gen and the rooms below it share.
package gentest

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"seedbed/gen/llm"
	"seedbed/gen/openai"
	"seedbed/gen/openai/openaitest"
	"seedbed/gen/scheduler"
	"seedbed/gen/starter"
	"seedbed/localdb"
)

// Price has another figure for each kind of token, so that mixing them up shows.
var Price = &llm.Price{Prompt: 0.10, Completion: 0.50}

// FasterClock is a clock that runs so many times faster than time passes.
func FasterClock(times int) scheduler.Clock {
	start := time.Now()
	return scheduler.Clock{
		Now: func() time.Time { return start.Add(time.Since(start) * time.Duration(times)) },
		After: func(d time.Duration) <-chan time.Time {
			return time.After(d / time.Duration(times))
		},
	}
}

// Client returns a client of an endpoint on this computer.
func Client(url string) *openai.Client {
	return openai.New(openai.Config{BaseURL: url, Key: openai.NewSecret("sk-test"), Model: "gpt-6-luna", Transport: openaitest.Transport()})
}

// Categories are those of the default starter.
func Categories() []localdb.Category { return starter.Default().Categories }

// NewDataset makes a dataset with the shipped categories in a folder of the test.
func NewDataset(t testing.TB) *localdb.Dataset {
	t.Helper()
	d, err := starter.Default().Create(t.Context(), filepath.Join(t.TempDir(), "test.seedbed"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// Messages are those of a dataset that a filter selects.
func Messages(t testing.TB, d *localdb.Dataset, filter localdb.Filter) []localdb.Message {
	t.Helper()
	var list []localdb.Message
	for m, err := range d.Messages(context.Background(), filter) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, m)
	}
	return list
}

// AddClearMessages adds messages to each category that any classifier can tell apart, and
// returns all messages of the dataset.
func AddClearMessages(t testing.TB, d *localdb.Dataset, perCategory int) []localdb.Message {
	t.Helper()
	vocabulary := map[string]string{
		"rag_query": "what is a notice period pension scheme statutory leave contract clause", "professional": "my shift the warehouse team lead years as a nurse welder",
		"psychological": "I am shy stubborn by nature a perfectionist value freedom", "learning": "flash cards video lessons practice exam course revision",
		"social": "my manager colleague mentor friends neighbours network", "emotional": "anxious crying furious relieved ashamed lonely",
		"aspirational": "one day dream goal hope to become own bakery", "chitchat": "hello thanks bye lol weather how are you",
	}
	random := rand.New(rand.NewPCG(3, 3))
	filler := strings.Fields("and so then today with for about maybe really again just because when still also very only now")
	var list []localdb.Message
	for _, c := range Categories() {
		words := strings.Fields(vocabulary[c.Name])
		for range perCategory {
			var text []string
			for range 5 + random.IntN(4) {
				text = append(text, words[random.IntN(len(words))], filler[random.IntN(len(filler))])
			}
			list = append(list, localdb.Message{Text: strings.Join(text, " "), Category: c.Name, Confidence: 1, LabelledBy: localdb.ByWriter})
		}
	}
	if _, err := d.Add(t.Context(), localdb.MergeTitle("messages"), list); err != nil {
		t.Fatal(err)
	}
	return Messages(t, d, localdb.Filter{})
}
