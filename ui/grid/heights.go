package grid

// rowHeights are the heights of the rows that were near the viewport, as long as their
// cells and the layout stay the same. A row that is still loading is as high as the others
// are on average.
type rowHeights struct {
	layout   layoutKey
	of       map[int]int
	measured int // the number of those of loaded rows
	sum      int // of these
	typical  int // of a row that is still loading
}

// layoutKey is what heights depend on, apart from the cells.
type layoutKey struct {
	row, line, lines int
	text             textFont
	widths           [maxWrapping]int // of the columns that wrap
}

// maxWrapping is the number of columns whose text can be wrapped.
const maxWrapping = 8

// allLines is the number of lines of a message shown at most.
const allLines = 40

// heightsKept is the number of heights that are remembered.
const heightsKept = 4096

// SetLines sets how many lines of its text a row shows at most; 0 shows all, up to a
// window's height.
func (g *Grid) SetLines(n int) {
	g.editor.finish()
	g.lines = n
	g.Refresh()
}

// lineLimit is the number of lines that a row can have: not more than fit into the area,
// so that every row can be shown whole.
func (g *Grid) lineLimit() int {
	fit := max(1, 1+(g.view.height-g.m.row)/g.m.line)
	if g.lines == 0 {
		return min(allLines, fit)
	}
	return min(g.lines, fit)
}

// layoutKey returns what the heights depend on now.
func (g *Grid) layoutKey() layoutKey {
	key := layoutKey{row: g.m.row, line: g.m.line, lines: g.lineLimit(), text: g.m.text}
	n := 0
	for i, c := range g.columns {
		if (c.Wrap || c.holdsChips()) && n < maxWrapping {
			key.widths[n] = g.spans[i].width
			n++
		}
	}
	return key
}

// rowHeight returns the height of row i in pixels. One that is loading keeps its height
// until Refresh, although its cells may be there before.
func (g *Grid) rowHeight(i int) int {
	h := &g.heights
	if height, ok := h.of[i]; ok {
		return height
	}
	if len(g.spans) != len(g.columns) {
		return max(1, g.m.row)
	}
	if len(h.of) >= heightsKept {
		g.forgetHeights()
	}
	if h.of == nil {
		h.of = map[int]int{}
	}
	cells, loaded := g.rows.Cells(i)
	if !loaded {
		h.of[i] = max(1, h.typical, g.m.row)
		return h.of[i]
	}
	lines := 1
	for c, s := range g.spans {
		if s.width > 0 && c < len(cells) {
			lines = max(lines, len(g.cellText(c, cells[c]).lines))
		}
	}
	height := max(1, g.m.row+(lines-1)*g.m.line)
	h.of[i] = height
	h.sum, h.measured = h.sum+height, h.measured+1
	return height
}

// forgetHeights measures rows anew when they are next near the viewport.
func (g *Grid) forgetHeights() {
	h := &g.heights
	if h.measured > 0 {
		h.typical = h.sum / h.measured
	}
	h.of, h.sum, h.measured = nil, 0, 0
}

// cellText lays out the text of a cell in its column. A chip has as many lines as it
// needs, since it is never cut.
func (g *Grid) cellText(column int, cell Cell) *paragraph {
	room := g.spans[column].width - 2*g.m.pad
	switch {
	case cell.Kind == Check || cell.Kind == Cross:
		return emptyParagraph
	case cell.Kind == Chip:
		return g.text.paragraph(cell.Text, g.m.small, room-2*g.m.px(chipPad), allLines)
	case g.columns[column].Wrap:
		return g.text.paragraph(cell.Text, g.m.text, room, g.heights.layout.lines)
	}
	return g.text.paragraph(cell.Text, g.m.text, room, 1)
}

// keepPlace makes a change to the heights of rows. The row of the cursor or, where that is
// out of sight, the top one stays where it is on the screen, and the end stays the end.
func (g *Grid) keepPlace(change func()) {
	held, end := g.held(), g.view.top > 0 && g.view.atEnd()
	change()
	if held.row >= g.rows.Len() {
		return
	}
	g.view.place(held.row, held.y)
	if end {
		g.view.place(g.rows.Len(), g.view.height)
	}
	if held.row == g.cursor {
		g.view.show(held.row)
	}
}

// heldRow is a row and its place on the screen, in pixels from the top of the area.
type heldRow struct{ row, y int }

// held returns the row that stays in its place when others change: that of the cursor or,
// where that is not visible, the top one.
func (g *Grid) held() heldRow {
	row := g.view.top
	if g.cursor >= 0 && g.view.shows(g.cursor) {
		row = g.cursor
	}
	return heldRow{row, g.view.y(row)}
}
