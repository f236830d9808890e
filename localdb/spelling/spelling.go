package spelling

import (
	"bytes"
	"cmp"
	"context"
	"hash/maphash"
	"slices"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb"
)

// member is a message of a group.
type member struct {
	key, text uint64 // hashes
	id        uint32
	category  uint16
	worth     uint8 // the higher, the rather it is kept where repeats are deleted
}

// Groups are messages that are spelled nearly the same.
type Groups struct {
	Method   Method
	Messages int // in all groups

	d       *localdb.Dataset
	members []member
	starts  []int // of the groups in members, the largest group first
}

// Spelling is a text of a group.
type Spelling struct {
	Text  string
	Count int
}

// Group is a group as it is shown.
type Group struct {
	IDs        []int64
	Spellings  []Spelling // the most frequent first, which is the proposed one
	Categories []string   // that its messages have, "" for none; several where they differ
}

// Find groups the messages with these ids, nil for all of the dataset. It changes nothing.
func Find(ctx context.Context, d *localdb.Dataset, method Method, ids []int64) (*Groups, error) {
	in := map[int64]bool{}
	for _, id := range ids {
		in[id] = true
	}
	seed := maphash.MakeSeed()
	keyers := make([]keyer, localdb.TextParts())
	for i := range keyers {
		keyers[i] = keyer{method: method, seed: seed}
	}
	parts := make([][]member, len(keyers))
	err := d.EachLabelledText(ctx, func(part int, t localdb.LabelledText) {
		if ids != nil && !in[t.ID] {
			return
		}
		if key := keyers[part].key(t.Text.Text); key != 0 {
			parts[part] = append(parts[part], member{key, maphash.Bytes(seed, bytes.TrimSpace(t.Text.Text)), uint32(t.ID), uint16(t.Category), worth(t)})
		}
	})
	if err != nil {
		return nil, err
	}
	g := &Groups{Method: method, d: d, members: slices.Concat(parts...)}
	g.group()
	return g, nil
}

// worth ranks messages with the same text: accepted before unread before rejected, then those
// that a person labelled, then those with a category.
func worth(t localdb.LabelledText) (w uint8) {
	w = map[localdb.Status]uint8{localdb.Accepted: 8, localdb.ToReview: 4}[t.Status]
	if t.LabelledBy == localdb.ByPerson {
		w += 2
	}
	if t.Category != 0 {
		w++
	}
	return w
}

// group sorts the members into groups of at least two, and drops the others.
func (g *Groups) group() {
	slices.SortFunc(g.members, func(a, b member) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(b.worth, a.worth), cmp.Compare(a.id, b.id))
	})
	type span struct{ first, end int }
	var spans []span
	for first := 0; first < len(g.members); {
		end := first + 1
		for end < len(g.members) && g.members[end].key == g.members[first].key {
			end++
		}
		if end-first > 1 {
			spans = append(spans, span{first, end})
		}
		first = end
	}
	slices.SortStableFunc(spans, func(a, b span) int {
		return cmp.Or(cmp.Compare(b.end-b.first, a.end-a.first), cmp.Compare(g.members[a.first].id, g.members[b.first].id))
	})
	var members []member
	for _, s := range spans {
		g.starts = append(g.starts, len(members))
		members = append(members, g.members[s.first:s.end]...)
	}
	g.members, g.Messages = members, len(members)
}

// Len is how many groups there are.
func (g *Groups) Len() int { return len(g.starts) }

func (g *Groups) membersOf(i int) []member {
	end := len(g.members)
	if i+1 < len(g.starts) {
		end = g.starts[i+1]
	}
	return g.members[g.starts[i]:end]
}

// Differs reports whether a group has more than one spelling.
func (g *Groups) Differs(i int) bool {
	list := g.membersOf(i)
	return slices.ContainsFunc(list, func(m member) bool { return m.text != list[0].text })
}

// Mixed reports whether the messages of a group have different categories.
func (g *Groups) Mixed(i int) bool {
	list := g.membersOf(i)
	return slices.ContainsFunc(list, func(m member) bool { return m.category != list[0].category })
}

// Repeats is how many messages there are too many in a group.
func (g *Groups) Repeats(i int) int { return len(g.membersOf(i)) - 1 }

// shownMembers bounds what is read of one group to show its spellings.
const shownMembers = 500

// Show reads n groups from the first on.
func (g *Groups) Show(ctx context.Context, first, n int) ([]Group, error) {
	var groups []Group
	var ids []int64
	of := map[int64]int{}
	for i := first; i < min(first+n, g.Len()); i++ {
		group := Group{}
		for k, m := range g.membersOf(i) {
			group.IDs = append(group.IDs, int64(m.id))
			if k < shownMembers {
				ids = append(ids, int64(m.id))
				of[int64(m.id)] = i - first
			}
		}
		groups = append(groups, group)
	}
	if len(groups) == 0 {
		return nil, nil
	}
	for m, err := range g.d.Messages(ctx, localdb.Filter{IDs: ids}) {
		if err != nil {
			return nil, err
		}
		group := &groups[of[m.ID]]
		text := strings.TrimSpace(m.Text)
		if at := slices.IndexFunc(group.Spellings, func(s Spelling) bool { return s.Text == text }); at >= 0 {
			group.Spellings[at].Count++
		} else {
			group.Spellings = append(group.Spellings, Spelling{text, 1})
		}
		if !slices.Contains(group.Categories, m.Category) {
			group.Categories = append(group.Categories, m.Category)
		}
	}
	for _, group := range groups {
		slices.SortStableFunc(group.Spellings, func(a, b Spelling) int { return cmp.Compare(b.Count, a.Count) })
	}
	return groups, nil
}

// Choice is what becomes of a group.
type Choice struct {
	Group int
	Text  string // for all of its messages; "" for the most frequent one
}

// Change gives the messages of groups one text each and, with once, deletes all of them but
// one, as one change of the dataset. Kept is the one that was accepted, or else that a
// person labelled, or else the oldest. It returns how many messages changed, those that were
// deleted among them, and how many of them were deleted.
func (g *Groups) Change(ctx context.Context, choices []Choice, once bool, report localdb.Report) (changed, deleted int, err error) {
	proposed, err := g.proposed(ctx, choices)
	if err != nil {
		return 0, 0, err
	}
	becomes := map[int64]string{}
	var ids []int64
	for _, c := range choices {
		text := strings.TrimSpace(c.Text)
		if text == "" {
			text = proposed[c.Group]
		}
		if text == "" { // deleted since
			continue
		}
		for i, m := range g.membersOf(c.Group) {
			if once && i > 0 {
				text = ""
			}
			becomes[int64(m.id)] = text
			ids = append(ids, int64(m.id))
		}
	}
	title := titleSame
	if once {
		title = titleOnce
	}
	return g.d.SetTexts(ctx, title, ids, func(id int64, text string) string {
		if to := becomes[id]; strings.TrimSpace(text) != to {
			return to
		}
		return text
	}, report)
}

// proposed are the texts that most messages of the groups have for which none was chosen.
func (g *Groups) proposed(ctx context.Context, choices []Choice) (map[int]string, error) {
	of := map[int64]int{}
	ids := []int64{}
	for _, c := range choices {
		if strings.TrimSpace(c.Text) == "" {
			id := mostFrequent(g.membersOf(c.Group))
			of[id] = c.Group
			ids = append(ids, id)
		}
	}
	texts := map[int]string{}
	for m, err := range g.d.Messages(ctx, localdb.Filter{IDs: ids}) {
		if err != nil {
			return nil, err
		}
		texts[of[m.ID]] = strings.TrimSpace(m.Text)
	}
	return texts, nil
}

// mostFrequent is a message with the most frequent text.
func mostFrequent(list []member) int64 {
	counts := map[uint64]int{}
	for _, m := range list {
		counts[m.text]++
	}
	most := list[0]
	for _, m := range list {
		if counts[m.text] > counts[most.text] {
			most = m
		}
	}
	return int64(most.id)
}

var (
	titleSame = i18n.T("Spell {{.Messages}} the same")
	titleOnce = i18n.T("Keep one of each: {{.Messages}}")
)
