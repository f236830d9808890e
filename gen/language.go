package gen

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"seedbed/assets/i18n"
	"seedbed/gen/phrases"
	"seedbed/localdb"
)

// builtinName is what a run calls the built-in writer.
const builtinName = "builtin"

// WriterLanguages are the languages, as codes, in which the built-in writer can write all of
// the categories.
func WriterLanguages(categories []localdb.Category) []string {
	known := phrases.Languages("")
	for _, c := range categories {
		if !c.Archived {
			bank := phrases.Languages(c.Bank)
			known = slices.DeleteFunc(known, func(code string) bool { return !slices.Contains(bank, code) })
		}
	}
	return known
}

// CheckWriterLanguage says with an [*llm.PlanError] that the built-in writer can't write the
// categories in a language, in which it can, and what to do.
func CheckWriterLanguage(code string, categories []localdb.Category) error {
	return checkLanguage(code, WriterLanguages(categories))
}

func checkLanguage(code string, known []string) error {
	if slices.Contains(known, code) {
		return nil
	}
	names := make([]string, len(known))
	for i, k := range known {
		names[i] = nativeName(k)
	}
	return planError(i18n.T("the built-in writer can't write these categories in {{.Language}}, only in {{.Known}}; choose one of these languages, or a language model as the writer",
		i18n.Values{"Language": nativeName(code), "Known": strings.Join(names, ", ")}))
}

// nativeName is a language as its speakers call it, with its code.
func nativeName(code string) string {
	if tag, err := language.Parse(code); err == nil {
		if name := display.Self.Name(tag); name != "" {
			return name + " (" + code + ")"
		}
	}
	return strconv.Quote(code)
}

func (r *Run) checkLanguage() error {
	var wanted []localdb.Category
	for _, q := range r.quotas {
		wanted = append(wanted, r.batcher.categories[q.category])
	}
	return CheckWriterLanguage(r.plan.Language, wanted)
}
