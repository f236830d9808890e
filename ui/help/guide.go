package help

import (
	"regexp"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"seedbed/assets"
	"seedbed/ui/shell"
)

// section is a part of the guide.
type section struct {
	number int // the same in each language
	title  string
	text   string // Markdown
}

var (
	heading  = regexp.MustCompile(`(?m)^## (\d+)\. (.+)$`)
	image    = regexp.MustCompile(`(?m)^!\[[^\]]*\]\([^)]*\)\n?`)
	fileLink = regexp.MustCompile(`\[([^\]]*)\]\((?:\.|#)[^)]*\)`) // to what isn't in the program
)

// sections are the parts of the guide in the window's language, without its pictures and
// without links to files that are not in the program.
func sections() []section {
	guide, err := assets.Guides.ReadFile(lang.X("guide.file", "guide.md"))
	if err != nil {
		shell.LogError("reading the guide", err) // the name of a file that isn't there
		return nil
	}
	text := fileLink.ReplaceAllString(image.ReplaceAllString(string(guide), ""), "$1")
	var list []section
	found := heading.FindAllStringSubmatchIndex(text, -1)
	for i, at := range found {
		end := len(text)
		if i+1 < len(found) {
			end = found[i+1][0]
		}
		number, _ := strconv.Atoi(text[at[2]:at[3]]) // digits
		list = append(list, section{number, text[at[4]:at[5]], strings.TrimSpace(text[at[1]:end])})
	}
	return list
}

// sectionOf is the number of the guide's section about a page; "" is the start page.
var sectionOf = map[string]int{
	"": 1, shell.Overview: 1, shell.Categories: 3, shell.Knowledge: 4, shell.Generate: 5, shell.SettingsPage: 6,
	shell.Review: 7, shell.RealData: 13, shell.Check: 14, shell.Export: 15,
}

// find returns the paragraphs that have all words of a text, each in the section that it
// is of.
func find(list []section, words string) []section {
	var found []section
	wanted := strings.Fields(strings.ToLower(words))
	for _, s := range list {
		for paragraph := range strings.SplitSeq(s.text, "\n\n") {
			if hasAll(strings.ToLower(s.title+"\n"+paragraph), wanted) && strings.TrimSpace(paragraph) != "" {
				found = append(found, section{s.number, s.title, paragraph})
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
