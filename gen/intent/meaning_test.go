package intent

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"testing"
)

func meaning(t *testing.T, list []string) *Meaning {
	t.Helper()
	m, err := NewMeaning(list)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMoreLikeThis(t *testing.T) {
	examples := part(t)
	m := meaning(t, texts(examples))
	same, all := 0, 0
	for i := range examples {
		near := m.More(i, 3)
		if len(near) != 3 || near[0].Likeness < near[2].Likeness {
			t.Fatalf("neighbours of %d: %v", i, near)
		}
		for _, l := range near {
			if l.Index == i {
				t.Fatalf("message %d is its own neighbour", i)
			}
			all++
			if examples[l.Index].Category == examples[i].Category {
				same++
			}
		}
	}
	if share := ratio(same, all); share < 0.8 {
		t.Errorf("%.0f %% of the neighbours are of the same category", 100*share)
	}
	if near := m.MoreLike("will it rain or be sunny tomorrow?", 1); examples[near[0].Index].Category != "weather" {
		t.Errorf("nearest: %q", examples[near[0].Index].Text)
	}
	if near := m.More(0, 10_000); len(near) != len(examples)-1 {
		t.Errorf("%d neighbours of %d messages", len(near), len(examples))
	}
}

func TestParaphrases(t *testing.T) {
	m := meaning(t, []string{
		"how do I ask my manager for a raise",
		"what is the weather like in Oslo",
		"how can I ask my manager for a raise",
		"zzqx vvkw",
		"zzqx vvkw",
		"I love cooking for my family",
	})
	found, err := m.Paraphrases(t.Context(), AsParaphrase)
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != 1 || found[0].Index != 2 || found[0].Of != 0 {
		t.Errorf("found %+v", found)
	}
}

func TestParaphrasesAmongMany(t *testing.T) {
	// More than are compared pair by pair; each third message is said twice.
	base := texts(part(t))
	var list []string
	for round := range 8 {
		for i, text := range base {
			list = append(list, text+" "+base[(i*7+round*13)%len(base)])
		}
	}
	n := len(list)
	for i := 0; i < n; i += 3 {
		list = append(list, list[i])
	}
	found, err := meaning(t, list).Paraphrases(t.Context(), 0.999)
	if err != nil {
		t.Fatal(err)
	}
	again := 0
	for _, p := range found {
		if p.Index >= n && p.Of < p.Index {
			again++
		}
	}
	if again != (n+2)/3 {
		t.Errorf("%d of %d copies were found", again, (n+2)/3)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := meaning(t, list).Paraphrases(stopped, 0.9); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestSpread(t *testing.T) {
	examples := part(t)
	var list []string
	for i := range 300 {
		list = append(list, "set a timer for "+strconv.Itoa(i)+" minutes")
	}
	odd := []int{}
	for i := range examples[:12] {
		odd = append(odd, len(list))
		list = append(list, examples[i].Text)
	}
	picked, err := meaning(t, list).Spread(t.Context(), 13)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(picked)
	if len(slices.Compact(picked)) != 13 {
		t.Fatalf("picked twice: %v", picked)
	}
	missed := 0
	for _, i := range odd {
		if !slices.Contains(picked, i) {
			missed++
		}
	}
	if missed > 1 {
		t.Errorf("%d of 12 messages that stand out were not picked: %v", missed, picked)
	}
	if all, err := meaning(t, list[:5]).Spread(t.Context(), 100); err != nil || len(all) != 5 {
		t.Errorf("all of 5: %v, %v", all, err)
	}
}

func TestMeaningOfNothing(t *testing.T) {
	m := meaning(t, nil)
	if near := m.MoreLike("hello", 3); len(near) != 0 {
		t.Errorf("neighbours in nothing: %v", near)
	}
	if picked, err := m.Spread(t.Context(), 3); err != nil || len(picked) != 0 {
		t.Errorf("spread of nothing: %v, %v", picked, err)
	}
	if found, err := m.Paraphrases(t.Context(), 0.9); err != nil || len(found) != 0 {
		t.Errorf("paraphrases in nothing: %v, %v", found, err)
	}
}
