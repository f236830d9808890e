//go:build unix

package kbsource

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"

	"seedbed/kbsource/document"
)

// folderOf opens a folder with some files.
func folderOf(t *testing.T, files map[string]string) *Folder {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	folder, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// reasons returns the files that were skipped, by name.
func reasons(f *Folder) map[string]string {
	found := map[string]string{}
	for _, s := range f.Skipped() {
		found[s.Path] = s.Reason.String()
	}
	return found
}

func TestWhatIsLeftOutIsNamed(t *testing.T) {
	huge := strings.Repeat("x", 1<<20)
	f := folderOf(t, map[string]string{
		"good.md":                    prose,
		"sub/broken.pdf":             "%PDF-1.4 nothing",
		"scanned.pdf":                pdfWith("0 0 612 792 re f"),
		"locked.docx":                "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + "EncryptedPackage",
		"locked.odt":                 zipped(t, map[string]string{"META-INF/manifest.xml": "<manifest:encryption-data/>", "content.xml": "\x01\x02"}),
		"broken.docx":                "PK",
		"not word.docx":              zipped(t, map[string]string{"a.txt": "x"}),
		"bomb.docx":                  zipped(t, map[string]string{"word/document.xml": "<a>" + strings.Repeat(huge, 65) + "</a>"}),
		"deep.docx":                  zipped(t, map[string]string{"word/document.xml": strings.Repeat("<a>", 1<<20)}),
		"deep.html":                  strings.Repeat("<div>", 1<<16) + prose,
		"old.doc":                    "x",
		"letter.rtf":                 `{\rtf1 ` + prose + `}`,
		"table.xlsx":                 "x",
		"photo.jpg":                  "x",
		"README":                     "x",
		"empty.txt":                  " \n ",
		"inner.zip":                  "x",
		".hidden/b.md":               prose + " Hidden.",
		".DS_Store":                  "x",
		"node_modules/left-pad/a.md": prose + " Padded.",
		"~$good.docx":                "x",
	})
	link := func(from, to string) {
		if err := os.Symlink(from, filepath.Join(f.path, to)); err != nil {
			t.Fatal(err)
		}
	}
	link(".", "circle")
	link(filepath.Join(f.path, "nowhere"), "dangling.md")
	link(filepath.Join(f.path, "good.md"), "again.md")
	if err := errors.Join(os.Truncate(filepath.Join(f.path, "README"), 3), syscall.Mkfifo(filepath.Join(f.path, "pipe.md"), 0o600)); err != nil {
		t.Fatal(err)
	}
	huge2, err := os.Create(filepath.Join(f.path, "huge.txt"))
	if err = errors.Join(err, huge2.Truncate(document.MaxSize+1), huge2.Close()); err != nil {
		t.Fatal(err)
	}
	var steps []int
	f.Progress = func(done, total int) { steps = append(steps, done*1000+total) }
	passages, err := f.Passages(context.Background(), 0)
	if err != nil || len(passages) != 1 {
		t.Fatalf("%+v, %v", passages, err)
	}
	got := reasons(f)
	want := map[string]string{
		"sub/broken.pdf": "damaged", "scanned.pdf": "pictures without text", "locked.docx": "password", "locked.odt": "password",
		"broken.docx": "damaged", "not word.docx": "damaged", "bomb.docx": "64 MB", "deep.docx": "damaged", "deep.html": "damaged",
		"old.doc": "save it as .docx", "letter.rtf": "save it as .docx", "table.xlsx": "save it as .csv", "photo.jpg": "isn't read", "README": "isn't read",
		"empty.txt": "no text", "inner.zip": "archive", "circle": "link to a folder", "dangling.md": "link to nothing", "pipe.md": "not a regular file", "huge.txt": "64 MB",
	}
	for name, reason := range want {
		if !strings.Contains(got[name], reason) {
			t.Errorf("%s: %q, not %q", name, got[name], reason)
		}
		delete(got, name)
	}
	if len(got) > 0 {
		t.Errorf("also skipped: %v", got)
	}
	if f.Ignored() != 4 {
		t.Errorf("%d are ignored", f.Ignored())
	}
	if n := len(steps); n < 5 || steps[n-1] != n*1000+n || !slices.IsSorted(steps) {
		t.Errorf("progress %v", steps)
	}
}

func TestReasonOfAForbiddenFile(t *testing.T) {
	if got := reasonOf(&os.PathError{Op: "open", Path: "a", Err: syscall.EACCES}).String(); got != "you may not read it" {
		t.Error(got)
	}
}

func TestZipOfDocuments(t *testing.T) {
	f := folderOf(t, map[string]string{"docs.zip": zipped(t, map[string]string{
		"guide/a.md": "# Leave\n\n" + prose, "guide/b.docx": zipped(t, word(para("berschrift1", "Pay")+para("", "Salaries are paid on the last working day of a month."))),
		"guide/c.png": "x", "__MACOSX/guide/._a.md": "x", "guide/.git/config": "x", "guide/.git/HEAD": "x", `windows\d.txt`: "Keys are lent by the janitor for one day at a time.",
	})})
	f.path = filepath.Join(f.path, "docs.zip")
	passages, err := f.Passages(context.Background(), 0)
	if err != nil || len(passages) != 3 {
		t.Fatalf("%+v, %v", passages, err)
	}
	if p := passages[0]; p.Origin != "guide/a.md" || p.Title != "Leave" || p.Text != prose {
		t.Errorf("%+v", p)
	}
	if p := passages[2]; p.Origin != "windows/d.txt" {
		t.Errorf("%+v", p)
	}
	if got := reasons(f); len(got) != 1 || got["guide/c.png"] == "" || f.Ignored() != 2 {
		t.Errorf("%v and %d are left out", got, f.Ignored())
	}
}

func TestASingleFileThatIsNoDocument(t *testing.T) {
	f := folderOf(t, map[string]string{"letter.rtf": "x"})
	f.path = filepath.Join(f.path, "letter.rtf")
	if _, err := f.Passages(context.Background(), 0); err == nil || !strings.Contains(err.Error(), "save it as .docx") {
		t.Errorf("got %v", err)
	}
}

func TestAStoppedReadingEnds(t *testing.T) {
	files := map[string]string{}
	for i := range 50 {
		files[fmt.Sprint(i, ".md")] = prose + fmt.Sprint(i)
	}
	f := folderOf(t, files)
	ctx, cancel := context.WithCancel(context.Background())
	read := 0
	f.Progress = func(done, _ int) {
		if read = done; done == 3 {
			cancel()
		}
	}
	if _, err := f.Passages(ctx, 0); !errors.Is(err, context.Canceled) || read != 3 {
		t.Errorf("%v after %d", err, read)
	}
}

// A book of many pages must not crowd out the other documents, nor many documents fill
// the memory.
func TestPassagesOfManyDocuments(t *testing.T) {
	files := map[string]string{}
	var book strings.Builder
	for i := range 4000 {
		fmt.Fprintf(&book, "# Part %d\n\nPart %d says: %s\n\n", i, i, strings.Repeat(prose, 4))
	}
	files["book.md"] = book.String()
	for i := range 30 {
		files[fmt.Sprintf("small-%d.md", i)] = fmt.Sprintf("Rule %d: %s", i, prose)
	}
	f := folderOf(t, files)
	passages, err := f.Passages(context.Background(), 60)
	origins := map[string]int{}
	for _, p := range passages {
		origins[p.Origin]++
	}
	if err != nil || len(passages) != 60 || len(origins) != 31 {
		t.Errorf("%d passages of %d documents, %v", len(passages), len(origins), err)
	}

	s := selection{limit: 10}
	for i := range 20_000 {
		s.add([]Passage{{Origin: fmt.Sprint(i), Text: fmt.Sprint("Rule ", i, ": ", prose)}, {Origin: fmt.Sprint(i), Text: fmt.Sprint("Note ", i, ": ", prose)}, {Text: prose}})
		if s.total > 2*room*s.limit {
			t.Fatalf("%d passages are kept", s.total)
		}
	}
	first, last := 20_000, 0
	for _, p := range s.passages() {
		var n int
		if _, err := fmt.Sscan(p.Origin, &n); err == nil {
			first, last = min(first, n), max(last, n)
		}
	}
	if n := len(s.passages()); n != 10 || first > 5000 || last < 15_000 {
		t.Errorf("%d passages, from %d to %d", n, first, last)
	}
}

func TestTextInOtherEncodings(t *testing.T) {
	for name, text := range map[string]string{
		"1251.txt": "\xd1\xf0\xee\xea \xf3\xe2\xe5\xe4\xee\xec\xeb\xe5\xed\xe8\xff \xee\xb1 \xf3\xe2\xee\xeb\xfc\xed\xe5\xed\xe8\xe8 \xf1\xee\xf1\xf2\xe0\xe2\xeb\xff\xe5\xf2 \xe4\xe2\xe5 \xed\xe5\xe4\xe5\xeb\xe8.",
	} {
		passages, err := read(t, map[string]string{name: strings.ReplaceAll(text, "\xee\xb1", "\xee\xe1")})
		if err != nil || len(passages) != 1 || passages[0].Text != "Срок уведомления об увольнении составляет две недели." {
			t.Errorf("%s: %+v, %v", name, passages, err)
		}
	}
}

// Expanding what a file says must not take much more memory than the file.
func TestFilesThatExpandStayBounded(t *testing.T) {
	cell := "<td rowspan=1000 colspan=1000>" + strings.Repeat("word ", 200)
	for name, text := range map[string]string{
		"spans.html":    "<table>" + strings.Repeat("<tr>"+strings.Repeat(cell, 20), 50) + strings.Repeat("<tr><td>x", 50_000) + "</table>",
		"headings.html": "<table><tr>" + strings.Repeat("<th>"+strings.Repeat("h", 200), 200) + strings.Repeat("<tr>"+strings.Repeat("<td>a b", 200), 500) + "</table>",
		"lead.html":     "<p>" + strings.Repeat("lead ", 70) + ":</p><ul>" + strings.Repeat("<li>"+strings.Repeat("item ", 150), 5000) + "</ul>",
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			passages, err := read(t, map[string]string{name: text})
			runtime.ReadMemStats(&after)
			size := 0
			for _, p := range passages {
				size += len(p.Text)
			}
			if size > document.MaxSize || after.TotalAlloc-before.TotalAlloc > 4<<30 {
				t.Errorf("%d bytes of text, %d MB allocated, %v", size, (after.TotalAlloc-before.TotalAlloc)>>20, err)
			}
		})
	}
}
