package realdata

import (
	"testing"

	"seedbed/assets/i18n"
	"seedbed/gen/gentest"
	"seedbed/localdb"
)

func TestATypedMessageIsAdded(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	ctx := t.Context()
	if _, err := d.Add(t.Context(), i18n.T("Add"), []localdb.Message{
		{Text: "i need a raise now", Category: "social", Confidence: 0.4, LabelledBy: localdb.ByCheck},
		{Text: "i need a raise", Category: "social", Confidence: 0.4, LabelledBy: localdb.ByCheck},
	}); err != nil {
		t.Fatal(err)
	}

	added, err := AddOne(ctx, d, "  write to jane@example.org about it ", "professional")
	if err != nil || added.Known || !added.Masked {
		t.Fatalf("%+v, %v", added, err)
	}
	m, err := d.Message(ctx, added.ID)
	if err != nil || m.Text != "write to [email] about it" || m.Category != "professional" || m.LabelledBy != localdb.ByPerson ||
		m.Source != localdb.Real || m.Status != localdb.Accepted || m.Confidence != 1 {
		t.Errorf("%+v, %v", m, err)
	}
	if title, err := d.Undo(ctx, nil); err != nil || title.String() != "Add a message as professional" {
		t.Errorf("undo took back %q, %v", title, err)
	}
	if n := len(gentest.Messages(t, d, localdb.Filter{})); n != 2 {
		t.Errorf("after undo there are %d messages", n)
	}

	// What is there already is not added a second time.
	added, err = AddOne(ctx, d, "i need a raise", "professional")
	if err != nil || !added.Known {
		t.Fatalf("%+v, %v", added, err)
	}
	if m, _ := d.Message(ctx, added.ID); m.Text != "i need a raise" || m.Category != "professional" || m.LabelledBy != localdb.ByPerson || m.Status != localdb.Accepted {
		t.Errorf("%+v", m)
	}
	if n := len(gentest.Messages(t, d, localdb.Filter{})); n != 2 {
		t.Errorf("there are %d messages", n)
	}
	if _, err := AddOne(ctx, d, " \n", "professional"); err == nil {
		t.Error("nothing was added")
	}
}
