package localdb

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"
)

// pageRows is how many messages a view reads at a time; pagesKept how many pages it
// keeps.
const (
	pageRows  = 64
	pagesKept = 64
)

// View is the messages that match a filter, in an order, as they were when it was
// made: later changes alter what Rows shows of a message, but which messages are in
// it and where stays, so that nothing jumps under a reader's hand. It takes 4 bytes a
// message and may be used from many goroutines.
type View struct {
	d      *Dataset
	pages  *lru.Cache[int, page]
	likely int // its length while ids are not known

	rest  func()        // finds ids, once
	ready chan struct{} // closed when ids and err are set
	ids   []uint32
	err   error
}

type page struct {
	revision uint64
	rows     []Message
}

// View returns the messages that match the filter, in the order asked for. The first
// view of a large dataset has to wait until its messages have been read once, unless
// it shows all of them in id order: then its likely length and its first rows are
// there at once, and the rest is found when it is first asked for.
func (d *Dataset) View(ctx context.Context, filter Filter, sort Sort) (*View, error) {
	pages, err := lru.New[int, page](pagesKept)
	if err != nil {
		return nil, err
	}
	v := &View{d: d, pages: pages, ready: make(chan struct{})}
	if d.live.ready() || !filter.everything() || sort.By != ByID {
		v.rest = func() {}
		v.fill(ctx, filter, sort)
		return v, v.err
	}
	v.rest = sync.OnceFunc(func() {
		go v.fill(context.WithoutCancel(ctx), filter, sort) // ends when the dataset is closed
	})
	return v, v.begin(ctx, sort)
}

// begin finds the likely length and the first pages of a view of everything. Counting
// a million rows would take longer than all the rest; the highest id tells as much,
// unless messages were deleted for good.
func (v *View) begin(ctx context.Context, sort Sort) error {
	revision := v.d.Revision()
	err := v.d.reader.QueryRowContext(ctx, `
		SELECT coalesce(max(id), 0) - (SELECT count(*) FROM messages WHERE deleted = 1) FROM messages`).Scan(&v.likely)
	if err != nil {
		return err
	}
	order := "ASC"
	if sort.Descending {
		order = "DESC"
	}
	rows, err := v.d.readMessages(ctx, fmt.Sprintf(`WHERE m.deleted = 0 ORDER BY m.id %s LIMIT %d`, order, 2*pageRows))
	if len(rows) < 2*pageRows {
		v.likely = len(rows)
	}
	for number := 0; number*pageRows < len(rows); number++ {
		v.pages.Add(number, page{revision, rows[number*pageRows : min((number+1)*pageRows, len(rows))]})
	}
	return err
}

// fill finds the ids.
func (v *View) fill(ctx context.Context, filter Filter, sort Sort) {
	defer close(v.ready)
	categories, err := v.d.Categories(ctx)
	if err != nil {
		v.err = err
		return
	}
	v.err = v.d.live.use(ctx, func(x *index) {
		x.rank(categories)
		set := x.matching(x.matcher(filter, categories))
		switch filter.Queue.Kind {
		case MostDoubtful:
			v.ids = x.sorted(set, Sort{By: ByDoubt, Descending: true})
		case SampleOfEach:
			v.ids = x.sample(set, filter.Queue)
		case AsGiven:
			v.ids = x.given(set, filter.IDs)
		default:
			v.ids = x.sorted(set, sort)
		}
	})
}

// Len is how many messages the view has; before Ready, how many it is likely to have.
func (v *View) Len() int {
	if v.Settled() {
		return len(v.ids)
	}
	return v.likely
}

// Ready is closed once Rows, ID and Find answer without waiting for the first
// reading of the dataset, which it begins where it has to.
func (v *View) Ready() <-chan struct{} {
	v.rest()
	return v.ready
}

// Settled says whether Ready is closed, and begins nothing.
func (v *View) Settled() bool {
	select {
	case <-v.ready:
		return true
	default:
		return false
	}
}

// ID is the id of the message in row i, 0 beyond the end.
func (v *View) ID(i int) int64 {
	<-v.Ready()
	if i < 0 || i >= len(v.ids) {
		return 0
	}
	return int64(v.ids[i])
}

// IDs are the ids of the rows from first up to before end, for a change to all.
func (v *View) IDs(first, end int) []int64 {
	<-v.Ready()
	var ids []int64
	for _, id := range v.ids[max(first, 0):max(first, 0, min(end, len(v.ids)))] {
		ids = append(ids, int64(id))
	}
	return ids
}

// Find returns the row that shows a message.
func (v *View) Find(id int64) (i int, ok bool) {
	<-v.Ready()
	i = slices.Index(v.ids, uint32(id))
	return i, i >= 0 && int64(uint32(id)) == id
}

// Rows returns n messages from row first on, fewer at the end. A message that was
// deleted for good meanwhile has its ID only. The slice is the caller's own.
func (v *View) Rows(ctx context.Context, first, n int) ([]Message, error) {
	first = max(first, 0)
	end := min(first+n, v.Len())
	if first >= end {
		return nil, nil
	}
	begin := first / pageRows
	rows, err := v.readPages(ctx, begin, (end-1)/pageRows+1)
	if err != nil {
		return nil, err
	}
	end = min(end-begin*pageRows, len(rows)) // a first view may turn out shorter than it said
	return rows[min(first-begin*pageRows, end):end], nil
}

// readPages returns the rows of the pages from first up to before end. Those that it
// doesn't have, or that are older than the last change, it reads at once.
func (v *View) readPages(ctx context.Context, first, end int) ([]Message, error) {
	revision := v.d.Revision()
	rows := make([]Message, 0, (end-first)*pageRows)
	missing := map[int64]int{} // by id, where in rows
	for number := first; number < end; number++ {
		if kept, ok := v.pages.Get(number); ok && kept.revision == revision {
			rows = append(rows, kept.rows...)
			continue
		}
		if err := v.wait(ctx); err != nil {
			return nil, err
		}
		for _, id := range v.ids[min(number*pageRows, len(v.ids)):min((number+1)*pageRows, len(v.ids))] {
			missing[int64(id)] = len(rows)
			rows = append(rows, Message{ID: int64(id)})
		}
	}
	if len(missing) == 0 {
		return rows, nil
	}
	found, err := v.d.readMessages(ctx, `WHERE m.id IN (SELECT value FROM json_each(?))`, jsonOf(slices.Collect(maps.Keys(missing))))
	if err != nil {
		return nil, err
	}
	for _, m := range found {
		rows[missing[m.ID]] = m
	}
	for at := 0; at < len(rows); at += pageRows {
		v.pages.Add(first+at/pageRows, page{revision, slices.Clone(rows[at:min(at+pageRows, len(rows))])})
	}
	return rows, nil
}

func (v *View) wait(ctx context.Context) error {
	select {
	case <-v.Ready():
		return v.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// sample draws the queue's number of rows of each category from all rows, and
// returns those in set, category after category. It draws by a hash of the row's id,
// so that a message stays in the sample whatever becomes of it, unless its category
// changes.
func (x *index) sample(set []uint64, q Queue) []uint32 {
	type drawn struct {
		hash  uint64
		place uint32
	}
	byHash := func(a, b drawn) int { return cmp.Compare(a.hash, b.hash) }
	samples := map[uint16][]drawn{}
	for place, id := range x.ids {
		if x.state[place]&deletedBit != 0 {
			continue
		}
		category := x.category[place]
		sample := samples[category]
		sample = append(sample, drawn{hash(q.Seed, uint64(id)), uint32(place)})
		if len(sample) > 4*q.PerCategory+64 {
			slices.SortFunc(sample, byHash)
			sample = sample[:q.PerCategory]
		}
		samples[category] = sample
	}
	var all []uint32
	for _, sample := range samples {
		slices.SortFunc(sample, byHash)
		for _, row := range sample[:min(len(sample), q.PerCategory)] {
			if set[row.place/64]&(1<<(row.place%64)) != 0 {
				all = append(all, row.place)
			}
		}
	}
	x.ordering.Lock() // the ranks stay as they are
	defer x.ordering.Unlock()
	slices.SortFunc(all, x.compare(ByCategory))
	for i, place := range all {
		all[i] = x.ids[place]
	}
	return all
}

// given returns those of the ids whose rows are in set, in their order.
func (x *index) given(set []uint64, ids []int64) []uint32 {
	var all []uint32
	for _, id := range ids {
		if place, ok := x.place(uint32(id)); ok && set[place/64]&(1<<(place%64)) != 0 {
			all = append(all, uint32(id))
		}
	}
	return all
}

// hash mixes a seed and an id (the finaliser of splitmix64).
func hash(seed, id uint64) uint64 {
	z := seed + id*0x9E3779B97F4A7C15
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}
