package gen

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"seedbed/gen/gentest"
	"seedbed/gen/llm"
	"seedbed/gen/starter"
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

// careless is a model that gives one in twenty-five of its messages the category of another.
type careless struct {
	Writer
	categories []localdb.Category // those that are trained on
	random     *rand.Rand
	wrong      map[string]bool
}

func (careless) Info() llm.Info {
	return llm.Info{Name: "openai", Model: "careless", Price: llm.Free, Parallel: 1}
}

func (c careless) Write(ctx context.Context, b Batch, known func(string) bool) (Draft, error) {
	draft, err := c.Writer.Write(ctx, b, known)
	for i := range draft.Items {
		other := b
		other.Category, other.Count = c.categories[c.random.IntN(len(c.categories))], 1
		if !b.Category.Training || other.Category.Name == b.Category.Name || c.random.IntN(25) > 0 {
			continue
		}
		stray, err := c.Writer.Write(ctx, other, known)
		if err != nil {
			return draft, err
		}
		for _, item := range stray.Items {
			draft.Items[i].Text = item.Text
			c.wrong[item.Text] = true
		}
	}
	return draft, err
}

// Most of the messages that are flagged after a run are of another category indeed, and most
// of those that are get flagged.
func TestMostFlagsAfterARunAreRight(t *testing.T) {
	t.Parallel()
	names := []string{"shop", "city", "helpdesk"}
	const leastRight, leastFound = 0.5, 0.6
	if testing.Short() {
		names = names[:1]
	}
	flagged, right, wrong := 0, 0, 0
	for _, s := range starter.All() {
		if !slices.Contains(names, s.Name) {
			continue
		}
		d, err := localdb.Create(t.Context(), filepath.Join(t.TempDir(), "test.seedbed"), s.Categories)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { d.Close() })
		builtin, err := NewBuiltinWriter("en", 42)
		if err != nil {
			t.Fatal(err)
		}
		w := careless{Writer: builtin, random: rand.New(rand.NewPCG(42, 42)), wrong: map[string]bool{}}
		for _, c := range s.Categories {
			if c.Training {
				w.categories = append(w.categories, c)
			}
		}
		plan := PlanFor(s.Categories)
		plan.Seed = 42
		if _, err := Generate(t.Context(), Job{Dataset: d, Writer: w, Plan: plan}); err != nil {
			t.Fatal(err)
		}
		for _, m := range gentest.Messages(t, d, localdb.Filter{}) {
			if w.wrong[m.Text] {
				wrong++
			}
			if m.Flags&localdb.Mislabelled != 0 {
				flagged++
				if w.wrong[m.Text] {
					right++
				}
			}
		}
	}
	t.Logf("%d flagged, %d of them right; %d messages are of another category", flagged, right, wrong)
	if float64(right) < leastRight*float64(flagged) || float64(right) < leastFound*float64(wrong) {
		t.Errorf("want %.0f %% of the flags right and %.0f %% of the messages found", 100*leastRight, 100*leastFound)
	}
}
