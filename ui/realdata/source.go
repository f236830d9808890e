package realdata

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"seedbed/gen/realdata"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/formats"
	"seedbed/ui/shell"
)

// source is a file or what was read out of a database, and how it is to be read.
type source struct {
	name    string
	path    string         // "" for a database
	kept    []exchange.Row // of a database
	reading reading        // likewise
	options exchange.Options

	formats.Inspection
	lines int
	read  bool
	keep  map[string]bool // by role
}

// inspect reads all of it. What was found out before an error is returned with it.
func (s *source) inspect(ctx context.Context, report func(rows int)) (found formats.Inspection, lines int, err error) {
	if s.path == "" {
		found.Roles, err = exchange.Roles(realdata.RowsOf(s.kept)(ctx, nil))
		return found, len(s.kept), err
	}
	found, err = formats.Inspect(ctx, s.path, s.options, func(exchange.Row) {
		if lines++; lines%1000 == 0 {
			report(lines)
		}
	})
	return found, lines + found.Tally.Rejected, err
}

// take keeps what was found, and the choice of roles where they are the same as before.
func (s *source) take(found formats.Inspection, lines int) {
	s.Inspection, s.lines, s.read = found, lines, true
	before := s.keep
	s.keep = map[string]bool{}
	for _, role := range found.Roles {
		keep, known := before[role.Role]
		s.keep[role.Role] = known && keep || !known && role.Keep
	}
}

// describe says in a line what it is.
func (s *source) describe() string {
	text := s.name + " · " + lang.N("{{.N}} lines", s.lines, map[string]any{"N": shell.Thousands(s.lines)})
	if s.path == "" {
		if more := s.reading.describe(); more != "" {
			text += " · " + more
		}
		return text
	}
	text += " · " + lang.L("read as {{.Format}}", map[string]any{"Format": shell.Translate(s.Facts.Describe().Parts())})
	if !s.Facts.Doubt.IsZero() {
		text += " · " + shell.Translate(s.Facts.Doubt.Parts())
	}
	return text
}

// stream gives the messages from the first on, each time it is called.
func (s *source) stream() realdata.Rows {
	if s.path == "" {
		return realdata.RowsOf(s.kept)
	}
	return realdata.FileRows(s.path, s.options)
}

// roles are those whose messages are kept; nil where nobody is named.
func (s *source) roles() []string {
	if len(s.Roles) == 0 || len(s.Roles) == 1 && s.Roles[0].Role == "" {
		return nil
	}
	roles := []string{}
	for _, role := range s.Roles {
		if s.keep[role.Role] {
			roles = append(roles, role.Role)
		}
	}
	return roles
}

// otherRoles counts the messages of roles that are not kept.
func (s *source) otherRoles() (n int) {
	if s.roles() == nil {
		return 0
	}
	for _, role := range s.Roles {
		if !s.keep[role.Role] {
			n += role.Count
		}
	}
	return n
}

// asksEncoding tells whether a person has to choose the encoding before anything else.
func asksEncoding(found formats.Inspection) bool { return len(found.Samples) > 0 }

// use changes what a column is used for. A use belongs to one column, but for those of
// which each column is one category.
func (s *source) use(column string, field exchange.Field) {
	columns := map[string]exchange.Field{}
	for _, c := range s.Facts.Columns {
		columns[c.Name] = c.Use
		if c.Use == field && field != exchange.Marked && field != exchange.Listed {
			columns[c.Name] = exchange.Ignore
		}
	}
	columns[column] = field
	s.options.Columns = columns
}
