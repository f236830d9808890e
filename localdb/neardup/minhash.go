package neardup

import (
	"math"
	"math/bits"
)

// MinHash in bands (Broder 1997; Leskovec, Rajaraman and Ullman, "Mining of
// Massive Datasets", chapter 3): two sets with Jaccard j share a band with
// probability j⁴, and one of 24 bands with 1-(1-j⁴)²⁴, which is 0.999997 at 0.8.
const (
	bands    = 24
	bandRows = 4
	hashes   = bands * bandRows
	// minSketchBits is how many of the sketch's 96 bits two near-duplicates share:
	// fewer than 70 come about once in a million pairs at 0.8, and 70 or more
	// twice in ten thousand at 0.1.
	minSketchBits = 70
)

// multipliers define the hash functions: odd numbers from a fixed sequence.
var multipliers = func() (m [hashes]uint32) {
	h := uint32(0x5eed)
	for i := range m {
		h = mix(h + 0x9e3779b9)
		m[i] = h | 1
	}
	return m
}()

// signature is the MinHash of a text, by which candidates are found.
type signature struct {
	band   [bands]uint32
	sketch sketch
}

// sketch holds one bit of each minimum.
type sketch [2]uint64

func sign(set []uint32) signature {
	var least [hashes]uint32
	for i := range least {
		least[i] = math.MaxUint32
	}
	for _, x := range set {
		for i := range least {
			if h := x * multipliers[i]; h < least[i] {
				least[i] = h
			}
		}
	}
	var s signature
	for b := range s.band {
		h := uint32(b) // below 24
		for _, v := range least[b*bandRows : (b+1)*bandRows] {
			h = mix(h ^ v)
		}
		s.band[b] = h
	}
	for i, v := range least {
		s.sketch[i/64] |= uint64(mix(v)&1) << (i % 64)
	}
	return s
}

// mayBeNear rules out most pairs without an exact comparison.
func mayBeNear(a, b sketch) bool {
	return hashes-bits.OnesCount64(a[0]^b[0])-bits.OnesCount64(a[1]^b[1]) >= minSketchBits
}
