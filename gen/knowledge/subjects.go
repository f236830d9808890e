package knowledge

import (
	"slices"
	"sync"

	"seedbed/gen/questions"
	"seedbed/localdb"
)

// Subjects are the passages that a run's questions are about, in its random order. Those
// that state nothing to ask for are left out, as long as there are others.
type Subjects struct {
	Collection  *questions.Collection
	Unsupported int // passages in languages in which the built-in writer can't ask

	mu      sync.Mutex        // a writer may look at them while a top-up is drawn
	waiting []localdb.Passage // not yet looked at
	chosen  []localdb.Passage
}

// NewSubjects prepares to choose among passages, which are in their order.
func NewSubjects(passages []localdb.Passage, order []localdb.Passage) (*Subjects, error) {
	knowledge, err := NewReader(passages)
	if err != nil {
		return nil, err
	}
	s := &Subjects{Collection: knowledge.collection, waiting: order}
	for _, p := range order {
		if !questions.Supports(p.Text) {
			s.Unsupported++
		}
	}
	return s, nil
}

// Subject is a passage as questions about it need it.
func Subject(p localdb.Passage) questions.Passage {
	return questions.Passage{Title: p.Title, Text: p.Text}
}

// At is the ith passage to ask about, which begin anew after the last; not ok where there is none.
func (s *Subjects) At(i int) (localdb.Passage, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lookAt(i)
	if len(s.chosen) == 0 {
		return localdb.Passage{}, false
	}
	return s.chosen[i%len(s.chosen)], true
}

// lookAt chooses passages up to the ith to ask about.
func (s *Subjects) lookAt(i int) {
	var left []localdb.Passage
	for i >= len(s.chosen) && len(s.waiting) > 0 {
		p := s.waiting[0]
		s.waiting = s.waiting[1:]
		if s.Collection.WorthAsking(Subject(p)) {
			s.chosen = append(s.chosen, p)
		} else {
			left = append(left, p)
		}
	}
	if len(s.chosen) == 0 {
		s.chosen = left // nothing is stated anywhere: a language model may still ask
	}
}

// All are the passages to ask about.
func (s *Subjects) All() []localdb.Passage {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lookAt(len(s.chosen) + len(s.waiting))
	return slices.Clone(s.chosen)
}
