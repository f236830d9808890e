package replace

import (
	"bytes"
	"cmp"
	"context"
	"hash/maphash"
	"math/bits"
	"slices"
	"sync"

	"seedbed/assets/crash"
	"seedbed/assets/i18n"
	"seedbed/localdb"
	"seedbed/localdb/rowindex"
)

// Kind says what becomes of a message by a change.
type Kind uint8

// The kinds of changes.
const (
	Changed   Kind = iota
	Empties        // nothing is left of the text, so that the message is deleted
	Duplicate      // the text becomes that of another message
	kinds
)

// Change is a message that a replacement changes.
type Change struct {
	ID   int64
	Kind Kind
}

// Preview is what a replacement would change.
type Preview struct {
	Changes []Change // in id order
	Matches int      // in all of them
	Counts  [kinds]int
	Pattern *Pattern

	d *localdb.Dataset
}

// result is a change and the hash of what the text becomes.
type result struct {
	Change
	text uint64
}

// found is what one goroutine found, in pieces of neighbouring messages, so that putting all
// together copies each only once.
type found struct {
	changes [][]result
	n       int        // of changes
	others  [][]uint64 // hashes of texts that don't change
	matches int
	buffer  []byte
	becomes []byte // what the last one becomes
}

// pieceIDs is how many ids a piece spans at most.
const pieceIDs = 4096

func (f *found) change(r result) {
	last := len(f.changes) - 1
	if last < 0 || f.changes[last][0].ID/pieceIDs != r.ID/pieceIDs {
		room := 16
		if last >= 0 { // where neighbours changed, these will
			room = max(room, len(f.changes[last]))
		}
		f.changes = append(f.changes, make([]result, 0, room))
		last++
	}
	f.changes[last] = append(f.changes[last], r)
	f.n++
}

// all are the changes that were found up to now.
func (f *found) all() (list []Change) {
	for _, piece := range f.changes {
		for _, r := range piece {
			list = append(list, r.Change)
		}
	}
	return list
}

func (f *found) other(text uint64) {
	last := len(f.others) - 1
	if last < 0 || len(f.others[last]) == cap(f.others[last]) {
		f.others = append(f.others, make([]uint64, 0, pieceIDs))
		last++
	}
	f.others[last] = append(f.others[last], text)
}

// add takes in a message: as one that changes, if the pattern is to be tried and does so.
func (f *found) add(p *Pattern, seed maphash.Seed, try bool, id int64, text []byte) (changed bool) {
	if try {
		becomes, matches := p.appendReplaced(f.buffer[:0], text)
		f.buffer = becomes
		if matches > 0 && !bytes.Equal(becomes, text) {
			f.becomes = bytes.TrimSpace(becomes)
			r := result{Change{ID: id}, maphash.Bytes(seed, f.becomes)}
			if len(f.becomes) == 0 {
				r.Kind = Empties
			}
			f.matches += matches
			f.change(r)
			return true
		}
	}
	f.other(maphash.Bytes(seed, bytes.TrimSpace(text)))
	return false
}

// firstChanges is how many changes Find tells while it goes on.
const firstChanges = 20

// Find looks a replacement up in the messages with these ids, nil for all of the dataset,
// and changes nothing. As soon as it has some changes, and while it looks for the others, it
// calls first with a preview of these alone, where duplicates aren't marked; first may be nil.
func Find(ctx context.Context, d *localdb.Dataset, s Search, ids []int64, first func(*Preview)) (*Preview, error) {
	pattern, err := Compile(s)
	if err != nil {
		return nil, err
	}
	p := &Preview{Pattern: pattern, d: d}
	ids, err = candidates(ctx, d, pattern, ids)
	if err != nil {
		return nil, err
	}
	seed := maphash.MakeSeed()
	var parts []found
	if ids != nil && len(ids) <= few {
		parts, err = among(ctx, d, pattern, seed, ids)
	} else {
		set := newIDSet(ids)
		parts = make([]found, localdb.TextParts())
		var told sync.Once
		err = d.EachText(ctx, func(part int, t localdb.Text) {
			f := &parts[part]
			if f.add(pattern, seed, set.has(t.ID), t.ID, t.Text) && f.n == firstChanges && first != nil {
				told.Do(func() { first(&Preview{Changes: f.all(), Pattern: pattern, d: d}) })
			}
		})
	}
	if err != nil {
		return nil, err
	}
	p.gather(parts)
	return p, nil
}

// few is up to how many candidates are read one by one, rather than all messages.
const few = 20_000

// among looks at the candidates alone. Which other messages have a text that one of them becomes is
// told by the index of folded texts, and then by the texts themselves.
func among(ctx context.Context, d *localdb.Dataset, p *Pattern, seed maphash.Seed, ids []int64) ([]found, error) {
	var f found
	folded, changed := map[uint64]bool{}, map[int64]bool{}
	for m, err := range d.Messages(ctx, localdb.Filter{IDs: ids}) {
		if err != nil {
			return nil, err
		}
		if f.add(p, seed, true, m.ID, []byte(m.Text)) {
			changed[m.ID] = true
			folded[maphash.Bytes(seed, rowindex.FoldBytes(f.becomes))] = true
		}
	}
	if len(changed) == 0 {
		return nil, nil
	}
	twins, adding := []int64{}, sync.Mutex{}
	err := d.EachFolded(ctx, func(id int64, text []byte) {
		if folded[maphash.Bytes(seed, bytes.TrimSpace(text))] && !changed[id] {
			adding.Lock()
			defer adding.Unlock()
			twins = append(twins, id)
		}
	})
	if err != nil {
		return nil, err
	}
	for m, err := range d.Messages(ctx, localdb.Filter{IDs: twins}) {
		if err != nil {
			return nil, err
		}
		f.add(p, seed, false, m.ID, []byte(m.Text))
	}
	return []found{f}, nil
}

// gather puts the parts together and finds duplicates.
func (p *Preview) gather(parts []found) {
	var pieces [][]result
	n := 0
	for _, f := range parts {
		p.Matches += f.matches
		pieces = append(pieces, f.changes...)
		n += f.n
	}
	slices.SortFunc(pieces, func(a, b []result) int { return cmp.Compare(a[0].ID, b[0].ID) })
	all := make([]result, 0, n)
	for _, piece := range pieces {
		all = append(all, piece...)
	}
	markDuplicates(all, parts)
	p.Changes = make([]Change, len(all))
	for i, r := range all {
		p.Changes[i] = r.Change
		p.Counts[r.Kind]++
	}
}

// markDuplicates marks the changes that make a text which another message has or gets.
func markDuplicates(all []result, parts []found) {
	if len(all) == 0 {
		return
	}
	first := newHashTable(all)
	for i := range all {
		if first.add(int32(i)) >= 0 && all[i].Kind == Changed {
			all[i].Kind = Duplicate
		}
	}
	twins := make([][]int32, len(parts))
	var lookups crash.Group
	for part, f := range parts {
		lookups.Go(func() {
			for _, piece := range f.others {
				for _, text := range piece {
					if i := first.find(text); i >= 0 {
						twins[part] = append(twins[part], i)
					}
				}
			}
		})
	}
	lookups.Wait()
	for _, i := range slices.Concat(twins...) {
		if all[i].Kind == Changed {
			all[i].Kind = Duplicate
		}
	}
}

// hashTable finds the first result that makes a text, by open addressing. It takes a third of
// the time and memory of a map, with the hashes that are already there.
type hashTable struct {
	results []result
	slots   []int32 // one more than the index of a result; 0 where free
}

func newHashTable(results []result) *hashTable {
	return &hashTable{results, make([]int32, 1<<bits.Len(uint(2*len(results))))}
}

// slot is where a text is, or would be.
func (t *hashTable) slot(text uint64) uint64 {
	mask := uint64(len(t.slots) - 1)
	at := text & mask
	for t.slots[at] != 0 && t.results[t.slots[at]-1].text != text {
		at = (at + 1) & mask
	}
	return at
}

// find returns the first result with a text, -1 for none.
func (t *hashTable) find(text uint64) int32 { return t.slots[t.slot(text)] - 1 }

// add adds a result unless there is one with its text, which it returns, or else -1.
func (t *hashTable) add(i int32) (before int32) {
	at := t.slot(t.results[i].text)
	before = t.slots[at] - 1
	if before < 0 {
		t.slots[at] = i + 1
	}
	return before
}

// idSet is a set of ids; nil has all of them.
type idSet []uint64

// newIDSet makes a set of ids in ascending order; of nil, it has all.
func newIDSet(ids []int64) idSet {
	if len(ids) == 0 {
		return nil
	}
	set := make(idSet, ids[len(ids)-1]/64+1)
	for _, id := range ids {
		set[id/64] |= 1 << (id % 64)
	}
	return set
}

func (s idSet) has(id int64) bool {
	return s == nil || id/64 < int64(len(s)) && s[id/64]&(1<<(id%64)) != 0
}

// candidates are those of the messages that may match, in id order, as the index of folded texts
// tells; nil for all of the dataset.
func candidates(ctx context.Context, d *localdb.Dataset, p *Pattern, ids []int64) ([]int64, error) {
	if p.literal == "" && ids == nil {
		return nil, nil
	}
	view, err := d.View(ctx, localdb.Filter{Search: p.literal, IDs: ids}, localdb.Sort{})
	if err != nil {
		return nil, err
	}
	return append([]int64{}, view.IDs(0, view.Len())...), nil
}

// Shown is a change as it is shown.
type Shown struct {
	Change
	Before, After []Piece
}

// Show reads n of the changes from the first on.
func (p *Preview) Show(ctx context.Context, first, n int) ([]Shown, error) {
	changes := p.Changes[min(first, len(p.Changes)):min(first+n, len(p.Changes))]
	kind, ids := map[int64]Kind{}, []int64{}
	for _, c := range changes {
		kind[c.ID] = c.Kind
		ids = append(ids, c.ID)
	}
	var list []Shown
	for m, err := range p.d.Messages(ctx, localdb.Filter{IDs: ids}) {
		if err != nil {
			return nil, err
		}
		before, after := p.Pattern.Pieces(m.Text)
		list = append(list, Shown{Change{m.ID, kind[m.ID]}, before, after})
	}
	return list, nil
}

// Apply carries out the changes of these messages as one change of the dataset. It returns how
// many changed, and how many of them were deleted since nothing was left.
func (p *Preview) Apply(ctx context.Context, ids []int64, report localdb.Report) (changed, deleted int, err error) {
	return p.d.SetTexts(ctx, titleReplace, ids, func(_ int64, text string) string { return p.Pattern.Replace(text) }, report)
}

var titleReplace = i18n.T("Replace text in {{.Messages}}")
