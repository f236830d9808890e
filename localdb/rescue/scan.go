package rescue

import (
	"context"
	"strings"

	"seedbed/localdb/pages"
)

// scan reads all rows that are left in a file: first through the b-trees of the tables,
// then from the leaf pages that no tree leads to any more.
type scan struct {
	file   *pages.File
	tables []*table
	row    func(t *table, id int64, values []any) error
	report func(done, total int) // nil where nobody wants to know

	ctx    context.Context
	seen   map[uint32]bool
	gaps   []gap
	broken map[*table]int // cells and rows that can't be read
	roots  map[*table]uint32
}

// gap is where rows of a table are missing: those with ids from after on, up to upto.
type gap struct {
	table       *table
	after, upto int64
}

// noEnd is the end of a gap behind which nothing is known, and noStart the start of one.
const (
	noEnd   = 1<<63 - 1
	noStart = 0
)

func (s *scan) run(ctx context.Context) error {
	s.ctx, s.seen, s.broken, s.roots = ctx, map[uint32]bool{}, map[*table]int{}, map[*table]uint32{}
	s.readSchema(1, 0)
	for _, t := range s.tables {
		root, ok := s.roots[t]
		if !ok {
			s.gap(t, noStart, noEnd)
			continue
		}
		if err := s.walk(t, root, noStart, noEnd, 0); err != nil {
			return err
		}
	}
	return s.strays()
}

// sound reports whether nothing was missing.
func (s *scan) sound() bool { return len(s.gaps) == 0 && len(s.broken) == 0 }

func (s *scan) gap(t *table, after, upto int64) { s.gaps = append(s.gaps, gap{t, after, upto}) }

// deepest is the depth of a b-tree that no file reaches.
const deepest = 20

// readSchema finds the roots of the tables.
func (s *scan) readSchema(number uint32, depth int) {
	page, ok := s.take(number)
	if !ok || depth > deepest {
		return
	}
	for _, c := range page.Cells {
		if page.Kind == pages.TableInterior {
			s.readSchema(c.Child, depth+1)
			continue
		}
		values, err := c.Record()
		if err != nil || len(values) != 5 || values[0] != "table" {
			continue
		}
		root, ok := values[3].(int64)
		for _, t := range s.tables {
			if name, _ := values[1].(string); ok && strings.EqualFold(name, t.name) && root > 1 && root <= int64(s.file.Count()) {
				s.roots[t] = uint32(root)
			}
		}
	}
	if page.Kind == pages.TableInterior {
		s.readSchema(page.Right, depth+1)
	}
}

// take reads a page of a tree, each page once.
func (s *scan) take(number uint32) (*pages.Page, bool) {
	if number == 0 || number > s.file.Count() || s.seen[number] {
		return nil, false
	}
	page, err := s.file.Page(number)
	if err != nil {
		return nil, false
	}
	s.seen[number] = true
	if s.report != nil && len(s.seen)%64 == 0 {
		s.report(len(s.seen), int(s.file.Count()))
	}
	return page, true
}

// walk reads the rows below a page, whose ids are between after and upto.
func (s *scan) walk(t *table, number uint32, after, upto int64, depth int) error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	page, ok := s.take(number)
	if !ok || depth > deepest {
		s.gap(t, after, upto)
		return nil
	}
	isTable, isLeaf := page.Kind == pages.TableLeaf || page.Kind == pages.TableInterior, page.Kind == pages.TableLeaf || page.Kind == pages.IndexLeaf
	switch {
	case isTable != t.rowID, !isLeaf && len(page.Cells) == 0, isLeaf && len(page.Cells) == 0 && depth > 0:
		delete(s.seen, number) // another tree's, perhaps
		s.gap(t, after, upto)
		return nil
	case isLeaf:
		return s.leaf(t, page, after, upto)
	}
	if page.Broken > 0 {
		s.gap(t, after, upto)
	}
	for _, c := range page.Cells {
		if err := s.walk(t, c.Child, after, c.RowID, depth+1); err != nil {
			return err
		}
		if !t.rowID { // which keeps rows in its interior pages, too
			if err := s.cell(t, c); err != nil {
				return err
			}
			continue
		}
		after = c.RowID
	}
	return s.walk(t, page.Right, after, upto, depth+1)
}

// leaf reads the rows of a leaf page.
func (s *scan) leaf(t *table, page *pages.Page, after, upto int64) error {
	rows, fitting, inside := make([][]any, len(page.Cells)), 0, 0
	for i, c := range page.Cells {
		values, err := c.Record()
		if err != nil || !t.fits(values) {
			continue
		}
		rows[i] = values
		fitting++
		if !t.rowID || c.RowID > after && c.RowID <= upto {
			inside++
		}
	}
	if fitting == 0 && len(rows)+page.Broken > 0 {
		delete(s.seen, page.Number) // another table's, perhaps
		s.gap(t, after, upto)
		return nil
	}
	if inside == 0 && fitting > 0 { // it is in the place of another leaf
		s.gap(t, after, upto)
	}
	s.lose(t, page.Broken+len(rows)-fitting)
	for i, values := range rows {
		if values == nil {
			continue
		}
		if err := s.row(t, page.Cells[i].RowID, values); err != nil {
			return err
		}
	}
	return nil
}

func (s *scan) lose(t *table, n int) {
	if n > 0 {
		s.broken[t] += n
	}
}

// cell reads the row in a cell of an interior page.
func (s *scan) cell(t *table, c pages.Cell) error {
	values, err := c.Record()
	if err != nil || !t.fits(values) {
		s.lose(t, 1)
		return nil //nolint:nilerr // it is counted
	}
	return s.row(t, c.RowID, values)
}

// strays reads the leaf pages that no tree led to and that aren't free.
func (s *scan) strays() error {
	free := s.file.Free()
	for number := uint32(2); number <= s.file.Count(); number++ {
		if err := s.ctx.Err(); err != nil {
			return err
		}
		if kind, err := s.file.KindOf(number); err != nil || kind != pages.TableLeaf || free[number] || s.seen[number] {
			continue
		}
		page, ok := s.take(number)
		if !ok {
			continue
		}
		for _, c := range page.Cells {
			values, err := c.Record()
			if err != nil {
				continue
			}
			if t := tableOf(s.tables, values); t != nil {
				if err := s.row(t, c.RowID, values); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
