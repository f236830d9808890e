package kbsource

import (
	"net/url"
	"strings"

	"seedbed/assets/i18n"
)

// readURL reads what follows the scheme: user:password@host:port/database?settings, in
// which people leave the special characters of a password as they are.
func (a *address) readURL(rest string, jdbc bool) error {
	credentials, rest := cutCredentials(rest)
	if user, password, ok := strings.Cut(credentials, ":"); ok {
		a.settings["user"], a.password = unescape(user), unescape(password)
	} else if credentials != "" {
		a.settings["user"] = unescape(credentials)
	}
	rest, query, _ := strings.Cut(rest, "?")
	hosts, database, hasDatabase := strings.Cut(rest, "/")
	if jdbc && !hasDatabase && !strings.ContainsAny(hosts, ":,.") {
		hosts, database = "", hosts // jdbc:postgresql:database
	}
	if err := a.readHosts(hosts); err != nil {
		return err
	}
	if database = unescape(strings.TrimSuffix(database, "/")); database != "" {
		a.settings["database"] = database
	}
	for part := range strings.FieldsFuncSeq(query, func(r rune) bool { return r == '&' || r == ';' }) {
		name, value, ok := strings.Cut(part, "=")
		name = unescape(name)
		if !ok || a.password != "" && !knownSetting(name) && strings.Contains(query, "assword=") {
			return badAddress(i18n.T("What follows the question mark should look like name=value&name=value; write & and ; in a password as %26 and %3B"))
		}
		if jdbc || !isPassword(name) {
			value = strings.ReplaceAll(value, "+", "%20")
		}
		if err := a.set(name, unescape(value)); err != nil {
			return err
		}
	}
	return nil
}

// cutCredentials separates user and password from the rest of a URL. A password may hold
// any character, so they end at the last @ that is followed by a host.
func cutCredentials(text string) (credentials, rest string) {
	before, _, _ := strings.Cut(text, "?")
	if at := strings.LastIndex(before, "@"); at >= 0 {
		return text[:at], text[at+1:]
	}
	// No @ before the question mark: either there are no credentials, or the question mark
	// belongs to the password.
	hosts, _, _ := strings.Cut(before, "/")
	for host := range strings.SplitSeq(hosts, ",") {
		if at := strings.LastIndex(text, "@"); at >= 0 && !hostPort().MatchString(host) {
			return text[:at], text[at+1:]
		}
	}
	return "", text
}

func (a *address) readHosts(text string) error {
	var hosts, ports []string
	for one := range strings.SplitSeq(text, ",") {
		host, number := one, ""
		if at := strings.LastIndex(one, ":"); at > strings.LastIndex(one, "]") {
			host, number = one[:at], one[at+1:]
		}
		if !portNumber().MatchString(number) {
			return badAddress(i18n.T("The port after the host's colon must be a number, such as 5432"))
		}
		host = strings.TrimSuffix(strings.TrimPrefix(unescape(host), "["), "]")
		hosts, ports = append(hosts, host), append(ports, number)
	}
	if joined := strings.Join(hosts, ","); joined != "" {
		a.settings["host"] = joined
	}
	if joined := strings.Join(ports, ","); strings.Trim(joined, ",") != "" {
		a.settings["port"] = joined
	}
	return nil
}

// unescape decodes %XX where it is one, and keeps every other percent sign.
func unescape(text string) string {
	var b strings.Builder
	for len(text) > 0 {
		if text[0] == '%' && len(text) > 2 {
			if decoded, err := url.PathUnescape(text[:3]); err == nil {
				b.WriteString(decoded)
				text = text[3:]
				continue
			}
		}
		b.WriteByte(text[0])
		text = text[1:]
	}
	return b.String()
}
