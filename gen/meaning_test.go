package gen

import (
	"errors"
	"testing"

	"seedbed/localdb"
)

func TestMeanings(t *testing.T) {
	d := newDataset(t)
	ctx := t.Context()
	m := NewMeanings(d)
	if of, err := m.Paraphrases(ctx); err != nil || len(of) != 0 {
		t.Errorf("in an empty dataset: %v, %v", of, err)
	}
	ids, err := d.Add(ctx, "Add", []localdb.Message{
		{Text: "my manager shouted at the nurses again"},
		{Text: "what is the notice period in my contract"},
		{Text: "my boss yelled at the nurse again"},
		{Text: "in my contract what is the period of notice"},
		{Text: "the nurses were shouted at by my manager", Status: localdb.Rejected},
	})
	if err != nil {
		t.Fatal(err)
	}
	like, err := m.MoreLike(ctx, ids[0], 2)
	if err != nil || len(like) == 0 || like[0].ID != ids[2] || like[0].Likeness <= 0 {
		t.Errorf("like the first are %+v, %v", like, err)
	}
	if like, err := m.MoreLike(ctx, ids[4], 1); err != nil || len(like) != 1 || like[0].ID != ids[0] {
		t.Errorf("like the rejected one are %+v, %v", like, err)
	}
	of, err := m.Paraphrases(ctx)
	if err != nil || of[ids[3]].ID != ids[1] || of[ids[1]].ID != 0 {
		t.Errorf("paraphrases are %v, %v", of, err)
	}
	// A change is taken in.
	if err := d.SetText(ctx, ids[3], "good morning"); err != nil {
		t.Fatal(err)
	}
	if of, err := m.Paraphrases(ctx); err != nil || len(of) != 0 {
		t.Errorf("after a change they are %v, %v", of, err)
	}
	if _, err := m.MoreLike(ctx, 999, 1); !errors.Is(err, localdb.ErrNoMessage) {
		t.Errorf("like a message that is not there: %v", err)
	}
}
