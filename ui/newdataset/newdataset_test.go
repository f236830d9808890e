package newdataset

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"seedbed/gen/starter"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
	"seedbed/ui/widget"
)

// opened is the page in a window without a dataset.
func opened(t *testing.T) (*shelltest.Window, *page) {
	t.Helper()
	var p *page
	w := shelltest.OpenHome(t, func(s *shell.Window) *shell.Page {
		p = newPage(s)
		return p.declare()
	})
	return w, p
}

func (p *page) begin(title string) {
	for _, way := range p.ways {
		if way.title == title {
			way.item.Tapped(nil)
		}
	}
}

// names are the categories of the open dataset, and what it is about.
func names(t *testing.T, w *shelltest.Window) (list []string, about string) {
	t.Helper()
	if w.Dataset() == nil {
		t.Fatalf("no dataset was made:\n%s", w.Words())
	}
	categories, err := w.Dataset().Categories(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range categories {
		list = append(list, c.Name)
	}
	domain, err := w.Dataset().Domain(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return list, domain.About
}

func TestEachStarterMakesADatasetOfItsCategories(t *testing.T) {
	for _, s := range starter.All() {
		t.Run(s.Name, func(t *testing.T) {
			w, p := opened(t)
			p.begin(s.Title)
			w.Settle()
			w.Sees(s.Categories[0].ShownName)
			w.Tap("Create")
			got, about := names(t, w)
			if len(got) != len(s.Categories) || got[0] != s.Categories[0].Name || about != s.About {
				t.Errorf("got %q, about %q", got, about)
			}
		})
	}
}

func TestAnEmptyDatasetHasTheTypedNameAndSentence(t *testing.T) {
	w, p := opened(t)
	p.begin("Empty")
	p.name.SetText("Bicycles: Ghent/Bruges")
	p.about.SetText("a support bot of a bicycle shop in Ghent")
	w.Tap("Create")
	got, about := names(t, w)
	if len(got) != 0 || about != "a support bot of a bicycle shop in Ghent" {
		t.Errorf("got %q, about %q", got, about)
	}
	if name := shell.DatasetName(w.Dataset().Path()); name != "Bicycles- Ghent-Bruges" {
		t.Errorf("the file is named %q", name)
	}
}

func TestPastedCategoriesArePreviewedAndCreated(t *testing.T) {
	w, p := opened(t)
	p.begin("From a list of categories")
	for range 2 { // before the list is read, and after
		if !p.create.Disabled() {
			t.Error("a dataset can be created of no list")
		}
		w.Settle()
	}
	p.own.pasted.SetText("- repair: asks for a repair\n- opening_hours: asks when the shop is open\n- off_topic")
	w.Settle()
	w.Sees("repair", "asks for a repair", "opening_hours", "kept out of training", "3 categories")
	w.Tap("Create")
	if got, _ := names(t, w); !slices.Equal(got, []string{"repair", "opening_hours", "off_topic"}) {
		t.Errorf("got %q", got)
	}
}

func TestAListWithoutExamplesIsToldWhatTheBuiltInWriterNeeds(t *testing.T) {
	w, p := opened(t)
	const hint = "The built-in writer needs examples"
	p.begin("From a list of categories")
	p.own.pasted.SetText("repair: asks for a repair\nopening_hours")
	w.Settle()
	w.Sees(hint)
	p.own.pasted.SetText("repair: asks for a repair\n- can you fix my brakes?\nopening_hours")
	w.Settle()
	w.SeesNot(hint)
	w.Key(fyne.KeyReturn)
	categories, err := w.Dataset().Categories(context.Background())
	if err != nil || len(categories) != 2 || !slices.Equal(categories[0].Examples, []string{"can you fix my brakes?"}) {
		t.Errorf("got %+v, %v", categories, err)
	}
}

func TestTheCategoriesOfAFileWithMessages(t *testing.T) {
	w, p := opened(t)
	path := filepath.Join(t.TempDir(), "export.csv")
	if err := os.WriteFile(path, []byte("message,category\nmy chain is broken,repair\nwhen do you open on sunday,hours\nthe brakes squeal,repair\nare you open at noon,hours\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.begin("From my messages")
	p.own.take(path)
	w.Settle()
	w.Sees("repair", "hours", "2 messages in the file", "export.csv")
	w.Tap("Create")
	categories, err := w.Dataset().Categories(context.Background())
	if err != nil || len(categories) != 2 || !slices.ContainsFunc(categories, func(c localdb.Category) bool { return slices.Contains(c.Examples, "my chain is broken") }) {
		t.Errorf("got %+v, %v", categories, err)
	}
}

func TestAFileWithoutCategoriesIsSaid(t *testing.T) {
	w, p := opened(t)
	path := filepath.Join(t.TempDir(), "picture.png")
	if err := os.WriteFile(path, []byte("\x89PNG\r\n\x1a\n0000000000"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.begin("From a list of categories")
	p.own.take(path)
	w.Settle()
	w.Sees("No categories yet", "No categories were read from picture.png")
	if !p.create.Disabled() {
		t.Error("a dataset can be created of it")
	}
}

func TestWhatWasTypedAboutTheAssistantStays(t *testing.T) {
	w, p := opened(t)
	w.Sees("Coaching")
	if p.about.Text == "" {
		t.Error("the starter's sentence isn't shown")
	}
	p.begin("Empty")
	if p.about.Text != "" {
		t.Errorf("an empty dataset is about %q", p.about.Text)
	}
	p.about.SetText("a bot of a library")
	p.begin("Coaching")
	if p.about.Text != "a bot of a library" {
		t.Errorf("it became %q", p.about.Text)
	}
}

func TestSaveElsewhereNeverOverwrites(t *testing.T) {
	w, _ := opened(t)
	path := filepath.Join(t.TempDir(), "mine.seedbed")
	if err := os.WriteFile(path, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	saveAs := func(path string) {
		w.Tap("Save elsewhere…")
		w.Canvas().Focused().(*widget.Field).SetText(path)
		test.Tap(w.Button("Save"))
		w.Settle()
	}
	saveAs(path)
	w.Sees("A file with this name already exists; nothing was changed.", "Open that file")
	if data, _ := os.ReadFile(path); !bytes.Equal(data, []byte("precious")) {
		t.Error("the file was overwritten")
	}
	w.Escape()
	saveAs(filepath.Join(filepath.Dir(path), "other"))
	if w.Dataset() == nil || filepath.Base(w.Dataset().Path()) != "other.seedbed" {
		t.Error("the dataset was not made")
	}
}

func TestNewDatasetsGetFreeNames(t *testing.T) {
	w, _ := opened(t)
	w.Tap("Create")
	if w.At() != shell.Overview {
		t.Errorf("the new dataset opens on page %q", w.At())
	}
	first := w.Dataset().Path()
	w.CloseDataset()
	w.Settle()
	w.Tap("Create")
	if w.Dataset().Path() == first || shell.DatasetName(w.Dataset().Path()) != "My dataset 2" {
		t.Errorf("the second dataset is %s", w.Dataset().Path())
	}
	if dir, _ := shell.DocumentsDir(); filepath.Dir(w.Dataset().Path()) != dir {
		t.Errorf("it is not in the documents folder but in %s", w.Dataset().Path())
	}
}

func TestStartersShowCategoriesInTheWindowsLanguage(t *testing.T) {
	shelltest.InGerman(t)
	w, p := opened(t)
	p.begin("Kundendienst eines Geschäfts")
	w.Settle()
	w.Sees("Auskünfte zum Shop", "Bestellstatus")
	w.Tap("Anlegen")
	if c := w.Category("store_info"); c.ShownName != "Auskünfte zum Shop" || c.Bank != "shop/store_info" {
		t.Errorf("the category is %+v", c)
	}
}
