package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen"
	"seedbed/ui/help"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
	"seedbed/ui/widget"
)

// sharesNoKey fails where two buttons on the screen show the same key, or one shows a key
// that does nothing there, or two actions have the same key.
func (w *testApp) sharesNoKey(page string) {
	w.T.Helper()
	does := map[string]string{}
	for _, a := range w.Actions() {
		key := a.Key.String()
		if other, ok := does[key]; ok && key != "" {
			w.T.Errorf("%s: %q and %q have the key %s", page, a.Name, other, key)
		}
		does[key] = a.Name
	}
	shown := map[string]string{}
	for _, o := range w.Screen() {
		b, ok := o.(*widget.Button)
		if !ok || b.Key() == "" {
			continue
		}
		if other, ok := shown[b.Key()]; ok {
			w.T.Errorf("%s: the buttons %q and %q share the key %s", page, b.Text(), other, b.Key())
		}
		shown[b.Key()] = b.Text()
		if b.Key() == shell.ActKey && !b.Primary() {
			w.T.Errorf("%s: %q has the key of the main action and is not bright", page, b.Text())
		}
		if does[b.Key()] == "" {
			w.T.Errorf("%s: the key %s of the button %q does nothing", page, b.Key(), b.Text())
		}
	}
}

func TestNoTwoButtonsShareAKey(t *testing.T) {
	w := newTestApp(t)
	w.sharesNoKey("home")
	for state, n := range map[string]int{"empty": 0, "with messages": 60} {
		w.Open(shelltest.Messages(n)...)
		for _, p := range w.Pages() {
			w.Visit(p.ID)
			w.sharesNoKey(p.ID + ", " + state)
		}
	}
	plan := gen.Plan{Counts: []gen.Count{{Category: "social", Messages: 40}}, Language: "en", Seed: 1}
	w.StartRun(plan, shell.BuiltInWriter())
	w.Until("the run is over", func() bool { return w.RunUnderWay() == nil && w.Run() != nil })
	w.Visit(shell.Generate)
	w.sharesNoKey("generate, after a run")
	w.Sees("Review them")
	w.Tap("Review them")
	if w.At() != shell.Review {
		t.Errorf("after the run, the main button leads to %s", w.At())
	}
}

func TestHelpListsTheKeysOfThePage(t *testing.T) {
	w := newTestApp(t)
	w.Letter('?')
	w.Sees("Keys on this page", "New dataset", "Make a sample")
	w.Escape()
	w.Open(shelltest.Messages(8)...)
	for _, p := range w.Pages() {
		w.Visit(p.ID)
		w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyF1})
		w.Sees("Keys on this page", "Save a copy…", "Undo")
		for _, a := range w.Actions() {
			if a.Key.Name != "" {
				w.Sees(a.Name)
			}
		}
		w.Escape()
	}
	w.SeesNot("Keys on this page")
}

func TestTheGuideIsSearched(t *testing.T) {
	w := newTestApp(t)
	searchGuide(w, "scanned pages without")
	if w.Button("Knowledge (optional)") == nil {
		t.Errorf("the section is not listed:\n%s", w.Words())
	}
	w.Tap("Knowledge (optional)")
	w.SeesNot("Nothing in the guide has these words.")
}

// searchGuide opens the help and types into its search.
func searchGuide(w *testApp, words string) {
	help.Show(w.Window.Window)
	for _, o := range w.Screen() {
		if f, ok := o.(*widget.Field); ok {
			f.SetText(words)
		}
	}
	w.Settle()
}

// Whatever the menu bar has is found in the guide by its name, in both languages.
func TestTheGuideKnowsEveryAction(t *testing.T) {
	for _, language := range []string{"en", "de"} {
		t.Run(language, func(t *testing.T) {
			if language == "de" {
				shelltest.InGerman(t)
			}
			w := newTestApp(t)
			names := map[string]bool{}
			add := func() {
				for _, a := range w.Actions() {
					if a.Menu != "" {
						names[strings.TrimRight(a.Name, " …")] = true
					}
				}
			}
			add()
			w.Open(shelltest.Messages(8)...)
			for _, p := range w.Pages() {
				w.Visit(p.ID)
				add()
			}
			if len(names) < 50 {
				t.Errorf("only %d actions", len(names))
			}
			for name := range names {
				searchGuide(w, name)
				if strings.Contains(w.Words(), lang.L("Nothing in the guide has these words.")) {
					t.Errorf("the guide doesn't know %q", name)
				}
				w.Escape()
			}
		})
	}
}

func TestTheMenuIsTruthful(t *testing.T) {
	w := newTestApp(t)
	item := func(label string) *fyne.MenuItem {
		for _, menu := range w.Fyne.MainMenu().Items {
			for _, i := range menu.Items {
				if strings.HasPrefix(i.Label, label) {
					return i
				}
			}
		}
		t.Fatalf("the menu has no %q", label)
		return nil
	}
	if !item("Save a copy…").Disabled || item("Open…").Disabled {
		t.Error("without a dataset, there is nothing to save and something to open")
	}
	w.Open(shelltest.Messages(8)...)
	if item("Save a copy…").Disabled {
		t.Error("the open dataset can be saved")
	}
	w.Visit(shell.Review)
	w.Letter('x')
	w.Settle()
	w.Until("the change can be undone", func() bool { return !item("Undo").Disabled && item("Redo").Disabled })
	item("Undo").Action()
	w.Until("the change can be redone", func() bool { return !item("Redo").Disabled })
	if label := item("Accept").Label; !strings.HasSuffix(label, "A") {
		t.Errorf("the menu shows no key: %q", label)
	}
}

// TestTheMenuBarIsSteady goes through the window: each menu has the same items in the same
// order everywhere, and no two of them show one key.
func TestTheMenuBarIsSteady(t *testing.T) {
	w := newTestApp(t)
	items := func() (bar, enabled string) {
		w.Settle()
		keys := map[string]string{}
		for _, menu := range w.Fyne.MainMenu().Items {
			bar += menu.Label + ":"
			for _, i := range menu.Items {
				name, key, _ := strings.Cut(i.Label, "    ")
				bar += " " + name + ";"
				if !i.Disabled && !i.IsSeparator {
					enabled += " " + name + ";"
				}
				if key = strings.TrimSpace(key); key != "" && keys[key] != "" {
					w.T.Errorf("%q and %q show the key %s", keys[key], name, key)
				}
				keys[key] = name
			}
			bar += "\n"
		}
		return bar, enabled
	}
	first, _ := items()
	if !strings.HasPrefix(first, "File: New…;") || !strings.Contains(first, "\nEdit: Undo; Redo;") || !strings.Contains(first, "\nView: Start page; ; Overview;") || !strings.Contains(first, "\nDataset: Read a folder") {
		t.Errorf("the menus begin otherwise:\n%s", first)
	}
	is := func(where string) (enabled string) {
		bar, enabled := items()
		if bar != first {
			t.Errorf("%s, the menus are\n%s", where, bar)
		}
		return enabled
	}
	w.ShowSettings()
	is("in the settings")
	w.ShowNewDataset()
	is("for a new dataset")
	w.Open(shelltest.Messages(8)...)
	for _, p := range w.Pages() {
		w.Visit(p.ID)
		if enabled := is(p.ID); strings.Contains(enabled, "Accept;") != (p.ID == shell.Review) {
			t.Errorf("on %s, what can be done is%s", p.ID, enabled)
		}
	}
	w.CloseDataset()
	is("after a dataset was closed")
}

func TestTheTourComesOnce(t *testing.T) {
	w := newTestApp(t)
	help.OfferTour(w.Window.Window)
	w.Sees("step 1 of 5")
	w.Tap("Next")
	w.Sees("step 2 of 5")
	w.Tap("Leave the tour")
	w.SeesNot("of 5")
	help.OfferTour(w.Window.Window)
	w.SeesNot("of 5")
}

func TestPractisingMasksInventedPeople(t *testing.T) {
	w := newTestApp(t)
	w.PractiseMerging()
	w.Until("the conversations are read", func() bool { return w.Button("Cancel") != nil })
	if w.At() != shell.RealData {
		t.Fatalf("practising is on %s", w.At())
	}
	w.SeesNot("marta.kowal@example.com", "4111 1111")
}
