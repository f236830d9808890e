package shelltest

import (
	"encoding/json"
	"testing"

	"fyne.io/fyne/v2/lang"

	"seedbed/assets"
	"seedbed/ui/shell"
)

// InGerman makes the window speak German until the test ends.
func InGerman(t testing.TB) {
	t.Helper()
	shell.SetLanguage("")
	shell.SetLanguage("de")
	t.Cleanup(func() {
		german, err := assets.Translations.ReadFile("translations/de.json")
		if err != nil {
			t.Fatal(err)
		}
		words := map[string]any{}
		if err := json.Unmarshal(german, &words); err != nil {
			t.Fatal(err)
		}
		for key := range words {
			words[key] = key
		}
		english, err := assets.Translations.ReadFile("translations/en.json")
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(english, &words); err != nil {
			t.Fatal(err)
		}
		back, err := json.Marshal(words)
		if err == nil {
			err = lang.AddTranslationsForLocale(back, lang.SystemLocale())
		}
		if err != nil {
			t.Fatal(err)
		}
	})
}
