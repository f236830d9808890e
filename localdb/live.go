package localdb

import (
	"context"
	"errors"
	"fmt"
	"sync"

	zombiezen "zombiezen.com/go/sqlite"
)

// liveIndex is the index of an open dataset: read when it is first needed, in the
// background, and then kept right by every change. It reads through a connection of
// its own to the engine itself, which is more than twice as fast as database/sql at
// reading a million rows.
type liveIndex struct {
	path    string
	watched bool // changed elsewhere, so look for changes before every use

	starting sync.Mutex
	started  bool
	done     chan struct{} // closed when the first reading ended
	stop     chan struct{} // closed to interrupt reading

	mu      sync.RWMutex
	conn    *zombiezen.Conn
	index   *index // nil until read
	err     error  // why it could not be read
	pending []int64
	version int64 // of the data, where watched
}

func newLiveIndex(path string, watched bool) *liveIndex {
	return &liveIndex{path: path, watched: watched, done: make(chan struct{}), stop: make(chan struct{})}
}

// start begins the first reading, if that hasn't happened.
func (l *liveIndex) start() {
	l.starting.Lock()
	defer l.starting.Unlock()
	if l.started {
		return
	}
	l.started = true
	go func() {
		defer close(l.done)
		x, err := l.read()
		l.mu.Lock()
		defer l.mu.Unlock()
		l.index, l.err = x, err
		if err == nil {
			l.err = l.refresh(l.pending) // what changed meanwhile
		}
		l.pending = nil
	}()
}

// ready says whether the index is there.
func (l *liveIndex) ready() bool {
	select {
	case <-l.done:
		return true
	default:
		return false
	}
}

// close interrupts reading and waits for it to end.
func (l *liveIndex) close() error {
	l.starting.Lock()
	defer l.starting.Unlock()
	close(l.stop)
	if !l.started {
		l.started = true
		close(l.done)
	}
	<-l.done
	l.mu.Lock()
	defer l.mu.Unlock()
	var errs []error
	if l.index != nil {
		errs = append(errs, l.index.texts.close())
	}
	if l.conn != nil {
		errs = append(errs, l.conn.Close())
	}
	l.index, l.err = nil, errors.New("the dataset was closed")
	return errors.Join(errs...)
}

// use calls do with the index, once it is there.
func (l *liveIndex) use(ctx context.Context, do func(x *index)) error {
	l.start()
	select {
	case <-l.done:
	case <-ctx.Done():
		return ctx.Err()
	}
	if l.watched {
		if err := l.catchUp(); err != nil {
			return err
		}
	}
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.err != nil {
		return fmt.Errorf("reading the messages: %w", l.err)
	}
	do(l.index)
	if err := l.index.texts.err(); err != nil {
		return fmt.Errorf("reading the messages: %w", err)
	}
	return nil
}

// read reads the whole index.
func (l *liveIndex) read() (*index, error) {
	conn, err := zombiezen.OpenConn(l.path, zombiezen.OpenReadOnly)
	if err != nil {
		return nil, err
	}
	conn.SetInterrupt(l.stop)
	l.conn = conn
	if err := l.noteVersion(); err != nil {
		return nil, err
	}
	rows, err := readNumber(conn, `SELECT count(*) FROM messages`)
	if err != nil {
		return nil, err
	}
	x := newIndex(int(rows))
	_, err = readInto(conn, x, `ORDER BY id`, "")
	return x, err
}

// update reads the messages that a committed change touched, and those that it
// added, which nobody needs to name. Where that fails the change stands all the same,
// and the next use says what is wrong.
func (l *liveIndex) update(touched []int64) {
	l.starting.Lock()
	started := l.started
	l.starting.Unlock()
	if !started {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.err != nil:
	case l.index == nil:
		l.pending = append(l.pending, touched...)
	default:
		l.err = l.refresh(touched)
	}
}

// refresh reads some rows again, and those that came after all others.
func (l *liveIndex) refresh(touched []int64) error {
	ending, ids := `ORDER BY id`, "" // where many changed, reading all is quickest
	if len(touched) <= len(l.index.ids)/8 {
		last := uint32(0)
		if n := len(l.index.ids); n > 0 {
			last = l.index.ids[n-1]
		}
		ending = fmt.Sprintf(`WHERE id IN (SELECT value FROM json_each(?) UNION ALL SELECT id FROM messages WHERE id > %d) ORDER BY id`, last)
		ids = jsonOf(touched)
	}
	changed, err := readInto(l.conn, l.index, ending, ids)
	if err == nil {
		l.index.reorder(changed)
	}
	return err
}

// catchUp reads everything again where another program changed the file.
func (l *liveIndex) catchUp() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err != nil {
		return l.err
	}
	version := l.version
	if err := l.noteVersion(); err != nil || version == l.version {
		return err
	}
	return l.refresh(make([]int64, len(l.index.ids)))
}

func (l *liveIndex) noteVersion() (err error) {
	l.version, err = readNumber(l.conn, `PRAGMA data_version`)
	return err
}

// readInto puts the rows that a query's ending picks into the index, and returns
// their places.
func readInto(conn *zombiezen.Conn, x *index, ending, parameter string) (places []uint32, err error) {
	rows, _, err := conn.PrepareTransient(selectIndexed + ending)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Finalize()) }()
	if rows.BindParamCount() > 0 {
		rows.BindText(1, parameter)
	}
	defer x.texts.rest()
	var text []byte
	for {
		more, err := rows.Step()
		if err != nil || !more {
			return places, err
		}
		row := readIndexed(rows, text)
		text = row.text
		places = append(places, uint32(x.put(row)))
	}
}

func readNumber(conn *zombiezen.Conn, query string) (n int64, err error) {
	rows, _, err := conn.PrepareTransient(query)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, rows.Finalize()) }()
	if _, err := rows.Step(); err != nil {
		return 0, err
	}
	return rows.ColumnInt64(0), nil
}
