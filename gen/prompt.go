package gen

import (
	"bytes"
	"fmt"
	"strings"
	"text/template"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"seedbed/assets"
	"seedbed/gen/openai/quote"
)

// Prompt is what a model is asked with for one batch.
type Prompt struct {
	Version      string
	System, User string
}

// longestPassage is how many bytes of a passage are quoted: enough for two questions.
const longestPassage = 2000

// newPrompt fills in the prompt's template for a batch.
func newPrompt(b Batch) (Prompt, error) {
	templates, err := promptTemplates(b.Language)
	if err != nil {
		return Prompt{}, err
	}
	data := struct {
		Batch
		Language string // its name, where the batch has its code
	}{b, languageName(b.Language)}
	var p Prompt
	for name, into := range map[string]*string{"version": &p.Version, "system": &p.System, "user": &p.User} {
		var out bytes.Buffer
		if err := templates.ExecuteTemplate(&out, name, data); err != nil {
			return Prompt{}, fmt.Errorf("fill in the prompt: %w", err)
		}
		*into = out.String()
	}
	return p, nil
}

// promptVersion is the version of the prompts in a language.
func promptVersion(lang string) (string, error) {
	templates, err := promptTemplates(lang)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	err = templates.ExecuteTemplate(&out, "version", nil)
	return out.String(), err
}

func promptTemplates(lang string) (*template.Template, error) {
	t, err := template.New("prompt").Funcs(quote.Functions).Funcs(template.FuncMap{
		"inc":     func(i int) int { return i + 1 },
		"passage": func(text string) string { return quote.Block(shortened(text)) },
		"title":   func(text string) string { return strings.ReplaceAll(quote.Line(shortened(text)), `"`, "'") },
	}).ParseFS(assets.Prompts(lang), "write.tmpl")
	if err != nil {
		return nil, fmt.Errorf("read the shipped prompts: %w", err)
	}
	return t, nil
}

// shortened returns as much of a passage as is quoted.
func shortened(text string) string {
	if len(text) > longestPassage {
		text = strings.ToValidUTF8(text[:longestPassage], "") + " …"
	}
	return text
}

// languageName is the English name of a language code: "German" for "de". What is
// not a code is returned unchanged: a person may ask for "Swiss German".
func languageName(code string) string {
	tag, err := language.Parse(code)
	if err != nil {
		return code
	}
	return display.English.Tags().Name(tag)
}
