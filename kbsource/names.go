package kbsource

import (
	"strings"

	"github.com/jackc/pgx/v5"
)

// tableNames are the names that a text may stand for, the likeliest first: schema.table as
// it is written, a name with dots in it, and what PostgreSQL makes of names without quotes.
func tableNames(text string) []string {
	text = strings.TrimSpace(text)
	if parts, ok := splitQuoted(text); ok {
		return []string{pgx.Identifier(parts).Sanitize()}
	}
	var names []string
	for _, written := range []string{text, strings.ToLower(text)} {
		if schema, table, ok := strings.Cut(written, "."); ok {
			names = append(names, pgx.Identifier{schema, table}.Sanitize())
		}
		names = append(names, pgx.Identifier{written}.Sanitize())
	}
	return names
}

// splitQuoted takes a name apart of which at least one part is in quotes, as in
// "Sch.ema".table. Of database.schema.table the database is left out.
func splitQuoted(text string) (parts []string, ok bool) {
	quoted := false
	for {
		var part string
		if inner, isQuoted := strings.CutPrefix(text, `"`); isQuoted {
			quoted = true
			end := -1
			for i := 0; i < len(inner); i++ {
				if inner[i] != '"' {
					continue
				}
				if i+1 < len(inner) && inner[i+1] == '"' {
					i++
					continue
				}
				end = i
				break
			}
			if end < 0 {
				return nil, false
			}
			part, text = strings.ReplaceAll(inner[:end], `""`, `"`), inner[end+1:]
		} else {
			end := strings.IndexAny(text, `."`)
			if end < 0 {
				end = len(text)
			}
			part, text = text[:end], text[end:]
		}
		if part == "" {
			return nil, false
		}
		parts = append(parts, part)
		if text == "" {
			break
		}
		if text, ok = strings.CutPrefix(text, "."); !ok {
			return nil, false
		}
	}
	return parts[max(0, len(parts)-2):], quoted && len(parts) <= 3
}

// shownName is the name of a table as people read it and tableNames finds it again.
func shownName(schema, table string, visible bool) string {
	plain := func(name string) string {
		if strings.ContainsAny(name, ".") || strings.HasPrefix(name, `"`) {
			return pgx.Identifier{name}.Sanitize()
		}
		return name
	}
	if visible {
		return plain(table)
	}
	return plain(schema) + "." + plain(table)
}
