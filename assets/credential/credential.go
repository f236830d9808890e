// Package credential finds passwords and keys in what people give as an address, a path or
// an argument, so that they are neither shown nor stored with it.
package credential

import (
	"net/url"
	"regexp"
	"strings"
)

var (
	// named is a setting, a header, a variable or a JSON field with a value: password=…,
	// PGPASSWORD=…, "api-key": …, Authorization: ….
	named = regexp.MustCompile(`(?i)(?:` + secretNames + `)["']?\s*[:=]\s*["']?[^\s"'&;,}]`)
	// parameter is one of the names that mean a key only after a question mark.
	parameter = regexp.MustCompile(`(?i)[?&#;](?:[a-z]+[-_])*(?:key|sig|signature|auth|code|pw)=[^&\s]`)
	// option is the name of a flag whose value is a secret.
	option = regexp.MustCompile(`(?i)(?:^|[-_])(?:` + secretNames + `|auth|key|header)$`)
	bearer = regexp.MustCompile(`(?i)\b(?:bearer|basic)\s+[a-z0-9+/_.=-]{8,}`)
	// issued are keys by the forms in which services issue them.
	issued = regexp.MustCompile(`\b(?:sk|pk|rk|csk|xai|gsk|hf|gh[oprsu]|github_pat|glpat|nvapi|pplx|r8|tgp|xox[a-z]|key)[-_](?:[a-z0-9]+[-_])*[A-Za-z0-9_]{20,}|\b(?:AIza|ya29\.)[A-Za-z0-9_-]{30,}|\bAKIA[A-Z0-9]{12,}|\bdapi[A-Za-z0-9]{32,}|\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.`)
	// opaque are keys that have no form of their own.
	opaque = regexp.MustCompile(`^[A-Za-z0-9]{24,}$`)
	// login is how other programs take a name and a password: a line of PostgreSQL's .pgpass,
	// Oracle's name/password@host:port, the option -p of MySQL.
	login = regexp.MustCompile(`^[^:\s]+:(?:\d+|\*):[^:]+:[^:]+:\S|^[\w.-]+/[^/@\s]+@[\w.-]+:\d{2,5}(?:/|$)|\bmysql\w*\s(?:.*\s)?-p\S`)

	scheme = regexp.MustCompile(`(?i)([a-z][a-z0-9+.-]*):(?://)?`)
)

const secretNames = `pas+(?:wor[dt]|wd|phrase)?|passwd|pwd|psw|kennwort|passwort|secret|token|api[-_ ]?keys?|access[-_ ]?keys?|account[-_ ]?keys?|authorization|credentials?` //nolint:gosec // words by which secrets are found

// In reports whether a text holds a password or a key in one of the forms that need no
// knowledge of what the text is for. What is no address may still hold one.
func In(text string) bool {
	text = strings.TrimSpace(text)
	decoded := text
	for range 2 { // percent signs may hide a name or an @
		if next, err := url.PathUnescape(decoded); err == nil {
			decoded = next
		}
	}
	for _, t := range []string{text, decoded} {
		if named.MatchString(t) || parameter.MatchString(t) || bearer.MatchString(t) || issued.MatchString(t) || login.MatchString(t) || inURL(t) {
			return true
		}
	}
	return false
}

// IsOption reports whether a flag of that name would take a password or a key.
func IsOption(name string) bool { return option.MatchString(name) }

// inURL reports whether a URL anywhere in the text has a password before its host, or
// anything before the host of a web address.
func inURL(text string) bool {
	for _, at := range scheme.FindAllStringSubmatchIndex(text, -1) {
		name, rest := strings.ToLower(text[at[2]:at[3]]), text[at[1]:]
		slashes := strings.HasSuffix(text[at[0]:at[1]], "//")
		authority := rest
		if end := strings.IndexAny(rest, "/?#"); end >= 0 {
			authority = rest[:end]
		}
		user, _, found := strings.Cut(authority, "@")
		if found && (strings.Contains(user, ":") || strings.HasPrefix(name, "http")) && (slashes || name != "mailto") {
			return true
		}
		// A password may hold / ? and # as they are.
		user, password, _ := strings.Cut(authority, ":")
		if slashes && user != "" && password != "" && strings.Trim(password, "0123456789") != "" && strings.Contains(rest, "@") {
			return true
		}
	}
	return false
}

// IsKey reports whether a text that is given as an address is a key instead.
func IsKey(text string) bool {
	text = strings.TrimSpace(text)
	return issued.FindString(text) == text && text != "" ||
		opaque.MatchString(text) && strings.ContainsAny(text, "0123456789") && strings.Trim(text, "0123456789") != ""
}

// Cut separates a web address from the key in it: before the host, or as a setting after
// the question mark; or a key from no address at all. The bare address is "" where a key
// would be left in it.
func Cut(address string) (bare, key string) {
	if IsKey(address) {
		return "", strings.TrimSpace(address)
	}
	if !In(address) {
		return address, ""
	}
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" {
		return "", ""
	}
	if password, ok := u.User.Password(); ok {
		key = password
	} else if u.User != nil {
		key = u.User.Username()
	}
	u.User = nil
	query := u.Query()
	for name, values := range query {
		if pair := "?" + name + "="; In(pair + "x") {
			key = values[0]
			query.Del(name)
		}
	}
	u.RawQuery, u.Fragment = query.Encode(), ""
	if bare = u.String(); In(bare) {
		return "", ""
	}
	return bare, key
}
