package help

import (
	"regexp"
	"strings"

	"seedbed/assets"
	"seedbed/ui/shell"
)

// section is a part of the guide.
type section struct {
	title string
	text  string // Markdown
}

var (
	image    = regexp.MustCompile(`(?m)^!\[[^\]]*\]\([^)]*\)\n?`)
	fileLink = regexp.MustCompile(`\[([^\]]*)\]\((?:\.|#)[^)]*\)`) // to what isn't in the program
)

// sections are the parts of the guide, without its pictures and without links to files
// that are not in the program.
func sections() []section {
	text := fileLink.ReplaceAllString(image.ReplaceAllString(assets.Guide, ""), "$1")
	var list []section
	for part := range strings.SplitSeq("\n"+text, "\n## ") {
		title, body, _ := strings.Cut(part, "\n")
		if title = strings.TrimLeft(title, "0123456789. "); title != "" {
			list = append(list, section{title, strings.TrimSpace(body)})
		}
	}
	return list
}

// sectionOf is the title of the guide's section about a page.
var sectionOf = map[string]string{
	"": "Start", shell.Overview: "Start", shell.Knowledge: "Knowledge (optional)", shell.Generate: "Generate", shell.Review: "Review",
	shell.RealData: "Real conversations", shell.Check: "Check", shell.Categories: "Start", shell.Export: "Export", shell.SettingsPage: "When something goes wrong",
}

// find returns the paragraphs that have all words of a text, each in the section that it
// is of.
func find(list []section, words string) []section {
	var found []section
	wanted := strings.Fields(strings.ToLower(words))
	for _, s := range list {
		for paragraph := range strings.SplitSeq(s.text, "\n\n") {
			if hasAll(strings.ToLower(s.title+"\n"+paragraph), wanted) && strings.TrimSpace(paragraph) != "" {
				found = append(found, section{s.title, paragraph})
			}
		}
	}
	return found
}

func hasAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return len(words) > 0
}
