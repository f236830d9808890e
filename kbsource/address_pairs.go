package kbsource

import (
	"maps"
	"slices"
	"strings"

	"seedbed/assets/i18n"
)

// pairNames are what addresses of key=value pairs begin with.
const pairNames = `host|hostaddr|server|data source|port|dbname|database|initial catalog|user|user id|userid|username|uid|password|pwd|passfile|service|sslmode|ssl mode|connect_timeout|application_name|options|driver` +
	`|(?:pg|(?:db|pg|postgres|postgresql|database|rds)_)(?:host|hostname|hostaddr|port|user|username|password|pass|database|dbname|db|name|sslmode)`

var (
	pair     = pattern(`(?i)^[\s;]*(?:export\s+)?(?:` + pairNames + `)\s*=`)
	exported = pattern(`(?im)^\s*export\s+`)
	// command is psql's, with variables before it.
	command = pattern(`(?i)^(?:[A-Z_]+=(?:"[^"]*"|'[^']*'|\S*)\s+)*psql\s`)
	segment = pattern(`^\s*[A-Za-z][A-Za-z0-9_ ]*=`)
)

// readPairs reads key=value pairs, separated by spaces as in libpq or by semicolons as in
// .NET. A value in quotes may hold anything.
func (a *address) readPairs(text string) error {
	text = exported().ReplaceAllString(text, "")
	semicolons := separatedBySemicolons(text)
	for text = strings.Trim(text, " \t\r\n;"); text != ""; text = strings.TrimLeft(text, " \t\r\n;") {
		name, rest, ok := strings.Cut(text, "=")
		if !ok {
			return badAddress(i18n.T("Each part should look like name=value; a value with spaces belongs in single quotes"))
		}
		quotes := "'"
		if semicolons || environmentName().MatchString(strings.TrimSpace(name)) {
			quotes += `"`
		}
		value, rest, closed := cutValue(strings.TrimLeft(rest, " \t\r\n"), quotes, semicolons)
		if !closed {
			return badAddress(i18n.T("A quote is opened and not closed"))
		}
		name = strings.TrimSpace(name)
		if !semicolons && strings.ContainsAny(name, " \t\r\n") {
			return badAddress(i18n.T("Each part should look like name=value; a value with spaces belongs in single quotes"))
		}
		if err := a.set(name, strings.TrimSpace(value)); err != nil {
			return err
		}
		text = rest
	}
	return nil
}

// cutValue separates a value, perhaps in quotes, from what follows. Between spaces, a
// backslash stands before a character that means nothing.
func cutValue(text, quotes string, semicolons bool) (value, rest string, closed bool) {
	ends, quoted := " \t\r\n", text != "" && strings.IndexByte(quotes, text[0]) >= 0
	if semicolons {
		ends = ";"
	}
	if quoted {
		ends, text = text[:1], text[1:]
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && !semicolons && i+1 < len(text):
			i++
			b.WriteByte(text[i])
		case strings.IndexByte(ends, c) >= 0:
			return b.String(), text[i+1:], true
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), "", !quoted
}

var quotedValue = pattern(`'(?:\\.|[^'])*'|"[^"]*"`)

// separatedBySemicolons is true of .NET's form, and not of a password with a semicolon.
func separatedBySemicolons(text string) bool {
	found := false
	text = strings.TrimRight(quotedValue().ReplaceAllString(text, ""), "; \t\r\n")
	for i, part := range strings.Split(strings.TrimLeft(text, "; \t\r\n"), ";") {
		if strings.TrimSpace(part) != "" && !segment().MatchString(part) {
			return false
		}
		found = found || i > 0
	}
	return found
}

// psqlFlags are psql's for where a database is.
var psqlFlags = map[string]string{"-h": "host", "--host": "host", "-p": "port", "--port": "port", "-U": "user", "--username": "user", "-d": "database", "--dbname": "database"}

// readCommand reads the arguments of psql, and the variables before it.
func (a *address) readCommand(text string) error {
	words, ok := shellWords(text)
	program := slices.IndexFunc(words, func(word string) bool { return strings.EqualFold(word, "psql") })
	if !ok || program < 0 {
		return badAddress(i18n.T("A quote is opened and not closed"))
	}
	for _, word := range words[:program] {
		name, value, _ := strings.Cut(word, "=")
		if err := a.set(name, value); err != nil {
			return err
		}
	}
	positions := []string{"database", "user"}
	for words = words[program+1:]; len(words) > 0; {
		var name, value string
		switch word := words[0]; {
		case slices.Contains([]string{"-W", "-w", "--password", "--no-password"}, word):
			words = words[1:]
			continue
		case strings.HasPrefix(word, "-"):
			if name, value, words = flagOf(words); name == "" {
				return badAddress(i18n.T("Of psql's flags, leave only -h, -p, -U and -d"))
			}
		case len(positions) == 0:
			return badAddress(i18n.T("Of psql's flags, leave only -h, -p, -U and -d"))
		default:
			name, value, positions, words = positions[0], word, positions[1:], words[1:]
		}
		if err := a.setArgument(name, value); err != nil {
			return err
		}
	}
	return nil
}

// flagOf takes a flag and its value off the words; the name is "" for another flag.
func flagOf(words []string) (name, value string, rest []string) {
	word, rest := words[0], words[1:]
	flag, value, hasValue := strings.Cut(word, "=")
	if !strings.HasPrefix(word, "--") && len(word) > 2 {
		flag, value, hasValue = word[:2], word[2:], true
	}
	if !hasValue && len(rest) > 0 {
		return psqlFlags[flag], rest[0], rest[1:]
	}
	return psqlFlags[flag], value, rest
}

// setArgument takes an argument of psql. In the place of a database's name there may be a
// whole address.
func (a *address) setArgument(name, value string) error {
	if name != "database" || command().MatchString(value) || !IsPostgres(value) {
		return a.set(name, value)
	}
	inner, err := parseAddress(value)
	if err != nil {
		return err
	}
	maps.Copy(a.settings, inner.settings)
	maps.Copy(a.session, inner.session)
	if inner.password != "" {
		a.password = inner.password
	}
	return nil
}

// shellWords splits a command as a shell does, as far as quotes and spaces go.
func shellWords(text string) (words []string, closed bool) {
	var word strings.Builder
	quote, begun := rune(0), false
	for _, r := range text {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '\'' || r == '"'):
			quote, begun = r, true
		case quote == 0 && strings.ContainsRune(" \t\r\n", r):
			if begun {
				words, begun = append(words, word.String()), false
				word.Reset()
			}
		default:
			word.WriteRune(r)
			begun = true
		}
	}
	if begun {
		words = append(words, word.String())
	}
	return words, quote == 0
}
