package shell

import (
	"log/slog"
	"maps"
	"slices"
	"sync"

	"fyne.io/fyne/v2/lang"

	"seedbed/assets"
	"seedbed/assets/i18n"
	"seedbed/gen/starter"
	"seedbed/localdb"
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

// Say says a text of a package below the window in the window's language, with the names
// by which people know categories in place of those that files have.
func Say(text i18n.Text, categories localdb.Categories) string {
	return Translate(withShownNames(text, categories).Parts())
}

func withShownNames(text i18n.Text, categories localdb.Categories) i18n.Text {
	_, values := text.Parts()
	shown := maps.Clone(values)
	for name, value := range values {
		switch value := value.(type) {
		case i18n.Text:
			shown[name] = withShownNames(value, categories)
		case *i18n.Text: // an error
			named := withShownNames(*value, categories)
			shown[name] = &named
		case string:
			if name == "Category" || name == "From" || name == "Into" {
				shown[name] = categories.Named(value).Shown()
			}
		}
	}
	return text.With(shown)
}

// TranslateStarter is a shipped starter with all that people read of it in the window's
// language; what prompts are made of stays English.
func TranslateStarter(s starter.Starter) starter.Starter {
	s.Title, s.Summary, s.Categories = Translate(s.Title, nil), Translate(s.Summary, nil), slices.Clone(s.Categories)
	for i := range s.Categories {
		s.Categories[i].ShownName = Translate(s.Categories[i].ShownName, nil)
	}
	return s
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
