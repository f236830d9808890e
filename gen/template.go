package gen

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"

	"seedbed/assets"
	"seedbed/assets/i18n"
	"seedbed/gen/direction"
	"seedbed/gen/openai/quote"
	"seedbed/localdb"
)

// promptTemplate is the template of the prompt for a dataset: the shipped one, or a
// person's.
type promptTemplate struct {
	version      string
	system, user *template.Template
}

const (
	longestPassage = 2000    // bytes of a passage that are quoted: enough for two questions
	longestPrompt  = 200_000 // bytes of what a template may become
	deepestRange   = 2       // ranges within one another: a passage's words, say
)

// DefaultTemplate is the text of the shipped template of the prompt, for a person to edit.
func DefaultTemplate(language string) (string, error) {
	text, err := fs.ReadFile(assets.Prompts(language), "write.tmpl")
	if err != nil {
		return "", fmt.Errorf("read the shipped prompts: %w", err)
	}
	_, text, _ = bytes.Cut(text, []byte("{{end -}}\n")) // the version
	return strings.TrimSpace(string(text)) + "\n", nil
}

// SaveDomain checks what a dataset's messages are about, and stores it. A template that is
// the shipped one is stored as none, so that the dataset follows later versions.
func SaveDomain(ctx context.Context, d *localdb.Dataset, language string, domain localdb.Domain) error {
	shipped, err := DefaultTemplate(language)
	if err != nil {
		return err
	}
	if strings.TrimSpace(domain.Template) == strings.TrimSpace(shipped) {
		domain.Template = ""
	}
	if err := CheckTemplate(domain.Template); err != nil {
		return err
	}
	return d.SetDomain(ctx, domain)
}

// CheckTemplate says what is wrong with a person's template: whether it can be read, and
// whether what a request needs is in what it becomes. "", the shipped one, is fine.
func CheckTemplate(text string) error {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	t := promptTemplate{}
	if err := t.parse(text); err != nil {
		return err
	}
	for _, sample := range sampleBatches() {
		p, err := t.fill(sample)
		if err != nil {
			return err
		}
		if err := complete(p, sample); err != nil {
			return err
		}
	}
	return nil
}

// sampleBatches are batches of every kind: with and without examples, passages, a boundary.
func sampleBatches() []Batch {
	full := Batch{
		Category: localdb.Category{Name: "sample_category_7", Is: "what it is", IsNot: "what it is not"}, Count: 7321, Language: "en",
		About: "a sample assistant", Style: "a sample style",
		PromptSpec: PromptSpec{Directions: []direction.Direction{{Persona: "somebody", Register: "plain", Length: "2 to 5 words", Mess: "clean", Situation: "a sample"}}, Examples: []string{"one example", "another example"}},
	}
	boundary, rag := full, full
	boundary.ReadsLike = localdb.Category{Name: "other_category_8", Is: "what the other is"}
	rag.Passages = []localdb.Passage{{Title: "A title", Text: "A text."}, {Text: "Another text."}}
	return []Batch{full, boundary, rag, {Category: full.Category, Count: full.Count, Language: "en"}}
}

// complete says what a prompt lacks.
func complete(p Prompt, b Batch) error {
	all := p.System + "\n" + p.User
	for _, part := range []struct {
		there bool
		what  i18n.Text
	}{
		{strings.Contains(all, b.Category.Name), i18n.T("the category, {{.Name}}", i18n.Values{"Name": "{{.Category.Name}}"})},
		{strings.Contains(all, strconv.Itoa(b.Count)), i18n.T("how many messages are wanted, {{.Name}}", i18n.Values{"Name": "{{.Count}}"})},
		{strings.Contains(all, `"messages"`), i18n.T("the form of the answer, {{.Form}}", i18n.Values{"Form": `{"messages": ["first message", "second message"]}`})},
	} {
		if !part.there {
			return i18n.Error("the template lacks {{.What}}; nothing was changed: add it, or go back to the default", i18n.Values{"What": part.what})
		}
	}
	return nil
}

// newPromptTemplate is the template of a dataset for a language.
func newPromptTemplate(language string, domain localdb.Domain) (promptTemplate, error) {
	shipped, err := template.New("prompt").Funcs(promptFunctions).ParseFS(assets.Prompts(language), "write.tmpl")
	if err != nil {
		return promptTemplate{}, fmt.Errorf("read the shipped prompts: %w", err)
	}
	var version bytes.Buffer
	if err := shipped.ExecuteTemplate(&version, "version", nil); err != nil {
		return promptTemplate{}, fmt.Errorf("read the shipped prompts: %w", err)
	}
	t := promptTemplate{version.String(), shipped.Lookup("system"), shipped.Lookup("user")}
	if domain.Template != "" {
		if err := CheckTemplate(domain.Template); err != nil {
			return promptTemplate{}, i18n.Error("the prompt that was edited for this dataset can't be used: {{.Cause}}", i18n.Values{"Cause": err})
		}
		if err := t.parse(domain.Template); err != nil {
			return promptTemplate{}, err
		}
	}
	if domain.Template != "" || domain.Instructions != "" {
		h := fnv.New32a()
		_, _ = h.Write([]byte(domain.Template + "\x00" + domain.Instructions)) // a hash takes everything
		t.version += fmt.Sprintf(" edited %08x", h.Sum32())
	}
	return t, nil
}

var promptFunctions = template.FuncMap{
	"inc":   func(i int) int { return i + 1 },
	"attr":  quoteTitle,
	"quote": quotePassage,
	"line":  quote.Line,
	"json":  quote.JSON,
}

// allowed are the functions that a person's template may use: none that makes long texts of
// short ones.
var allowed = map[string]bool{
	"inc": true, "attr": true, "quote": true, "line": true, "json": true, "len": true, "not": true, "and": true, "or": true,
	"eq": true, "ne": true, "lt": true, "le": true, "gt": true, "ge": true, "index": true,
}

// parse reads a person's template.
func (t *promptTemplate) parse(text string) error {
	read, err := template.New("prompt").Funcs(promptFunctions).Option("missingkey=error").Parse(text)
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

// bounded refuses what could make a template run without end or take all memory: a person
// may have got the dataset from somebody else. Without variables, calls of other templates
// and functions that build texts, what a template becomes is bounded by its own length and
// that of the batch.
func bounded(node parse.Node, ranges int) error {
	switch node := node.(type) {
	case *parse.ListNode:
		if node == nil {
			return nil
		}
		for _, inner := range node.Nodes {
			if err := bounded(inner, ranges); err != nil {
				return err
			}
		}
	case *parse.ActionNode:
		return boundedPipe(node.Pipe, false)
	case *parse.IfNode:
		return boundedBranch(&node.BranchNode, ranges, false)
	case *parse.WithNode:
		return boundedBranch(&node.BranchNode, ranges, false)
	case *parse.RangeNode:
		if ranges == deepestRange {
			return notAllowed("range")
		}
		return boundedBranch(&node.BranchNode, ranges+1, true)
	case *parse.TemplateNode:
		return notAllowed("template")
	}
	return nil
}

func boundedBranch(node *parse.BranchNode, ranges int, isRange bool) error {
	return cmp.Or(boundedPipe(node.Pipe, isRange), bounded(node.List, ranges), bounded(node.ElseList, ranges))
}

// lists are what a range may go through.
var lists = []string{"Directions", "Examples", "Instructions", "Passages", "ReadsLikeExamples", "WornOpenings", "WornThemes"}

// boundedPipe checks a pipeline, which is that of a range or not.
func boundedPipe(pipe *parse.PipeNode, isRange bool) error {
	if len(pipe.Decl) > 0 && !isRange {
		return notAllowed(pipe.Decl[0].String())
	}
	for _, command := range pipe.Cmds {
		for _, argument := range command.Args {
			if isRange && !slices.Contains(lists, lastName(argument)) {
				return notAllowed("range " + pipe.String())
			}
			if err := boundedArgument(argument); err != nil {
				return err
			}
		}
	}
	return nil
}

func boundedArgument(argument parse.Node) error {
	switch argument := argument.(type) {
	case *parse.IdentifierNode:
		if !allowed[argument.Ident] {
			return notAllowed(argument.Ident)
		}
	case *parse.PipeNode:
		return boundedPipe(argument, false)
	case *parse.ChainNode:
		return boundedArgument(argument.Node)
	}
	return nil
}

// lastName is what .Passages, $.Passages and the like name; "" for anything else.
func lastName(node parse.Node) string {
	var names []string
	switch node := node.(type) {
	case *parse.FieldNode:
		names = node.Ident
	case *parse.VariableNode:
		names = node.Ident
	}
	if len(names) == 0 {
		return ""
	}
	return names[len(names)-1]
}

func notAllowed(what string) error {
	return i18n.Error("{{.What}} can't be used there in the template; nothing was changed", i18n.Values{"What": strconv.Quote(what)})
}

// fill is the prompt for a batch.
func (t promptTemplate) fill(b Batch) (Prompt, error) {
	p := Prompt{Version: t.version}
	data := promptDataOf(b)
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

// quotePassage keeps a passage inside its tags: whatever it says, it can't end them.
func quotePassage(text string) string {
	return quote.Block(shortened(text, longestPassage))
}

// shortened is a text of at most so many bytes, and a sign that there is more.
func shortened(text string, most int) string {
	if len(text) > most {
		text = strings.TrimSuffix(strings.ToValidUTF8(text[:most], ""), " …") + " …"
	}
	return text
}

// quoteTitle keeps a passage's title inside its attribute.
func quoteTitle(title string) string {
	title = strings.Join(strings.Fields(title), " ")
	return strings.ReplaceAll(quotePassage(title), `"`, "'")
}
