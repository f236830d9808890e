package review

import (
	"slices"

	"seedbed/localdb"
	"seedbed/ui/grid"
)

// sortLimit is the most columns that the list is sorted by.
const sortLimit = 4

// sortBy sorts by a column, the other way round the second time, or with add by one more.
// A queue has an order of its own, so sorting leaves it. A list that is at its first
// message stays at the first one; otherwise the cursor's message stays in sight.
func (p *page) sortBy(columnID string, add bool) {
	by, order := sortColumns[columnID], p.order
	switch {
	case p.filters.queue() != localdb.NoQueue:
		order = nil
	case len(order) == 0:
		order = []localdb.Sort{{By: localdb.ByID}}
	}
	at := slices.IndexFunc(order, func(s localdb.Sort) bool { return s.By == by })
	key := localdb.Sort{By: by, Descending: at >= 0 && !order[at].Descending}
	order = slices.Clone(order)
	switch {
	case !add:
		order = []localdb.Sort{key}
	case at >= 0:
		order[at] = key
	default: // numbers are all different: nothing can come after them
		order = slices.DeleteFunc(order, func(s localdb.Sort) bool { return s.By == localdb.ByID })
		if len(order) < sortLimit {
			order = append(order, key)
		}
	}
	p.order = order
	row, _ := p.grid.CursorRow()
	first, _ := p.grid.VisibleRows()
	p.toTop = row <= 0 && first == 0
	p.filters.leaveQueue()
	p.renew()
}

// sort is the order of the list.
func (p *page) sort() (order localdb.Sort) {
	for i := len(p.order) - 1; i >= 0; i-- {
		next := order
		order = p.order[i]
		if i < len(p.order)-1 {
			order.Then = &next
		}
	}
	return order
}

// showSort marks the sorted columns with arrows.
func (p *page) showSort() {
	var keys []grid.SortKey
	if p.filters.queue() == localdb.NoQueue {
		order := p.order
		if len(order) == 0 {
			order = []localdb.Sort{{By: localdb.ByID}}
		}
		for _, s := range order {
			for id, by := range sortColumns {
				if by == s.By {
					keys = append(keys, grid.SortKey{ColumnID: id, Descending: s.Descending})
				}
			}
		}
	}
	p.grid.SetSort(keys...)
}
