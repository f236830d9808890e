package gen

import (
	"context"
	"strings"
	"testing"

	"seedbed/gen/gentest"
	"seedbed/gen/llm"
	"seedbed/localdb"
)

// straying is a model that gives each batch of one category a message of another.
type straying struct {
	Writer
	from, to localdb.Category
	strayed  map[string]bool
}

func (straying) Info() llm.Info {
	return llm.Info{Name: "openai", Model: "straying", Price: llm.Free, Parallel: 1}
}

func (s straying) Write(ctx context.Context, b Batch, known func(string) bool) (Draft, error) {
	draft, err := s.Writer.Write(ctx, b, known)
	if b.Category.Name == s.from.Name && len(draft.Items) > 0 {
		other := b
		other.Category, other.Count = s.to, 1
		stray, err := s.Writer.Write(ctx, other, known)
		if err != nil {
			return draft, err
		}
		draft.Items[0].Text = stray.Items[0].Text
		s.strayed[stray.Items[0].Text] = true
	}
	return draft, err
}

func TestMessagesOfAnotherCategoryAreFlaggedAndMadeUpForAfterARun(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	categories, err := d.Categories(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	builtin, err := NewBuiltinWriter("en", 42)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]localdb.Category{}
	for _, c := range categories {
		byName[c.Name] = c
	}
	w := straying{builtin, byName["emotional"], byName["learning"], map[string]bool{}}
	result, err := Generate(t.Context(), Job{Dataset: d, Writer: w, Plan: defaultPlan()})
	if err != nil || result.Missing != 0 {
		t.Fatalf("%+v, %v", result, err)
	}
	found := 0
	flagged := gentest.Messages(t, d, localdb.Filter{Flags: localdb.Mislabelled})
	for _, m := range flagged {
		if w.strayed[m.Text] {
			found++
		}
	}
	t.Logf("%d messages strayed, %d of them are among %d flagged ones", len(w.strayed), found, len(flagged))
	if made := result.Messages - 640; made < found || made > len(flagged)+len(w.strayed) || !strings.Contains(result.Note.String(), "others were made in their place") {
		t.Errorf("%d messages were made in the place of %d, %q", made, found, result.Note)
	}
	if all := gentest.Messages(t, d, localdb.Filter{}); len(all) != result.Messages {
		t.Errorf("%d messages are told, %d are there", result.Messages, len(all))
	}
	if found < len(w.strayed)/2 || result.Suspects != len(flagged) || !strings.Contains(result.Note.String(), "read as another category") {
		t.Errorf("%d of %d found, %d flagged, %q", found, len(w.strayed), len(flagged), result.Note)
	}
}
