package nlu

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// categoryKey is under which files keep a category whose name the platform does not
// allow, so that reading them gives it again.
const categoryKey = "seedbed_category"

// nameRule is what a platform allows as the name of an intent.
type nameRule struct {
	allows func(r rune) bool
	single string // characters that stand neither beside one another nor at an end
	length int    // in characters; 0 for any
	taken  string // a name that the platform has itself
	cased  bool   // names that differ in case alone are different
}

// intentNames are the names of intents by category.
type intentNames map[string]string

// names gives each category a name of its own that the rule allows, the category's
// own name where that is one.
func (rule nameRule) names(categories iter.Seq[string]) intentNames {
	names := intentNames{}
	taken := map[string]bool{rule.key(rule.taken): true}
	sorted := slices.Sorted(categories)
	for _, allowed := range []bool{true, false} {
		for _, category := range sorted {
			name := rule.near(category)
			if (name == category) != allowed {
				continue
			}
			names[category] = rule.free(name, taken)
			taken[rule.key(names[category])] = true
		}
	}
	return names
}

// key is what two names that the platform takes for the same have in common.
func (rule nameRule) key(name string) string {
	if rule.cased {
		return name
	}
	return strings.ToLower(name)
}

// near is the allowed name that is nearest to a category's.
func (rule nameRule) near(category string) string {
	if rule.allowsAll(category) {
		return category
	}
	var name []rune
	for _, r := range norm.NFKD.String(category) {
		if !rule.allows(r) {
			if unicode.Is(unicode.Mn, r) { // an accent goes without a trace
				continue
			}
			r = '_'
		}
		if n := len(name); n > 0 && strings.ContainsRune(rule.single, r) && strings.ContainsRune(rule.single, name[n-1]) {
			continue
		}
		name = append(name, r)
	}
	return cmp.Or(strings.Trim(beginning(string(name), rule.length), "_ "+rule.single), "category")
}

func (rule nameRule) allowsAll(name string) bool {
	var before rune
	for _, r := range name {
		if !rule.allows(r) || strings.ContainsRune(rule.single, r) && (before == 0 || strings.ContainsRune(rule.single, before)) {
			return false
		}
		before = r
	}
	return name != "" && name == strings.TrimSpace(name) && !strings.ContainsRune(rule.single, before) &&
		(rule.length == 0 || len([]rune(name)) <= rule.length)
}

// free adds a number to a name that another category has.
func (rule nameRule) free(name string, taken map[string]bool) string {
	found := name
	for n := 2; taken[rule.key(found)]; n++ {
		number := "_" + strconv.Itoa(n)
		found = strings.TrimRight(beginning(name, max(rule.length-len(number), 0)), "_ "+rule.single) + number
	}
	return found
}

// beginning cuts a name to n characters; 0 leaves it whole.
func beginning(name string, n int) string {
	if runes := []rune(name); n > 0 && len(runes) > n {
		return string(runes[:n])
	}
	return name
}

// tell says which categories have another name in the file.
func (names intentNames) tell(o exchange.WriteOptions, platform i18n.Text) {
	for _, category := range slices.Sorted(maps.Keys(names)) {
		if names[category] != category {
			o.Tell(i18n.T(`the category "{{.Category}}" is called "{{.Name}}" in {{.Platform}}, where its own name isn't allowed or is taken`,
				i18n.Values{"Platform": platform, "Category": category, "Name": names[category]}))
		}
	}
}

func isASCIIWord(r rune) bool {
	return r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
