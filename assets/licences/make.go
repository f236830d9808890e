//go:build ignore

// Make writes licences.txt.gz: the licences of Go and of every module that the program is
// built from, on all systems, as their files in the module cache have them.
//
//	go generate ./assets
package main

import (
	"compress/gzip"
	"log"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"
)

// licence are the names of files that hold one.
var licence = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|unlicense|patents)([-._].*)?$`)

func main() {
	log.SetFlags(0)
	folders := map[string]string{"Go " + strings.TrimPrefix(runtime.Version(), "go"): runtime.GOROOT()}
	for _, system := range []string{"linux", "windows", "darwin"} {
		list := exec.Command("go", "list", "-deps", "-tags", "x11,migrated_fynedo", "-f", `{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}	{{.Dir}}{{end}}{{end}}`, "seedbed")
		list.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=1")
		list.Stderr = os.Stderr
		out, err := list.Output()
		if err != nil {
			log.Fatal(err)
		}
		for line := range strings.Lines(string(out)) {
			if name, folder, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
				folders[name] = folder
			}
		}
	}
	var all txtar.Archive
	for _, name := range slices.Sorted(maps.Keys(folders)) {
		all.Files = append(all.Files, txtar.File{Name: name, Data: textOf(name, folders[name])})
	}
	file, err := os.Create(filepath.Join("licences", "licences.txt.gz"))
	if err != nil {
		log.Fatal(err)
	}
	packed, _ := gzip.NewWriterLevel(file, gzip.BestCompression)
	if _, err := packed.Write(txtar.Format(&all)); err != nil {
		log.Fatal(err)
	}
	if err := packed.Close(); err != nil {
		log.Fatal(err)
	}
	if err := file.Close(); err != nil {
		log.Fatal(err)
	}
}

// textOf are the licences in a module's folder.
func textOf(name, folder string) []byte {
	entries, err := os.ReadDir(folder)
	if err != nil {
		log.Fatal(err)
	}
	var texts []string
	for _, e := range entries {
		if !e.Type().IsRegular() || !licence.MatchString(e.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			log.Fatal(err)
		}
		texts = append(texts, strings.TrimSpace(strings.ReplaceAll(string(text), "\r\n", "\n")))
	}
	if len(texts) == 0 {
		log.Fatalf("%s has no licence in %s", name, folder)
	}
	return []byte(strings.Join(texts, "\n\n") + "\n")
}
