package kbsource

import (
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"seedbed/assets/i18n"
)

// libpqNames are libpq's names for the settings of other drivers, in lower case.
var libpqNames = map[string]string{
	"dbname": "database", "initial catalog": "database", "db": "database",
	"hostname": "host", "hostaddr": "host", "server": "host", "data source": "host",
	"username": "user", "user id": "user", "userid": "user", "uid": "user", "user name": "user",
	"pwd": "password", "pass": "password", "psw": "password", "passwd": "password", "userpassword": "password", "user password": "password",
	"ssl_root_cert": "sslrootcert", "ssl password": "sslpassword",
	"ssl mode": "sslmode", "ssl_mode": "sslmode", "sslrootcertificate": "sslrootcert", "root certificate": "sslrootcert",
	"ssl certificate": "sslcert", "ssl key": "sslkey",
	"timeout": "connect_timeout", "connecttimeout": "connect_timeout", "logintimeout": "connect_timeout",
	"applicationname": "application_name", "application name": "application_name",
	"search path": "search_path", "searchpath": "search_path",
	"targetservertype": "target_session_attrs",
}

// driverSettings mean something to another driver only.
var driverSettings = pattern(`(?i)^(driver|provider|pgbouncer|connection_?limit|pool_?timeout|pool_?size|max_?overflow|socket_?timeout|statement_cache_size|prepared_statement.*|prepare_?threshold|max(imum)?_?pool_?size|min(imum)?_?pool_?size|pooling|max_?conns|min_?conns|pool_.*|async_fallback|command_?timeout|logger_?level|logger_?file|tcp_?keep_?alives?|keepalive.*|keepalives_.*|tcp_user_timeout|rewritebatchedinserts|rewritebatchedstatements|stringtype|autosave|default_?row_?fetch_?size|charset|encoding|client_?encoding|conn_max_age|sslaccept|sslfactory|sslidentity|sslpassword_.*|trust server certificate|include error detail|persist security info|integrated security|gssencmode|gsslib|krbsrvname|load_?balance_?hosts|hostrecheckseconds|read_?only|fallback_application_name|requiressl|sslcompression|sslcrl|sslcrldir|replication|server_version|serverversion|supavisor.*|workaround|uselibpqcompat)$`)

// startSettings are for the start of a connection; all others are the server's.
var startSettings = []string{
	"host", "port", "database", "user", "passfile", "connect_timeout", "sslmode", "sslkey", "sslcert", "sslrootcert",
	"sslsni", "sslcertmode", "sslnegotiation", "target_session_attrs", "service", "servicefile", "channel_binding", "application_name",
	"min_protocol_version", "max_protocol_version", "require_auth", "options",
}

// serverSettings are those of the server's that people set in an address.
var serverSettings = pattern(`^(search_path|schema|currentschema|ssl|[a-z_]+_timeout|work_mem|timezone|datestyle|role|jit|row_security|extra_float_digits|client_min_messages|default_transaction_\w+|[a-z_]+\.[a-z_]+)$`)

// environmentName is how variables name what libpq calls host, port and so on.
var environmentName = pattern(`(?i)^(?:pg|(?:db|pg|postgres|postgresql|database|rds)_)(host|hostname|hostaddr|port|user|username|password|pass|database|dbname|db|name|sslmode|sslrootcert|sslcert|sslkey|options|connect_timeout)$`)

// settingName is a name in libpq's words.
func settingName(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	if m := environmentName().FindStringSubmatch(name); m != nil {
		if name = m[1]; name == "name" {
			name = "database"
		}
	}
	if libpq, ok := libpqNames[name]; ok {
		return libpq
	}
	return name
}

func isPassword(name string) bool { return settingName(name) == "password" }

// knownSetting tells a setting from the rest of a password with a & in it.
func knownSetting(name string) bool {
	name = settingName(name)
	return name == "password" || name == "sslpassword" || slices.Contains(startSettings, name) || driverSettings().MatchString(name) || serverSettings().MatchString(name)
}

// set takes one setting in whichever driver's words.
func (a *address) set(name, value string) error {
	name = settingName(name)
	switch {
	case name == "password":
		a.password = value
	case name == "sslpassword":
		a.keyPassword = value
	case name == "schema", name == "currentschema":
		a.session["search_path"] = schemas(value)
	case name == "ssl":
		return a.setSSL(value)
	case name == "sslmode":
		return a.setMode(value)
	case name == "host" && strings.Contains(value, ":") && !strings.HasPrefix(value, "/") && strings.Count(value, ":") == 1:
		return a.readHosts(value) // .NET's and JDBC's host:port
	case driverSettings().MatchString(name):
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
	case plainSetting().MatchString(name):
		a.session[name] = value
	case name != "" || value != "":
		return badAddress(i18n.T("One of its settings has a name that can't be one; write & and ; in a password as %26 and %3B"))
	}
	return nil
}

var plainSetting = pattern(`^[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*$`)

var plainName = pattern(`^[a-z_][a-z0-9_$]*$`)

// schemas is a list of schemas as a search path, in which unusual names are quoted.
func schemas(list string) string {
	var path []string
	for name := range strings.SplitSeq(list, ",") {
		if name = strings.TrimSpace(name); !plainName().MatchString(name) && !strings.HasPrefix(name, `"`) {
			name = pgx.Identifier{name}.Sanitize()
		}
		path = append(path, name)
	}
	return strings.Join(path, ", ")
}

// setSSL takes what some drivers call ssl: yes or no, or an sslmode.
func (a *address) setSSL(value string) error {
	switch strings.ToLower(value) {
	case "", "1", "true", "on", "yes", "require":
		a.settings["sslmode"] = "require"
	case "0", "false", "off", "no":
		a.settings["sslmode"] = "disable"
	default:
		return a.setMode(value)
	}
	return nil
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

var option = pattern(`(?:^|\s)(?:-c\s*|--)([A-Za-z_][A-Za-z0-9_.-]*)=((?:\\.|\S)*)`)

// moveOptions takes the server's settings out of the options, which poolers refuse. What
// else is in them, such as the endpoint of a hosted database, stays.
func (a *address) moveOptions() {
	options, ok := a.settings["options"]
	if !ok {
		return
	}
	rest := option().ReplaceAllStringFunc(options, func(part string) string {
		m := option().FindStringSubmatch(part)
		name := strings.ReplaceAll(strings.ToLower(m[1]), "-", "_")
		if !serverSettings().MatchString(name) && (!plainSetting().MatchString(name) || knownSetting(name)) {
			return part
		}
		_ = a.set(name, strings.ReplaceAll(m[2], `\`, "")) // a setting of the server's, which any value suits
		return ""
	})
	if rest = strings.TrimSpace(rest); rest != "" {
		a.settings["options"] = rest
	} else {
		delete(a.settings, "options")
	}
}
