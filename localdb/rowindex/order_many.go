package rowindex

import (
	"math/bits"
	"slices"
)

// placesBy returns the places of a set in an order by several columns: sorted by the last
// one first, since each further sort keeps the order of equal rows.
func (x *Index) placesBy(set bitSet, s Sort) []uint32 {
	if s.Then != nil {
		places := x.placesBy(set, *s.Then)
		sortByKeys(places, x.sortKeys(places, s))
		return places
	}
	var places []uint32
	if s.By == ByID {
		for word, rows := range set {
			for ; rows != 0; rows &= rows - 1 {
				places = append(places, uint32(word*64+bits.TrailingZeros64(rows)))
			}
		}
	} else {
		for _, place := range x.order(s.By) {
			if set.has(place) {
				places = append(places, place)
			}
		}
	}
	if s.Descending {
		slices.Reverse(places)
	}
	return places
}

// sortKeys returns a number for each place that sorts as its column does.
func (x *Index) sortKeys(places []uint32, s Sort) []uint32 {
	var ranks []uint32
	if s.By.isText() {
		ranks = x.textRanks(s.By)
	}
	x.ordering.Lock() // the ranks of categories must not change meanwhile
	defer x.ordering.Unlock()
	keys := make([]uint32, len(places))
	for i, place := range places {
		if ranks != nil {
			keys[i] = ranks[place]
		} else {
			keys[i] = x.key(s.By, place)
		}
		if s.Descending {
			keys[i] = ^keys[i]
		}
	}
	return keys
}

// textRanks numbers the rows in the order of their texts; equal texts have one number.
func (x *Index) textRanks(by Column) []uint32 {
	order := x.order(by)
	texts := x.textOf(by, x.texts.loaded())
	ranks := make([]uint32, len(order))
	var before keyed
	rank := uint32(0)
	for i, place := range order {
		row := texts.keyed(place)
		if i > 0 && (row.key != before.key || string(texts(place)) != string(texts(before.place))) {
			rank++
		}
		ranks[place], before = rank, row
	}
	return ranks
}

// sortByKeys is a radix sort, 16 bits at a time, that keeps the order of equal keys.
func sortByKeys(places, keys []uint32) {
	n := len(places)
	from, to := places, make([]uint32, n)
	fromKeys, toKeys := keys, make([]uint32, n)
	for shift := 0; shift < 32 && n > 0; shift += 16 {
		var starts [1<<16 + 1]int
		for _, key := range fromKeys {
			starts[key>>shift&0xFFFF+1]++
		}
		if starts[fromKeys[0]>>shift&0xFFFF+1] == n {
			continue // all the same
		}
		for i := 1; i < len(starts); i++ {
			starts[i] += starts[i-1]
		}
		for i, key := range fromKeys {
			digit := key >> shift & 0xFFFF
			to[starts[digit]], toKeys[starts[digit]] = from[i], key
			starts[digit]++
		}
		from, to, fromKeys, toKeys = to, from, toKeys, fromKeys
	}
	if n > 0 && &from[0] != &places[0] {
		copy(places, from)
	}
}
