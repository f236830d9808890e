package generate

// messageLanguages are the languages that messages can be asked for in. The
// built-in writer knows only the first.
var messageLanguages = []struct{ code, name string }{
	{"en", "English"},
	{"de", "Deutsch"},
	{"es", "Español"},
	{"fr", "Français"},
	{"it", "Italiano"},
	{"pt", "Português"},
	{"nl", "Nederlands"},
	{"pl", "Polski"},
	{"tr", "Türkçe"},
	{"ru", "Русский"},
	{"ar", "العربية"},
	{"he", "עברית"},
	{"hi", "हिन्दी"},
	{"ja", "日本語"},
	{"zh", "中文"},
}

func languageNames() []string {
	names := make([]string, len(messageLanguages))
	for i, l := range messageLanguages {
		names[i] = l.name
	}
	return names
}

// languageAt is the place of a code in languageNames; that of English where there is
// none.
func languageAt(code string) int {
	for i, l := range messageLanguages {
		if l.code == code {
			return i
		}
	}
	return 0
}
