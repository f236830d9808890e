package settings

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/zalando/go-keyring"

	"seedbed/assets"
	"seedbed/gen/llm"
	"seedbed/gen/openai/openaitest"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
	"seedbed/ui/system"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

func open(t *testing.T) (*shelltest.Window, *page) {
	t.Helper()
	return shelltest.OpenPage(t, newPage, (*page).declare)
}

func TestKeysAreKeptForTheirAddress(t *testing.T) {
	w, p := open(t)
	p.key.SetText("  sk-one ")
	w.Tap("Save key")
	if p.key.Text != "" || p.key.PlaceHolder != "A key is stored; type a new one to replace it" {
		t.Errorf("the field has %q, %q", p.key.Text, p.key.PlaceHolder)
	}
	if got, _ := keyring.Get("Seedbed", system.APIKeyName("")); got != "sk-one" {
		t.Errorf("the keychain has %q", got)
	}
	p.address.SetText("http://127.0.0.1:9/v1")
	w.Settle()
	if p.key.PlaceHolder != "Not needed for a program on this computer" || other(w) != "" {
		t.Errorf("another address has the key, too: %q", other(w))
	}
	p.address.SetText("")
	w.Settle()
	if got := w.APIKey(""); got != "sk-one" {
		t.Errorf("the key is %q", got)
	}
	w.Tap("Forget")
	if got := w.Keychain.Get(system.APIKeyName("")); got != "" {
		t.Errorf("forgotten, and still %q", got)
	}
}

func other(w *shelltest.Window) string { return w.APIKey("http://127.0.0.1:9/v1") }

func TestWithoutAKeychainTheKeyLastsForTheSession(t *testing.T) {
	w, p := open(t)
	keyring.MockInitWithError(keyring.ErrUnsupportedPlatform)
	p.key.SetText("sk-two")
	p.key.OnSubmitted(p.key.Text)
	w.Sees("This system has no keychain, so the key is kept in memory until you close Seedbed.")
	if got := w.APIKey(""); got != "sk-two" {
		t.Errorf("the key is %q", got)
	}
}

func TestModelsAreAskedFor(t *testing.T) {
	endpoint := openaitest.New(t, openaitest.Options{Key: "right", Models: []string{"one", "two", "three"}})
	w, p := open(t)
	p.address.SetText(endpoint.URL)
	w.Tap("Test")
	w.Sees("key")
	p.key.SetText("right")
	w.Tap("Save key")
	w.Tap("Test")
	w.Sees("It works.", "Reached: 3 models are offered", "answers, in", "in the form that was asked for (json_schema)", "It reports what is charged", "Its price is not known")
	p.model.SetText("two")
	if w.Settings.Model() != "two" {
		t.Errorf("the model is %q", w.Settings.Model())
	}
}

func TestOwnPrices(t *testing.T) {
	w, p := open(t)
	w.Sees("Prices", "as of 20")
	w.Tap("Add a model")
	row := p.rows[len(p.rows)-1]
	row.model.SetText("mine")
	row.prompt.SetText("1,5")
	if len(w.Settings.Prices("")) != 0 {
		t.Errorf("half a price is kept: %v", w.Settings.Prices(""))
	}
	row.completion.SetText("3")
	if got := w.Settings.Prices(""); len(got) != 1 || got["mine"] != (llm.Price{Prompt: 1.5, Completion: 3}) {
		t.Errorf("kept are %v", got)
	}
}

func TestLookAndTextSize(t *testing.T) {
	w, _ := open(t)
	if w.Settings.Mode() != theme.System {
		t.Errorf("at first the colours are %s", w.Settings.Mode())
	}
	colours := map[theme.Mode]bool{theme.Dark: true, theme.Light: false}
	for mode, dark := range colours {
		w.Settings.SetMode(mode)
		w.ApplyTheme()
		if theme.IsDark() != dark {
			t.Errorf("%s: dark is %v", mode, theme.IsDark())
		}
	}
	w.Settings.SetTextSize(1.5)
	w.ApplyTheme()
	if fynetheme.TextSize() != 21 {
		t.Errorf("text of 150 %% is %v high", fynetheme.TextSize())
	}
}

func TestLanguageOfTheWindow(t *testing.T) {
	w, p := open(t)
	choice, ok := p.languageChoice().(*fyne.Container)
	if !ok {
		t.Fatal("no choice of a language")
	}
	for _, o := range shelltest.Visible(choice) {
		if s, ok := o.(*widget.Select); ok {
			s.SetSelectedIndex(2)
		}
	}
	if w.Settings.Language() != "de" {
		t.Errorf("the language is %q", w.Settings.Language())
	}
}

func TestAProgramThatDoesNotRunIsToldInGerman(t *testing.T) {
	shelltest.InGerman(t)
	w, p := open(t)
	p.address.SetText("http://127.0.0.1:9/v1")
	w.Tap("Testen")
	w.Sees("Unter 127.0.0.1:9 antwortet nichts. Starten Sie das Programm")
}

func TestTheVersionIsShown(t *testing.T) {
	w, _ := open(t)
	w.Sees("Version "+assets.Version(), "MIT licence")
}

func TestAKeyInAnAddressIsNotKeptThere(t *testing.T) {
	w, p := open(t)
	for _, text := range []string{"https://user:Geheim7@llm.example/v1", "https://Geheim7@llm.example/v1", "https://llm.example/v1?api_key=Geheim7"} {
		p.key.SetText("")
		p.address.SetText("")
		p.address.SetText(text)
		w.Settle()
		if p.address.Text != "https://llm.example/v1" || p.key.Text != "Geheim7" || w.Settings.BaseURL() != "https://llm.example/v1" {
			t.Errorf("%q: address %q, key %q, kept %q", text, p.address.Text, p.key.Text, w.Settings.BaseURL())
		}
		w.SeesNot("Geheim7")
	}
	p.address.SetText("")
	for _, r := range "https://user:Geheim7@llm.example/v1" {
		p.address.TypedRune(r)
		if kept := w.App.Preferences().String("base-url"); strings.Contains(kept, "G") {
			t.Fatalf("while it is typed, %q is kept", kept)
		}
	}
	w.SeesNot("Geheim7@")
	p.address.OnLeave()
	if kept := w.App.Preferences().String("base-url"); kept != "https://llm.example/v1" || p.key.Text != "Geheim7" {
		t.Errorf("%q is kept, and the key is %q", kept, p.key.Text)
	}
	p.address.SetText("https://llm.example/sk-abcdefghijklmnopqrstuvwxyz/v1")
	w.Sees("contains a key")
	if kept := w.App.Preferences().String("base-url"); kept != "https://llm.example/v1" {
		t.Errorf("%q is kept", kept)
	}
}

func TestAKeyInTheClearIsSaidOnce(t *testing.T) {
	w, p := open(t)
	p.address.SetText("http://llm.example/v1")
	w.Sees("anybody on the way can read")
	p.address.SetText("http://192.168.1.5:8080")
	w.Sees("anybody in this network can read")
	w.Keychain.Set(system.APIKeyName("http://192.168.1.5:8080"), "sk-lan")
	choice := shell.WriterChoice{BaseURL: "http://192.168.1.5:8080", Model: "m"}
	w.Endpoint(choice)
	w.Sees("The key is not protected on its way")
	w.Escape()
	w.Endpoint(choice)
	w.SeesNot("The key is not protected on its way")
}
