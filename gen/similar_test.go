package gen

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"seedbed/assets/i18n"
	"seedbed/gen/gentest"
	"seedbed/gen/starter"
	"seedbed/localdb"
)

func TestSimilar(t *testing.T) {
	ctx := context.Background()
	d, err := localdb.Create(ctx, filepath.Join(t.TempDir(), "similar.seedbed"), starter.Default().Categories)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	ids, err := d.Add(ctx, i18n.Text{}, []localdb.Message{
		{Text: "My manager praised me in front of the team"},
		{Text: "How do I cook rice?"},
		{Text: "My boss complimented my work before the whole group"},
		{Text: "The train leaves at nine"},
	})
	if err != nil {
		t.Fatal(err)
	}
	var s Similar
	found, err := s.To(ctx, d, ids[0], 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := ids[2]; len(found) < 2 || found[0] != ids[0] || found[1] != want {
		t.Errorf("like message %d are %v, want itself and then %d", ids[0], found, want)
	}
	if _, err := d.Delete(ctx, ids[2:3], nil); err != nil {
		t.Fatal(err)
	}
	if found, err = s.To(ctx, d, ids[0], 2, nil); err != nil || slices.Contains(found, ids[2]) {
		t.Errorf("after message %d is deleted: %v, %v", ids[2], found, err)
	}
	if _, err := s.To(ctx, d, ids[2], 2, nil); err == nil {
		t.Error("a deleted message is like others")
	}
}

func TestParaphrases(t *testing.T) {
	d := gentest.NewDataset(t)
	ctx := t.Context()
	var s Similar
	if of, err := s.Paraphrases(ctx, d, nil); err != nil || len(of) != 0 {
		t.Errorf("in an empty dataset: %v, %v", of, err)
	}
	ids, err := d.Add(ctx, i18n.T("Add"), []localdb.Message{
		{Text: "what is the notice period in my contract"},
		{Text: "my boss yelled at the nurse again"},
		{Text: "in my contract what is the period of notice"},
	})
	if err != nil {
		t.Fatal(err)
	}
	of, err := s.Paraphrases(ctx, d, nil)
	if err != nil || of[ids[2]].Of != ids[0] || len(of) != 1 {
		t.Errorf("paraphrases are %v, %v", of, err)
	}
	// A change is taken in.
	if err := d.SetText(ctx, ids[2], "good morning"); err != nil {
		t.Fatal(err)
	}
	if of, err := s.Paraphrases(ctx, d, nil); err != nil || len(of) != 0 {
		t.Errorf("after a change they are %v, %v", of, err)
	}
}
