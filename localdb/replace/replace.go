package replace

import (
	"bytes"
	"cmp"
	"context"
	"hash/maphash"
	"slices"

	"seedbed/assets/i18n"
	"seedbed/localdb"
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

// found is what one goroutine found.
type found struct {
	changes []Change
	texts   []uint64 // hashes of what they become
	others  []uint64 // hashes of texts that don't change
	matches int
	buffer  []byte
}

// Find looks a replacement up in the messages with these ids, nil for all of the dataset,
// and changes nothing. It reads all texts, since one of them may be what another becomes.
func Find(ctx context.Context, d *localdb.Dataset, s Search, ids []int64) (*Preview, error) {
	pattern, err := Compile(s)
	if err != nil {
		return nil, err
	}
	p := &Preview{Pattern: pattern, d: d}
	candidates, err := candidates(ctx, d, pattern, ids)
	if err != nil {
		return nil, err
	}
	parts := make([]found, localdb.TextParts())
	seed := maphash.MakeSeed()
	err = d.EachText(ctx, func(part int, t localdb.Text) {
		f := &parts[part]
		if candidates.has(t.ID) {
			becomes, matches := pattern.appendReplaced(f.buffer[:0], t.Text)
			f.buffer = becomes
			if matches > 0 && !bytes.Equal(becomes, t.Text) {
				change := Change{ID: t.ID}
				if becomes = bytes.TrimSpace(becomes); len(becomes) == 0 {
					change.Kind = Empties
				}
				f.matches += matches
				f.changes = append(f.changes, change)
				f.texts = append(f.texts, maphash.Bytes(seed, becomes))
				return
			}
		}
		f.others = append(f.others, maphash.Bytes(seed, bytes.TrimSpace(t.Text)))
	})
	if err != nil {
		return nil, err
	}
	p.gather(parts)
	return p, nil
}

// gather puts the parts together and finds duplicates.
func (p *Preview) gather(parts []found) {
	type result struct {
		Change
		text uint64
	}
	var all []result
	for _, f := range parts {
		p.Matches += f.matches
		for i, change := range f.changes {
			all = append(all, result{change, f.texts[i]})
		}
	}
	slices.SortFunc(all, func(a, b result) int { return cmp.Compare(a.ID, b.ID) })
	first := make(map[uint64]int32, len(all)) // by text, the first change that makes it
	for i, r := range all {
		if _, twice := first[r.text]; twice {
			if r.Kind == Changed {
				all[i].Kind = Duplicate
			}
			continue
		}
		first[r.text] = int32(i)
	}
	if len(all) > 0 {
		for _, f := range parts {
			for _, text := range f.others {
				if i, becomes := first[text]; becomes && all[i].Kind == Changed {
					all[i].Kind = Duplicate
				}
			}
		}
	}
	p.Changes = make([]Change, len(all))
	for i, r := range all {
		p.Changes[i] = r.Change
		p.Counts[r.Kind]++
	}
}

// idSet is a set of ids; nil has all of them.
type idSet []uint64

func (s idSet) has(id int64) bool {
	return s == nil || id/64 < int64(len(s)) && s[id/64]&(1<<(id%64)) != 0
}

// candidates are the messages that may match, as the index of folded texts tells.
func candidates(ctx context.Context, d *localdb.Dataset, p *Pattern, ids []int64) (idSet, error) {
	if p.literal == "" && ids == nil {
		return nil, nil
	}
	view, err := d.View(ctx, localdb.Filter{Search: p.literal, IDs: ids}, localdb.Sort{})
	if err != nil {
		return nil, err
	}
	set := idSet{}
	for _, id := range view.IDs(0, view.Len()) { // in id order
		if missing := int(id/64) + 1 - len(set); missing > 0 {
			set = append(set, make([]uint64, missing)...)
		}
		set[id/64] |= 1 << (id % 64)
	}
	return set, nil
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
