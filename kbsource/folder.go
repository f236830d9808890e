package kbsource

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"seedbed/assets/i18n"
)

// Folder reads the documents in a folder and the folders below it.
type Folder struct{ path string }

// maxDocument is how large a document may be; larger ones are rarely prose.
const maxDocument = 64 << 20

// readers are the documents that can be read, by the ending of their names.
var readers = map[string]func(path string) ([]section, error){
	".md": readMarkdown, ".markdown": readMarkdown, ".mdx": readMarkdown,
	".txt": readText, ".html": readHTML, ".htm": readHTML,
	".csv": readCSV, ".pdf": readPDF, ".docx": readDocx,
}

// section is a stretch of a document under one heading: paragraphs, each on its own.
type section struct {
	title      string
	paragraphs []string
}

// OpenFolder checks that a folder or document can be opened.
func OpenFolder(path string) (*Folder, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, &Error{
			Kind: Unreadable, What: i18n.T("the folder “{{.Folder}}” can't be opened", i18n.Values{"Folder": path}),
			Next: orGoOn(i18n.T("Check that it exists and that you may read it")), Err: err,
		}
	}
	return &Folder{path}, nil
}

// Describe names the folder.
func (f *Folder) Describe() string { return f.path }

// Documents lists the paths of the documents that can be read, in order.
func (f *Folder) Documents(ctx context.Context) ([]string, error) {
	var paths []string
	err := filepath.WalkDir(f.path, func(path string, entry fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		hidden := path != f.path && strings.HasPrefix(entry.Name(), ".")
		switch {
		case hidden && entry.IsDir():
			return fs.SkipDir
		case err != nil || hidden || entry.IsDir():
			return err
		}
		if readers[strings.ToLower(filepath.Ext(path))] != nil {
			paths = append(paths, path)
		}
		return nil
	})
	slices.Sort(paths)
	return paths, err
}

// Passages returns at most limit passages spread over all documents. A document
// that can't be read is skipped, as long as another can be.
func (f *Folder) Passages(ctx context.Context, limit int) ([]Passage, error) {
	paths, err := f.Documents(ctx)
	if err != nil {
		return nil, f.unreadable(err)
	}
	var passages []Passage
	var failed error
	for _, path := range paths {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		found, err := f.read(path)
		if err != nil {
			failed = fmt.Errorf("%s: %w", path, err)
			continue
		}
		passages = append(passages, found...)
	}
	passages = worthAsking(passages)
	switch {
	case len(passages) == 0 && failed != nil:
		return nil, f.unreadable(failed)
	case len(passages) == 0:
		return nil, &Error{
			Kind: Empty, What: i18n.T("the folder “{{.Folder}}” holds no document with text (.md, .txt, .html, .csv, .pdf, .docx)", i18n.Values{"Folder": f.path}),
			Next: orGoOn(i18n.T("Choose another folder")),
		}
	}
	return spread(passages, limit), nil
}

func (f *Folder) unreadable(err error) error {
	return &Error{
		Kind: Unreadable, What: i18n.T("the documents in “{{.Folder}}” can't be read", i18n.Values{"Folder": f.path}),
		Next: orGoOn(i18n.T("Check that you may read them")), Err: err,
	}
}

func (f *Folder) read(path string) ([]Passage, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxDocument {
		return nil, fmt.Errorf("larger than %d MB", maxDocument>>20)
	}
	sections, err := readers[strings.ToLower(filepath.Ext(path))](path)
	if err != nil {
		return nil, err
	}
	name, err := filepath.Rel(f.path, path)
	if err != nil || name == "." {
		name = filepath.Base(path)
	}
	name = filepath.ToSlash(name)
	var passages []Passage
	for _, s := range sections {
		for _, text := range cut(s.paragraphs) {
			passages = append(passages, Passage{
				Origin: name, Ref: fmt.Sprintf("%s#%d", name, len(passages)+1), Title: s.title, Text: text,
			})
		}
	}
	return passages, nil
}

// goodPassage is the length from which on a passage is not joined with the next paragraph.
const goodPassage = 500

// cut joins short paragraphs and cuts long ones, so that each passage is about
// one thing and long enough to ask about.
func cut(paragraphs []string) []string {
	var passages []string
	var open strings.Builder
	flush := func() {
		if open.Len() > 0 {
			passages = append(passages, open.String())
			open.Reset()
		}
	}
	for _, paragraph := range paragraphs {
		piece, rest := cutPassage(clean(paragraph))
		for ; piece != ""; piece, rest = cutPassage(rest) {
			if open.Len() > 0 && open.Len()+len(piece) > MaxPassage {
				flush()
			}
			if open.Len() > 0 {
				open.WriteString("\n")
			}
			open.WriteString(piece)
			if open.Len() >= goodPassage {
				flush()
			}
		}
	}
	flush()
	return passages
}
