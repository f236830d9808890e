package review

import (
	"encoding/json"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynetheme "fyne.io/fyne/v2/theme"

	"seedbed/localdb"
	"seedbed/ui/grid"
	"seedbed/ui/shell"
)

// sortColumns are what the grid's columns sort by.
var sortColumns = map[string]localdb.Column{
	"status": localdb.ByStatus, "number": localdb.ByID, "text": localdb.ByText, "category": localdb.ByCategory,
	"confidence": localdb.ByConfidence, "source": localdb.BySource, "flags": localdb.ByFlags,
}

// leastText is the least width of the message column, in units at a text size of 14.
const leastText = 200

// columns are the grid's columns with the widths that a person gave them.
func (p *page) columns() []grid.Column {
	columns := []grid.Column{
		{ID: "status", Width: 32, MinWidth: 30, Sortable: true},
		{ID: "number", Title: "#", Width: p.numberWidth(), MinWidth: 36, Sortable: true},
		{ID: "text", Title: lang.L("Message"), MinWidth: 120, Stretch: true, Sortable: true, Editable: true},
		{ID: "category", Title: lang.L("Category"), Width: 118, MinWidth: 60, Sortable: true},
		{ID: "confidence", Title: lang.L("Conf."), Width: 56, MinWidth: 44, Sortable: true, Align: fyne.TextAlignTrailing},
		{ID: "source", Title: lang.L("Source"), Width: 82, MinWidth: 50, Sortable: true},
		{ID: "flags", Title: lang.L("Flags"), Width: 116, MinWidth: 50, Sortable: true},
	}
	widths := columnWidths(p.window.Settings)
	for i, c := range columns {
		if width, ok := widths[c.ID]; ok && !c.Stretch {
			columns[i].Width = width
		}
	}
	return columns
}

// numberWidth makes room for the numbers of a large dataset.
func (p *page) numberWidth() float32 {
	highest := p.counts.Total
	if p.rows != nil {
		highest = max(highest, p.rows.Len())
	}
	return 14 + 8.5*float32(max(4, len(strconv.Itoa(highest))))
}

// arrangeColumns hides columns that there is no room for, those first that
// the side panel shows too.
func (p *page) arrangeColumns() {
	columns := p.columns()
	room := p.room * 14 / fynetheme.TextSize()
	for _, id := range []string{"source", "confidence", "number", "flags"} {
		taken := float32(leastText)
		for _, c := range columns {
			taken += c.Width
		}
		if taken > room {
			columns = slices.DeleteFunc(columns, func(c grid.Column) bool { return c.ID == id })
		}
	}
	if slices.Equal(columns, p.shownColumns) {
		return
	}
	p.shownColumns = columns
	p.grid.SetColumns(columns)
	p.showSort()
}

// keepColumns stores the widths of the columns.
func (p *page) keepColumns() {
	widths := columnWidths(p.window.Settings)
	if widths == nil {
		widths = map[string]float32{}
	}
	p.shownColumns = p.grid.Columns()
	for _, c := range p.shownColumns {
		widths[c.ID] = c.Width
	}
	setColumnWidths(p.window.Settings, widths)
}

// sortBy sorts by a column, the other way round the second time. A queue has an
// order of its own, so sorting leaves it.
func (p *page) sortBy(columnID string) {
	by := sortColumns[columnID]
	p.sort = localdb.Sort{By: by, Descending: p.sort.By == by && !p.sort.Descending && p.filters.queue() == localdb.NoQueue}
	p.filters.leaveQueue()
	p.renew()
}

// showSort marks the sorted column with an arrow.
func (p *page) showSort() {
	for id, by := range sortColumns {
		if by == p.sort.By && p.filters.queue() == localdb.NoQueue {
			p.grid.SetSort(id, p.sort.Descending)
			return
		}
	}
	p.grid.SetSort("", false)
}

const (
	prefSidePanel = "side-panel"
	prefColumns   = "columns"
)

// columnWidths are the widths that a person gave to the grid's columns, by their ids.
func columnWidths(s *shell.Settings) map[string]float32 {
	var widths map[string]float32
	// Widths that can't be read are ignored.
	_ = json.Unmarshal([]byte(s.Prefs.String(prefColumns)), &widths)
	return widths
}

func setColumnWidths(s *shell.Settings, widths map[string]float32) {
	if data, err := json.Marshal(widths); err == nil {
		s.Prefs.SetString(prefColumns, string(data))
	}
}

func sidePanel(s *shell.Settings) bool          { return s.Prefs.BoolWithFallback(prefSidePanel, true) }
func setSidePanel(s *shell.Settings, open bool) { s.Prefs.SetBool(prefSidePanel, open) }
