package review

import (
	"cmp"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/assets/crash"
	"seedbed/localdb"
	"seedbed/ui/grid"
	"seedbed/ui/shell"
)

// sortColumns are what the grid's columns sort by.
var sortColumns = map[string]localdb.Column{
	"status": localdb.ByStatus, "number": localdb.ByID, "text": localdb.ByText, "category": localdb.ByCategory,
	"confidence": localdb.ByConfidence, "source": localdb.BySource, "flags": localdb.ByFlags, "tags": localdb.ByTags, "note": localdb.ByNote,
}

// enoughText is the width of the message column below which other columns are left out,
// in units at a text size of 14.
const enoughText = 260

// columns are the grid's columns as a person arranged them: without a choice of theirs,
// those that tell messages apart.
func (p *page) columns() []grid.Column {
	columns := []grid.Column{
		{ID: "status", Width: 32, MinWidth: 30, Sortable: true},
		{ID: "number", Title: "#", MinWidth: 36, Samples: p.numberSamples(), Rank: 2, Sortable: true},
		{ID: "text", Title: lang.L("Message"), MinWidth: 120, Enough: enoughText, Stretch: true, Sortable: true, Editable: true, Wrap: true},
		{ID: "category", Title: lang.L("Category"), MinWidth: 90, Samples: p.categorySamples(), Sortable: true, Wrap: true},
		{ID: "confidence", Title: lang.L("Confidence"), Samples: []grid.Cell{{Text: wholePercent(0.88)}}, Rank: 4, Sortable: true, Align: fyne.TextAlignTrailing},
		{ID: "source", Title: lang.L("Source"), Samples: []grid.Cell{{Text: sourceName(localdb.Synthetic)}, {Text: sourceName(localdb.Real)}}, Rank: 5, Sortable: true},
		{ID: "flags", Title: lang.L("Flags"), Samples: p.flagSamples(), Rank: 1, Sortable: true, Wrap: true},
		{ID: "tags", Title: lang.L("Tags"), Samples: p.tagSamples(), Rank: 3, Sortable: true, Wrap: true},
		{ID: "note", Title: lang.L("Note"), Samples: []grid.Cell{{Text: noteSample}}, Rank: 6, Sortable: true, Wrap: true},
	}
	a := readArrangement(p.window.Settings)
	for i, c := range columns {
		columns[i].Width = max(c.Width, a.Widths[c.ID])
		if shown, chosen := a.Shown[c.ID]; chosen {
			columns[i].Hidden = !shown
			columns[i].Rank = 0
		} else {
			columns[i].Hidden = !p.informative(c.ID)
		}
	}
	slices.SortStableFunc(columns, func(x, y grid.Column) int {
		at, other := slices.Index(a.Order, x.ID), slices.Index(a.Order, y.ID)
		if at < 0 || other < 0 {
			return 0
		}
		return at - other
	})
	return columns
}

// informative reports whether the messages of the list differ in a column. Columns that
// messages are reviewed by are, whatever they hold.
func (p *page) informative(columnID string) bool {
	filter, facets := p.filters.filter, p.filters.facets
	switch columnID {
	case "confidence":
		return facets.Confidences
	case "source":
		return len(filter.Sources) != 1 && facets.Sources[0] > 0 && facets.Sources[1] > 0
	case "flags":
		return len(p.flagSamples()) > 0
	case "tags":
		return len(facets.Tags) > 0
	case "note":
		return facets.Noted > 0
	}
	return true
}

// numberSamples is the widest number that a message of the list can have.
func (p *page) numberSamples() []grid.Cell {
	highest := p.counts.Total
	if p.rows != nil {
		highest = max(highest, p.rows.Len())
	}
	return []grid.Cell{{Text: strings.Repeat("8", max(3, len(strconv.Itoa(highest))))}}
}

func (p *page) categorySamples() (cells []grid.Cell) {
	for _, c := range p.categories {
		cells = append(cells, chipOf(c))
	}
	return cells
}

// flagSamples are the flags that messages of the list have; several wrap into lines.
func (p *page) flagSamples() (cells []grid.Cell) {
	for _, flag := range localdb.AllFlags {
		if p.filters.facets.Flags[flag] > 0 {
			cells = append(cells, grid.Cell{Text: flagName(flag) + ",", Kind: grid.Warning})
		}
	}
	return cells
}

// tagSamples are the longest tags that messages of the list have; several wrap into lines.
func (p *page) tagSamples() (cells []grid.Cell) {
	for tag := range p.filters.facets.Tags {
		cells = append(cells, grid.Cell{Text: tag + ","})
	}
	slices.SortFunc(cells, func(a, b grid.Cell) int {
		return cmp.Or(cmp.Compare(len(b.Text), len(a.Text)), cmp.Compare(a.Text, b.Text))
	})
	return cells[:min(len(cells), mostTagSamples)]
}

const (
	mostTagSamples = 8
	noteSample     = "Two or three words, or" // notes wrap into lines of this width
)

// arrangeColumns shows the columns that there are for the list now.
func (p *page) arrangeColumns() {
	columns := p.columns()
	if reflect.DeepEqual(columns, p.shownColumns) {
		return
	}
	p.shownColumns = columns
	p.grid.SetColumns(columns)
}

// keepColumns stores how a person arranged the columns.
func (p *page) keepColumns() {
	a := readArrangement(p.window.Settings)
	a.Order = nil
	p.shownColumns = p.grid.Columns()
	for _, c := range p.shownColumns {
		a.Order = append(a.Order, c.ID)
		if c.Width > 0 {
			a.Widths[c.ID] = c.Width
		}
	}
	a.write(p.window.Settings)
}

// openColumnMenu opens the menu of the columns and the lines of a message.
func (p *page) openColumnMenu(at fyne.Position) {
	fynewidget.ShowPopUpMenuAtPosition(fyne.NewMenu("", p.columnMenu()...), p.window.Canvas(), at)
}

func (p *page) columnMenu() []*fyne.MenuItem {
	item := func(text string, checked bool, do func()) *fyne.MenuItem {
		item := fyne.NewMenuItem(text, func() {
			defer crash.Catch()
			do()
			p.window.Canvas().Focus(p.grid)
		})
		item.Checked = checked
		return item
	}
	var items []*fyne.MenuItem
	for _, c := range p.shownColumns {
		title := c.Title
		switch c.ID {
		case "text":
			continue // what the list is for
		case "status":
			title = lang.L("Status")
		case "confidence":
			title = lang.L("Confidence: how sure the category is")
		case "number":
			title = lang.L("Number")
		}
		if !p.informative(c.ID) {
			title = lang.L("{{.Column}} (the same everywhere)", map[string]any{"Column": title})
		}
		shown := p.grid.ShownWidth(c.ID) > 0
		items = append(items, item(title, shown, func() { p.showColumn(c.ID, !shown) }))
	}
	items = append(items, fyne.NewMenuItemSeparator())
	for _, lines := range []struct {
		n    int
		text string
	}{
		{1, lang.L("One line of a message")},
		{2, lang.L("Up to two lines")},
		{3, lang.L("Up to three lines")},
		{0, lang.L("All lines")},
	} {
		items = append(items, item(lines.text, shownLines(p.window.Settings) == lines.n, func() { p.setLines(lines.n) }))
	}
	return append(items, fyne.NewMenuItemSeparator(), item(lang.L("Reset columns"), false, p.resetColumns))
}

// showColumn shows or hides a column, whatever it holds.
func (p *page) showColumn(columnID string, show bool) {
	a := readArrangement(p.window.Settings)
	a.Shown[columnID] = show
	a.write(p.window.Settings)
	p.arrangeColumns()
}

func (p *page) resetColumns() {
	p.window.Settings.Prefs.RemoveValue(prefColumns)
	p.arrangeColumns()
}

func (p *page) setLines(n int) {
	p.window.Settings.Prefs.SetInt(prefLines, n)
	p.grid.SetLines(n)
}

const (
	prefSidePanel = "side-panel"
	prefColumns   = "list-columns"
	prefLines     = "list-lines"
)

// shownLines is how many lines of a message a row shows at most, 0 for all.
func shownLines(s *shell.Settings) int { return max(0, s.Prefs.IntWithFallback(prefLines, 3)) }

// arrangement is what a person chose for the columns, by their ids.
type arrangement struct {
	Order  []string
	Widths map[string]float32
	Shown  map[string]bool // what isn't in it is shown where it tells messages apart
}

func readArrangement(s *shell.Settings) arrangement {
	var a arrangement
	if json.Unmarshal([]byte(s.Prefs.String(prefColumns)), &a) != nil {
		a = arrangement{} // what can't be read is ignored
	}
	if a.Widths == nil {
		a.Widths = map[string]float32{}
	}
	if a.Shown == nil {
		a.Shown = map[string]bool{}
	}
	return a
}

func (a arrangement) write(s *shell.Settings) {
	if data, err := json.Marshal(a); err == nil {
		s.Prefs.SetString(prefColumns, string(data))
	}
}

func sidePanel(s *shell.Settings) bool          { return s.Prefs.BoolWithFallback(prefSidePanel, true) }
func setSidePanel(s *shell.Settings, open bool) { s.Prefs.SetBool(prefSidePanel, open) }
