package gen

import (
	"testing"

	"seedbed/assets/i18n"
	"seedbed/gen/gentest"
	"seedbed/localdb"
)

func TestNeighboursMeanTheSame(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	if _, err := d.Add(t.Context(), i18n.T("Add"), []localdb.Message{
		{Text: "my boss refused to raise my salary", Category: "professional", Confidence: 1},
		{Text: "the manager will not pay me more", Category: "professional", Confidence: 1, Status: localdb.Rejected},
		{Text: "my manager turned down my pay rise"}, // without a label
		{Text: "i want to learn to bake bread", Category: "learning", Confidence: 1},
		{Text: "hello there", Category: "chitchat", Confidence: 1},
	}); err != nil {
		t.Fatal(err)
	}
	n, err := NewNeighbours(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"how do i ask my manager for more pay": "my boss refused to raise my salary",
		"a course about baking cakes":          "i want to learn to bake bread",
	} {
		if found := n.To(text, 1); len(found) != 1 || found[0].Text != want {
			t.Errorf("%q is like %+v", text, found)
		}
	}
	if found := n.To("my salary", 10); len(found) == 0 || len(found) > 3 {
		t.Errorf("%d messages are listed", len(found))
	}
	if found := n.To("xqzt 12 …", 3); len(found) != 0 {
		t.Errorf("words that nobody knows are like %+v", found)
	}
	if n, err = NewNeighbours(t.Context(), gentest.NewDataset(t)); err != nil || len(n.To("my salary", 3)) != 0 {
		t.Errorf("an empty dataset has %+v, %v", n, err)
	}
}
