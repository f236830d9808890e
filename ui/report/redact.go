package report

import (
	"os"
	"os/user"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
)

// gap stands where something was left out.
const gap = "…"

// What is left out wherever it stands, and what takes its place.
var secrets = []struct {
	pattern *regexp.Regexp
	instead string
}{
	{regexp.MustCompile(`://[^\s"']*@`), "://" + gap + "@"},
	{regexp.MustCompile(`(?i)\b([\w-]*(?:password|passwd|pwd|secret|token|api[_-]?key|apikey|authorization))(["']?\s*[=:]\s*)((?:bearer|basic)\s+\S+|"[^"]*"|'[^']*'|[^\s&,;]+)`), "$1$2" + gap},
	{regexp.MustCompile(`(?i)\b(bearer|basic)\s+[\w.~+/=-]+`), "$1 " + gap},
	{regexp.MustCompile(`\b(?:sk|pk|rk|gsk|xai|hf|ghp|gho|glpat|AKIA|AIza)[-_]?[A-Za-z0-9_-]{12,}`), gap},
	{regexp.MustCompile(`\b[A-Za-z0-9+_-]{40,}={0,2}`), gap},
	// Texts of people are quoted in errors.
	{regexp.MustCompile(`"(?:[^"\\\n]|\\.)*"`), `"` + gap + `"`},
	{regexp.MustCompile(`“[^”\n]*”|„[^“”\n]*[“”]|«[^»\n]*»`), "“" + gap + "”"},
	{regexp.MustCompile("`[^`\n]*`"), "`" + gap + "`"},
	{regexp.MustCompile(`(^|[\s(=:\[])'[^'\n]*'`), "$1'" + gap + "'"},
	{regexp.MustCompile(`[\w.+-]+@[\w-]+\.[\w.-]+`), gap},
	{regexp.MustCompile(`(?i)(/home/|/Users/|\\Users\\)[^/\\\s:]+`), "${1}" + gap},
}

// Redact leaves out of a text what a log or a report must not have: keys and passwords,
// what is quoted, and the names of people in paths and addresses.
func Redact(text string) string {
	if home, err := os.UserHomeDir(); err == nil && len(home) > 1 {
		text = strings.ReplaceAll(text, home, "~")
		text = strings.ReplaceAll(text, filepath.ToSlash(home), "~")
	}
	for _, s := range secrets {
		text = s.pattern.ReplaceAllString(text, s.instead)
	}
	if name := userName(); name != nil {
		text = name.ReplaceAllString(text, gap)
	}
	return text
}

// userName finds the name of who uses the program; nil where it is too short or common to
// tell anything.
var userName = sync.OnceValue(func() *regexp.Regexp {
	current, err := user.Current()
	if err != nil {
		return nil
	}
	name := current.Username[strings.LastIndex(current.Username, `\`)+1:] // DOMAIN\name on Windows
	if len(name) < 3 || name == "root" || name == "user" {
		return nil
	}
	return regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `\b`)
})
