// Package document reads the text of documents, whatever their format, as passages under
// the path of their headings: a reader for each format fills an outline (section.go), which
// is cut where a passage ends best.
package document

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"
)

// Passage is a piece of a document.
type Passage struct {
	Title string // the headings above it, such as "Travel › Reimbursement"; may be empty
	Text  string // never empty, at most about MaxPassage characters
}

// readers are the documents that can be read, by the endings of their names.
var readers = map[string]func(ctx context.Context, data []byte) ([]section, error){
	".md": readMarkdown, ".markdown": readMarkdown, ".mdx": readMarkdown,
	".txt": readText, ".html": readHTML, ".htm": readHTML, ".xhtml": readHTML,
	".csv": readCSV, ".pdf": readPDF,
	".docx": readDocx, ".docm": readDocx, ".odt": readODT, ".pptx": readPPTX, ".epub": readEPUB,
}

// Endings lists the endings of the names of documents that can be read, in order.
func Endings() []string {
	endings := make([]string, 0, len(readers))
	for ending := range readers {
		endings = append(endings, ending)
	}
	slices.Sort(endings)
	return endings
}

// Unreadable says why a file with this name isn't read; nil if it is a document.
func Unreadable(name string) error {
	ending := endingOf(name)
	if readers[ending] != nil {
		return nil
	}
	return cmp.Or(otherKinds[ending], errOtherKind)
}

// Read reads a document whose format the ending of its name tells. What is wrong with it
// is an error for people.
func Read(ctx context.Context, name string, data []byte) (passages []Passage, err error) {
	defer func() {
		if broken := recover(); broken != nil { // the libraries panic on some damaged files
			passages, err = nil, ErrBroken
		}
	}()
	if err := Unreadable(name); err != nil {
		return nil, err
	}
	sections, err := readers[endingOf(name)](ctx, data)
	if err != nil {
		return nil, err
	}
	for _, s := range sections {
		for _, text := range cut(s.blocks) {
			passages = append(passages, Passage{Title: Clean(s.title), Text: Clean(text)})
		}
	}
	if len(passages) == 0 {
		return nil, errNoText
	}
	return passages, nil
}

func endingOf(name string) string { return strings.ToLower(path.Ext(name)) }
