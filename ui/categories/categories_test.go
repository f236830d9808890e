package categories

import (
	"testing"

	"fyne.io/fyne/v2"

	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
)

func open(t *testing.T, messages ...localdb.Message) (*shelltest.Window, *page) {
	t.Helper()
	return shelltest.OpenPage(t, newPage, (*page).declare, messages...)
}

// shows waits until the form shows a category.
func shows(w *shelltest.Window, p *page, name string) {
	w.T.Helper()
	w.Until("the form shows "+name, func() bool { return p.name.Text == name && p.filled.Name == name })
}

func TestCategoriesAreEditedRenamedAndUndone(t *testing.T) {
	w, p := open(t, shelltest.Messages(8)...)
	w.Sees("Factual question", "Part of training, checks and splits")
	p.choose(w.Category("social").ID)
	shows(w, p, "social")
	p.name.SetText("people")
	p.is.SetText("Friends, colleagues and family.")
	p.examples.SetText("my sister says hi\n\n  our team had cake \n")
	p.target.SetText("120")
	p.colour.SetText("#123456")
	w.Canvas().Focus(p.is)
	w.Key(fyne.KeyS)
	w.Sees("Social circle is saved", "Undo")
	got := w.Category("people")
	if got.Is != "Friends, colleagues and family." || len(got.Examples) != 2 || got.Examples[1] != "our team had cake" || got.Target != 120 || got.Colour != "#123456" {
		t.Errorf("saved is %+v", got)
	}
	if n := w.Count(localdb.Filter{Categories: []string{"people"}}); n != 2 {
		t.Errorf("%d messages followed the new name", n)
	}
	w.Tap("Undo")
	shows(w, p, "social")
	if p.target.Text != "80" {
		t.Errorf("the form still has %s", p.target.Text)
	}
}

func TestWhatWasTypedIsKept(t *testing.T) {
	w, p := open(t)
	p.is.SetText("typed, then another category")
	p.choose(w.Category("social").ID)
	w.Settle()
	p.is.SetText("typed, then another page")
	w.Visit(shell.Overview)
	w.Visit(shell.Categories)
	p.choose(w.Category("learning").ID)
	w.Settle()
	p.is.SetText("typed, then closed")
	path := w.Dataset().Path()
	w.Key(fyne.KeyW)
	w.OpenDataset(path)
	w.Settle()
	for name, want := range map[string]string{"rag_query": "typed, then another category", "social": "typed, then another page", "learning": "typed, then closed"} {
		if got := w.Category(name).Is; got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestAFormThatCanNotBeSaved(t *testing.T) {
	tests := []struct {
		name string
		edit func(p *page)
		says string
	}{
		{"no name", func(p *page) { p.name.SetText("  ") }, "needs a name"},
		{"a name twice", func(p *page) { p.name.SetText("social") }, "with this name already exists"},
		{"another's shown name", func(p *page) { p.shown.SetText("Social circle") }, "already shown under this name"},
		{"no number", func(p *page) { p.target.SetText("many") }, "a whole number"},
		{"a long key", func(p *page) { p.key.SetText("12") }, "one digit or letter"},
		{"a key of Review's", func(p *page) { p.key.SetText("A") }, "already has a meaning in Review"},
		{"a taken key", func(p *page) { p.key.SetText("2") }, "Work already has this key"},
		{"no colour", func(p *page) { p.colour.SetText("blue") }, "six hexadecimal digits"},
	}
	w, p := open(t)
	for _, test := range tests {
		t.Run(test.name, func(*testing.T) {
			test.edit(p)
			w.Tap("Save")
			w.Sees("This can't be saved yet", test.says)
			w.Escape()
			p.fill()
		})
	}
}

func TestCategoriesAreAddedMergedAndArchived(t *testing.T) {
	w, p := open(t, shelltest.Messages(8)...)
	w.Tap("Add a category")
	w.Canvas().Focused().TypedRune('x')
	w.Canvas().Focused().TypedRune('y')
	w.Tap("Add")
	shows(w, p, "xy")
	added := w.Category("xy")
	if added.Key != "9" || !added.Training || added.Colour == "" {
		t.Errorf("added is %+v", added)
	}

	p.choose(w.Category("social").ID)
	shows(w, p, "social")
	w.Tap("Merge into…")
	w.Sees("Merge Social circle and its 2 messages")
	w.Tap("Merge")
	w.Sees("Social circle is now part of Factual question")
	if n := w.Count(localdb.Filter{Categories: []string{"rag_query"}}); n != 2 {
		t.Errorf("%d messages moved", n)
	}
	w.Tap("Undo")
	if n := w.Count(localdb.Filter{Categories: []string{"social"}}); n != 2 {
		t.Errorf("undo brought %d back", n)
	}

	w.Until("social is there again", func() bool { return w.Category("social").ID != 0 })
	p.choose(w.Category("emotional").ID)
	shows(w, p, "emotional")
	w.Tap("Archive")
	w.Until("it is archived", func() bool { return w.Button("Restore") != nil })
	w.Sees("archived")
	w.Tap("Restore")
	w.Until("it is back", func() bool { return w.Button("Archive") != nil })
	if w.Category("emotional").Archived {
		t.Error("it is still archived")
	}
}

func TestTheFormSaysHowMuchTheBuiltInWriterCanMake(t *testing.T) {
	w, p := open(t)
	id, err := w.Dataset().AddCategory(t.Context(), localdb.Category{Name: "repair", Colour: "#123456", Target: 80, Training: true, Examples: []string{"can you fix a flat tyre today?", "My rear brake squeals."}})
	if err != nil {
		t.Fatal(err)
	}
	w.Until("the category is there", func() bool { return len(p.categories) == 9 })
	p.choose(id)
	w.Until("the number is there", func() bool { return p.canRow.Visible() && p.more.Visible() })
	w.Sees("can make about", "more messages of this category", "Add examples", "Choose a language model")
	p.choose(w.Category("social").ID)
	w.Until("a bank has enough", func() bool { return !p.more.Visible() })
}

func TestAShownNameIsEditedAndUndone(t *testing.T) {
	w, p := open(t, shelltest.Messages(8)...)
	p.choose(w.Category("social").ID)
	shows(w, p, "social")
	if p.shown.Text != "Social circle" {
		t.Errorf("the form shows it as %q", p.shown.Text)
	}
	p.shown.SetText("  People around you ")
	w.Sees("People around you") // on its chip, at once
	w.Canvas().Focus(p.shown)
	w.Key(fyne.KeyS)
	w.Sees("People around you is saved")
	w.Until("the list shows it", func() bool { return p.current().ShownName == "People around you" })
	w.SeesNot("Social circle")
	if got := w.Category("social"); got.ShownName != "People around you" || w.Count(localdb.Filter{Categories: []string{"social"}}) != 2 {
		t.Errorf("saved is %+v", got)
	}
	w.Tap("Undo")
	w.Until("it is taken back", func() bool { return p.shown.Text == "Social circle" })
	w.Sees("Undone: Change the category Social circle")

	p.shown.SetText("")
	w.Tap("Save")
	w.Sees("social is saved")
	w.Until("the list shows it", func() bool { return p.current().ShownName == "" })
	for _, taken := range []string{"factual QUESTION", "RAG_query", "Work"} {
		p.shown.SetText(taken)
		w.Tap("Save")
		w.Sees("This can't be saved yet", "already shown under this name")
		w.Escape()
	}
}

func TestACategoryIsFoundByEitherName(t *testing.T) {
	w, p := open(t)
	for typed, found := range map[string]string{"rag_q": "Factual question", "factual": "Factual question", "ASPIR": "Goals"} {
		p.find.SetText(typed)
		if w.Sees(found); len(p.list.Objects) != 1 {
			t.Errorf("%q finds %d categories", typed, len(p.list.Objects))
		}
	}
	p.find.SetText("")
	if len(p.list.Objects) != 8 {
		t.Errorf("%d categories are listed", len(p.list.Objects))
	}
}
