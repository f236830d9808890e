package grid

import "sort"

// selection is a set of rows as sorted, disjoint ranges, so that selecting a million
// rows costs no more than one.
type selection struct {
	ranges []rowRange
}

// rowRange is the rows from first up to but not including end.
type rowRange struct{ first, end int }

// has reports whether row i is selected.
func (s *selection) has(i int) bool {
	n := sort.Search(len(s.ranges), func(n int) bool { return s.ranges[n].end > i })
	return n < len(s.ranges) && s.ranges[n].first <= i
}

// count returns the number of selected rows.
func (s *selection) count() int {
	sum := 0
	for _, r := range s.ranges {
		sum += r.end - r.first
	}
	return sum
}

// replace selects a range and nothing else.
func (s *selection) replace(r rowRange) { s.ranges = append(s.ranges[:0], r) }

// clear selects nothing.
func (s *selection) clear() { s.ranges = s.ranges[:0] }

// truncate removes the rows from n on.
func (s *selection) truncate(n int) {
	for len(s.ranges) > 0 {
		last := &s.ranges[len(s.ranges)-1]
		if last.first < n {
			last.end = min(last.end, n)
			return
		}
		s.ranges = s.ranges[:len(s.ranges)-1]
	}
}

// add adds a range, merging it with those that it touches.
func (s *selection) add(r rowRange) {
	kept := make([]rowRange, 0, len(s.ranges)+1)
	for _, old := range s.ranges {
		switch {
		case old.end < r.first:
			kept = append(kept, old)
		case old.first > r.end:
			kept = append(kept, r)
			r = old
		default:
			r = rowRange{min(r.first, old.first), max(r.end, old.end)}
		}
	}
	kept = append(kept, r)
	s.ranges = kept
}

// toggle selects row i or deselects it.
func (s *selection) toggle(i int) {
	if !s.has(i) {
		s.add(rowRange{i, i + 1})
		return
	}
	kept := make([]rowRange, 0, len(s.ranges)+1)
	for _, r := range s.ranges {
		if i < r.first || i >= r.end {
			kept = append(kept, r)
			continue
		}
		if r.first < i {
			kept = append(kept, rowRange{r.first, i})
		}
		if i+1 < r.end {
			kept = append(kept, rowRange{i + 1, r.end})
		}
	}
	s.ranges = kept
}
