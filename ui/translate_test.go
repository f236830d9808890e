package ui

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"seedbed/assets"
	"seedbed/gen/starter"
	"seedbed/ui/shell"
)

// speakers are the folders whose words people read in the window, with what says them
// there: the window's own pages by lang, and the packages below by i18n.
var speakers = map[string]struct {
	from  string
	calls []string
}{
	".":           {"lang", []string{"L", "X", "N"}},
	"../assets":   {"i18n", []string{"T", "Error", "N"}},
	"../gen":      {"i18n", []string{"T", "Error", "N"}},
	"../localdb":  {"i18n", []string{"T", "Error", "N"}},
	"../kbsource": {"i18n", []string{"T", "Error", "N"}},
}

// shownWords are all words that the window shows, by their keys, as the sources have
// them; the value tells how they are said.
func shownWords(t *testing.T) map[string]string {
	t.Helper()
	words := map[string]string{}
	for folder, say := range speakers {
		err := filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			source, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, source, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(node ast.Node) bool {
				call, ok := node.(*ast.CallExpr)
				if !ok || len(call.Args) == 0 {
					return true
				}
				function, ok := call.Fun.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				if from, ok := function.X.(*ast.Ident); !ok || from.Name != say.from || !slices.Contains(say.calls, function.Sel.Name) {
					return true
				}
				keys, said := call.Args[:1], function.Sel.Name
				if say.from == "i18n" && said == "N" { // the words for one, and those for many
					keys, said = call.Args[:2], "T"
				}
				for _, arg := range keys {
					key, ok := arg.(*ast.BasicLit)
					if !ok {
						t.Errorf("%s: words that are not written out can't be translated", path)
						continue
					}
					text, err := strconv.Unquote(key.Value)
					if err != nil {
						t.Errorf("%s: %v", path, err)
					}
					if words[text] != "N" { // which says one or many, also for those that always say many
						words[text] = said
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range starter.All() {
		words[s.Title], words[s.Summary] = "L", "L"
		for _, c := range s.Categories {
			words[c.ShownName] = "L"
		}
	}
	return words
}

var fieldsOf = regexp.MustCompile(`{{\.\w+}}`)

func TestEveryWordIsTranslated(t *testing.T) {
	words := shownWords(t)
	if len(words) < 500 {
		t.Fatalf("only %d words were found in the sources", len(words))
	}
	for _, l := range shell.Languages {
		data, err := assets.Translations.ReadFile("translations/" + l.Code + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var said map[string]any
		if err := json.Unmarshal(data, &said); err != nil {
			t.Fatalf("%s: %v", l.Name, err)
		}
		for _, key := range slices.Sorted(maps.Keys(words)) {
			if _, ok := said[key]; !ok && (l.Code != "en" || words[key] == "X" || words[key] == "N") {
				t.Errorf("%s lacks %q", l.Name, key)
			}
		}
		for _, key := range slices.Sorted(maps.Keys(said)) {
			checkTranslation(t, l.Name, key, said[key], words[key])
		}
	}
}

// checkTranslation finds what can't be right: words that nothing shows, plurals in the
// wrong place, and fields that the words lose or invent.
func checkTranslation(t *testing.T, language, key string, said any, called string) {
	t.Helper()
	forms, plural := said.(map[string]any)
	switch {
	case called == "":
		t.Errorf("%s has %q, which nothing shows", language, key)
	case plural != (called == "N"):
		t.Errorf("%s: %q should be plural: %v", language, key, called == "N")
	case plural:
		said = forms["other"]
	}
	text, _ := said.(string)
	if text == "" {
		t.Errorf("%s says nothing for %q", language, key)
	}
	if called == "X" {
		return // the key is no words
	}
	want, got := fieldsOf.FindAllString(key, -1), fieldsOf.FindAllString(text, -1)
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		t.Errorf("%s: %q has the fields %v instead of %v", language, text, got, want)
	}
}
