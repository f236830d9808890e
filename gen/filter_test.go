package gen

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"seedbed/gen/direction"
	"seedbed/gen/plausible"
	"seedbed/localdb"
	"seedbed/localdb/neardup"
)

func testFilter() (*filter, Batch) {
	f := &filter{
		categories: []string{"rag_query", "social", "emotional"},
		existing:   map[string]existing{},
		discarded:  map[string]bool{},
		near:       neardup.NewIndex(),
		worn:       direction.NewWorn(),
		answers:    answers{judge: plausible.NewJudge("en")},
	}
	f.add(localdb.Message{ID: 1, Text: "My manager is my biggest advocate", Category: "social"})
	f.add(localdb.Message{ID: 2, Text: "honestly dreading the performance review on friday", Category: "emotional"})
	return f, Batch{
		Category:   localdb.Category{Name: "social"},
		Count:      10,
		PromptSpec: PromptSpec{Examples: []string{"our slack channel for junior devs has been a lifesaver tbh"}},
		Passages:   []localdb.Passage{{ID: 9, Text: "How do I answer when they ask me about my salary expectations? Always let the other side name the first number in a negotiation."}},
	}
}

// Run with -race: writers ask what is known while an answer is being stored.
func TestKnownMayBeAskedWhileMessagesAreAdded(t *testing.T) {
	t.Parallel()
	f, b := testFilter()
	var writers sync.WaitGroup
	for range 4 {
		writers.Go(func() {
			for i := range 200 {
				f.known(fmt.Sprint("text ", i))
			}
		})
	}
	for i := range 200 {
		f.add(localdb.Message{ID: int64(i + 10), Text: fmt.Sprint("text ", i)})
		f.split(b, Draft{Items: []Item{{Text: ""}, {Text: fmt.Sprint("[your name] ", i)}}})
	}
	writers.Wait()
	if !f.known("TEXT 7") || !f.known("[your name] 7") || f.known("text 1000") {
		t.Error("what was added or discarded is not known")
	}
}

func TestFilterDiscards(t *testing.T) {
	tests := map[string][]string{
		Empty:       {"", "  \n"},
		TooLong:     {strings.Repeat("long ", 300)},
		ExactCopy:   {"my manager is my biggest advocate", "My  manager is my biggest advocate "},
		NearCopy:    {"My manager is my biggest advocate!!", "so my manager is my biggest advocate"},
		Echo:        {"Here are 10 messages:", "Sure! Here are ten short messages for you", "Category: social", "Count: 10", "Our slack channel for junior devs has been a lifesaver", "Write as if a real person had typed it on a phone"},
		Refusal:     {"I'm sorry, but I can't help with that request.", "I’m sorry, but I cannot assist with that.", "As an AI language model, I cannot write this.", "I can't generate messages of this kind"},
		Placeholder: {"My boss [name] never listens", "I work at [Company Name] with friends", "{your company} has nice people", "the team at <insert company>"},
		OtherCategory: {
			"[emotional] I could cry", "rag_query: what is a mentor",
			"honestly dreading the performance review on Friday", // stands as emotional
		},
		FromPassage: {"always let the other side name the first number in a negotiation"},
	}
	for reason, texts := range tests {
		for _, text := range texts {
			f, b := testFilter()
			keep, aside := f.split(b, Draft{Items: []Item{{Text: text}}, Prompt: "Rules: write as if a real person had typed it on a phone."})
			if len(keep) != 0 || len(aside) != 1 || aside[0].Reason != reason {
				t.Errorf("%q: kept %v, set aside %v; want it set aside as %s", text, keep, aside, reason)
			}
		}
	}
}

// Messages that look a little like what is refused.
func TestFilterKeeps(t *testing.T) {
	for _, text := range []string{
		"I'm sorry but I can't do this job with him any more",
		"I am afraid to write to my old boss",
		"I can't help my sister with her cv every week",
		"as an ai fan I talk to my colleagues about it all day",
		"here are my two best friends from work, they left last week",
		"sure, my team is fine",
		"social: that's what everybody calls me at work",
		"what does <title> do, my colleague asked",
		"my manager [a former nurse] gets it",
		"thx!!", "...", "😂😂", "ok",
		"How do I answer when they ask me about my salary expectations?", // the passage's own heading
		"emotional support from my brother got me through",
		"message my mentor: done",
	} {
		f, b := testFilter()
		keep, aside := f.split(b, Draft{Items: []Item{{Text: text}}, Prompt: "Rules: write as if a real person had typed it on a phone."})
		if len(keep) != 1 {
			t.Errorf("%q was set aside: %v", text, aside)
		}
	}
}

func TestFilterWithinADraft(t *testing.T) {
	f, b := testFilter()
	b.Count = 2
	keep, aside := f.split(b, Draft{Items: []Item{
		{Text: "social: my neighbour got me the job"},
		{Text: "My neighbour got me the job"},
		{Text: "my neighbour got me the job!!"},
		{Text: "nobody here talks to the new ones"},
		{Text: "union meetings are where I met my best friends"},
	}})
	if len(keep) != 2 || keep[0].Text != "my neighbour got me the job" || keep[1].Text != "nobody here talks to the new ones" {
		t.Errorf("kept %v", keep)
	}
	var reasons []string
	for _, a := range aside {
		reasons = append(reasons, a.Reason)
		if !f.known(a.Text) {
			t.Errorf("%q is not known after it was set aside", a.Text)
		}
	}
	if got, want := strings.Join(reasons, ", "), ExactCopy+", "+NearCopy+", "+Surplus; got != want {
		t.Errorf("set aside for %s, want %s", got, want)
	}
}

func TestCopyNamesItsOriginal(t *testing.T) {
	f, b := testFilter()
	_, aside := f.split(b, Draft{Items: []Item{{Text: "my manager is my biggest advocate!"}}})
	if len(aside) != 1 || aside[0].CopyOf != 1 {
		t.Errorf("%+v", aside)
	}
}
