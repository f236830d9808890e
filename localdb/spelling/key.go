// Package spelling finds messages that are spelled nearly the same, by key collision as
// OpenRefine does: texts with the same key are one group.
package spelling

import (
	"bytes"
	"encoding/binary"
	"hash/maphash"
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"seedbed/localdb/rowindex"
)

// Method is a way to make the key of a text.
type Method int

// The methods, as described in "Clustering in depth" at
// https://openrefine.org/docs/technical-reference/clustering-in-depth.
const (
	// Fingerprint is the words of a text, without case, accents and punctuation, each once and
	// in alphabetical order. The same words in another order are the same.
	Fingerprint Method = iota
	// NgramFingerprint is the pairs of neighbouring characters, without case, accents, punctuation
	// and white space, each once and in order. It also finds words that are run together or
	// apart, and letters that are doubled.
	NgramFingerprint
)

// keyer makes keys and reuses its memory.
type keyer struct {
	method Method
	seed   maphash.Seed
	folded []byte
	words  [][]byte
	grams  []uint64
	bytes  []byte
}

// key is the hash of a text's key; 0 for a text without letters and digits, which is not
// compared.
func (k *keyer) key(text []byte) uint64 {
	k.folded = append(k.folded[:0], text...)
	folded := rowindex.FoldBytes(k.folded)
	if !ascii(folded) {
		folded = norm.NFKD.Bytes(folded)
	}
	k.bytes = k.bytes[:0]
	if k.method == Fingerprint {
		k.fingerprint(folded)
	} else {
		k.ngrams(folded)
	}
	if len(k.bytes) == 0 {
		return 0
	}
	return max(1, maphash.Bytes(k.seed, k.bytes))
}

func ascii(text []byte) bool {
	for _, c := range text {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// counts reports whether a character is part of keys: letters and digits, and symbols such as
// emoji, without which "👍" and "👎" would be the same.
func counts(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsSymbol(r)
}

// fingerprint sorts the words. Marks are dropped; what else doesn't count and is no white space
// is too, so that "don't" is "dont".
func (k *keyer) fingerprint(text []byte) {
	k.words = k.words[:0]
	kept, start := 0, 0
	end := func() {
		if kept > start {
			k.words = append(k.words, text[start:kept])
		}
		start = kept
	}
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRune(text[at:])
		switch {
		case counts(r):
			kept += copy(text[kept:], text[at:at+size])
		case unicode.IsSpace(r):
			end()
		}
		at += size
	}
	end()
	slices.SortFunc(k.words, bytes.Compare)
	for i, word := range k.words {
		if i == 0 || !bytes.Equal(word, k.words[i-1]) {
			k.bytes = append(append(k.bytes, word...), ' ')
		}
	}
}

// ngrams sorts the pairs of characters. A text of a single character is that character.
func (k *keyer) ngrams(text []byte) {
	k.grams = k.grams[:0]
	var before uint64
	n := 0
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRune(text[at:])
		at += size
		if !counts(r) {
			continue
		}
		if n++; n > 1 {
			k.grams = append(k.grams, before<<32|uint64(r))
		}
		before = uint64(r)
	}
	if n == 1 {
		k.grams = append(k.grams, before)
	}
	slices.Sort(k.grams)
	for _, gram := range slices.Compact(k.grams) {
		k.bytes = binary.BigEndian.AppendUint64(k.bytes, gram)
	}
}
