package localdb

import (
	"hash/maphash"
	"slices"
	"strings"
)

// knownTexts holds the texts of a dataset and their categories, in 20 to 40
// bytes a text. Texts are the same where they are byte for byte, but for white space
// around them. They are compared by a 64-bit hash: two of a million texts share one
// about once in 40 million imports.
//
// It is a table with open addressing, since Go's map takes four times as long for a
// million texts, which is what an import would wait for.
type knownTexts struct {
	seed  maphash.Seed
	slots []knownSlot // a power of two of them
	used  int
	more  map[uint64][]uint16 // the further categories of texts that have several
}

type knownSlot struct {
	key uint64 // 0 for an empty slot
	knownText
}

// knownText is the first message with a text.
type knownText struct {
	id       uint32
	category uint16 // 0 for none
	byPerson bool   // who gave the category
}

func newKnownTexts() *knownTexts {
	return &knownTexts{seed: maphash.MakeSeed(), slots: make([]knownSlot, 1<<10), more: map[uint64][]uint16{}}
}

// key is what a text is known by, never 0.
func (k *knownTexts) key(text string) uint64 {
	return max(1, maphash.String(k.seed, strings.TrimSpace(text)))
}

// find is the first message with the text of a key, nil where there is none.
func (k *knownTexts) find(key uint64) *knownText {
	if s := k.slot(key); s.key != 0 {
		return &s.knownText
	}
	return nil
}

// slot is where a key is or belongs.
func (k *knownTexts) slot(key uint64) *knownSlot {
	last := uint64(len(k.slots) - 1)
	for i := key & last; ; i = (i + 1) & last {
		if s := &k.slots[i]; s.key == key || s.key == 0 {
			return s
		}
	}
}

// put stores the first message with a text.
func (k *knownTexts) put(key uint64, message knownText) {
	if k.used >= len(k.slots)*3/4 {
		old := k.slots
		k.slots = make([]knownSlot, 2*len(old))
		for _, s := range old {
			if s.key != 0 {
				*k.slot(s.key) = s
			}
		}
	}
	*k.slot(key) = knownSlot{key, message}
	k.used++
}

// has reports whether the text of a key has a category.
func (k *knownTexts) has(key uint64, category uint16) bool {
	first := k.find(key)
	return first != nil && first.category == category || slices.Contains(k.more[key], category)
}

// hasSeveral reports whether a text has several categories.
func (k *knownTexts) hasSeveral(text string) bool { return len(k.more[k.key(text)]) > 0 }

// add takes in a message that is in the dataset.
func (k *knownTexts) add(text string, message knownText) {
	key := k.key(text)
	switch first := k.find(key); {
	case first == nil:
		k.put(key, message)
	case first.category == 0:
		*first = message
	case message.category != 0 && !k.has(key, message.category):
		k.more[key] = append(k.more[key], message.category)
	}
}
