package prompt

import (
	"bytes"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"text/template"

	"seedbed/assets"
	"seedbed/assets/i18n"
	"seedbed/gen/direction"
	"seedbed/gen/openai/quote"
	"seedbed/localdb"
)

// Template is the template of a dataset's prompts: the shipped one, or a person's.
type Template struct {
	Version      string // of the shipped one, with a mark where a person changed it
	system, user *template.Template
}

const longestPrompt = 200_000 // bytes of what a template may become

// Default is the text of the shipped template of the prompt, for a person to edit.
func Default(language string) (string, error) {
	text, err := fs.ReadFile(assets.Prompts(language), "write.tmpl")
	if err != nil {
		return "", fmt.Errorf("read the shipped prompts: %w", err)
	}
	_, text, _ = bytes.Cut(text, []byte("{{end -}}\n")) // the version
	return strings.TrimSpace(string(text)) + "\n", nil
}

// Check says what is wrong with a person's template: whether it can be read, and
// whether what a request needs is in what it becomes. "", the shipped one, is fine.
func Check(text string) error {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	t := Template{}
	if err := t.parse(text); err != nil {
		return err
	}
	for _, sample := range samples() {
		p, err := t.Fill(sample)
		if err != nil {
			return err
		}
		if err := complete(p, sample); err != nil {
			return err
		}
	}
	return nil
}

// samples are batches of every kind: with and without examples, passages, a boundary.
func samples() []Data {
	bare := Data{Category: Category{Name: "sample_category_7", Is: "what it is", IsNot: "what it is not"}, Count: 7321, Language: "English"}
	full := bare
	full.About, full.Style = "a sample assistant", "a sample style"
	full.Directions = []direction.Direction{{Persona: "somebody", Register: "plain", Length: "2 to 5 words", Mess: "clean", Situation: "a sample"}}
	full.Examples = []string{"one example", "another example"}
	boundary, rag := full, full
	boundary.ReadsLike = Category{Name: "other_category_8", Is: "what the other is"}
	rag.Passages = []Passage{{Title: "A title", Text: "A text."}, {Text: "Another text."}}
	return []Data{full, boundary, rag, bare}
}

// complete says what a prompt lacks.
func complete(p Prompt, data Data) error {
	all := p.System + "\n" + p.User
	for _, part := range []struct {
		there bool
		what  i18n.Text
	}{
		{strings.Contains(all, data.Category.Name), i18n.T("the category, {{.Name}}", i18n.Values{"Name": "{{.Category.Name}}"})},
		{strings.Contains(all, strconv.Itoa(data.Count)), i18n.T("how many messages are wanted, {{.Name}}", i18n.Values{"Name": "{{.Count}}"})},
		{strings.Contains(all, `"messages"`), i18n.T("the form of the answer, {{.Form}}", i18n.Values{"Form": `{"messages": ["first message", "second message"]}`})},
	} {
		if !part.there {
			return i18n.Error("the template lacks {{.What}}; nothing was changed: add it, or go back to the default", i18n.Values{"What": part.what})
		}
	}
	return nil
}

// New is the template of a dataset for a language.
func New(language string, domain localdb.Domain) (Template, error) {
	shipped, err := template.New("prompt").Funcs(functions).ParseFS(assets.Prompts(language), "write.tmpl")
	if err != nil {
		return Template{}, fmt.Errorf("read the shipped prompts: %w", err)
	}
	var version bytes.Buffer
	if err := shipped.ExecuteTemplate(&version, "version", nil); err != nil {
		return Template{}, fmt.Errorf("read the shipped prompts: %w", err)
	}
	t := Template{version.String(), shipped.Lookup("system"), shipped.Lookup("user")}
	if strings.TrimSpace(domain.Template) == "" {
		domain.Template = "" // the shipped one, as Check says
	}
	if domain.Template != "" {
		if err := Check(domain.Template); err != nil {
			return Template{}, i18n.Error("the prompt that was edited for this dataset can't be used: {{.Cause}}", i18n.Values{"Cause": err})
		}
		if err := t.parse(domain.Template); err != nil {
			return Template{}, err
		}
	}
	if domain.Template != "" || domain.Instructions != "" {
		h := fnv.New32a()
		_, _ = h.Write([]byte(domain.Template + "\x00" + domain.Instructions)) // a hash takes everything
		t.Version += fmt.Sprintf(" edited %08x", h.Sum32())
	}
	return t, nil
}

var functions = template.FuncMap{
	"inc":   func(i int) int { return i + 1 },
	"attr":  quoteTitle,
	"quote": quotePassage,
	"line":  quote.Line,
	"json":  quote.JSON,
}

// parse reads a person's template.
func (t *Template) parse(text string) error {
	read, err := template.New("prompt").Funcs(functions).Option("missingkey=error").Parse(text)
	if err != nil {
		return i18n.Error("the template can't be read; nothing was changed: {{.Cause}}", i18n.Values{"Cause": templateCause(err)})
	}
	for name, into := range map[string]**template.Template{"system": &t.system, "user": &t.user} {
		*into = read.Lookup(name)
		if *into == nil || (*into).Tree == nil {
			return i18n.Error("the template lacks the part {{.Part}}; nothing was changed: add it, or go back to the default", i18n.Values{"Part": `{{define "` + name + `"}}…{{end}}`})
		}
		if err := bounded((*into).Root, 0); err != nil {
			return err
		}
	}
	return nil
}

// Fill is the prompt for a batch.
func (t Template) Fill(data Data) (Prompt, error) {
	p := Prompt{Version: t.Version}
	for part, into := range map[*template.Template]*string{t.system: &p.System, t.user: &p.User} {
		out := limitedBuffer{left: longestPrompt}
		if err := part.Execute(&out, data); err != nil {
			if errors.Is(err, errLongPrompt) {
				return Prompt{}, errLongPrompt
			}
			return Prompt{}, i18n.Error("the template can't be filled in; nothing was changed: {{.Cause}}", i18n.Values{"Cause": templateCause(err)})
		}
		*into = strings.TrimSpace(out.String())
	}
	// A template of before there were instructions, or from which they were taken out.
	for _, instruction := range data.Instructions {
		if !strings.Contains(p.System+p.User, instruction) {
			p.System += "\n- " + instruction
		}
	}
	return p, nil
}

var errLongPrompt = i18n.Error("the prompt becomes longer than {{.N}} characters; nothing was changed: shorten the template", i18n.Values{"N": longestPrompt})

// limitedBuffer fails when more is written than it may hold.
type limitedBuffer struct {
	bytes.Buffer
	left int
}

func (b *limitedBuffer) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, errLongPrompt
	}
	return b.Buffer.Write(p)
}

var templatePlace = regexp.MustCompile(`^template: prompt:`)

// templateCause is what is wrong with a template, with the line.
func templateCause(err error) string {
	return templatePlace.ReplaceAllString(err.Error(), "line ")
}
