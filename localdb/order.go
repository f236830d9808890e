package localdb

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// sorted returns the ids of the rows in set in the order of s. They may be the index's
// own, which is only ever added to.
func (x *index) sorted(set []uint64, s Sort) []uint32 {
	count := 0
	for _, word := range set {
		count += bits.OnesCount64(word)
	}
	if count == len(x.ids) && s.By == ByID && !s.Descending {
		return slices.Clip(x.ids)
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
			if set[place/64]&(1<<(place%64)) != 0 {
				ids = append(ids, x.ids[place])
			}
		}
	}
	if s.Descending {
		slices.Reverse(ids)
	}
	return ids
}

// rank takes over the order of the categories.
func (x *index) rank(categories []Category) {
	var ranks []uint32
	for i, c := range categories {
		for int(c.ID) >= len(ranks) {
			ranks = append(ranks, math.MaxUint32)
		}
		ranks[c.ID] = uint32(i)
	}
	x.ordering.Lock()
	defer x.ordering.Unlock()
	if !slices.Equal(ranks, x.ranks) {
		x.ranks = ranks
		delete(x.orders, ByCategory)
	}
}

// order is the places of all rows sorted by a column.
func (x *index) order(by Column) []uint32 {
	x.ordering.Lock() // views are made side by side
	defer x.ordering.Unlock()
	order, ok := x.orders[by]
	if !ok {
		if by == ByText {
			order = x.orderByText()
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

// key is what a row is sorted by, for all columns but the text. Labels that are
// missing come last. Floats of 0 and more sort like their bits.
func (x *index) key(by Column, place uint32) uint32 {
	switch by {
	case ByCategory:
		if id := int(x.category[place]); id != 0 && id < len(x.ranks) {
			return x.ranks[id]
		}
		return math.MaxUint32
	case ByConfidence:
		return math.Float32bits(x.confidence[place])
	case BySource:
		return uint32(x.state[place] & realBit)
	case ByStatus:
		return uint32(x.state[place] & statusBits)
	case ByFlags:
		return uint32(x.flags[place])
	case ByDoubt:
		return math.Float32bits(x.doubt[place])
	}
	return place
}

// orderByKey is a radix sort, 16 bits at a time.
func (x *index) orderByKey(by Column) []uint32 {
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

// textKey is the beginning of a folded text as people sort it: without accents and
// without what is no letter, digit or space between them.
func textKey(text []byte) uint64 {
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

// keyed is a row with its textKey, which settles most comparisons without the text.
type keyed struct {
	key   uint64
	place uint32
}

func (t *texts) keyed(place uint32) keyed { return keyed{textKey(t.text(int(place))), place} }

// compare orders rows by their texts.
func (t *texts) compare(a, b keyed) int {
	if order := cmp.Compare(a.key, b.key); order != 0 {
		return order
	}
	if order := bytes.Compare(t.text(int(a.place)), t.text(int(b.place))); order != 0 {
		return order
	}
	return cmp.Compare(a.place, b.place)
}

// orderByText sorts two halves side by side and merges them.
func (x *index) orderByText() []uint32 {
	texts := x.texts.inMemory()
	rows := make([]keyed, len(x.ids))
	x.eachBlock(func(number int) {
		for place := number * blockRows; place < min((number+1)*blockRows, len(rows)); place++ {
			rows[place] = texts.keyed(uint32(place))
		}
	})
	left, right := rows[:len(rows)/2], rows[len(rows)/2:]
	var both sync.WaitGroup
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
	for _, rest := range [][]keyed{left, right} {
		for _, row := range rest {
			order = append(order, row.place)
		}
	}
	return order
}

// reorder puts changed rows to their new places in the orders that were made so far.
// Where many changed, the orders are forgotten and made anew when asked for.
func (x *index) reorder(changed []uint32) {
	if len(changed) > len(x.ids)/64 && len(changed) > 64 {
		x.orders = nil
		return
	}
	moved := make([]uint64, (len(x.ids)+63)/64)
	for _, place := range changed {
		moved[place/64] |= 1 << (place % 64)
	}
	if len(changed) > 64 {
		delete(x.orders, ByText) // each comparison may have to read
	}
	for by, order := range x.orders {
		compare := x.compare(by)
		changed = slices.Clone(changed)
		slices.SortFunc(changed, compare)
		changed = slices.Compact(changed)
		rest := slices.DeleteFunc(order, func(place uint32) bool { return moved[place/64]&(1<<(place%64)) != 0 })
		x.orders[by] = mergeInto(rest, changed, compare)
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
func (x *index) compare(by Column) func(a, b uint32) int {
	if by == ByText {
		return func(a, b uint32) int {
			return x.texts.compare(x.texts.keyed(a), x.texts.keyed(b))
		}
	}
	return func(a, b uint32) int {
		return cmp.Or(cmp.Compare(x.key(by, a), x.key(by, b)), cmp.Compare(a, b))
	}
}
