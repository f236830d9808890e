package ui

import (
	"context"
	"iter"

	"fyne.io/fyne/v2/lang"

	"seedbed/gen"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/formats"
)

// realSource is a file or what was read out of a database, and how it is to be read.
type realSource struct {
	name    string
	path    string         // "" for a database
	kept    []exchange.Row // of a database
	options exchange.Options

	realFacts
	read bool
	keep map[string]bool // by role
}

// realFacts are what one reading of all of it brought to light.
type realFacts struct {
	facts  exchange.Facts
	spoken []exchange.RoleCount
	lines  int
}

// look reads all of it.
func (s *realSource) look(ctx context.Context, report func(lines int)) (found realFacts, err error) {
	rows := gen.KeptRows(s.kept)(ctx, nil)
	if s.path != "" {
		reading, err := formats.Open(s.path, s.options)
		if err != nil {
			return found, err
		}
		defer reading.Close()
		found.facts = reading.Facts
		rows = reading.Rows()
		defer func() { found.lines += reading.Tally.Rejected }()
	}
	found.spoken, err = exchange.Roles(counted(ctx, rows, func(n int) {
		found.lines = n
		if n%1000 == 0 {
			report(n)
		}
	}))
	return found, err
}

// counted passes rows on until ctx is done, and tells how many there were so far.
func counted(ctx context.Context, rows iter.Seq2[exchange.Row, error], tell func(n int)) iter.Seq2[exchange.Row, error] {
	return func(yield func(exchange.Row, error) bool) {
		n := 0
		for row, err := range rows {
			if err == nil {
				err = ctx.Err()
			}
			n++
			tell(n)
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// take keeps what was found, and the choice of roles where they are the same as before.
func (s *realSource) take(found realFacts) {
	s.realFacts, s.read = found, true
	before := s.keep
	s.keep = map[string]bool{}
	for _, role := range found.spoken {
		keep, known := before[role.Role]
		s.keep[role.Role] = known && keep || !known && role.Keep
	}
}

// describe says in a line what it is.
func (s *realSource) describe() string {
	text := s.name + " · " + lang.L("{{.N}} lines", map[string]any{"N": thousands(s.lines)})
	if s.path == "" {
		return text
	}
	return text + " · " + lang.L("read as {{.Format}}", map[string]any{"Format": translated(s.facts.Describe().Parts())})
}

// stream gives the messages from the first on, each time it is called.
func (s *realSource) stream() gen.RealRows {
	if s.path == "" {
		return gen.KeptRows(s.kept)
	}
	return gen.FileRows(s.path, s.options)
}

// roles are those whose messages are kept; nil where nobody is named.
func (s *realSource) roles() []string {
	if len(s.spoken) == 0 || len(s.spoken) == 1 && s.spoken[0].Role == "" {
		return nil
	}
	roles := []string{}
	for _, role := range s.spoken {
		if s.keep[role.Role] {
			roles = append(roles, role.Role)
		}
	}
	return roles
}

// use changes what a column is used for. A use belongs to one column.
func (s *realSource) use(column string, field exchange.Field) {
	columns := map[string]exchange.Field{}
	for _, c := range s.facts.Columns {
		columns[c.Name] = c.Use
		if c.Use == field {
			columns[c.Name] = exchange.Ignore
		}
	}
	columns[column] = field
	s.options.Columns = columns
}
