package kbsource

import (
	"hash/maphash"
	"slices"
	"unicode/utf8"
)

// selection keeps passages of many documents, about evenly of each, in memory that doesn't
// grow with their number.
type selection struct {
	limit     int // passages wanted in the end; 0 means all
	documents [][]Passage
	total     int
	each      int // at most so many are kept of a document; 0 means all
	step      int // of so many documents, one is kept; 0 means all
	count     int // documents so far
	seen      map[uint64]struct{}
	seed      maphash.Seed
}

// room is how many passages are kept for each that is wanted.
const room = 4

// add adds a document's passages, but those that are too short to ask about, and
// repetitions.
func (s *selection) add(passages []Passage) {
	if s.seen == nil {
		s.seen, s.seed = map[uint64]struct{}{}, maphash.MakeSeed()
	}
	var fresh []Passage
	for _, p := range passages {
		hash := maphash.String(s.seed, p.Text)
		if _, known := s.seen[hash]; known || utf8.RuneCountInString(p.Text) < minPassage {
			continue
		}
		s.seen[hash] = struct{}{}
		fresh = append(fresh, p)
	}
	if len(fresh) == 0 {
		return
	}
	if s.count++; s.count%max(s.step, 1) != 0 {
		return
	}
	s.keep(fresh)
	for s.limit > 0 && s.total > room*s.limit {
		s.thinOut()
	}
}

func (s *selection) keep(passages []Passage) {
	if s.limit > 0 {
		if s.each == 0 {
			s.each = s.limit
		}
		passages = slices.Clone(spread(passages, s.each))
	}
	s.documents = append(s.documents, passages)
	s.total += len(passages)
}

// thinOut halves what is kept at most of a document, or else the number of documents.
func (s *selection) thinOut() {
	documents := s.documents
	if s.each == 1 {
		s.step = 2 * max(s.step, 1)
		documents = spread(documents, (len(documents)+1)/2)
	} else {
		s.each = (s.each + 1) / 2
	}
	s.documents, s.total = nil, 0
	for _, passages := range documents {
		s.keep(passages)
	}
}

// passages returns at most limit passages, about equally many of each document.
func (s *selection) passages() []Passage {
	each := 0 // the least that gives enough
	for enough := false; s.limit > 0 && !enough && each < s.limit; {
		each++
		n := 0
		for _, passages := range s.documents {
			n += min(len(passages), each)
		}
		enough = n >= min(s.limit, s.total)
	}
	var all []Passage
	for _, passages := range s.documents {
		all = append(all, spread(passages, each)...)
	}
	return spread(all, s.limit)
}
