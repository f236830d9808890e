package document

import (
	"bytes"
	"context"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
	"go.yaml.in/yaml/v3"
)

// readMarkdown renders a document and reads the result, so that headings, lists and
// tables are read as in every other page. HTML in it, which guides use for tables and
// notes, is kept.
func readMarkdown(_ context.Context, data []byte) ([]section, error) {
	source, title := withoutFrontMatter(decode(data))
	source = plainMarkdown(source)
	if deeplyNested().MatchString(source) {
		return nil, ErrBroken
	}
	markdown := goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList, extension.Footnote, extension.DefinitionList),
		goldmark.WithParserOptions(parser.WithHeadingAttribute()),
		goldmark.WithRendererOptions(html.WithUnsafe()))
	var page bytes.Buffer
	if err := markdown.Convert([]byte(source), &page); err != nil {
		return nil, ErrBroken
	}
	document, err := parsePage(page.Bytes())
	if err != nil {
		return nil, err
	}
	r := pageReader{}
	if title != "" && find(document, isTopHeading) == nil {
		r.outline.heading(1, title)
	}
	r.walk(document)
	r.endParagraph()
	return r.outline.done()
}

// deeplyNested matches a line of more nested quotes and lists than anybody writes. The
// Markdown library takes quadratic time and a stack frame or more for each.
var deeplyNested = pattern(`(?m)^[ \t]*(>[ \t]*|[*+-][ \t]+){100}`)

// frontMatter matches the block of settings at the top of a document, in YAML or TOML.
var (
	frontMatter = pattern(`\A(?:---[ \t]*\n((?s:.*?)\n)??(?:---|\.\.\.)|\+\+\+[ \t]*\n((?s:.*?)\n)??\+\+\+)[ \t]*(?:\n|\z)`)
	tomlTitle   = pattern(`(?m)^title\s*=\s*["'](.*)["']\s*$`)
)

// withoutFrontMatter removes the settings at the top of a document, and returns the
// title among them.
func withoutFrontMatter(text string) (body, title string) {
	at := frontMatter().FindStringSubmatchIndex(text)
	switch {
	case at == nil:
		return text, ""
	case at[2] >= 0:
		var settings map[string]any
		if yaml.Unmarshal([]byte(text[at[2]:at[3]]), &settings) != nil {
			return text, "" // a text between two lines
		}
		title, _ = settings["title"].(string)
	case at[4] >= 0:
		if found := tomlTitle().FindStringSubmatch(text[at[4]:at[5]]); found != nil {
			title = found[1]
		}
	}
	return text[at[1]:], title
}

// What programs that build sites put into Markdown: none of it is text.
var foreignMarks = []*regexp.Regexp{
	regexp.MustCompile(`(?s)\{/\*.*?\*/\}`),                                                  // comments of MDX
	regexp.MustCompile(`(?s)\{\{[<%].*?[%>]\}\}|\{%.*?%\}`),                                  // Hugo's shortcodes, Liquid
	regexp.MustCompile(`!\[\[[^\]\n]*\]\]`),                                                  // Obsidian's embedded files
	regexp.MustCompile(`(?m)^[ \t]*\[\[?(?:toc|_toc_)\]\]?[ \t]*$`),                          // tables of contents
	regexp.MustCompile(`(?m)^([ \t]*>[ \t]*)\[![A-Za-z]+\][+-]?`),                            // the kind of a note, after GitHub and Obsidian
	regexp.MustCompile(`(?m)[ \t]*\{[:#.][^{}\n]*\}[ \t]*$`),                                 // attributes
	regexp.MustCompile(`</?[A-Z][A-Z\d]*[a-z][\w.]*(?:\s+` + jsxAttribute + `)*\s*/?>|</?>`), // components of JSX
}

const jsxAttribute = `(?:[\w:-]+(?:=(?:"[^"]*"|'[^']*'|` + jsxValue + `))?|` + jsxValue + `)`

// jsxValue is an expression in braces, with up to two pairs of braces inside another.
const jsxValue = `\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}`

var (
	wikiLink   = pattern(`\[\[(?:[^\]\n|]*\|)?([^\]\n|]*)\]\]`)
	moduleLine = pattern(`^(?:import\s+(?:[\w*{].*\sfrom\s+)?["'][^"']+["'];?|import\s+(?:\w+\s*,\s*)?\{|export\s+(?:const|let|default|function|async)\b.*)`)
	fence      = pattern("^ {0,3}(```+|~~~+)")
	// admonition matches the opening of a note, ":::note Title" and "!!! note "Title"";
	// closing ones have neither.
	admonition = pattern(`^\s*(?::{3,}[ \t]*\{?\.?[\w-]*\}?[ \t]*\[?([^\]\n{]*)\]?.*|(!!!|\?\?\?\+?)[ \t]+[\w -]*?[ \t]*(?:"([^"]*)")?[ \t]*)$`)
)

// plainMarkdown removes from a document what only a program that builds sites
// understands. Notes keep their titles and texts.
func plainMarkdown(source string) string {
	for _, marks := range foreignMarks {
		source = marks.ReplaceAllString(source, "$1")
	}
	source = wikiLink().ReplaceAllString(source, "$1")
	var out strings.Builder
	inFence, inModule, inNote := "", false, false
	for line := range strings.Lines(source) {
		text := strings.TrimRight(line, "\n")
		if open := fence().FindStringSubmatch(text); open != nil && (inFence == "" || strings.HasPrefix(open[1], inFence)) {
			if inFence == "" {
				inFence = open[1]
			} else {
				inFence = ""
			}
		}
		indented := strings.HasPrefix(text, "    ") || strings.HasPrefix(text, "\t")
		note := admonition().FindStringSubmatch(text)
		switch {
		case inFence != "":
		case inModule: // until the statement's end
			inModule = strings.TrimSpace(text) != "" && !strings.HasSuffix(strings.TrimSpace(text), ";")
			text = ""
		case moduleLine().MatchString(text):
			inModule = strings.Count(text, "{") > strings.Count(text, "}") || strings.Count(text, "(") > strings.Count(text, ")")
			text = ""
		case note != nil:
			inNote = note[2] != ""
			text = "\n" + note[1] + note[3] + "\n"
		case inNote && indented:
			text = strings.TrimPrefix(strings.TrimPrefix(text, "    "), "\t")
		case inNote && text != "":
			inNote = false
		}
		out.WriteString(text)
		out.WriteByte('\n')
	}
	return out.String()
}
