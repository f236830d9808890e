package localdb

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"sync"

	zombiezen "zombiezen.com/go/sqlite"

	"seedbed/assets/crash"
	"seedbed/assets/i18n"
	"seedbed/localdb/rowindex"
)

// messageIndex is the index of an open dataset's messages: read in the background when
// it is first needed, and then updated by every change. It has a connection of its own
// to the engine, which reads a million rows more than twice as fast as database/sql.
type messageIndex struct {
	path    string
	watched bool // changed elsewhere, so look for changes before every use

	starting sync.Mutex
	started  bool
	done     chan struct{} // closed when the first reading ended
	stop     chan struct{} // closed to interrupt reading

	mu      sync.RWMutex
	conn    *zombiezen.Conn
	rows    *rowindex.Index // nil until read
	err     error           // why it could not be read
	pending []int64
	version int64 // of the data, where watched
}

func newMessageIndex(path string, watched bool) *messageIndex {
	return &messageIndex{path: path, watched: watched, done: make(chan struct{}), stop: make(chan struct{})}
}

// start begins the first reading unless it has begun.
func (m *messageIndex) start() {
	m.starting.Lock()
	defer m.starting.Unlock()
	if m.started {
		return
	}
	m.started = true
	go func() {
		defer close(m.done)
		var x *rowindex.Index
		err := crash.Try(func() (err error) {
			x, err = m.read()
			return err
		})
		m.mu.Lock()
		defer m.mu.Unlock()
		m.rows, m.err = x, err
		if err == nil {
			m.err = m.refresh(m.pending) // what changed meanwhile
		}
		m.pending = nil
	}()
}

// ready reports whether the index has been read.
func (m *messageIndex) ready() bool {
	select {
	case <-m.done:
		return true
	default:
		return false
	}
}

// close interrupts reading and waits for it to end.
func (m *messageIndex) close() error {
	m.starting.Lock()
	defer m.starting.Unlock()
	close(m.stop)
	if !m.started {
		m.started = true
		close(m.done)
	}
	<-m.done
	m.mu.Lock()
	defer m.mu.Unlock()
	var errs []error
	if m.rows != nil {
		errs = append(errs, m.rows.Close())
	}
	if m.conn != nil {
		errs = append(errs, m.conn.Close())
	}
	m.rows, m.err = nil, errors.New("the dataset was closed")
	return errors.Join(errs...)
}

// use calls do with the index once it has been read.
func (m *messageIndex) use(ctx context.Context, do func(x *rowindex.Index)) error {
	m.start()
	select {
	case <-m.done:
	case <-ctx.Done():
		return ctx.Err()
	}
	if m.watched {
		if err := m.catchUp(); err != nil {
			return err
		}
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	if m.err != nil {
		return readError(m.err)
	}
	do(m.rows)
	if err := m.rows.Err(); err != nil {
		return readError(err)
	}
	return nil
}

// read reads the whole index.
func (m *messageIndex) read() (*rowindex.Index, error) {
	conn, err := connect(m.path)
	if err != nil {
		return nil, err
	}
	conn.SetInterrupt(m.stop)
	m.conn = conn
	if err := m.noteVersion(); err != nil {
		return nil, err
	}
	size, err := fileSize(conn)
	if err != nil {
		return nil, err
	}
	rows, err := readNumber(conn, `SELECT count(*) FROM (SELECT 1 FROM messages LIMIT `+strconv.FormatInt(size/leastRow+1, 10)+`)`)
	if err != nil {
		return nil, err
	}
	if rows > size/leastRow {
		return nil, errMoreThanFits
	}
	x := rowindex.New(int(rows))
	return x, readInto(conn, x, `ORDER BY id`, "")
}

// errMoreThanFits means that the file's pages refer to each other in such a way that
// reading would not end, or not fit into memory.
var errMoreThanFits = i18n.Error("the dataset is damaged: it claims to hold more messages than fit into its file")

// leastRow is how many bytes a message takes in the file at the least.
const leastRow = 16

// fileSize is the size of the database in bytes, with what is still in its log.
func fileSize(conn *zombiezen.Conn) (int64, error) {
	pages, err := readNumber(conn, `PRAGMA page_count`)
	if err != nil {
		return 0, err
	}
	size, err := readNumber(conn, `PRAGMA page_size`)
	return pages * size, err
}

// update reads the messages that a committed change touched, and those that it
// added. If that fails, the change is committed all the same,
// and the next use returns the error.
func (m *messageIndex) update(touched []int64) {
	m.starting.Lock()
	started := m.started
	m.starting.Unlock()
	if !started {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case m.err != nil:
	case m.rows == nil:
		m.pending = append(m.pending, touched...)
	default:
		m.err = m.refresh(touched)
	}
}

// refresh reads some rows again, and those that came after all others.
func (m *messageIndex) refresh(touched []int64) error {
	ending, ids := `ORDER BY id`, "" // where many changed, reading all is quickest
	if len(touched) <= m.rows.Len()/8 {
		ending = fmt.Sprintf(`WHERE id IN (SELECT value FROM json_each(?) UNION ALL SELECT id FROM messages WHERE id > %d) ORDER BY id`, m.rows.LastID())
		ids = jsonOf(touched)
	}
	return readInto(m.conn, m.rows, ending, ids)
}

// renew reads everything again into a new index, so that nothing of what was removed for
// good is left in memory or in the index's file.
func (m *messageIndex) renew() {
	m.starting.Lock()
	started := m.started
	m.starting.Unlock()
	if !started {
		return
	}
	<-m.done
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.err != nil {
		return
	}
	if m.err = errors.Join(m.rows.Close(), m.conn.Close()); m.err == nil {
		m.rows, m.err = m.read()
	}
}

// catchUp reads everything again where another program changed the file.
func (m *messageIndex) catchUp() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.err != nil {
		return m.err
	}
	version := m.version
	if err := m.noteVersion(); err != nil || version == m.version {
		return err
	}
	return m.refresh(make([]int64, m.rows.Len()))
}

func (m *messageIndex) noteVersion() (err error) {
	m.version, err = readNumber(m.conn, `PRAGMA data_version`)
	return err
}

// readInto reads the rows that a query's ending picks into the index.
func readInto(conn *zombiezen.Conn, x *rowindex.Index, ending, parameter string) (err error) {
	rows, _, err := conn.PrepareTransient(selectIndexed + ending)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Finalize()) }()
	if rows.BindParamCount() > 0 {
		rows.BindText(1, parameter)
	}
	size, err := fileSize(conn)
	if err != nil {
		return err
	}
	size *= 2 // what is UTF-16 in a file may be longer in UTF-8
	var places []uint32
	defer func() { x.Flush(places) }()
	var text []byte
	var last int64
	for {
		more, err := rows.Step()
		if err != nil || !more {
			return err
		}
		id := rows.ColumnInt64(0)
		if size -= int64(rows.ColumnLen(textColumn)); size < 0 || id <= last || id > math.MaxUint32 {
			return errMoreThanFits
		}
		last = id
		row := readIndexed(rows, text)
		text = row.Text
		places = append(places, x.Set(row))
	}
}

// selectIndexed reads what the index holds of a message; readIndexed knows its columns.
const selectIndexed = `
	SELECT id, coalesce(category, 0) + (status + source * 4 + deleted * 8 + (note <> '') * 16 << 16) + (flags << 24),
	       coalesce(confidence, 2), iif(category IS NULL, 1, doubt), iif(note = '', text, text || char(0) || note), tags
	FROM messages `

// A note follows its text behind a character that no text has, so that both are searched.
const (
	textColumn = 4
	tagsColumn = 5
)

func readIndexed(row *zombiezen.Stmt, buffer []byte) rowindex.Row {
	packed := row.ColumnInt64(1)
	length := row.ColumnLen(textColumn)
	buffer = slices.Grow(buffer[:0], length)[:length]
	row.ColumnBytes(textColumn, buffer)
	return rowindex.Row{
		ID:          uint32(row.ColumnInt64(0)),
		Category:    uint16(packed),
		State:       uint8(packed >> 16),
		Flags:       uint8(packed >> 24),
		Confidence:  float32(row.ColumnFloat(2)),
		Uncertainty: float32(row.ColumnFloat(3)),
		Text:        rowindex.FoldBytes(buffer),
		Tags:        row.ColumnText(tagsColumn),
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
