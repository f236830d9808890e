package ui

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"seedbed/localdb"
)

func openCategories(t *testing.T, messages ...localdb.Message) (*testApp, *categoriesPage) {
	t.Helper()
	w := newTestApp(t)
	w.open(messages...)
	w.goTo(atCategories)
	w.settle()
	return w, w.shell.at.page.(*categoriesPage)
}

// category is a category of the dataset by its name; the zero value where it has none.
func (w *testApp) category(name string) localdb.Category {
	w.t.Helper()
	list, err := w.data.Categories(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	for _, c := range list {
		if c.Name == name {
			return c
		}
	}
	return localdb.Category{}
}

// shows waits until the form shows a category.
func (w *testApp) shows(p *categoriesPage, name string) {
	w.t.Helper()
	w.until("the form shows "+name, func() bool { return p.name.Text == name && p.filled.Name == name })
}

func TestCategoriesAreEditedRenamedAndUndone(t *testing.T) {
	w, p := openCategories(t, some(8)...)
	w.sees("rag_query", "Part of training, checks and splits")
	p.choose(w.category("social").ID)
	w.shows(p, "social")
	p.name.SetText("people")
	p.is.SetText("Friends, colleagues and family.")
	p.examples.SetText("my sister says hi\n\n  our team had cake \n")
	p.target.SetText("120")
	p.colour.SetText("#123456")
	w.window.Canvas().Focus(p.is)
	w.key(fyne.KeyS)
	w.sees("people is saved", "Undo")
	got := w.category("people")
	if got.Is != "Friends, colleagues and family." || len(got.Examples) != 2 || got.Examples[1] != "our team had cake" || got.Target != 120 || got.Colour != "#123456" {
		t.Errorf("saved is %+v", got)
	}
	if n := w.count(localdb.Filter{Categories: []string{"people"}}); n != 2 {
		t.Errorf("%d messages followed the new name", n)
	}
	w.tap("Undo")
	w.shows(p, "social")
	if p.target.Text != "80" {
		t.Errorf("the form still has %s", p.target.Text)
	}
}

func TestWhatWasTypedIsKept(t *testing.T) {
	w, p := openCategories(t)
	p.is.SetText("typed, then another category")
	p.choose(w.category("social").ID)
	w.settle()
	p.is.SetText("typed, then another page")
	w.goTo(atOverview)
	w.settle()
	w.goTo(atCategories)
	w.settle()
	p.choose(w.category("learning").ID)
	w.settle()
	p.is.SetText("typed, then closed")
	path := w.data.Path()
	w.key(fyne.KeyW)
	w.openDataset(path)
	w.settle()
	for name, want := range map[string]string{"rag_query": "typed, then another category", "social": "typed, then another page", "learning": "typed, then closed"} {
		if got := w.category(name).Is; got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestAFormThatCanNotBeSaved(t *testing.T) {
	tests := []struct {
		name string
		edit func(p *categoriesPage)
		says string
	}{
		{"no name", func(p *categoriesPage) { p.name.SetText("  ") }, "needs a name"},
		{"a name twice", func(p *categoriesPage) { p.name.SetText("social") }, "of this name already"},
		{"no number", func(p *categoriesPage) { p.target.SetText("many") }, "a whole number"},
		{"a long key", func(p *categoriesPage) { p.key.SetText("12") }, "one digit or letter"},
		{"a key of Review's", func(p *categoriesPage) { p.key.SetText("A") }, "means something else"},
		{"a taken key", func(p *categoriesPage) { p.key.SetText("2") }, "professional has this key already"},
		{"no colour", func(p *categoriesPage) { p.colour.SetText("blue") }, "six digits"},
	}
	w, p := openCategories(t)
	for _, test := range tests {
		t.Run(test.name, func(*testing.T) {
			test.edit(p)
			w.tap("Save")
			w.sees("This can't be saved yet", test.says)
			w.escape()
			p.fill()
		})
	}
}

func TestCategoriesAreAddedMergedAndArchived(t *testing.T) {
	w, p := openCategories(t, some(8)...)
	w.tap("Add a category")
	w.window.Canvas().Focused().TypedRune('x')
	w.window.Canvas().Focused().TypedRune('y')
	w.tap("Add")
	w.shows(p, "xy")
	added := w.category("xy")
	if added.Key != "9" || !added.Training || added.Colour == "" {
		t.Errorf("added is %+v", added)
	}

	p.choose(w.category("social").ID)
	w.shows(p, "social")
	w.tap("Merge into…")
	w.sees("Merge social and its 2 messages")
	w.tap("Merge")
	w.sees("social is now part of rag_query", "rag_query")
	if n := w.count(localdb.Filter{Categories: []string{"rag_query"}}); n != 2 {
		t.Errorf("%d messages moved", n)
	}
	w.tap("Undo")
	if n := w.count(localdb.Filter{Categories: []string{"social"}}); n != 2 {
		t.Errorf("undo brought %d back", n)
	}

	w.until("social is there again", func() bool { return w.category("social").ID != 0 })
	p.choose(w.category("emotional").ID)
	w.shows(p, "emotional")
	w.tap("Archive")
	w.until("it is archived", func() bool { return w.button("Bring back") != nil })
	w.sees("archived")
	w.tap("Bring back")
	w.until("it is back", func() bool { return w.button("Archive") != nil })
	if w.category("emotional").Archived {
		t.Error("it is still archived")
	}
}

func TestAVeryLongCategoryNameKeepsThePages(t *testing.T) {
	w, p := openCategories(t)
	p.name.SetText("a very long name é 漢字 עברית for a category that somebody gave in a hurry")
	w.tap("Save")
	for _, place := range w.shell.places {
		w.goTo(place.id)
		w.settle()
		if width := w.window.Content().MinSize().Width; width > 1024 {
			t.Errorf("%s needs %v", place.id, width)
		}
	}
}
