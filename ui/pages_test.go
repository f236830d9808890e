package ui

import (
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// importsOf are the packages of this module that the Go files of a folder import.
func importsOf(t *testing.T, pattern string) map[string]bool {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no files, %v", pattern, err)
	}
	imports := map[string]bool{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range file.Imports {
			if imported, err := strconv.Unquote(spec.Path.Value); err == nil && strings.HasPrefix(imported, "seedbed/") {
				imports[imported] = true
			}
		}
	}
	return imports
}

// TestNoPageImportsAnother keeps the pages apart: what they share is in ui/shell, which
// imports none of them.
func TestNoPageImportsAnother(t *testing.T) {
	pages := importsOf(t, "app.go")
	delete(pages, "seedbed/ui/shell")
	if len(pages) < 5 {
		t.Fatalf("app.go has only the pages %v", pages)
	}
	for page := range pages {
		for imported := range importsOf(t, filepath.Join(path.Base(page), "*.go")) {
			if pages[imported] {
				t.Errorf("%s imports %s", page, imported)
			}
		}
	}
	for imported := range importsOf(t, "shell/*.go") {
		if pages[imported] {
			t.Errorf("the shell imports %s", imported)
		}
	}
}
