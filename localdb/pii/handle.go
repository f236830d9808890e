package pii

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

var handlePattern = regexp.MustCompile(`@[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?`)

// notHandles stand behind an @ in code, styles, chats and hasty English.
var notHandles = []string{
	"abstractmethod", "all", "app", "apply", "author", "autowired", "bean", "before", "after", "cached_property", "channel", "charset",
	"classmethod", "component", "container", "controller", "dataclass", "decorator", "deprecated", "entity", "everyone", "example",
	"font-face", "functools", "getmapping", "here", "home", "import", "include", "injectable", "input", "interface", "keyframes",
	"latest", "layer", "least", "media", "mixin", "mock", "module", "night", "nonnull", "nullable", "office", "output", "override",
	"page", "param", "patch", "postmapping", "property", "pytest", "repository", "requestmapping", "return", "returns", "rules", "school",
	"see", "service", "setter", "since", "staticmethod", "supports", "table", "test", "throws", "todo", "transactional", "type",
	"typedef", "use", "version", "work",
}

// findHandles finds names of users behind an @, but not times ("@5pm"), package
// scopes ("@types/node") and decorators ("@app.route(…)").
func findHandles(text string) (spans []span) {
	if !strings.Contains(text, "@") {
		return nil
	}
	for _, s := range matches(handlePattern, text) {
		name := text[s.start+1 : s.end]
		first, _, _ := strings.Cut(strings.ToLower(name), ".")
		switch after := text[s.end:]; {
		case len(name) < 2 || len(name) > 64 || !strings.ContainsFunc(name, unicode.IsLetter):
		case isDigit(name[0]) && strings.Trim(strings.ToLower(name), "0123456789.:apm") == "":
		case strings.HasPrefix(after, "(") || len(after) > 1 && after[0] == '/' && joins(rune(after[1])):
		case s.start > 0 && strings.ContainsRune("/@.:=-", rune(text[s.start-1])):
		case slices.Contains(notHandles, first):
		default:
			spans = append(spans, s)
		}
	}
	return spans
}
