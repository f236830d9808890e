package kbsource

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"seedbed/assets/i18n"
)

// names are what addresses of key=value pairs begin with.
const names = `host|hostaddr|server|data source|port|dbname|database|initial catalog|user|user id|userid|username|uid|password|pwd|passfile|service|sslmode|ssl mode|connect_timeout|application_name|options|driver` +
	`|(?:pg|(?:db|pg|postgres|postgresql|database|rds)_)(?:host|hostname|hostaddr|port|user|username|password|pass|database|dbname|db|name|sslmode)`

var (
	pair     = regexp.MustCompile(`(?i)^[\s;]*(?:export\s+)?(?:` + names + `)\s*=`)
	exported = regexp.MustCompile(`(?im)^\s*export\s+`)
	// command is psql's, with variables before it.
	command = regexp.MustCompile(`(?i)^(?:[A-Z_]+=(?:"[^"]*"|'[^']*'|\S*)\s+)*psql\s`)
	segment = regexp.MustCompile(`^\s*[A-Za-z][A-Za-z0-9_ ]*=`)
)

// readPairs reads key=value pairs, separated by spaces as in libpq or by semicolons as in
// .NET. A value in quotes may hold anything.
func (a *address) readPairs(text string) error {
	text = exported.ReplaceAllString(text, "")
	semicolons := separatedBySemicolons(text)
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
		if rest != "" && (rest[0] == '\'' || (semicolons || environmentName.MatchString(strings.TrimSpace(name))) && rest[0] == '"') {
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

// separatedBySemicolons is true of .NET's form, and not of a password with a semicolon.
func separatedBySemicolons(text string) bool {
	found := false
	text = strings.TrimRight(quotedValue.ReplaceAllString(text, ""), "; \t\r\n")
	for i, part := range strings.Split(strings.TrimLeft(text, "; \t\r\n"), ";") {
		if strings.TrimSpace(part) != "" && !segment.MatchString(part) {
			return false
		}
		found = found || i > 0
	}
	return found
}

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
	flags := map[string]string{"-h": "host", "--host": "host", "-p": "port", "--port": "port", "-U": "user", "--username": "user", "-d": "database", "--dbname": "database"}
	positions := []string{"database", "user"}
	for words = words[program+1:]; len(words) > 0; words = words[1:] {
		word := words[0]
		name, value, hasValue := strings.Cut(word, "=")
		if !strings.HasPrefix(word, "--") && strings.HasPrefix(word, "-") && len(word) > 2 {
			name, value, hasValue = word[:2], word[2:], true
		}
		switch setting := flags[name]; {
		case word == "-W" || word == "-w" || word == "--password" || word == "--no-password":
			continue
		case setting != "" && !hasValue && len(words) > 1:
			words = words[1:]
			name, value = setting, words[0]
		case setting != "" && hasValue:
			name = setting
		case strings.HasPrefix(word, "-") || len(positions) == 0:
			return badAddress(i18n.T("Of psql's flags, leave only -h, -p, -U and -d"))
		default:
			name, value, positions = positions[0], word, positions[1:]
		}
		if name == "database" && !command.MatchString(value) && IsPostgres(value) {
			inner, err := parseAddress(value)
			if err != nil {
				return err
			}
			maps.Copy(a.settings, inner.settings)
			maps.Copy(a.session, inner.session)
			if inner.password != "" {
				a.password = inner.password
			}
			continue
		}
		if err := a.set(name, value); err != nil {
			return err
		}
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
