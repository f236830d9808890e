package generate

import (
	"slices"

	"seedbed/assets/number"
	"seedbed/gen"
	"seedbed/localdb"
)

// language is one that messages can be asked for in.
type language struct{ code, name string }

// messageLanguages are the languages that a language model is offered with, the first of
// them where nobody chose.
var messageLanguages = []language{
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

// offerLanguages offers those that the chosen writer knows for the categories asked for.
// Another writer, or other numbers, bring back the language that a person chose.
func (p *page) offerLanguages() {
	p.offered = messageLanguages
	if p.choice().BuiltIn {
		known := gen.WriterLanguages(p.asked())
		p.offered = slices.DeleteFunc(slices.Clone(messageLanguages), func(l language) bool { return !slices.Contains(known, l.code) })
	}
	if len(p.offered) == 0 {
		p.offered = messageLanguages[:1] // and the estimate says what is wrong
	}
	names := make([]string, len(p.offered))
	for i, l := range p.offered {
		names[i] = l.name
	}
	chosen := slices.IndexFunc(p.offered, func(l language) bool { return l.code == p.wanted })
	p.language.SetOptions(names, max(0, chosen))
}

// asked are the categories without those of which no message is asked for.
func (p *page) asked() []localdb.Category {
	var asked []localdb.Category
	for _, row := range p.rows {
		if n, err := number.Messages.Int(row.number.Text); err != nil || n > 0 {
			asked = append(asked, row.category)
		}
	}
	return asked
}

func (p *page) chooseLanguage(at int) {
	p.wanted = p.offered[at].code
	p.updatePlan()
}

// languageCode is the chosen language.
func (p *page) languageCode() string { return p.offered[p.language.SelectedIndex()].code }
