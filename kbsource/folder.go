package kbsource

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/kbsource/document"
)

// Folder reads the documents in a folder and the folders below it, those in a zip file,
// or a single document.
type Folder struct {
	// Progress is called by Passages after each document; it may be nil.
	Progress func(done, total int)

	path    string
	skipped []Skipped
	ignored int
}

// OpenFolder checks that a folder, zip file or document can be opened.
func OpenFolder(path string) (*Folder, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, &Error{
			Kind: Unreadable, What: i18n.T("the folder “{{.Folder}}” can't be opened", i18n.Values{"Folder": path}),
			Next: orGoOn(i18n.T("Check that it exists and that you may read it")), Err: err,
		}
	}
	return &Folder{path: path}, nil
}

// Describe names the folder.
func (f *Folder) Describe() string { return f.path }

// Skipped lists the files that the last call of Passages left out, in order.
func (f *Folder) Skipped() []Skipped { return f.skipped }

// Ignored is how many hidden files and folders, and folders of programs such as
// node_modules, the last call of Passages left out. Their content isn't counted.
func (f *Folder) Ignored() int { return f.ignored }

// Passages returns at most limit passages spread over all documents; 0 means all.
// Documents that can't be read are left out, as long as another can be.
func (f *Folder) Passages(ctx context.Context, limit int) ([]Passage, error) {
	f.skipped, f.ignored = nil, 0
	documents, closeAll, err := f.documents(ctx)
	if err != nil {
		return nil, f.unreadable(err)
	}
	defer closeAll()
	kept := selection{limit: limit}
	for i, d := range documents {
		passages, err := d.passages(ctx)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			f.skip(d.name, err)
		}
		kept.add(passages)
		if f.Progress != nil {
			f.Progress(i+1, len(documents))
		}
	}
	slices.SortFunc(f.skipped, func(a, b Skipped) int { return strings.Compare(a.Path, b.Path) })
	passages := kept.passages()
	switch {
	case len(passages) > 0:
		return passages, nil
	case len(f.skipped) > 0:
		return nil, f.nothingRead()
	}
	return nil, &Error{
		Kind: Empty, What: i18n.T("the folder “{{.Folder}}” holds no document with text ({{.Endings}})", i18n.Values{"Folder": f.path, "Endings": strings.Join(document.Endings(), ", ")}),
		Next: orGoOn(i18n.T("Choose another folder")),
	}
}

func (f *Folder) skip(name string, err error) {
	f.skipped = append(f.skipped, Skipped{name, reasonOf(err)})
}

// unreadable turns an error of the system into one for people.
func (f *Folder) unreadable(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	return &Error{
		Kind: Unreadable, What: i18n.T("the documents in “{{.Folder}}” can't be read", i18n.Values{"Folder": f.path}),
		Next: orGoOn(i18n.T("Check that you may read them")), Err: err,
	}
}

// nothingRead tells why no document could be read.
func (f *Folder) nothingRead() error {
	first := f.skipped[0]
	kind := Unreadable
	if !slices.ContainsFunc(f.skipped, func(s Skipped) bool { return document.Unreadable(s.Path) == nil }) {
		kind = Empty
	}
	return &Error{
		Kind: kind, What: i18n.N("the 1 file in “{{.Folder}}” could not be read; of “{{.File}}”: {{.Reason}}", "none of the {{.N}} files in “{{.Folder}}” could be read; of “{{.File}}”: {{.Reason}}", len(f.skipped), i18n.Values{
			"Folder": f.path, "File": first.Path, "Reason": first.Reason,
		}),
		Next: orGoOn(i18n.T("Choose another folder")),
	}
}

// file is a document of the folder.
type file struct {
	name string // relative to the folder, with slashes
	read func() ([]byte, error)
}

// passages reads a document and cuts it.
func (d file) passages(ctx context.Context) ([]Passage, error) {
	data, err := d.read()
	if err != nil {
		return nil, err
	}
	found, err := document.Read(ctx, d.name, data)
	passages := make([]Passage, len(found))
	for i, p := range found {
		passages[i] = Passage{Origin: d.name, Ref: fmt.Sprintf("%s#%d", d.name, i+1), Title: p.Title, Text: p.Text}
	}
	return passages, err
}
