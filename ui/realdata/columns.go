package realdata

import (
	"slices"
	"strings"

	"seedbed/assets/visible"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/localdb/exchange"
	"seedbed/ui/shell"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// columnsCard is the first card: what each column is used for, and whose messages are
// kept.
type columnsCard struct {
	page   *page
	rows   *fyne.Container
	scroll *container.Scroll
	roles  *fyne.Container
	object fyne.CanvasObject
}

// The card shows so much of the columns before it scrolls.
const columnsHeight float32 = 172

var columnParts = []float32{27, 40, 33}

func newColumnsCard(p *page) *columnsCard {
	c := &columnsCard{page: p, rows: widget.VBox(2), roles: widget.VBox(4)}
	c.scroll = container.NewVScroll(c.rows)
	c.object = container.NewBorder(widget.VBox(10, widget.Heading(lang.L("1 · Columns")), widget.VBox(0)), c.roles, nil, nil, c.scroll)
	return c
}

// fill shows the columns and roles of a source.
func (c *columnsCard) fill(s *source) {
	c.rows.RemoveAll()
	c.roles.RemoveAll()
	if len(s.Facts.Columns) > 0 {
		c.rows.Add(widget.Columns(8, columnParts, widget.Heading(lang.L("In the file")), widget.Heading(lang.L("Example")), widget.Heading(lang.L("Use as"))))
	} else if s.read {
		c.rows.Add(widget.Muted(lang.L("This format defines where the messages, speakers and conversations are.")))
	}
	for _, column := range s.Facts.Columns {
		c.rows.Add(fynewidget.NewSeparator())
		c.rows.Add(c.row(s, column))
	}
	c.fillRoles(s)
	// As high as its rows, up to the height from which it scrolls.
	c.scroll.SetMinSize(fyne.NewSize(0, min(c.rows.MinSize().Height, theme.Scaled(columnsHeight))))
	c.scroll.ScrollToTop()
}

func (c *columnsCard) row(s *source, column exchange.Column) fyne.CanvasObject {
	uses := make([]string, len(exchange.Fields))
	for i, field := range exchange.Fields {
		uses[i] = useName(s, field)
	}
	use := widget.NewSelect(uses, func(at int) {
		s.use(column.Name, exchange.Fields[at])
		c.page.open(s)
	})
	use.SetOptions(uses, slices.Index(exchange.Fields, column.Use))
	example := strings.Join(strings.Fields(column.Example), " ")
	if example == "" {
		example = "—"
	}
	return widget.Columns(8, columnParts, shell.Centred(widget.Line(shell.Translate(column.Label.Parts()))), shell.Centred(widget.MutedLine(example)), container.NewHBox(use))
}

// useName is what a use is called.
func useName(s *source, field exchange.Field) string {
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
	case exchange.Note:
		return lang.L("Note")
	case exchange.Tags:
		return lang.L("Tags")
	case exchange.Marked:
		return lang.L("A category, where marked")
	case exchange.Listed:
		return lang.L("Messages of this category")
	default:
		return lang.L("Ignore")
	}
}

// shownRoles is how many speakers can be chosen among; of a chat of more, the others
// are left out.
const shownRoles = 12

// fillRoles shows who speaks, with how many messages, to choose whose to keep.
func (c *columnsCard) fillRoles(s *source) {
	if s.roles() == nil {
		return
	}
	line := widget.Wrap(4, widget.HBox(0, widget.FixedWidth(150, widget.MutedLine(lang.L("Keep what these said:")))))
	for _, role := range s.Roles[:min(len(s.Roles), shownRoles)] {
		name := role.Role
		if name == "" {
			name = lang.L("nobody named")
		}
		check := widget.NewCheck(visible.Line(name)+" ("+shell.Thousands(role.Count)+")", nil)
		check.Checked = s.keep[role.Role]
		check.OnChanged = func(keep bool) {
			s.keep[role.Role] = keep
			c.fill(s)
			c.page.reading.showLeftOut(s)
			c.page.renew()
		}
		line.Add(check)
	}
	c.roles.Add(line)
}
