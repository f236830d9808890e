package kbsource

import (
	"maps"
	"net/netip"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"

	"seedbed/assets/credential"
	"seedbed/assets/i18n"
	"seedbed/assets/number"
)

// An address is where a PostgreSQL database is and how to sign in, taken out of whichever
// form people have: a URL of libpq, of SQLAlchemy, JDBC, Prisma and other drivers, or
// key=value pairs of libpq or .NET.
type address struct {
	settings map[string]string // under libpq's names, but for the passwords
	password string
	// keyPassword opens sslkey.
	keyPassword string
	// session are the server's settings that the address asks for. They are made in each
	// transaction, since poolers refuse most of them when a connection starts.
	session map[string]string
}

var (
	scheme    = pattern(`(?i)^(?:(?:jdbc|r2dbc):)?(postgres|postgresql|pgsql|psql|postgis|ecto|timescaledb)(?:\+[a-z0-9_]+)?:(//)?`)
	anyScheme = pattern(`^[A-Za-z][A-Za-z0-9+.:-]*://`)
	// assignment is what a shell or a .env file puts before a URL.
	assignment = pattern(`(?i)^(?:(?:export|set)\s+)?[A-Z_][A-Z0-9_]*\s*=\s*(["']?(?:(?:jdbc|r2dbc):)?[a-z+0-9]+:.*)$`)
	// withoutScheme is user:password@host, to which people forget to add the scheme.
	withoutScheme = pattern(`^(?://)?[^\s:/@\\]+:[^\s]*@[^\s@/]+(?:/|$)`)
	secretName    = pattern(`(?i)(?:pas+(?:wor[dt]|wd|phrase)?|pwd|kennwort|secret|token)["']?\s*[:=]`)
	pathForm      = pattern(`^(?:[A-Za-z]:[\\/]|[\\~]|/(?:[^/]|$)|\.{1,2}(?:[\\/]|$))`)
	portNumber    = pattern(`^[0-9]{0,5}$`)
	hostPort      = pattern(`^(?:\[[0-9A-Fa-f:.%]+\]|[^\s:/@#\[\]]*)(?::[0-9]{0,5})?$`)
)

// parseAddress takes an address apart; what is wrong in it is an [Error] that holds no
// part of the text, since any part may be a password.
func parseAddress(text string) (address, error) {
	text = unwrapped(text)
	a := address{settings: map[string]string{}, session: map[string]string{}}
	var err error
	switch m := scheme().FindString(text); {
	case m != "":
		rest := text[len(m):]
		if !strings.HasSuffix(m, "//") && strings.HasPrefix(rest, "/") {
			return a, badAddress(i18n.T("There should be two slashes after postgres:"))
		}
		err = a.readURL(rest, strings.HasPrefix(strings.ToLower(text), "jdbc:"))
	case anyScheme().MatchString(text):
		return a, badAddress(i18n.T("It should begin with postgres://, and it begins with another scheme"))
	case command().MatchString(text):
		err = a.readCommand(text)
	case pair().MatchString(text):
		err = a.readPairs(text)
	case !pathForm().MatchString(text) && withoutScheme().MatchString(text):
		err = a.readURL(strings.TrimPrefix(text, "//"), false)
	default:
		return a, badAddress(i18n.T("It should look like postgres://user@host:5432/database"))
	}
	if err != nil {
		return a, err
	}
	a.moveOptions()
	maps.DeleteFunc(a.settings, func(_, value string) bool { return value == "" })
	return a, a.check()
}

func badAddress(next i18n.Text) *Error {
	return &Error{Kind: BadAddress, What: i18n.T("this is not the address of a PostgreSQL database"), Next: next}
}

// unwrapped removes quotes and a shell's assignment from around an address.
func unwrapped(text string) string {
	text = strings.Trim(text, "\ufeff\u200b\u00a0 \t\r\n")
	if m := assignment().FindStringSubmatch(text); m != nil && scheme().MatchString(strings.TrimLeft(m[1], `"'`)) {
		text = m[1]
	}
	for _, quotes := range []string{`""`, "''", "``", "<>", "“”", "„“", "‘’"} {
		opening, closing := quotes[:len(quotes)/2], quotes[len(quotes)/2:]
		if inner, ok := strings.CutPrefix(text, opening); ok {
			if inner, ok = strings.CutSuffix(strings.TrimRight(inner, ";,"), closing); ok {
				text = strings.TrimSpace(inner)
			}
		}
	}
	return text
}

// CheckAddress says what is wrong with the address of a database, without connecting.
func CheckAddress(text string) error {
	_, err := parseAddress(text)
	return err
}

// IsPostgres reports whether a text is meant as the address of a database rather than as
// a path: what else has a scheme or a password in it is never taken for a folder.
func IsPostgres(text string) bool {
	text = unwrapped(text)
	if pathForm().MatchString(text) {
		return false
	}
	at, colon := strings.LastIndex(text, "@"), strings.Index(text, ":")
	return scheme().MatchString(text) || anyScheme().MatchString(text) || command().MatchString(text) || pair().MatchString(text) ||
		secretName().MatchString(text) || colon >= 0 && colon < at
}

// HasPassword reports whether an address carries a password, which it should not where
// others can read it. An address that can't be understood may carry one, too.
func HasPassword(text string) bool {
	a, err := parseAddress(text)
	switch {
	case err == nil:
		return a.password != "" || a.keyPassword != "" || credential.In(text)
	case credential.In(text):
		return true
	}
	// Any part of an address that can't be understood may be a password; another scheme's
	// is one that has none.
	return IsPostgres(text) && (scheme().MatchString(unwrapped(text)) || !anyScheme().MatchString(unwrapped(text)))
}

// WithoutPassword separates an address, as a postgres:// URL, from its password, so that
// each can be kept where it belongs. Of an address that can't be understood it returns
// nothing, since any part of it may be a password.
func WithoutPassword(text string) (bare, password string) {
	a, err := parseAddress(text)
	switch {
	case err != nil && (IsPostgres(text) || HasPassword(text)):
		return "", ""
	case err == nil && (a.password != "" || a.keyPassword != ""):
		return a.url(), a.password
	}
	return strings.TrimSpace(text), ""
}

// url is the address as a postgres:// URL without the passwords.
func (a address) url() string {
	settings := maps.Clone(a.settings)
	u := url.URL{Scheme: "postgres", Path: "/" + settings["database"], RawPath: "/" + strings.ReplaceAll(url.QueryEscape(settings["database"]), "+", "%20")}
	if settings["user"] != "" {
		u.User = url.User(settings["user"])
	}
	delete(settings, "user")
	delete(settings, "database")
	if host, ports := settings["host"], settings["port"]; !strings.ContainsAny(host+ports, "/,") {
		u.Host = host
		if strings.Contains(host, ":") {
			u.Host = "[" + host + "]"
		}
		if ports != "" {
			u.Host += ":" + ports
		}
		delete(settings, "host")
		delete(settings, "port")
	}
	values := url.Values{}
	for name, value := range settings {
		values.Set(name, value)
	}
	for name, value := range a.session {
		values.Set(name, value)
	}
	u.RawQuery = values.Encode()
	return u.String()
}

// check refuses an address in which a password may have ended up in another setting,
// which would then be shown.
func (a address) check() error {
	for host := range strings.SplitSeq(a.settings["host"], ",") {
		_, err := netip.ParseAddr(host)
		if strings.HasPrefix(host, "/") || err == nil {
			continue
		}
		if strings.ContainsAny(host, ":@#?=&;\"'<>{}()\\") || strings.ContainsFunc(host, func(r rune) bool { return r <= ' ' }) {
			return badAddress(i18n.T("The name of the host has a character that can't be in one; write special characters of the password as %40 for @, %23 for # and %3F for ?"))
		}
	}
	for _, numbers := range strings.Split(a.settings["port"], ",") {
		if !portNumber().MatchString(numbers) {
			return badAddress(i18n.T("The port after the host's colon must be a number, such as 5432"))
		}
	}
	if text := a.settings["connect_timeout"]; text != "" && !validSeconds(text) {
		return badAddress(i18n.T("Its connect_timeout should be a number of seconds from 0 to {{.Max}}", i18n.Values{"Max": int(number.Seconds.Max)}))
	}
	for _, values := range []map[string]string{a.settings, a.session} {
		for name, value := range values {
			if name != "passfile" && secretName().MatchString(value) || name != "passfile" && secretName().MatchString(name+"=") {
				return badAddress(i18n.T("A password seems to be among its other settings; write it as password=…, and special characters in it as %40 for @, %26 for & and %3B for ;"))
			}
		}
	}
	return nil
}

func validSeconds(text string) bool {
	_, err := number.Seconds.Int(text)
	return err == nil && strings.Trim(text, "0123456789") == ""
}

// filesExist names a file of the address that isn't there.
func (a address) filesExist() error {
	for _, name := range []string{"sslrootcert", "sslcert", "sslkey"} {
		path := a.settings[name]
		if path == "" || path == "system" {
			continue
		}
		if _, err := os.Stat(path); err != nil {
			return &Error{
				Kind: BadAddress, What: i18n.T("the file {{.Path}} that {{.Setting}} names can't be read", i18n.Values{"Path": path, "Setting": name}),
				Next: i18n.T("Put it there, or correct the path in the address"), Err: err,
			}
		}
	}
	return nil
}

// keywords are the settings as libpq's key=value pairs, without the password.
func (a address) keywords() string {
	var pairs []string
	escape := strings.NewReplacer(`\`, `\\`, `'`, `\'`)
	settings := maps.Clone(a.settings)
	if a.keyPassword != "" {
		settings["sslpassword"] = a.keyPassword
	}
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		pairs = append(pairs, name+"='"+escape.Replace(settings[name])+"'")
	}
	return strings.Join(pairs, " ")
}

// pattern compiles a regular expression when it is first used; most starts of the program
// need none.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
