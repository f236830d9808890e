package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/localdb/exchange"
	"seedbed/ui/look"
)

// realColumns is the first card: what each column is used for, and whose messages are
// kept.
type realColumns struct {
	page   *realPage
	rows   *fyne.Container
	scroll *container.Scroll
	roles  *fyne.Container
	object fyne.CanvasObject
}

// The card shows so much of the columns before it scrolls.
const columnsHeight float32 = 172

var columnParts = []float32{27, 40, 33}

func newRealColumns(p *realPage) *realColumns {
	c := &realColumns{page: p, rows: look.Stack(2), roles: look.Stack(4)}
	c.scroll = container.NewVScroll(c.rows)
	c.object = container.NewBorder(look.Stack(10, look.Heading(lang.L("1 · Columns")), look.Stack(0)), c.roles, nil, nil, c.scroll)
	return c
}

// fill shows the columns and roles of a source.
func (c *realColumns) fill(s *realSource) {
	c.rows.RemoveAll()
	c.roles.RemoveAll()
	if len(s.facts.Columns) > 0 {
		c.rows.Add(look.Columns(8, columnParts, look.Heading(lang.L("In the file")), look.Heading(lang.L("Example")), look.Heading(lang.L("Use as"))))
	} else if s.read {
		c.rows.Add(look.Muted(lang.L("Here it is known what is what: the messages, who said them, and in which conversation.")))
	}
	for _, column := range s.facts.Columns {
		c.rows.Add(look.Rule())
		c.rows.Add(c.row(s, column))
	}
	c.fillRoles(s)
	// As high as its rows, up to the height from which it scrolls.
	c.scroll.SetMinSize(fyne.NewSize(0, min(c.rows.MinSize().Height, look.Scaled(columnsHeight))))
	c.scroll.ScrollToTop()
}

func (c *realColumns) row(s *realSource, column exchange.Column) fyne.CanvasObject {
	uses := make([]string, len(exchange.Fields))
	for i, field := range exchange.Fields {
		uses[i] = useName(s, field)
	}
	use := look.NewSelect(uses, func(at int) {
		s.use(column.Name, exchange.Fields[at])
		c.page.open(s)
	})
	use.SetOptions(uses, slices.Index(exchange.Fields, column.Use))
	example := strings.Join(strings.Fields(column.Example), " ")
	if example == "" {
		example = "—"
	}
	return look.Columns(8, columnParts, centred(look.Line(translated(column.Label().Parts()))), centred(look.MutedLine(example)), container.NewHBox(use))
}

// useName is what a use is called.
func useName(s *realSource, field exchange.Field) string {
	switch field {
	case exchange.Message:
		return lang.X("real.message", "Message")
	case exchange.Category:
		return lang.L("Category, if filled")
	case exchange.Confidence:
		return lang.L("Confidence")
	case exchange.Role:
		var kept []string
		for _, role := range s.roles() {
			kept = append(kept, "“"+role+"”")
		}
		if len(kept) == 0 {
			return lang.X("real.role", "Role")
		}
		return lang.L("Role: keep {{.Roles}}", map[string]any{"Roles": strings.Join(kept, ", ")})
	case exchange.Conversation:
		return lang.L("Conversation")
	case exchange.Time:
		return lang.X("real.time", "Time")
	case exchange.Source:
		return lang.X("real.source", "Source")
	case exchange.Status:
		return lang.X("real.status", "Status")
	default:
		return lang.L("Ignore")
	}
}

// shownRoles is how many speakers can be chosen among; of a chat of more, the others
// are left out.
const shownRoles = 12

// fillRoles shows who speaks, with how many messages, to choose whose to keep.
func (c *realColumns) fillRoles(s *realSource) {
	if s.roles() == nil {
		return
	}
	line := look.Wrap(4, look.Row(0, look.Width(150, look.MutedLine(lang.L("Keep what these said:")))))
	for _, role := range s.spoken[:min(len(s.spoken), shownRoles)] {
		name := role.Role
		if name == "" {
			name = lang.L("nobody named")
		}
		check := look.NewCheck(name+" ("+thousands(role.Count)+")", nil)
		check.Checked = s.keep[role.Role]
		check.OnChanged = func(keep bool) {
			s.keep[role.Role] = keep
			c.fill(s)
			c.page.renew()
		}
		line.Add(check)
	}
	c.roles.Add(line)
}
