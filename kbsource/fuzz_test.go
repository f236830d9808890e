//go:build unix

package kbsource

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"seedbed/kbsource/document"
)

// inUTF16 encodes a text as Windows' Notepad does.
func inUTF16(text string, bigEndian bool) string {
	var file bytes.Buffer
	for _, unit := range utf16.Encode([]rune("\ufeff" + text)) {
		pair := []byte{byte(unit), byte(unit >> 8)}
		if bigEndian {
			slices.Reverse(pair)
		}
		file.Write(pair)
	}
	return file.String()
}

// Each of these once kept its reader busy for ever.
func TestReadingEndsOnAnyFile(t *testing.T) {
	whole := pdfOf(prose)
	_, table, _ := strings.Cut(strings.TrimSuffix(whole, "\n%%EOF\n"), "startxref\n")
	for name, c := range map[string]struct {
		text string
		good bool // the prose is found in it
	}{
		"nul.txt":           {prose[:20] + "\x00" + prose[20:], true},
		"nul.csv":           {"id,answer\n7,\"" + prose[:20] + "\x00" + prose[20:] + "\"\n", true},
		"notepad.txt":       {inUTF16(prose, false), true},
		"big-endian.md":     {inUTF16("# Notice\r\n\r\n"+prose, true), true},
		"notepad.csv":       {inUTF16("id,answer\r\n7,\""+prose+"\"\r\n", false), true},
		"notepad.html":      {inUTF16("<p>"+prose+"</p>", false), true},
		"utf-8 mark.txt":    {"\ufeff" + prose, true},
		"half.txt":          {inUTF16(prose, false) + "x", true},
		"one word.txt":      {strings.Repeat("x", 1<<20), false},
		"one paragraph.txt": {strings.Repeat(prose+" ", 1<<16), false},
		"quotes.md":         {strings.Repeat("> ", 1<<16) + prose, false},
		"tags.html":         {strings.Repeat("<b><div>", 1<<14) + prose, false},
		"circle.pdf":        {strings.Replace(whole, "/Root", "/Prev "+table+" /Root", 1), false},
		"many pages.pdf":    {strings.Replace(pdfOf(prose), "/Count 1", "/Count 999999999999", 1), false},
		"hex cut off.pdf":   {pdfOf("x) Tj <41 (" + prose), false},
		"less than.pdf":     {pdfOf("1 < 2: " + prose), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ended := make(chan struct{})
			go func() {
				defer close(ended)
				passages, err := read(t, map[string]string{name: c.text})
				if c.good && (err != nil || len(passages) != 1 || !strings.Contains(passages[0].Text, prose)) {
					t.Errorf("%+v, %v", passages, err)
				}
			}()
			select {
			case <-ended:
			case <-time.After(time.Minute):
				panic(name + " is still being read")
			}
		})
	}
}

// containers are the documents that are zip files, with the fuzzed bytes as what matters.
var containers = map[string]func(data string) map[string]string{
	".docx": func(data string) map[string]string {
		return map[string]string{"word/document.xml": data, "word/styles.xml": data}
	},
	".odt": func(data string) map[string]string { return map[string]string{"content.xml": data} },
	".pptx": func(data string) map[string]string {
		return map[string]string{"ppt/slides/slide1.xml": data, "ppt/presentation.xml": data, "ppt/_rels/presentation.xml.rels": data}
	},
	".epub": func(data string) map[string]string {
		return map[string]string{
			"META-INF/container.xml": `<rootfile full-path="a.opf"/>`, "b.xhtml": data,
			"a.opf": `<package><manifest><item id="b" href="b.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="b"/></spine></package>`,
		}
	},
}

func FuzzDocuments(f *testing.F) {
	table := para("Heading1", "Leave") + "<w:tbl>" + row("", para("", "a"), para("", "b")) + "</w:tbl>"
	for text, ending := range map[string]string{
		prose: ".txt", "A\n=\n\n- b\n- c\n": ".txt", "\x00": ".txt", "\xff\xfe\x00": ".txt", inUTF16(prose, false): ".txt", inUTF16(prose, true): ".csv",
		"id,answer\n7,\"a\x00 b\"": ".csv",
		"# Title\n\n> - " + prose:  ".md", "---\ntitle: a\n---\n:::note\nb\n:::\n<Tabs a={{b}}>\n| a | b |\n|---|---|\n| c | d |\n": ".mdx",
		"<p>a<p>b": ".html", "<nav>a</nav><table><tr><th colspan=99>a<td rowspan=99>b</table><details><summary>c</summary>d</details><dl><dt>e<dd>f</dl>": ".html",
		pdfOf(prose): ".pdf", word(table)["word/document.xml"]: ".docx", zipped(f, word(table)): ".docm",
		`<a xmlns:text="t"><text:h>A</text:h><text:list><text:p>b</text:p></text:list><table:table><table:table-row><table:table-cell number-rows-spanned="9">c</table:table-cell></table:table-row></table:table></a>`: ".odt",
		`<p:sld><p:sp><p:ph type="title"/><p:txBody><a:p><a:r><a:t>b</a:t></a:r></a:p></p:txBody></p:sp><a:tbl><a:tr><a:tc gridSpan="3"/></a:tr></a:tbl></p:sld>`:                                                       ".pptx",
		"<h1>a</h1><p>b<sup><a href='#c'>1</a></sup><ul><li>d</ul>": ".epub",
	} {
		f.Add(uint8(slices.Index(document.Endings(), ending)), []byte(text))
	}
	f.Fuzz(func(t *testing.T, kind uint8, data []byte) {
		ending := document.Endings()[int(kind)%len(document.Endings())]
		file := data
		if container, ok := containers[ending]; ok {
			file = []byte(zipped(t, container(string(data))))
		}
		watchdog := time.AfterFunc(time.Minute, func() { panic(fmt.Sprintf("%s is still being read: %q", ending, data)) })
		passages, _ := document.Read(context.Background(), "fuzz"+ending, file)
		watchdog.Stop()
		if len(passages) > 100+10*len(data) {
			t.Errorf("%s: %d passages of %d bytes", ending, len(passages), len(data))
		}
		for _, p := range passages {
			if n := utf8.RuneCountInString(p.Text); n > document.MaxPassage+1 || !utf8.ValidString(p.Title+p.Text) || strings.Contains(p.Title+p.Text, "\x00") {
				t.Errorf("%s: %q", ending, p.Text)
			}
		}
	})
}
