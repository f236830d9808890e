package rowindex

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"seedbed/assets/crash"
)

// Column is what rows can be sorted by.
type Column int

// The columns. Rows without a category, note or tags come last by that.
const (
	ByID Column = iota
	ByText
	ByCategory
	ByConfidence
	BySource
	ByStatus
	ByFlags
	ByUncertainty
	ByNote
	ByTags
)

// Sort is an order of rows. Rows that are equal are in the order Then or, without one, in
// id order; a descending order turns that round, too.
type Sort struct {
	By         Column
	Descending bool
	Then       *Sort
}

// Sorted returns the ids of the rows that match, in an order. They may be the index's
// own memory, so they must not be changed.
func (x *Index) Sorted(f Filter, s Sort) []uint32 { return x.sorted(x.matching(f), s) }

// Sample draws a number of rows of each category, by a hash of seed and id, so that a
// row stays in the sample whatever changes but its category. It returns the ids of those
// that match, in the order of their categories.
func (x *Index) Sample(f Filter, perCategory int, seed uint64) []uint32 {
	set := x.matching(f)
	type drawn struct {
		hash  uint64
		place uint32
	}
	byHash := func(a, b drawn) int { return cmp.Compare(a.hash, b.hash) }
	samples := map[uint16][]drawn{}
	for place, id := range x.ids {
		if x.state[place]&DeletedBit != 0 {
			continue
		}
		category := x.category[place]
		sample := samples[category]
		sample = append(sample, drawn{hash(seed, uint64(id)), uint32(place)})
		if len(sample) > 4*perCategory+64 {
			slices.SortFunc(sample, byHash)
			sample = sample[:perCategory]
		}
		samples[category] = sample
	}
	var places []uint32
	for _, sample := range samples {
		slices.SortFunc(sample, byHash)
		for _, row := range sample[:min(len(sample), perCategory)] {
			if set.has(row.place) {
				places = append(places, row.place)
			}
		}
	}
	x.ordering.Lock() // the ranks must not change while sorting
	defer x.ordering.Unlock()
	slices.SortFunc(places, x.compare(ByCategory))
	for i, place := range places {
		places[i] = x.ids[place]
	}
	return places
}

// Given returns the ids of the filter whose rows match, in the order of the filter.
func (x *Index) Given(f Filter) []uint32 {
	set := x.matching(f)
	var ids []uint32
	for _, id := range f.IDs {
		if place, ok := x.place(uint32(id)); ok && int64(uint32(id)) == id && set.has(uint32(place)) {
			ids = append(ids, uint32(id))
		}
	}
	return ids
}

// hash mixes a seed and an id (the finaliser of splitmix64).
func hash(seed, id uint64) uint64 {
	z := seed + id*0x9E3779B97F4A7C15
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

func (x *Index) sorted(set bitSet, s Sort) []uint32 {
	count := 0
	for _, word := range set {
		count += bits.OnesCount64(word)
	}
	if count == len(x.ids) && s.By == ByID && !s.Descending {
		return slices.Clip(x.ids)
	}
	if s.Then != nil {
		places := x.placesBy(set, s)
		for i, place := range places {
			places[i] = x.ids[place]
		}
		return places
	}
	ids := make([]uint32, 0, count)
	if s.By == ByID {
		for word, rows := range set {
			for ; rows != 0; rows &= rows - 1 {
				ids = append(ids, x.ids[word*64+bits.TrailingZeros64(rows)])
			}
		}
	} else {
		for _, place := range x.order(s.By) {
			if set.has(place) {
				ids = append(ids, x.ids[place])
			}
		}
	}
	if s.Descending {
		slices.Reverse(ids)
	}
	return ids
}

// SetCategories sets the order of the categories, by their ids.
func (x *Index) SetCategories(ids []uint16) {
	var ranks []uint32
	for i, id := range ids {
		for int(id) >= len(ranks) {
			ranks = append(ranks, math.MaxUint32)
		}
		ranks[id] = uint32(i)
	}
	x.ordering.Lock()
	defer x.ordering.Unlock()
	if !slices.Equal(ranks, x.ranks) {
		x.ranks = ranks
		delete(x.orders, ByCategory)
	}
}

// order is the places of all rows sorted by a column.
func (x *Index) order(by Column) []uint32 {
	x.ordering.Lock() // views are made side by side
	defer x.ordering.Unlock()
	order, ok := x.orders[by]
	if !ok {
		if by.isText() {
			order = x.orderByText(by)
		} else {
			order = x.orderByKey(by)
		}
		if x.orders == nil {
			x.orders = map[Column][]uint32{}
		}
		x.orders[by] = order
	}
	return order
}

// isText reports whether rows are sorted by text in a column.
func (c Column) isText() bool { return c == ByText || c == ByNote }

// key is what a row is sorted by, for all columns but those of text. Labels that are
// missing come last. Floats of 0 and more sort like their bits.
func (x *Index) key(by Column, place uint32) uint32 {
	switch by {
	case ByCategory:
		if id := int(x.category[place]); id != 0 && id < len(x.ranks) {
			return x.ranks[id]
		}
		return math.MaxUint32
	case ByConfidence:
		return math.Float32bits(x.confidence[place])
	case BySource:
		return uint32(x.state[place] & SourceBit)
	case ByStatus:
		return uint32(x.state[place] & StatusBits)
	case ByFlags:
		return uint32(x.flags[place])
	case ByUncertainty:
		return math.Float32bits(x.uncertainty[place])
	case ByTags:
		return x.tags.rank(int(place))
	}
	return place
}

// orderByKey is a radix sort, 16 bits at a time.
func (x *Index) orderByKey(by Column) []uint32 {
	n := len(x.ids)
	keys, order, next := make([]uint32, n), make([]uint32, n), make([]uint32, n)
	for place := range order {
		order[place] = uint32(place)
		keys[place] = x.key(by, uint32(place))
	}
	for shift := 0; shift < 32; shift += 16 {
		var starts [1<<16 + 1]int
		for _, key := range keys {
			starts[key>>shift&0xFFFF+1]++
		}
		if n == 0 || starts[keys[0]>>shift&0xFFFF+1] == n {
			continue // all the same
		}
		for i := 1; i < len(starts); i++ {
			starts[i] += starts[i-1]
		}
		for _, place := range order {
			digit := keys[place] >> shift & 0xFFFF
			next[starts[digit]] = place
			starts[digit]++
		}
		order, next = next, order
	}
	return order
}

// TextKey is the beginning of a folded text as texts are sorted: without accents, and
// without anything but letters, digits and the spaces between them.
func TextKey(text []byte) uint64 {
	var key [8]byte
	n := 0
	for i := 0; i < len(text) && n < len(key); {
		c := text[i]
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == ' ' && n > 0:
			key[n] = c
			n++
			i++
		case c < utf8.RuneSelf:
			i++
		default:
			r, size := utf8.DecodeRune(text[i:])
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				base := norm.NFD.Properties(text[i:]).Decomposition()
				if base == nil {
					base = text[i : i+size]
				}
				_, first := utf8.DecodeRune(base)
				n += copy(key[n:], base[:first])
			}
			i += size
		}
	}
	return binary.BigEndian.Uint64(key[:])
}

// keyed is a row with its TextKey, which settles most comparisons without the text.
type keyed struct {
	key   uint64
	place uint32
}

// textOf is what a row is sorted by in a column of text; nil for nothing.
type textOf func(place uint32) []byte

// textOf returns the texts of a column. A note follows the text that it is of after a zero.
func (x *Index) textOf(by Column, texts *textStore) textOf {
	if by == ByText {
		return func(place uint32) []byte { return texts.text(int(place)) }
	}
	return func(place uint32) []byte {
		if x.state[place]&NoteBit == 0 {
			return nil
		}
		_, note, _ := bytes.Cut(texts.text(int(place)), []byte{0})
		return note
	}
}

func (t textOf) keyed(place uint32) keyed {
	text := t(place)
	if text == nil {
		return keyed{math.MaxUint64, place}
	}
	return keyed{TextKey(text), place}
}

// compare orders rows by their texts.
func (t textOf) compare(a, b keyed) int {
	if order := cmp.Compare(a.key, b.key); order != 0 {
		return order
	}
	if order := bytes.Compare(t(a.place), t(b.place)); order != 0 {
		return order
	}
	return cmp.Compare(a.place, b.place)
}

// orderByText sorts two halves side by side and merges them.
func (x *Index) orderByText(by Column) []uint32 {
	texts := x.textOf(by, x.texts.loaded())
	rows := make([]keyed, len(x.ids))
	x.eachBlock(func(number int) {
		for place := number * blockRows; place < min((number+1)*blockRows, len(rows)); place++ {
			rows[place] = texts.keyed(uint32(place))
		}
	})
	left, right := rows[:len(rows)/2], rows[len(rows)/2:]
	var both crash.Group
	for _, half := range [][]keyed{left, right} {
		both.Go(func() { slices.SortFunc(half, texts.compare) })
	}
	both.Wait()
	order := make([]uint32, 0, len(rows))
	for len(left) > 0 && len(right) > 0 {
		if texts.compare(left[0], right[0]) < 0 {
			order, left = append(order, left[0].place), left[1:]
		} else {
			order, right = append(order, right[0].place), right[1:]
		}
	}
	for _, remaining := range [][]keyed{left, right} {
		for _, row := range remaining {
			order = append(order, row.place)
		}
	}
	return order
}

// reorder moves changed rows in the orders that were made so far, or drops the orders
// where many changed.
func (x *Index) reorder(changed []uint32) {
	if len(changed) > len(x.ids)/64 && len(changed) > 64 {
		x.orders = nil
		return
	}
	moved := make(bitSet, (len(x.ids)+63)/64)
	for _, place := range changed {
		moved.add(place)
	}
	if len(changed) > 64 {
		delete(x.orders, ByText) // each comparison may have to read
		delete(x.orders, ByNote)
	}
	for by, order := range x.orders {
		compare := x.compare(by)
		changed = slices.Clone(changed)
		slices.SortFunc(changed, compare)
		changed = slices.Compact(changed)
		unchanged := slices.DeleteFunc(order, func(place uint32) bool { return moved.has(place) })
		x.orders[by] = mergeInto(unchanged, changed, compare)
	}
}

// mergeInto merges the few places into the many, both sorted.
func mergeInto(many, few []uint32, compare func(a, b uint32) int) []uint32 {
	from := len(many)
	many = append(many, few...)
	for to := len(many); len(few) > 0; few = few[:len(few)-1] {
		last := few[len(few)-1]
		at, _ := slices.BinarySearchFunc(many[:from], last, compare)
		copy(many[to-(from-at):to], many[at:from])
		to -= from - at + 1
		many[to] = last
		from = at
	}
	return many
}

// compare orders two places by a column.
func (x *Index) compare(by Column) func(a, b uint32) int {
	if by.isText() {
		texts := x.textOf(by, &x.texts)
		return func(a, b uint32) int { return texts.compare(texts.keyed(a), texts.keyed(b)) }
	}
	return func(a, b uint32) int {
		return cmp.Or(cmp.Compare(x.key(by, a), x.key(by, b)), cmp.Compare(a, b))
	}
}
