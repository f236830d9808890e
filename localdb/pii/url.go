package pii

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

var (
	bareLink   = pattern(`(?i)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\.[a-z]{2,10}(?::\d{2,5})?[/?][^\s<>"\x00]*`)
	urlPattern = pattern(`(?i)(?:[a-z][a-z0-9+.-]{1,15}://|www\.)[^\s<>"\x00]+`)
	secretKey  = pattern(`(?i)(?:token|key|auth|sig|signature|code|session|sid|passw|pwd|secret|jwt|mail|user|uid|phone|tel|name|credential|invite|hash|otp)`)
	tokenText  = pattern(`[A-Za-z0-9_-]{16,}`)
)

// findURLs finds the links that may tell who someone is or let someone in: with a user
// or password, a secret in the query, a profile, or a path that looks like a token, a
// number or an address. Other links stay: they are what a message is about.
func findURLs(t *folded) (spans []span) {
	for _, s := range linksIn(t) {
		if telling(t.text[s.start:s.end]) {
			spans = append(spans, s)
		}
	}
	return spans
}

// plainURLs are the links that findURLs leaves; nothing in them is masked.
func plainURLs(t *folded) (spans []span) {
	for _, s := range linksIn(t) {
		if !telling(t.text[s.start:s.end]) {
			spans = append(spans, s)
		}
	}
	return spans
}

func linksIn(t *folded) (spans []span) {
	if t.counts['/'] == 0 && t.counts['?'] == 0 && !strings.Contains(t.text, "www.") && !strings.Contains(t.text, "WWW.") || t.counts['.'] == 0 && t.counts[':'] == 0 {
		return nil
	}
	add := func(pattern *regexp.Regexp) {
		for _, m := range pattern.FindAllStringIndex(t.text, -1) {
			if overlaps(spans, span{m[0], m[1]}) {
				continue
			}
			link := strings.TrimRight(t.text[m[0]:m[1]], ".,;:!?'*_~`|)]}")
			if s := (span{m[0], m[0] + len(link)}); strings.HasSuffix(link, "/") || len(link) > 4 {
				spans = append(spans, s)
			}
		}
	}
	add(urlPattern())
	if t.counts['.'] > 0 {
		for _, m := range bareLink().FindAllStringIndex(t.text, -1) {
			s := span{m[0], m[0] + len(strings.TrimRight(t.text[m[0]:m[1]], ".,;:!?'*_~`|)]}"))}
			before, _ := utf8.DecodeLastRuneInString(t.text[:s.start])
			if !overlaps(spans, s) && (s.start == 0 || !joins(before) && !strings.ContainsRune("@./-", before)) {
				spans = append(spans, s)
			}
		}
	}
	return spans
}

func overlaps(spans []span, s span) bool {
	return slices.ContainsFunc(spans, func(other span) bool { return s.start < other.end && other.start < s.end })
}

// profilePaths are where networks keep the pages of people: the path behind the host,
// "*" for a name.
var profilePaths = map[string][]string{
	"linkedin.com": {"in/*", "pub/*"}, "facebook.com": {"*", "profile.php", "people/*"}, "fb.com": {"*"}, "instagram.com": {"*"}, "twitter.com": {"*"}, "x.com": {"*"},
	"t.me": {"*"}, "wa.me": {"*"}, "vk.com": {"*"}, "ok.ru": {"*", "profile/*"}, "github.com": {"*"}, "gitlab.com": {"*"}, "reddit.com": {"u/*", "user/*"}, "xing.com": {"profile/*"},
	"paypal.me": {"*"}, "paypal.com": {"paypalme/*"}, "snapchat.com": {"add/*"}, "threads.net": {"*"}, "calendly.com": {"*"}, "twitch.tv": {"*"}, "steamcommunity.com": {"id/*", "profiles/*"},
	"soundcloud.com": {"*"}, "weibo.com": {"u/*", "*"}, "line.me": {"ti/*"}, "venmo.com": {"*", "u/*"}, "cash.app": {"*"}, "keybase.io": {"*"}, "telegram.me": {"*"}, "discordapp.com": {"users/*"}, "discord.com": {"users/*"},
}

// notProfiles are pages of the networks themselves.
var notProfiles = wordSet(`about help login signup explore settings privacy terms home search jobs careers features pricing support contact hashtag watch marketplace groups events pages
	download business blog legal security topics trending notifications messages share sharer intent feed legal policies developers docs api`)

// isProfile is true of a person's page: a known network's, or a path with an @.
func isProfile(host, path string) bool {
	host = strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(host), "www."), "m.")
	path = strings.Trim(path, "/")
	if strings.HasPrefix(path, "@") {
		return true
	}
	if i := strings.Index(host, "."); host[i+1:] == "linkedin.com" {
		host = "linkedin.com" // of a country
	}
	for _, pattern := range profilePaths[host] {
		prefix, name, _ := strings.Cut(pattern, "*")
		rest, found := strings.CutPrefix(path, prefix)
		named := len(pattern) > len(prefix) || name != ""
		if found && (named && rest != "" && !strings.Contains(rest, "/") && !notProfiles[strings.ToLower(rest)] || !named && rest == "") {
			return true
		}
	}
	return false
}

func telling(link string) bool {
	if !strings.Contains(link, "://") {
		link = "http://" + link
	}
	u, err := url.Parse(link)
	if err != nil {
		return true // it cannot be told
	}
	if u.User != nil || isProfile(u.Host, u.Path) || strings.Contains(link, "@") || tellingText(u.Path) || tellingText(u.Fragment) {
		return true
	}
	for key, values := range u.Query() {
		if secretKey().MatchString(key) || tellingText(strings.Join(values, " ")) {
			return true
		}
	}
	return strings.Contains(u.RawQuery, ";")
}

// tellingText is true of a text with a token (letters and digits mixed, 16 or
// more) or a number as long as a phone's.
func tellingText(text string) bool {
	for _, token := range tokenText().FindAllString(text, -1) {
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
