package shell

import (
	"log/slog"
	"sync"

	"fyne.io/fyne/v2/lang"

	"seedbed/assets"
)

// Languages are those that the window speaks, by their codes.
var Languages = []struct{ Code, Name string }{{"en", "English"}, {"de", "Deutsch"}}

// addSystem adds all languages once: again, they would replace one that was chosen since.
var addSystem = sync.OnceFunc(func() {
	if err := lang.AddTranslationsFS(assets.Translations, "translations"); err != nil {
		slog.Error("reading translations", "error", err)
	}
})

// SetLanguage makes the window speak a language, or the system's where code is "".
// Fyne follows the system's locale only, so a language of one's own choice is
// given to it under that locale's name.
func SetLanguage(code string) {
	if code == "" {
		addSystem()
		return
	}
	words, err := assets.Translations.ReadFile("translations/" + code + ".json")
	if err == nil {
		err = lang.AddTranslationsForLocale(words, lang.SystemLocale())
	}
	if err != nil {
		slog.Error("reading the translation", "language", code, "error", err)
	}
}

// Translate says a sentence, and those among its values, in the window's language.
func Translate(template string, values map[string]any) string {
	if template == "" {
		return ""
	}
	shown := map[string]any{}
	for name, value := range values {
		switch value := value.(type) {
		case interface {
			Parts() (string, map[string]any)
		}:
			shown[name] = Translate(value.Parts())
		case error:
			shown[name] = ErrorText(value)
		case int:
			shown[name] = Thousands(value)
		default:
			shown[name] = value
		}
	}
	return lang.Localize(template, shown) //nolint:misspell // Fyne's name
}
