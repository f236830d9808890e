package localdb

import (
	"hash/maphash"
	"slices"
	"strings"
)

// knownTexts remembers which texts there are, and under which categories, in about
// 40 bytes a text. Texts are the same where they are byte for byte, but for white
// space around them. They are told apart by a 64-bit hash: that two of a million
// share one comes about once in 40 million imports.
type knownTexts struct {
	seed  maphash.Seed
	first map[uint64]knownText
	more  map[uint64][]uint16 // the further categories of texts that have several
}

// knownText is the first message with a text.
type knownText struct {
	id       uint32
	category uint16 // 0 for none
	byPerson bool   // who gave the category
}

func newKnownTexts() *knownTexts {
	return &knownTexts{seed: maphash.MakeSeed(), first: map[uint64]knownText{}, more: map[uint64][]uint16{}}
}

func (k *knownTexts) key(text string) uint64 {
	return maphash.String(k.seed, strings.TrimSpace(text))
}

// has says whether the text of a key stands under a category.
func (k *knownTexts) has(key uint64, category uint16) bool {
	return k.first[key].category == category || slices.Contains(k.more[key], category)
}

// add takes in a message that is in the dataset.
func (k *knownTexts) add(text string, message knownText) {
	key := k.key(text)
	switch _, known := k.first[key]; {
	case !known:
		k.first[key] = message
	case k.first[key].category == 0:
		k.first[key] = message
	case message.category != 0 && !k.has(key, message.category):
		k.more[key] = append(k.more[key], message.category)
	}
}

// severally says whether a text stands under several categories.
func (k *knownTexts) severally(text string) bool { return len(k.more[k.key(text)]) > 0 }
