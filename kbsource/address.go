package kbsource

import (
	"maps"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"seedbed/assets/i18n"
)

// An address is where a PostgreSQL database is and how to sign in, taken out of whichever
// form people have: a URL of libpq, of SQLAlchemy, JDBC, Prisma and other drivers, or
// key=value pairs of libpq or .NET.
type address struct {
	settings map[string]string // under libpq's names, but for the password
	password string
	// session are the server's settings that the address asks for. They are made in each
	// transaction, since poolers refuse most of them when a connection starts.
	session map[string]string
}

var (
	scheme    = regexp.MustCompile(`(?i)^(?:(?:jdbc|r2dbc):)?(postgres|postgresql|pgsql|psql|postgis|ecto|timescaledb)(?:\+[a-z0-9_]+)?:(//)?`)
	anyScheme = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.:-]*://`)
	// assignment is what a shell, a .env file or a copied command puts around an address.
	assignment = regexp.MustCompile(`(?i)^(?:(?:export|set)\s+)?[A-Z_][A-Z0-9_]*\s*=\s*(["']?)((?:(?:jdbc|r2dbc):)?[a-z+0-9]+:.*)$`)
	command    = regexp.MustCompile(`(?i)^psql\s+(?:-d\s+|--dbname[= ])?(["']?)(.+)$`)
	pair       = regexp.MustCompile(`(?i)^[\s;]*(?:host|hostaddr|server|data source|port|dbname|database|initial catalog|user|user id|userid|username|uid|password|pwd|passfile|service|sslmode|ssl mode|connect_timeout|application_name|options)\s*=`)
	port       = regexp.MustCompile(`^[0-9]{0,5}$`)
	hostPort   = regexp.MustCompile(`^(?:\[[0-9A-Fa-f:.%]+\]|[^\s:/@#\[\]]*)(?::[0-9]{0,5})?$`)
)

// parseAddress takes an address apart; what is wrong in it is an [Error] that holds no
// part of the text, since any part may be a password.
func parseAddress(text string) (address, error) {
	text = unwrapped(text)
	a := address{settings: map[string]string{}, session: map[string]string{}}
	var err error
	switch m := scheme.FindString(text); {
	case m != "":
		err = a.readURL(text[len(m):], strings.HasPrefix(strings.ToLower(text), "jdbc:"))
	case anyScheme.MatchString(text):
		return a, badAddress(i18n.T("It should begin with postgres://, and it begins with another scheme"))
	case pair.MatchString(text):
		err = a.readPairs(text)
	default:
		return a, badAddress(i18n.T("It should look like postgres://user@host:5432/database"))
	}
	if err != nil {
		return a, err
	}
	a.moveOptions()
	return a, nil
}

func badAddress(next i18n.Text) *Error {
	return &Error{Kind: BadAddress, What: i18n.T("this is not the address of a PostgreSQL database"), Next: next}
}

// unwrapped removes quotes, a shell's assignment or psql's name from around an address.
func unwrapped(text string) string {
	text = strings.Trim(text, "\ufeff \t\r\n")
	for _, around := range []*regexp.Regexp{assignment, command} {
		if m := around.FindStringSubmatch(text); m != nil && (around == command || scheme.MatchString(m[2])) {
			text = m[1] + m[2]
		}
	}
	for _, quote := range []string{`"`, "'", "`"} {
		if inner, ok := strings.CutPrefix(text, quote); ok {
			if inner, ok = strings.CutSuffix(inner, quote); ok {
				text = strings.TrimSpace(inner)
			}
		}
	}
	return text
}

// IsPostgres reports whether a text is meant as the address of a database rather than as
// a path: what else has a scheme or a password in it is never taken for a folder.
func IsPostgres(text string) bool {
	text = unwrapped(text)
	return scheme.MatchString(text) || anyScheme.MatchString(text) || pair.MatchString(text)
}

// HasPassword reports whether an address carries a password, which it should not where
// others can read it. An address that can't be understood may carry one, too.
func HasPassword(text string) bool {
	a, err := parseAddress(text)
	return err != nil && IsPostgres(text) && strings.ContainsAny(text, "@=") || a.password != ""
}

// WithoutPassword separates an address, as a postgres:// URL, from its password, so that
// each can be kept where it belongs. An address that can't be understood is returned as
// it is only where no password can be in it.
func WithoutPassword(text string) (bare, password string) {
	a, err := parseAddress(text)
	switch {
	case err == nil && a.password != "":
		return a.url(), a.password
	case err != nil && HasPassword(text):
		return "", ""
	}
	return strings.TrimSpace(text), ""
}

// url is the address as a postgres:// URL without the password.
func (a address) url() string {
	settings := maps.Clone(a.settings)
	u := url.URL{Scheme: "postgres", Path: "/" + settings["database"]}
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
		name, value, _ := strings.Cut(part, "=")
		if err := a.set(unescape(name), unescape(strings.ReplaceAll(value, "+", "%20"))); err != nil {
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
		if at := strings.LastIndex(text, "@"); at >= 0 && !hostPort.MatchString(host) {
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
		if !port.MatchString(number) {
			return badAddress(i18n.T("The port after the host's colon must be a number, such as 5432"))
		}
		host = strings.TrimSuffix(strings.TrimPrefix(unescape(host), "["), "]")
		if strings.ContainsAny(host, "@#? \t\\") {
			return badAddress(i18n.T("The name of the host has a character that can't be in one; write special characters of the password as %40 for @, %23 for # and %3F for ?"))
		}
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

// readPairs reads key=value pairs, separated by spaces as in libpq or by semicolons as in
// .NET. A value in quotes may hold anything.
func (a *address) readPairs(text string) error {
	semicolons := strings.Contains(withoutQuoted(text), ";")
	isEnd := func(c byte) bool {
		return semicolons && c == ';' || !semicolons && strings.IndexByte(" \t\r\n", c) >= 0
	}
	for text = strings.Trim(text, " \t\r\n;"); text != ""; text = strings.TrimLeft(text, " \t\r\n;") {
		name, rest, ok := strings.Cut(text, "=")
		if !ok {
			return badAddress(i18n.T("Each part should look like name=value; a value with spaces belongs in single quotes"))
		}
		rest = strings.TrimLeft(rest, " \t\r\n")
		var value strings.Builder
		i, quote := 0, byte(0)
		if rest != "" && (rest[0] == '\'' || semicolons && rest[0] == '"') {
			i, quote = 1, rest[0]
		}
		closed := quote == 0
		for ; i < len(rest); i++ {
			c := rest[i]
			switch {
			case c == '\\' && !semicolons && i+1 < len(rest):
				i++
				value.WriteByte(rest[i])
				continue
			case quote != 0 && c == quote:
				closed = true
			case quote == 0 && isEnd(c):
			default:
				value.WriteByte(c)
				continue
			}
			i++
			break
		}
		if !closed {
			return badAddress(i18n.T("A quote is opened and not closed"))
		}
		name = strings.TrimSpace(name)
		if !semicolons && strings.ContainsAny(name, " \t\r\n") {
			return badAddress(i18n.T("Each part should look like name=value; a value with spaces belongs in single quotes"))
		}
		if err := a.set(name, strings.TrimSpace(value.String())); err != nil {
			return err
		}
		text = rest[i:]
	}
	return nil
}

var quotedValue = regexp.MustCompile(`'(?:\\.|[^'])*'|"[^"]*"`)

func withoutQuoted(text string) string { return quotedValue.ReplaceAllString(text, "") }

// libpqNames are libpq's names for the settings of other drivers, in lower case.
var libpqNames = map[string]string{
	"dbname": "database", "initial catalog": "database", "db": "database",
	"hostname": "host", "hostaddr": "host", "server": "host", "data source": "host",
	"username": "user", "user id": "user", "userid": "user", "uid": "user", "user name": "user",
	"pwd": "password", "pass": "password", "psw": "password",
	"ssl mode": "sslmode", "ssl_mode": "sslmode", "sslrootcertificate": "sslrootcert", "root certificate": "sslrootcert",
	"ssl certificate": "sslcert", "ssl key": "sslkey",
	"timeout": "connect_timeout", "connecttimeout": "connect_timeout", "logintimeout": "connect_timeout",
	"applicationname": "application_name", "application name": "application_name",
	"search path": "search_path", "searchpath": "search_path",
	"targetservertype": "target_session_attrs",
}

// driverSettings mean something to another driver only.
var driverSettings = regexp.MustCompile(`(?i)^(pgbouncer|connection_?limit|pool_?timeout|pool_?size|max_?overflow|socket_?timeout|statement_cache_size|prepared_statement.*|prepare_?threshold|max(imum)?_?pool_?size|min(imum)?_?pool_?size|pooling|max_?conns|min_?conns|pool_.*|async_fallback|command_?timeout|logger_?level|logger_?file|tcp_?keep_?alives?|keepalive.*|keepalives_.*|tcp_user_timeout|rewritebatchedinserts|rewritebatchedstatements|stringtype|autosave|default_?row_?fetch_?size|charset|encoding|client_?encoding|conn_max_age|sslaccept|sslfactory|sslidentity|sslpassword_.*|trust server certificate|include error detail|persist security info|integrated security|gssencmode|gsslib|krbsrvname|load_?balance_?hosts|hostrecheckseconds|read_?only|fallback_application_name|requiressl|sslcompression|sslcrl|sslcrldir|replication|server_version|serverversion|supavisor.*|workaround|uselibpqcompat)$`)

// startSettings are for the start of a connection; all others are the server's.
var startSettings = []string{
	"host", "port", "database", "user", "passfile", "connect_timeout", "sslmode", "sslkey", "sslcert", "sslrootcert", "sslpassword",
	"sslsni", "sslcertmode", "sslnegotiation", "target_session_attrs", "service", "servicefile", "channel_binding", "application_name",
	"min_protocol_version", "max_protocol_version", "require_auth", "options",
}

// set takes one setting in whichever driver's words.
func (a *address) set(name, value string) error {
	name = strings.ToLower(name)
	if libpq, ok := libpqNames[name]; ok {
		name = libpq
	}
	switch {
	case name == "password":
		a.password = value
	case name == "schema", name == "currentschema":
		a.session["search_path"] = schemas(value)
	case name == "ssl":
		switch strings.ToLower(value) {
		case "", "1", "true", "on", "yes", "require":
			a.settings["sslmode"] = "require"
		case "0", "false", "off", "no":
			a.settings["sslmode"] = "disable"
		default:
			return a.setMode(value)
		}
	case name == "sslmode":
		return a.setMode(value)
	case name == "host" && strings.Contains(value, ":") && !strings.HasPrefix(value, "/") && strings.Count(value, ":") == 1:
		return a.readHosts(value) // .NET's and JDBC's host:port
	case driverSettings.MatchString(name):
	case name == "target_session_attrs":
		modes := map[string]string{"master": "primary", "primary": "primary", "secondary": "standby", "slave": "standby", "any": "any"}
		if mode, ok := modes[strings.ToLower(value)]; ok {
			value = mode
		}
		a.settings[name] = value
	case slices.Contains(startSettings, name):
		if value != "" {
			a.settings[name] = value
		}
	case name != "":
		a.session[name] = value
	}
	return nil
}

var plainName = regexp.MustCompile(`^[a-z_][a-z0-9_$]*$`)

// schemas is a list of schemas as a search path, in which unusual names are quoted.
func schemas(list string) string {
	var path []string
	for name := range strings.SplitSeq(list, ",") {
		if name = strings.TrimSpace(name); !plainName.MatchString(name) && !strings.HasPrefix(name, `"`) {
			name = pgx.Identifier{name}.Sanitize()
		}
		path = append(path, name)
	}
	return strings.Join(path, ", ")
}

// setMode takes an sslmode, in which .NET writes VerifyFull and others verify_full.
func (a *address) setMode(value string) error {
	mode := strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(value))
	modes := map[string]string{
		"disable": "disable", "allow": "allow", "prefer": "prefer", "require": "require", "required": "require",
		"verifyca": "verify-ca", "verifyfull": "verify-full", "verifyidentity": "verify-full", "noverify": "require",
	}
	if modes[mode] == "" {
		return badAddress(i18n.T("Its sslmode should be disable, allow, prefer, require, verify-ca or verify-full"))
	}
	a.settings["sslmode"] = modes[mode]
	return nil
}

var option = regexp.MustCompile(`(?:^|\s)(?:-c\s*|--)([A-Za-z_][A-Za-z0-9_.-]*)=((?:\\.|\S)*)`)

// moveOptions takes the server's settings out of the options, which poolers refuse. What
// else is in them, such as the endpoint of a hosted database, stays.
func (a *address) moveOptions() {
	options, ok := a.settings["options"]
	if !ok {
		return
	}
	for _, m := range option.FindAllStringSubmatch(options, -1) {
		a.session[strings.ReplaceAll(strings.ToLower(m[1]), "-", "_")] = strings.ReplaceAll(m[2], `\`, "")
	}
	if rest := strings.TrimSpace(option.ReplaceAllString(options, "")); rest != "" {
		a.settings["options"] = rest
	} else {
		delete(a.settings, "options")
	}
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
	for _, name := range slices.Sorted(maps.Keys(a.settings)) {
		pairs = append(pairs, name+"='"+escape.Replace(a.settings[name])+"'")
	}
	return strings.Join(pairs, " ")
}
