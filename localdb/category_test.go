package localdb

import (
	"slices"
	"strings"
	"testing"
)

// categoryNamed finds a category of the dataset.
func categoryNamed(t *testing.T, d *Dataset, name string) (Category, bool) {
	t.Helper()
	categories, err := d.Categories(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range categories {
		if c.Name == name {
			return c, true
		}
	}
	return Category{}, false
}

func TestCategoriesKeepEverything(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	want := Category{
		Name: "off_topic", Kind: "custom", Is: "what is", IsNot: "what isn't", Examples: []string{"a", "é \"b\""},
		Colour: "#aabbcc", Key: "9", Target: 12, Archived: true,
	}
	var err error
	if want.ID, err = d.AddCategory(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	want.Position = len(testCategories) + 1
	d = reopen(t, d)
	got, _ := categoryNamed(t, d, "off_topic")
	if jsonOf([]Category{got}) != jsonOf([]Category{want}) {
		t.Fatalf("got %+v, want %+v", got, want)
	}
}

func TestCategoryNames(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	social, _ := categoryNamed(t, d, "social")
	for name, want := range map[string]string{
		"Chitchat": "already exists", // whatever its case
		"  ":       "needs a name",
	} {
		for how, err := range map[string]error{
			"add":    func() error { _, err := d.AddCategory(t.Context(), Category{Name: name}); return err }(),
			"rename": d.RenameCategory(t.Context(), social.ID, name),
		} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s %q: %v, want %q in it", how, name, err, want)
			}
		}
	}
	if err := d.RenameCategory(t.Context(), 99, "x"); err == nil {
		t.Error("a category that isn't there was renamed")
	}
}

func TestMessagesFollowTheirCategory(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ctx := t.Context()
	add(t, d,
		Message{Text: "a", Category: "social", Confidence: 0.7, Predicted: "chitchat", PredictedScore: 0.6, Flags: Mislabelled},
		Message{Text: "b", Category: "chitchat", Confidence: 0.4, Predicted: "social", PredictedScore: 0.9, Flags: Mislabelled},
		Message{Text: "c", Category: "rag_query", Confidence: 0.4, Predicted: "social", PredictedScore: 0.8, Flags: Mislabelled})
	social, _ := categoryNamed(t, d, "social")
	if err := d.RenameCategory(ctx, social.ID, "people"); err != nil {
		t.Fatal(err)
	}
	if got := all(t, d, Filter{})[0]; got.Category != "people" || got.Confidence != 0.7 {
		t.Fatalf("after renaming: %+v", got)
	}
	if moved, err := d.MergeCategories(ctx, "people", "chitchat", nil); err != nil || moved != 1 {
		t.Fatalf("moved %d, %v", moved, err)
	}
	got := all(t, d, Filter{})
	if got[0].Category != "chitchat" || got[0].Predicted != "" || got[0].Flags != 0 {
		t.Errorf("the verdict of what was merged stands: %+v", got[0])
	}
	if got[1].Category != "chitchat" || got[1].Predicted != "" || got[1].Flags != 0 {
		t.Errorf("the check disagrees with what now is the same: %+v", got[1])
	}
	if got[2].Predicted != "chitchat" || got[2].PredictedScore != 0.8 || got[2].Flags != Mislabelled {
		t.Errorf("the check's verdict got lost: %+v", got[2])
	}
	if _, ok := categoryNamed(t, d, "people"); ok {
		t.Error("the merged category is still there")
	}
	if _, err := d.MergeCategories(ctx, "chitchat", "chitchat", nil); err == nil {
		t.Error("a category was merged into itself")
	}
}

func TestClearedPassagesStayWithTheirMessages(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	want := Passage{Origin: "folder docs", Ref: "cv.md#2", Title: "CVs", Text: "A CV is…"}
	ids, err := d.AddPassages(t.Context(), []Passage{want, {Text: "other"}})
	if err != nil {
		t.Fatal(err)
	}
	want.ID = ids[0]
	if err := d.ClearPassages(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left, err := d.Passages(t.Context()); err != nil || len(left) != 0 {
		t.Fatalf("%v are left, %v", left, err)
	}
	if got, err := d.Passage(t.Context(), ids[0]); err != nil || got != want {
		t.Fatalf("got %+v, %v, want %+v", got, err, want)
	}
}

func TestAShownNameStandsBesideTheName(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	social, _ := categoryNamed(t, d, "social")
	if social.Shown() != "social" {
		t.Errorf("without a shown name it is shown as %q", social.Shown())
	}
	social.ShownName = "  Friends & family "
	if err := d.UpdateCategory(t.Context(), social); err != nil {
		t.Fatal(err)
	}
	add(t, d, Message{Text: "a", Category: "social", Confidence: 1})
	d = reopen(t, d)
	got, _ := categoryNamed(t, d, "social")
	if got.Name != "social" || got.Shown() != "Friends & family" || all(t, d, Filter{Categories: []string{"social"}})[0].Category != "social" {
		t.Errorf("it is %+v", got)
	}
	for name, refused := range map[string]error{
		"another's shown name": func() error {
			_, err := d.AddCategory(t.Context(), Category{Name: "x", ShownName: "friends & FAMILY"})
			return err
		}(),
		"another's shown name as own": func() error { _, err := d.AddCategory(t.Context(), Category{Name: "Friends & family"}); return err }(),
		"another's name":              d.UpdateCategory(t.Context(), Category{ID: social.ID, Name: "social", ShownName: "Chitchat"}),
	} {
		if refused == nil || !strings.Contains(refused.Error(), "already shown as") {
			t.Errorf("%s: %v", name, refused)
		}
	}
	for range 2 { // the message, then the shown name
		if _, err := d.Undo(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	}
	if got, _ := categoryNamed(t, d, "social"); got.Shown() != "social" {
		t.Errorf("undone, it is shown as %q", got.Shown())
	}
	if _, err := d.Redo(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	got, _ = categoryNamed(t, d, "social")
	got.ShownName = "social" // says nothing
	if err := d.UpdateCategory(t.Context(), got); err != nil {
		t.Fatal(err)
	}
	if got, _ = categoryNamed(t, d, "social"); got.ShownName != "" {
		t.Errorf("the name is kept as the shown name %q", got.ShownName)
	}
}

func TestRowsMeanACategoryByEitherName(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	social, _ := categoryNamed(t, d, "social")
	social.ShownName = "Umfeld & Familie"
	if err := d.UpdateCategory(t.Context(), social); err != nil {
		t.Fatal(err)
	}
	report := merge(t, d, MergeOptions{}, "one|umfeld & FAMILIE", "two|Social", "three|elsewhere")
	if want := []string{"one|social|0", "two|social|0", "three|elsewhere|0"}; !slices.Equal(labels(t, d), want) || !slices.Equal(report.NewCategories, []string{"elsewhere"}) {
		t.Errorf("they are %q, with %q new", labels(t, d), report.NewCategories)
	}
}
