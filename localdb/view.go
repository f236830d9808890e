package localdb

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"

	"seedbed/assets/crash"
	"seedbed/localdb/rowindex"
)

// pageRows is how many messages a view reads at a time; pagesKept how many pages it
// keeps.
const (
	pageRows  = 64
	pagesKept = 64
)

// View is the messages that match a filter, in an order, as they were when it was
// made: later changes alter what it shows of a message, but never which messages are in
// it and in which rows. It takes 4 bytes a message and may be used from many goroutines.
//
// It is the one cache of rows: Rows and Load read what is missing or older than the
// last change, Cached and Current only look at what is there and never wait.
type View struct {
	d      *Dataset
	pages  *lru.Cache[int, page]
	likely int // its length while ids are not known

	start func()        // begins to find ids, once
	ready chan struct{} // closed when ids and err are set
	ids   []uint32
	err   error
}

// page is pageRows messages, fewer on the last page, as they were at a revision. A page
// in the cache is never changed, only replaced.
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
	if d.index.ready() || !filter.everything() || sort.By != ByID {
		v.start = func() {}
		v.fill(ctx, filter, sort)
		return v, v.err
	}
	v.start = sync.OnceFunc(func() {
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
	v.err = crash.Try(func() error { return v.find(ctx, filter, sort) })
}

func (v *View) find(ctx context.Context, filter Filter, sort Sort) error {
	categories, err := v.d.Categories(ctx)
	if err != nil {
		return err
	}
	ids := make([]uint16, len(categories))
	for i, c := range categories {
		ids[i] = uint16(c.ID)
	}
	return v.d.index.use(ctx, func(x *rowindex.Index) {
		x.SetCategories(ids)
		f := filter.ofIndex(categories)
		switch filter.Queue.Kind {
		case MostUncertain:
			v.ids = x.Sorted(f, Sort{By: ByUncertainty, Descending: true})
		case SampleOfEach:
			v.ids = x.Sample(f, filter.Queue.PerCategory, filter.Queue.Seed)
		case AsGiven:
			v.ids = x.Given(f)
		default:
			v.ids = x.Sorted(f, sort)
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

// Ready is closed once all rows are known, so that Rows and ID answer without waiting for
// the first reading of the dataset, which it begins where it has to.
func (v *View) Ready() <-chan struct{} {
	v.start()
	return v.ready
}

// Settled reports whether Ready is closed, and begins nothing.
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

// Find returns the row that shows a message. It never waits: before Ready it finds only
// messages in the cache.
func (v *View) Find(id int64) (row int, ok bool) {
	if v.Settled() {
		row = slices.Index(v.ids, uint32(id))
		return row, row >= 0 && int64(uint32(id)) == id
	}
	for _, number := range v.pages.Keys() {
		kept, _ := v.pages.Peek(number)
		if i := slices.IndexFunc(kept.rows, func(m Message) bool { return m.ID == id }); i >= 0 {
			return number*pageRows + i, true
		}
	}
	return 0, false
}

// Cached returns a row as it was last read, perhaps before the latest change; ok is
// false where it is not in memory. It neither waits nor reads.
func (v *View) Cached(row int) (m Message, ok bool) {
	if row < 0 {
		return Message{}, false
	}
	kept, ok := v.pages.Get(row / pageRows)
	if !ok || row%pageRows >= len(kept.rows) {
		return Message{}, false
	}
	return kept.rows[row%pageRows], true
}

// Current reports whether Cached has all rows from first up to before end as they are
// after the latest change. It neither waits nor reads.
func (v *View) Current(first, end int) bool {
	first, end = max(first, 0), min(end, v.Len())
	revision := v.d.Revision()
	for number := first / pageRows; number*pageRows < end; number++ {
		if kept, ok := v.pages.Peek(number); !ok || kept.revision != revision {
			return false
		}
	}
	return true
}

// Load reads the rows from first up to before end, so that Cached has them as they are
// now, and returns those that Cached had otherwise before. Only so many rows are kept as
// fit into the cache: pagesKept pages, those that were used last.
func (v *View) Load(ctx context.Context, first, end int) (changed []int, err error) {
	first, end = max(first, 0), min(end, v.Len())
	if first >= end {
		return nil, nil
	}
	begin := first / pageRows
	before := map[int]page{}
	for number := begin; number*pageRows < end; number++ {
		if kept, ok := v.pages.Peek(number); ok {
			before[number] = kept
		}
	}
	rows, err := v.readPages(ctx, begin, (end-1)/pageRows+1)
	if err != nil {
		return nil, err
	}
	for i, m := range rows {
		if old := before[begin+i/pageRows].rows; i%pageRows < len(old) && old[i%pageRows] != m {
			changed = append(changed, begin*pageRows+i)
		}
	}
	return changed, nil
}

// Rows returns n messages from row first on as they are now, fewer at the end. A message
// that was deleted for good meanwhile has its ID only. The slice is the caller's own.
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

// readPages returns the rows of the pages from first up to before end, and reads those
// that are not in the cache or older than the last change, with one query.
func (v *View) readPages(ctx context.Context, first, end int) ([]Message, error) {
	revision := v.d.Revision()
	rows := make([]Message, 0, (end-first)*pageRows)
	missing := map[int64]int{} // by id, where in rows
	var starts []int           // of the pages that are read, in rows
	for number := first; number < end; number++ {
		if kept, ok := v.pages.Get(number); ok && kept.revision == revision {
			rows = append(rows, kept.rows...)
			continue
		}
		if err := v.wait(ctx); err != nil {
			return nil, err
		}
		starts = append(starts, len(rows))
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
	for _, at := range starts {
		number := first + at/pageRows
		if kept, ok := v.pages.Peek(number); !ok || kept.revision <= revision { // another goroutine may have newer ones
			v.pages.Add(number, page{revision, slices.Clone(rows[at:min(at+pageRows, len(rows))])})
		}
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
