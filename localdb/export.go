package localdb

import (
	"context"
	"fmt"
	"io"
	"iter"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"

	zombiezen "zombiezen.com/go/sqlite"

	"seedbed/assets/crash"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/table"
	"seedbed/localdb/rowindex"
	"seedbed/localdb/split"
)

// Export writes the messages that match the filter, in id order, as CSV, and returns
// how many there are. Ranges of ids are read side by side and written in order. All
// is as it was when it began. The filter's queue is for views and is ignored here.
func (d *Dataset) Export(ctx context.Context, w io.Writer, filter Filter, options exchange.WriteOptions) (written int, err error) {
	readers := runtime.GOMAXPROCS(0)
	err = d.scan(ctx, readers, func(all []snapshot) error {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		last, err := all[0].number(`SELECT max(id) FROM messages`)
		if err != nil {
			return err
		}
		names, err := all[0].categoryNames()
		if err != nil {
			return err
		}
		e := &exporter{filter: filter, options: options, names: names, parts: make([]chan exportPart, last/exportIDs+1)}
		for i := range e.parts {
			e.parts[i] = make(chan exportPart, 1)
		}
		ahead := make(chan struct{}, 2*readers) // parts waiting to be written
		var reading sync.WaitGroup
		defer reading.Wait()
		defer stop()
		for _, at := range all {
			reading.Go(func() { e.read(ctx, at, ahead) })
		}
		if _, err := w.Write(table.AppendCSVHeader(nil, options)); err != nil {
			return err
		}
		for _, part := range e.parts {
			select {
			case p := <-part:
				if p.err != nil {
					return p.err
				}
				if _, err := w.Write(p.csv); err != nil {
					return err
				}
				written += p.rows
				<-ahead
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("exporting: %w", err)
	}
	return written, nil
}

// exportIDs is how many ids make one part.
const exportIDs = 1 << 14

// exporter makes the parts of a file.
type exporter struct {
	filter  Filter
	options exchange.WriteOptions
	names   map[int64]string
	next    atomic.Int64
	size    atomic.Int64 // what a part is likely to need
	parts   []chan exportPart
}

type exportPart struct {
	csv  []byte
	rows int
	err  error
}

// read makes part after part, those that other readers don't.
func (e *exporter) read(ctx context.Context, at snapshot, ahead chan<- struct{}) {
	for {
		select {
		case ahead <- struct{}{}:
		case <-ctx.Done():
			return
		}
		n := e.next.Add(1) - 1
		if n >= int64(len(e.parts)) {
			return
		}
		var p exportPart
		p.csv = make([]byte, 0, e.size.Load())
		p.err = crash.Try(func() error {
			return at.rows(e.filter, e.names, n*exportIDs, (n+1)*exportIDs-1, false, func(row *exchange.Row) bool {
				p.csv = table.AppendCSV(p.csv, row, e.options)
				p.rows++
				return true
			})
		})
		e.size.Store(int64(len(p.csv) + len(p.csv)/16))
		e.parts[n] <- p
	}
}

// Rows gives the messages that match the filter as rows of a file, in id order, as
// they were when the loop began.
func (d *Dataset) Rows(ctx context.Context, filter Filter) iter.Seq2[exchange.Row, error] {
	return func(yield func(exchange.Row, error) bool) {
		more := true
		err := d.scan(ctx, 1, func(all []snapshot) error {
			names, err := all[0].categoryNames()
			if err != nil {
				return err
			}
			return all[0].rows(filter, names, 0, maxID, true, func(row *exchange.Row) bool {
				more = yield(*row, nil)
				return more
			})
		})
		if err != nil && more {
			yield(exchange.Row{}, err)
		}
	}
}

const maxID = 1<<32 - 1

// Source and status as files name them.
var (
	sourceWords = [...]string{Synthetic: "synthetic", Real: "real"}
	statusWords = [...]string{ToReview: "to review", Accepted: "accepted", Rejected: "rejected"}
)

// rows calls do with the messages that match the filter and have ids from first to
// last, as rows of a file, until it returns false; whole with what CSV doesn't have.
func (s snapshot) rows(filter Filter, names map[int64]string, first, last int64, whole bool, do func(row *exchange.Row) bool) error {
	where, values := filter.where()
	needle := rowindex.Fold(filter.Search)
	var row exchange.Row
	return s.each(`
		SELECT m.text, m.category, m.confidence, m.source, m.status, m.conversation, m.note, m.tags
		FROM messages m LEFT JOIN categories c ON c.id = m.category `+where+` AND m.id BETWEEN ? AND ? ORDER BY m.id`,
		append(values, first, last), func(columns *zombiezen.Stmt) error {
			row.Message = columns.ColumnText(0)
			row.Note = columns.ColumnText(6)
			if !holds(row.Message, row.Note, needle) {
				return nil
			}
			row.Category = names[columns.ColumnInt64(1)]
			row.HasConfidence = row.Category != ""
			row.Confidence = columns.ColumnFloat(2)
			row.Tags = Tags(columns.ColumnText(7)).String()
			if whole {
				row.Source = sourceWords[columns.ColumnInt64(3)]
				row.Status = statusWords[columns.ColumnInt64(4)]
				row.Conversation = columns.ColumnText(5)
			}
			if !do(&row) {
				return errEnough
			}
			return nil
		})
}

// SplitItems returns messages as package split takes them. A message's group is its
// conversation, or the batch in which a language model wrote it; the built-in writer
// writes each message on its own, so its messages have none.
func (d *Dataset) SplitItems(ctx context.Context, messages []Message) ([]split.Item, error) {
	rows, err := d.reader.QueryContext(ctx, `SELECT b.id FROM batches b JOIN runs r ON r.id = b.run WHERE r.model <> ''`)
	if err != nil {
		return nil, fmt.Errorf("reading batches: %w", err)
	}
	defer rows.Close()
	byModel := map[int64]bool{}
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		byModel[id] = true
	}
	items := make([]split.Item, len(messages))
	for i, m := range messages {
		items[i] = split.Item{ID: m.ID, Text: m.Text, Category: m.Category}
		switch {
		case m.Conversation != "":
			items[i].Group = "conversation " + m.Conversation
		case byModel[m.BatchID]:
			items[i].Group = "batch " + strconv.FormatInt(m.BatchID, 10)
		}
	}
	return items, rows.Err()
}
