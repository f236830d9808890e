package ui

import (
	"bytes"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"github.com/zalando/go-keyring"

	"seedbed/gen/llm"
	"seedbed/gen/openai/openaitest"
	"seedbed/ui/widget"
)

func openSettings(t *testing.T) (*testApp, *settingsPage) {
	t.Helper()
	w := newTestApp(t)
	w.open()
	w.goTo(atSettings)
	w.settle()
	return w, w.shell.at.page.(*settingsPage)
}

func TestKeysAreKeptForTheirAddress(t *testing.T) {
	w, p := openSettings(t)
	p.key.SetText("  sk-one ")
	w.tap("Keep key")
	if p.key.Text != "" || p.key.PlaceHolder != "A key is kept; type a new one to replace it" {
		t.Errorf("the field has %q, %q", p.key.Text, p.key.PlaceHolder)
	}
	if got, _ := keyring.Get(keychainService, keyName("")); got != "sk-one" {
		t.Errorf("the keychain has %q", got)
	}
	p.address.SetText("http://127.0.0.1:9/v1")
	w.settle()
	if p.key.PlaceHolder != "Not needed for a program on this computer" || w.key9() != "" {
		t.Errorf("another address has the key, too: %q", w.key9())
	}
	p.address.SetText("")
	w.settle()
	if got := w.app.key(""); got != "sk-one" {
		t.Errorf("the key is %q", got)
	}
	w.tap("Forget")
	if got := w.keychain.get(keyName("")); got != "" {
		t.Errorf("forgotten, and still %q", got)
	}
}

func (w *testApp) key9() string { return w.app.key("http://127.0.0.1:9/v1") }

func TestWithoutAKeychainTheKeyLastsForTheSession(t *testing.T) {
	w, p := openSettings(t)
	keyring.MockInitWithError(keyring.ErrUnsupportedPlatform)
	p.key.SetText("sk-two")
	p.key.OnSubmitted(p.key.Text)
	w.sees("This system has no keychain, so the key is kept in memory until you close Seedbed.")
	if got := w.app.key(""); got != "sk-two" {
		t.Errorf("the key is %q", got)
	}
}

func TestModelsAreAskedFor(t *testing.T) {
	endpoint := openaitest.New(t, openaitest.Options{Key: "right", Models: []string{"one", "two", "three"}})
	w, p := openSettings(t)
	p.address.SetText(endpoint.URL)
	w.tap("Test and list models")
	w.sees("key")
	p.key.SetText("right")
	w.tap("Keep key")
	w.tap("Test and list models")
	w.sees("It answers, and offers 3 models.")
	p.model.SetText("two")
	if w.settings.model() != "two" {
		t.Errorf("the model is %q", w.settings.model())
	}
}

func TestOwnPrices(t *testing.T) {
	w, p := openSettings(t)
	w.sees("Prices", "as of 20")
	w.tap("Add a model")
	row := p.rows[len(p.rows)-1]
	row.model.SetText("mine")
	row.prompt.SetText("1,5")
	if len(w.settings.prices()) != 0 {
		t.Errorf("half a price is kept: %v", w.settings.prices())
	}
	row.completion.SetText("3")
	if got := w.settings.prices(); len(got) != 1 || got["mine"] != (llm.Price{Prompt: 1.5, Completion: 3}) {
		t.Errorf("kept are %v", got)
	}
}

func TestLookAndTextSize(t *testing.T) {
	w, _ := openSettings(t)
	if w.settings.mode() != widget.System {
		t.Errorf("at first the colours are %s", w.settings.mode())
	}
	colours := map[widget.Mode]bool{widget.Dark: true, widget.Light: false}
	for mode, dark := range colours {
		w.settings.prefs.SetString(prefMode, string(mode))
		w.restyle()
		if widget.IsDark() != dark {
			t.Errorf("%s: dark is %v", mode, widget.IsDark())
		}
	}
	w.settings.prefs.SetFloat(prefTextSize, 1.5)
	w.restyle()
	if theme.TextSize() != 21 {
		t.Errorf("text of 150 %% is %v high", theme.TextSize())
	}
}

func TestLanguageOfTheWindow(t *testing.T) {
	w, p := openSettings(t)
	choice, ok := p.languageChoice().(*fyne.Container)
	if !ok {
		t.Fatal("no choice of a language")
	}
	for _, o := range visible(choice) {
		if s, ok := o.(*widget.Select); ok {
			s.Choose(2)
		}
	}
	if w.settings.language() != "de" {
		t.Errorf("the language is %q", w.settings.language())
	}
}

func TestTheKeyIsNowhereElse(t *testing.T) {
	const key = "sk-nowhere-0123456789"
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })

	// A run with trouble, an ended account and a key that is refused.
	endpoint := openaitest.New(t, openaitest.Options{Key: key, Fault: openaitest.Script(openaitest.ServerError, openaitest.None, openaitest.QuotaEnded)})
	w, p := openSettings(t)
	p.address.SetText(endpoint.URL)
	p.key.SetText(key)
	w.tap("Keep key")
	w.tap("Test and list models")
	w.goTo(atGenerate)
	w.settle()
	w.shell.at.page.(*generatePage).ask("0", "12", "10")
	w.tap("Generate 22")
	w.escape()
	endpoint.SetFault(openaitest.Always(openaitest.WrongKey))
	w.tap("Go on")
	w.escape()
	path := w.data.Path()
	w.key("W")

	if log.Len() == 0 {
		t.Error("nothing was logged")
	}
	w.fyne.Preferences().(interface{ ReadValues(func(map[string]any)) }).ReadValues(func(kept map[string]any) {
		if len(kept) == 0 {
			t.Error("no preference is kept")
		}
		fmt.Fprintln(&log, kept)
	})
	for _, dir := range []string{filepath.Dir(path), os.Getenv("HOME")} {
		err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			if bytes.Contains(data, []byte(key)) {
				t.Errorf("%s has the key", path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if strings.Contains(log.String(), key) {
		t.Error("the key is in the log or in the preferences")
	}
}
