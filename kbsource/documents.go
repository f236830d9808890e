package kbsource

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/net/html"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// readMarkdown renders a document and reads the result, so that headings, lists and
// tables are parsed as everywhere else.
func readMarkdown(path string) ([]section, error) {
	source, err := readTextFile(path)
	if err != nil {
		return nil, err
	}
	source = withoutFrontMatter(source)
	if deeplyNested.MatchString(source) {
		return nil, errors.New("quotes or lists nested too deeply")
	}
	var page bytes.Buffer
	// Raw HTML is kept: guides use it for tables and notes, and the HTML reader
	// leaves out what is not text.
	if err := goldmark.New(goldmark.WithExtensions(extension.Table)).Convert([]byte(source), &page); err != nil {
		return nil, err
	}
	return sectionsOf(&page)
}

// deeplyNested matches a line of more nested quotes and lists than anybody writes. The
// Markdown library takes quadratic time and a stack frame or more for each.
var deeplyNested = regexp.MustCompile(`(?m)^[ \t]*(>[ \t]*|[*+-][ \t]+){100}`)

// withoutFrontMatter removes the block of settings at the top of a document.
func withoutFrontMatter(text string) string {
	rest, ok := strings.CutPrefix(text, "---\n")
	if !ok {
		return text
	}
	if _, body, ok := strings.Cut(rest, "\n---\n"); ok {
		return body
	}
	return text
}

func readHTML(path string) ([]section, error) {
	text, err := readTextFile(path)
	if err != nil {
		return nil, err
	}
	return sectionsOf(strings.NewReader(text))
}

// sectionsOf reads a page's text under its headings.
func sectionsOf(page io.Reader) ([]section, error) {
	document, err := html.Parse(page)
	if err != nil {
		return nil, err
	}
	p := pageReader{sections: []section{{}}}
	p.walk(document)
	p.endParagraph()
	return p.sections, nil
}

type pageReader struct {
	sections []section
	text     strings.Builder
}

func (p *pageReader) endParagraph() {
	text := strings.Join(strings.Fields(p.text.String()), " ")
	p.text.Reset()
	if text != "" {
		last := &p.sections[len(p.sections)-1]
		last.paragraphs = append(last.paragraphs, text)
	}
}

func (p *pageReader) walk(node *html.Node) {
	if node.Type == html.TextNode {
		p.text.WriteString(node.Data)
		return
	}
	block := false
	if node.Type == html.ElementNode {
		switch node.Data {
		case "script", "style", "head", "nav", "footer", "form", "noscript", "template", "pre":
			return
		case "h1", "h2", "h3", "h4", "h5", "h6":
			p.endParagraph()
			p.sections = append(p.sections, section{title: strings.Join(strings.Fields(textOf(node)), " ")})
			return
		case "p", "div", "section", "article", "ul", "ol", "li", "table", "tr", "blockquote", "br", "hr", "dl", "dt", "dd", "main", "header":
			block = true
		case "td", "th":
			p.text.WriteString(" ")
		}
	}
	if block {
		p.endParagraph()
	}
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		p.walk(child)
	}
	if block {
		p.endParagraph()
	}
}

func textOf(node *html.Node) string {
	if node.Type == html.TextNode {
		return node.Data
	}
	var text strings.Builder
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		text.WriteString(textOf(child))
	}
	return text.String()
}

// readText splits a text into paragraphs at empty lines.
func readText(path string) ([]section, error) {
	text, err := readTextFile(path)
	if err != nil {
		return nil, err
	}
	return []section{{paragraphs: paragraphsOf(text)}}, nil
}

func paragraphsOf(text string) []string {
	var paragraphs []string
	for _, p := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			paragraphs = append(paragraphs, p)
		}
	}
	return paragraphs
}

// readCSV makes one section of each line, from its cells that hold words.
func readCSV(path string) ([]section, error) {
	text, err := readTextFile(path)
	if err != nil {
		return nil, err
	}
	reader := csv.NewReader(strings.NewReader(text))
	reader.FieldsPerRecord, reader.LazyQuotes = -1, true
	var sections []section
	for line := 0; ; line++ {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return sections, nil
		}
		if err != nil {
			return nil, err
		}
		var words []string
		for _, cell := range record {
			if strings.ContainsRune(strings.TrimSpace(cell), ' ') {
				words = append(words, strings.TrimSpace(cell))
			}
		}
		if line > 0 && len(words) > 0 {
			sections = append(sections, section{paragraphs: words})
		}
	}
}

// readDocx reads the paragraphs of a Word document; its headings are those that
// have a heading's style.
func readDocx(path string) ([]section, error) {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return nil, err
	}
	defer archive.Close()
	body, err := archive.Open("word/document.xml")
	if err != nil {
		return nil, err
	}
	defer body.Close()
	var document struct {
		Paragraphs []struct {
			Style struct {
				Value string `xml:"val,attr"`
			} `xml:"pPr>pStyle"`
			Runs []string `xml:"r>t"`
		} `xml:"body>p"`
	}
	if err := xml.NewDecoder(io.LimitReader(body, maxDocument)).Decode(&document); err != nil {
		return nil, err
	}
	sections := []section{{}}
	for _, p := range document.Paragraphs {
		text := strings.TrimSpace(strings.Join(p.Runs, ""))
		switch {
		case text == "":
		case strings.HasPrefix(p.Style.Value, "Heading") || p.Style.Value == "Title":
			sections = append(sections, section{title: text})
		default:
			last := &sections[len(sections)-1]
			last.paragraphs = append(last.paragraphs, text)
		}
	}
	return sections, nil
}

// readTextFile reads a text file in the encoding that its byte-order mark names. Without
// one it is UTF-8 or, if it isn't valid UTF-8, Windows-1252, in which every byte is a
// character.
func readTextFile(path string) (string, error) {
	data, err := os.ReadFile(path) // the person chose the folder
	if err != nil {
		return "", err
	}
	fallback := unicode.UTF8.NewDecoder()
	if !utf8.Valid(data) {
		fallback = charmap.Windows1252.NewDecoder()
	}
	data, _, err = transform.Bytes(unicode.BOMOverride(fallback), data)
	if err != nil {
		return "", err
	}
	return clean(strings.ReplaceAll(string(data), "\r\n", "\n")), nil
}
