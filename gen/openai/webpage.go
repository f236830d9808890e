package openai

import (
	"bytes"
	"html"
	"regexp"
	"strings"
)

var (
	pageBegins = regexp.MustCompile(`(?i)^\s*(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body|h1|center)\b`)
	pageTitle  = regexp.MustCompile(`(?is)<(title|h1)[^>]*>(.*?)</(?:title|h1)>`)
	pageTag    = regexp.MustCompile(`<[^>]*>`)
)

// webPage reports whether a body is a web page, which no endpoint sends itself: a proxy does, a
// network that asks people to sign in, or an address that is a site's. It returns its title.
func webPage(raw []byte) (title string, is bool) {
	const enough = 4096
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	raw = raw[:min(len(raw), enough)]
	if !pageBegins.Match(raw) {
		return "", false
	}
	if m := pageTitle.FindSubmatch(raw); m != nil {
		title = strings.TrimSpace(html.UnescapeString(pageTag.ReplaceAllString(string(m[2]), " ")))
	}
	return title, true
}
