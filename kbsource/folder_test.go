//go:build unix

package kbsource

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"seedbed/kbsource/document"
)

func read(t *testing.T, files map[string]string) ([]Passage, error) {
	t.Helper()
	return folderOf(t, files).Passages(context.Background(), 0)
}

func TestHandbook(t *testing.T) {
	folder, err := OpenFolder("testdata/handbook")
	if err != nil {
		t.Fatal(err)
	}
	all, err := folder.Passages(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 50 {
		t.Fatalf("only %d passages", len(all))
	}
	origins := map[string]bool{}
	for _, p := range all {
		origins[p.Origin] = true
		if n := utf8.RuneCountInString(p.Text); n < minPassage || n > document.MaxPassage+1 {
			t.Errorf("%s has %d characters", p.Ref, n)
		}
		if strings.Contains(p.Text, "sidebar_label") || strings.Contains(p.Text, "<a ") {
			t.Errorf("%s holds markup: %q", p.Ref, p.Text)
		}
	}
	some, err := folder.Passages(context.Background(), 20)
	if err != nil || len(some) != 20 {
		t.Fatalf("%d passages, %v", len(some), err)
	}
	spreadOver := map[string]bool{}
	for _, p := range some {
		spreadOver[p.Origin] = true
	}
	if len(spreadOver) != len(origins) {
		t.Errorf("20 passages come from %d of %d documents", len(spreadOver), len(origins))
	}
}

const prose = "Notice periods run from the day after the letter arrived, and not from the day it was written."

func TestDocuments(t *testing.T) {
	for name, text := range map[string]string{
		"a.md":             "---\ntitle: x\n---\n\n# Notice periods\n\n" + prose + "\n\n```\ncode = 1\n```\n",
		"a.txt":            prose,
		"deep/er/a.html":   "<html><head><title>no</title></head><body><h2>Notice <b>periods</b></h2><script>no()</script><p>" + prose + "</p></body></html>",
		"a.csv":            "id,answer\n7,\"" + prose + "\"\n",
		"windows-1252.txt": "Caf\xe9: " + prose,
	} {
		t.Run(name, func(t *testing.T) {
			passages, err := read(t, map[string]string{name: text})
			if err != nil || len(passages) != 1 {
				t.Fatalf("%v, %v", passages, err)
			}
			p := passages[0]
			if !strings.HasSuffix(p.Text, prose) || p.Origin != name || !utf8.ValidString(p.Text) {
				t.Errorf("%+v", p)
			}
			if ending := filepath.Ext(name); (ending == ".md" || ending == ".html") != (p.Title == "Notice periods") {
				t.Errorf("title %q", p.Title)
			}
		})
	}
}

// pdfOf is the smallest PDF with one line of text on one page.
func pdfOf(text string) string { return pdfWith(linesAt(72, 720, 12, text)) }

// linesAt are the instructions that draw lines of text from the top down.
func linesAt(x, y, size int, texts ...string) string {
	var content strings.Builder
	for i, text := range texts {
		fmt.Fprintf(&content, "BT /F1 %d Tf %d %d Td (%s) Tj ET\n", size, x, y-14*i, text)
	}
	return strings.TrimSpace(content.String()) + "\n"
}

// pdfWith is a PDF with pages of some contents.
func pdfWith(contents ...string) string {
	var file strings.Builder
	var offsets []int
	object := func(text string) {
		offsets = append(offsets, file.Len())
		fmt.Fprintf(&file, "%d 0 obj\n%s\nendobj\n", len(offsets), text)
	}
	file.WriteString("%PDF-1.4\n")
	var kids strings.Builder
	for i := range contents {
		fmt.Fprintf(&kids, "%d 0 R ", 4+2*i)
	}
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object(fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids.String(), len(contents)))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	for i, content := range contents {
		object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>", 5+2*i))
		object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content))
	}
	table := file.Len()
	fmt.Fprintf(&file, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, at := range offsets {
		fmt.Fprintf(&file, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&file, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, table)
	return file.String()
}

func TestPDF(t *testing.T) {
	passages, err := read(t, map[string]string{"letter.pdf": pdfOf(prose)})
	if err != nil || len(passages) != 1 || passages[0].Text != prose || passages[0].Title != "page 1" {
		t.Errorf("%+v, %v", passages, err)
	}
}

func TestBrokenDocumentsDoNotHideTheOthers(t *testing.T) {
	passages, err := read(t, map[string]string{"good.md": prose, "broken.pdf": "%PDF-1.4 nothing", "broken.docx": "PK", ".hidden/b.md": prose + " Hidden."})
	if err != nil || len(passages) != 1 {
		t.Errorf("%v, %v", passages, err)
	}
	var failure *Error
	if _, err := read(t, map[string]string{"broken.pdf": "%PDF-1.4 nothing"}); !errors.As(err, &failure) || failure.Kind != Unreadable {
		t.Errorf("got %v", err)
	}
	if _, err := read(t, map[string]string{"a.exe": "x"}); !errors.As(err, &failure) || failure.Kind != Empty {
		t.Errorf("got %v", err)
	}
	if _, err := OpenFolder("no/such/folder"); !errors.As(err, &failure) || failure.Kind != Unreadable {
		t.Errorf("got %v", err)
	}
}

func TestLongParagraphsAreCutAtSentences(t *testing.T) {
	var long strings.Builder
	for i := range 40 {
		fmt.Fprintf(&long, "In year %d: %s ", i, prose)
	}
	passages, err := read(t, map[string]string{"long.txt": long.String()})
	if err != nil || len(passages) < 3 {
		t.Fatalf("%d passages, %v", len(passages), err)
	}
	for _, p := range passages {
		if !strings.HasSuffix(p.Text, ".") {
			t.Errorf("cut in a sentence: %q", p.Text)
		}
	}
}
