package settings

import (
	"testing"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/zalando/go-keyring"

	"seedbed/assets"
	"seedbed/gen/llm"
	"seedbed/gen/openai/openaitest"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
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
	if got, _ := keyring.Get("Seedbed", shell.APIKeyName("")); got != "sk-one" {
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
	if got := w.Keychain.Get(shell.APIKeyName("")); got != "" {
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
	w.Tap("Test and list models")
	w.Sees("key")
	p.key.SetText("right")
	w.Tap("Save key")
	w.Tap("Test and list models")
	w.Sees("Connected: 3 models are available.")
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
	if len(w.Settings.Prices()) != 0 {
		t.Errorf("half a price is kept: %v", w.Settings.Prices())
	}
	row.completion.SetText("3")
	if got := w.Settings.Prices(); len(got) != 1 || got["mine"] != (llm.Price{Prompt: 1.5, Completion: 3}) {
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
	w.Tap("Testen und Modelle auflisten")
	w.Sees("Unter 127.0.0.1:9 antwortet nichts. Starten Sie das Programm")
}

func TestTheVersionIsShown(t *testing.T) {
	w, _ := open(t)
	w.Sees("Version "+assets.Version(), "MIT licence")
}
