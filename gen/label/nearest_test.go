package label

import (
	"encoding/json"
	"strings"
	"testing"

	"seedbed/gen/gentest"
	"seedbed/gen/openai/openaitest"
	"seedbed/localdb"
)

// byNearestExample is a labeller that has no sense of its own: it gives each message the category
// of the example in the prompt with which it shares the most words.
func byNearestExample(system func() string) func(string, []string) (string, float64) {
	words := func(text string) map[string]bool {
		set := map[string]bool{}
		for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return (r < 'a' || r > 'z') && r != '\'' }) {
			set[w] = true
		}
		return set
	}
	return func(text string, categories []string) (string, float64) {
		best, most, category := "", -1.0, ""
		own := words(text)
		for line := range strings.Lines(system()) {
			line = strings.TrimSpace(line)
			for _, name := range categories {
				if line == name {
					category = name
				}
			}
			var example string
			quoted, ok := strings.CutPrefix(line, "Example: ")
			if !ok || json.Unmarshal([]byte(quoted), &example) != nil {
				continue
			}
			shared, other := 0.0, words(example)
			for w := range other {
				if own[w] {
					shared++
				}
			}
			if shared /= float64(len(own) + len(other)); shared > most {
				best, most = category, shared
			}
		}
		return best, 0.9
	}
}

// What this can show is that the examples are near: a labeller with a sense of its own needs them
// less.
func TestTheNearestExamplesStandInThePrompt(t *testing.T) {
	t.Parallel()
	byPeople, truth := labelledFile(t, "realstyle_dev.csv")
	texts, held := labelledFile(t, "realstyle_held.csv")
	right := map[bool]int{}
	for _, shown := range []bool{false, true} {
		d := gentest.NewDataset(t)
		if shown {
			accepted(t, d, byPeople, truth)
		}
		ids := toLabel(t, d, texts)
		var system string
		s := openaitest.New(t, openaitest.Options{
			Fault: func(asked openaitest.Asked) openaitest.Fault { system = asked.System; return openaitest.None },
			Label: byNearestExample(func() string { return system }),
		})
		l := endpointLabeller(s, gentest.Price)
		l.info.Parallel = 1 // one prompt at a time
		r := labelAll(t, d, l, Plan{})
		for _, m := range gentest.Messages(t, d, localdb.Filter{IDs: ids}) {
			if m.Category == held[m.Text] {
				right[shown]++
			}
		}
		t.Logf("examples shown %v: %d of %d right, %d prompt tokens in %d requests", shown, right[shown], len(texts), r.PromptTokens, r.Requests)
	}
	if right[true] < right[false]+len(texts)/10 {
		t.Errorf("%d right with the nearest examples, %d without", right[true], right[false])
	}
}

func TestExamplesKeepTheirBudget(t *testing.T) {
	t.Parallel()
	var categories []localdb.Category
	var known []localdb.Message
	for i := range 150 {
		name := strings.Repeat("c", 1+i%7) + string(rune('a'+i%26)) + string(rune('a'+i/26))
		categories = append(categories, localdb.Category{Name: name})
		for k := range 20 {
			known = append(known, localdb.Message{Text: name + " asks for number " + strings.Repeat("x", k) + " of the things", Category: name})
		}
	}
	n, err := newNearest(append(known, localdb.Message{Text: "of an archived one", Category: "archived"}))
	if err != nil {
		t.Fatal(err)
	}
	for _, some := range []int{2, 8, 150} {
		size, with := 0, 0
		for name, list := range n.to([]localdb.Message{known[0], {Text: "things of number"}}, categories[:some]) {
			if name == "archived" || len(list) > mostOfCategory {
				t.Errorf("%d of %s", len(list), name)
			}
			if len(list) > 0 {
				with++
			}
			for _, text := range list {
				if size += len(text); text == known[0].Text {
					t.Error("the message itself is among the examples")
				}
			}
		}
		if with != some || size > examplesAll || size > some*examplesEach {
			t.Errorf("%d of %d categories have examples, of %d bytes", with, some, size)
		}
	}
}
