package llm

import (
	"regexp"
	"slices"
	"strings"
)

// A route is how OpenRouter is told to pass a request on: ":nitro", ":free".
type route struct {
	model string // without the route
	kind  routeKind
}

type routeKind int

const (
	freeRoute      routeKind = iota
	samePriceRoute           // chooses among providers, or is an alias
	dearerRoute              // adds a service with a price of its own
)

// routes are OpenRouter's, as its documentation of model variants lists them.
var routes = map[string]routeKind{
	"free": freeRoute, "nitro": samePriceRoute, "floor": samePriceRoute, "exacto": samePriceRoute, "beta": samePriceRoute,
	"extended": dearerRoute, "online": dearerRoute, "thinking": samePriceRoute,
}

// routeOf splits "openai/gpt-4o-mini:nitro". Only names with a maker have routes: in
// "llama3:latest" the colon marks a version.
func routeOf(model string) (r route, ok bool) {
	name, variant, found := strings.Cut(model, ":")
	kind, known := routes[strings.ToLower(variant)]
	if !found || !known || !strings.Contains(name, "/") {
		return route{}, false
	}
	return route{name, kind}, true
}

var (
	// resellers stand before the name of a model whose price they take over.
	resellers = []string{"azure", "azure_ai", "bedrock", "github", "google", "openrouter", "vertex_ai", "vertex", "models", "publishers", "eu"}
	// makers are those whose models the shipped list holds, by the beginnings of their names.
	makers = map[string][]string{
		"openai": {"gpt-", "o1", "o3", "o4", "chatgpt-"}, "anthropic": {"claude-"}, "google": {"gemini-"},
		"mistralai": {"mistral-", "ministral-", "open-mi"}, "mistral": {"mistral-", "ministral-", "open-mi"},
		"deepseek": {"deepseek-"}, "deepseek-ai": {"deepseek-"}, "x-ai": {"grok-"}, "xai": {"grok-"}, "cohere": {"command-"},
	}

	bedrockForm = regexp.MustCompile(`^(?:(?:us|eu|apac|jp|au|ca|global|us-gov)\.)?([a-z0-9]+)\.(.+?)-v\d+(?::\d+)?$`)
	// snapshots are the marks of one release of a model: 2024-07-18, 20250219, 0613, 001,
	// latest. Four digits are a month and a day; Mistral's 2407 is a year and a month, of
	// models that may differ in price.
	snapshots = []*regexp.Regexp{
		regexp.MustCompile(`^(.+)[-@](?:20\d\d-\d\d-\d\d|20\d{6})(?:-v\d)?$`),
		regexp.MustCompile(`^(.+)-(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$`),
		regexp.MustCompile(`^(.+)[-@](?:00\d)$`),
		regexp.MustCompile(`^(.+)[-@]latest$`),
	}
)

// names are what the shipped list may call a model, the surest first: its name as it is,
// without the maker or reseller before it, and that without the mark of a release. A name
// with anything else in it, such as -audio or a fine-tune's, is another model.
func names(model string) []string {
	name := strings.ToLower(strings.TrimSpace(model))
	found := []string{name}
	add := func(n string) {
		if n != "" && !slices.Contains(found, n) {
			found = append(found, n)
		}
	}
	name = withoutMaker(name)
	add(name)
	if rest, ok := strings.CutPrefix(name, "gpt-35-"); ok { // Azure's names have no dots
		name = "gpt-3.5-" + rest
		add(name)
	}
	if strings.HasPrefix(name, "claude-") { // OpenRouter's have: claude-3.5-sonnet
		name = strings.ReplaceAll(name, ".", "-")
		add(name)
	}
	for _, form := range snapshots {
		if m := form.FindStringSubmatch(name); m != nil {
			add(strings.TrimSuffix(m[1], "-v2")) // Vertex: claude-3-5-sonnet-v2@20241022
			add(m[1] + "-latest")
			return found
		}
	}
	add(name + "-latest")
	return found
}

// withoutMaker takes off what stands before a model's own name.
func withoutMaker(name string) string {
	if m := bedrockForm.FindStringSubmatch(name); m != nil && ofMaker(m[1], m[2]) {
		return m[2]
	}
	parts := strings.Split(name, "/")
	own := parts[len(parts)-1]
	for _, part := range parts[:len(parts)-1] {
		if !slices.Contains(resellers, part) && !ofMaker(part, own) {
			return name
		}
	}
	return own
}

func ofMaker(maker, model string) bool {
	return slices.ContainsFunc(makers[maker], func(start string) bool { return strings.HasPrefix(model, start) })
}
