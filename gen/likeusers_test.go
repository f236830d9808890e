package gen

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"seedbed/gen/gentest"
	"seedbed/gen/profile"
	"seedbed/gen/scheduler"
	"seedbed/localdb"
)

// phoneUsers is a dataset with real messages of people who type on their phones: short, in
// lower case and without punctuation.
func phoneUsers(t *testing.T) *localdb.Dataset {
	t.Helper()
	d := gentest.NewDataset(t)
	var list []localdb.Message
	for _, start := range []string{"my boss", "the night shift", "new job", "my team", "this course", "the move abroad"} {
		for _, rest := range []string{"is hard", "wears me out", "went well", "pls help", "what now", "no idea why", "scares me a bit", "again today", "since march", "feels so good"} {
			list = append(list, localdb.Message{Text: start + " " + rest, Source: localdb.Real})
		}
	}
	if _, err := d.Add(t.Context(), localdb.MergeTitle("chat.csv"), list); err != nil {
		t.Fatal(err)
	}
	return d
}

func profiles(t *testing.T, d *localdb.Dataset) profile.Profiles {
	t.Helper()
	both, err := profile.Read(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return both
}

// likeThem is a plan of 120 messages, with the habits of a dataset's users or without.
func likeThem(t *testing.T, d *localdb.Dataset, like bool) Plan {
	t.Helper()
	p := Plan{Language: "en", Seed: 7, Counts: []Count{{"professional", 40}, {"social", 40}, {"emotional", 40}}}
	if like {
		p.Habits = new(profiles(t, d).Real.Habits)
	}
	return p
}

func TestBuiltInMessagesLikeTheUsersAreCloserToThem(t *testing.T) {
	t.Parallel()
	distance := func(like bool) float64 {
		d := phoneUsers(t)
		plan := likeThem(t, d, like)
		w, err := NewBuiltinWriter("en", plan.Seed)
		if err != nil {
			t.Fatal(err)
		}
		if r := do(t, start(t, d, plan, w), w); r.State != scheduler.Done {
			t.Fatalf("%+v", r)
		}
		both := profiles(t, d)
		away, ok := both.Distance()
		if !ok || both.Real.Messages != 60 || both.Synthetic.Messages != 120 {
			t.Fatalf("%+v", both)
		}
		return away
	}
	without, with := distance(false), distance(true)
	t.Logf("without %.3f, with %.3f", without, with)
	if with > without/2 || profile.InWords(with).String() != "close" || profile.InWords(without).String() == "close" {
		t.Errorf("without %.3f, with %.3f", without, with)
	}
}

// asked is the share of directions in which a part of what is asked for stands.
func asked(t *testing.T, d *localdb.Dataset, like bool, part string) float64 {
	t.Helper()
	r, batches, err := Job{Dataset: d, Plan: likeThem(t, d, like)}.unsent(t.Context(), localdb.Domain{})
	if err != nil {
		t.Fatal(err)
	}
	has, all := 0, 0
	for _, stored := range batches {
		b, err := r.batcher.open(stored)
		if err != nil {
			t.Fatal(err)
		}
		p, err := b.template.Fill(promptData(b))
		if err != nil {
			t.Fatal(err)
		}
		for i := range b.Directions {
			_, line, _ := strings.Cut(p.User, fmt.Sprintf("\n%d. ", i+1))
			line, _, _ = strings.Cut(line, "\n")
			all++
			if strings.Contains(line, part) {
				has++
			}
		}
	}
	return float64(has) / float64(all)
}

func TestPromptsAskForMessagesLikeTheUsers(t *testing.T) {
	t.Parallel()
	d := phoneUsers(t)
	theirs := profiles(t, d).Real
	for part, share := range map[string]float64{
		"all lower case": theirs.LowerCase, "no punctuation": theirs.NoPunctuation, "; 1 to 3 words;": theirs.Lengths[0], "; 4 to 7 words;": theirs.Lengths[1],
		"please": theirs.Politeness, "abbreviation": theirs.Abbreviations, "emoji": theirs.Emoji, "full sentences": 0,
	} {
		with, without := asked(t, d, true, part), asked(t, d, false, part)
		if math.Abs(with-share) > 0.05 {
			t.Errorf("%q in %.2f of the directions, want %.2f", part, with, share)
		}
		if math.Abs(with-share) > math.Abs(without-share) {
			t.Errorf("%q: without %.2f, with %.2f, the users %.2f", part, without, with, share)
		}
	}
}

// stoppingWriter stops the run after some batches.
type stoppingWriter struct {
	Writer
	batches int
	stop    func()
}

func (w *stoppingWriter) Write(ctx context.Context, b Batch, known func(string) bool) (Draft, error) {
	if w.batches--; w.batches == 0 {
		w.stop()
	}
	return w.Writer.Write(ctx, b, known)
}

func TestAResumedRunStaysLikeTheUsers(t *testing.T) {
	t.Parallel()
	d := phoneUsers(t)
	plan := likeThem(t, d, true)
	w, err := NewBuiltinWriter("en", plan.Seed)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	stopping := &stoppingWriter{Writer: w, batches: 3, stop: cancel}
	_, err = start(t, d, plan, stopping).Do(ctx, stopping, nil)
	if err != nil && !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	var ids []int64
	for _, m := range gentest.Messages(t, d, localdb.Filter{Sources: []localdb.Source{localdb.Real}}) {
		ids = append(ids, m.ID)
	}
	if _, err := d.SetStatus(t.Context(), ids, localdb.Rejected, nil); err != nil { // there are no users any more
		t.Fatal(err)
	}
	stored, err := UnfinishedPlan(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	want, _ := json.Marshal(plan.Habits)
	if got, _ := json.Marshal(stored.Habits); string(got) != string(want) {
		t.Errorf("it goes on with %s, not %s", got, want)
	}
	if w, err = NewBuiltinWriter("en", stored.Seed); err != nil {
		t.Fatal(err)
	}
	do(t, resume(t, d, 0), w)
	if both := profiles(t, d); both.Synthetic.LowerCase < 0.9 || both.Synthetic.Messages != 120 {
		t.Errorf("%+v", both.Synthetic)
	}
}
