package pii

import (
	"net/url"
	"regexp"
	"strings"
)

var (
	urlPattern = regexp.MustCompile(`(?i)(?:[a-z][a-z0-9+.-]{1,15}://|www\.)[^\s<>"\x00]+`)
	secretKey  = regexp.MustCompile(`(?i)(?:token|key|auth|sig|signature|code|session|sid|passw|pwd|secret|jwt|mail|user|uid|phone|tel|name|credential|invite|hash|otp)`)
	tokenText  = regexp.MustCompile(`[A-Za-z0-9_-]{16,}`)
)

// findURLs finds the links that may tell who someone is or let someone in: with
// a user or password, a secret in the query, or a path that looks like a token,
// a number or an address. Other links are left as they are: they are what a
// message is about.
func findURLs(text string) (spans []span) {
	for _, s := range linksIn(text) {
		if telling(text[s.start:s.end]) {
			spans = append(spans, s)
		}
	}
	return spans
}

// plainURLs are the links that findURLs leaves; nothing in them is masked.
func plainURLs(text string) (spans []span) {
	for _, s := range linksIn(text) {
		if !telling(text[s.start:s.end]) {
			spans = append(spans, s)
		}
	}
	return spans
}

func linksIn(text string) (spans []span) {
	if !strings.Contains(text, "://") && !strings.Contains(text, "www.") && !strings.Contains(text, "WWW.") {
		return nil
	}
	for _, m := range urlPattern.FindAllStringIndex(text, -1) {
		link := strings.TrimRight(text[m[0]:m[1]], ".,;:!?'*_~`|)]}")
		if s := (span{m[0], m[0] + len(link)}); strings.HasSuffix(link, "/") || len(link) > 4 {
			spans = append(spans, s)
		}
	}
	return spans
}

func telling(link string) bool {
	if !strings.Contains(link, "://") {
		link = "http://" + link
	}
	u, err := url.Parse(link)
	if err != nil {
		return true // it cannot be told
	}
	if u.User != nil || strings.Contains(link, "@") || tellingText(u.Path) || tellingText(u.Fragment) {
		return true
	}
	for key, values := range u.Query() {
		if secretKey.MatchString(key) || tellingText(strings.Join(values, " ")) {
			return true
		}
	}
	return strings.Contains(u.RawQuery, ";")
}

// tellingText is true of a text with a token (letters and digits mixed, 16 or
// more) or a number as long as a phone's.
func tellingText(text string) bool {
	for _, token := range tokenText.FindAllString(text, -1) {
		letters := strings.Trim(token, "0123456789-_") != ""
		if n := len(digits(token)); n >= 7 || n >= 3 && letters && !strings.Contains(strings.Trim(token, "-"), "-") {
			return true
		}
	}
	for run := range strings.FieldsFuncSeq(text, func(r rune) bool { return r < '0' || r > '9' }) {
		if len(run) >= 7 {
			return true
		}
	}
	return false
}
