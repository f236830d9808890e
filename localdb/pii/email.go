package pii

import (
	"regexp"
	"strings"
)

var (
	emailPattern = regexp.MustCompile(`[\p{L}\p{N}][\p{L}\p{N}._%+'-]*@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}{2,}`)
	// spelledEmail is how people write an address to hide it from programs.
	spelledEmail = regexp.MustCompile(`(?i)[a-z0-9][a-z0-9._+-]*\s?[\[(]\s?at\s?[\])]\s?[a-z0-9-]+(?:\s?(?:\.|[\[(]\s?dot\s?[\])])\s?[a-z0-9-]+)+`)
	fileEnding   = regexp.MustCompile(`(?i)\.(?:png|jpe?g|gif|svg|webp|js|ts|css|py|go|md|txt|json)$`)
)

func findEmails(text string) (spans []span) {
	if strings.Contains(text, "@") {
		for _, s := range matches(emailPattern, text) {
			if !fileEnding.MatchString(text[s.start:s.end]) { // icon@2x.png
				spans = append(spans, s)
			}
		}
	}
	if strings.ContainsAny(text, "([") {
		spans = append(spans, matches(spelledEmail, text)...)
	}
	return spans
}
