// Package neardup finds texts that nearly repeat each other: texts whose sets of
// character 3-grams have a Jaccard similarity of Threshold or more. MinHash bands find
// the candidates, an exact comparison decides.
package neardup

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Threshold is the Jaccard similarity, over character 3-grams, from which two texts
// count as near-duplicates.
const Threshold = 0.8

// Normalise returns the form in which texts are compared: NFKC, lower case, and every
// run of white space and punctuation replaced by one space. A text of nothing but
// punctuation keeps it.
func Normalise(text string) string {
	return string(appendNormalised(nil, text))
}

// Jaccard returns the Jaccard similarity of two texts' character 3-grams after
// Normalise, from 0 to 1.
func Jaccard(a, b string) float64 {
	var sa, sb shingler
	return jaccard(sa.of(a), sb.of(b))
}

func appendNormalised(dst []rune, text string) []rune {
	if !isASCII(text) {
		text = norm.NFKC.String(text)
	}
	for _, r := range text {
		if separates(r) {
			if len(dst) > 0 && dst[len(dst)-1] != ' ' {
				dst = append(dst, ' ')
			}
			continue
		}
		dst = append(dst, unicode.ToLower(r))
	}
	if n := len(dst); n > 0 && dst[n-1] == ' ' {
		dst = dst[:n-1]
	}
	if len(dst) == 0 {
		return append(dst, []rune(strings.TrimSpace(text))...)
	}
	return dst
}

func separates(r rune) bool {
	if r < utf8.RuneSelf {
		return (r < 'a' || 'z' < r) && (r < 'A' || 'Z' < r) && (r < '0' || '9' < r)
	}
	return unicode.IsSpace(r) || unicode.IsPunct(r)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// shingler turns texts into sets of character 3-grams, reusing its buffers.
type shingler struct {
	runes []rune
	set   []uint32
}

// of returns the distinct 3-grams in ascending order, each as a 32-bit hash; two of a
// text's 3-grams collide about once in ten million texts. The result is valid until
// the next call.
func (s *shingler) of(text string) []uint32 {
	s.runes = appendNormalised(s.runes[:0], text)
	s.set = s.set[:0]
	if len(s.runes) < 3 {
		var h uint32
		for _, r := range s.runes {
			h = mix(h ^ uint32(r)) // a rune is never negative here
		}
		s.set = append(s.set, h)
		return s.set
	}
	for i := 2; i < len(s.runes); i++ {
		s.set = append(s.set, trigram(s.runes[i-2], s.runes[i-1], s.runes[i]))
	}
	slices.Sort(s.set)
	s.set = slices.Compact(s.set)
	return s.set
}

// runes are 21 bits and never negative
func trigram(a, b, c rune) uint32 {
	return mix(uint32(a)*0x9e3779b1 ^ uint32(b)*0x85ebca77 ^ uint32(c)*0xc2b2ae3d)
}

// mix is the finaliser of MurmurHash3 (Austin Appleby, public domain).
func mix(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}

// jaccard compares two ascending sets.
func jaccard(a, b []uint32) float64 {
	if len(a) == 0 && len(b) == 0 {
		return 1
	}
	common, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			common++
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return float64(common) / float64(len(a)+len(b)-common)
}
