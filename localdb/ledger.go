package localdb

import (
	"context"
	"fmt"
	"math"
	"slices"

	"seedbed/assets/i18n"
)

// Money is an amount in billionths of a US dollar: whole numbers, so that sums are
// exact and a cap holds to the last digit.
type Money int64

// USD is the amount in dollars.
func (m Money) USD() float64 { return float64(m) / 1e9 }

// Dollars returns an amount given in dollars, rounded to the nearest billionth. What
// Money can't hold, infinities included, becomes the largest or smallest amount (about
// 9.2 billion dollars). NaN becomes 0, so that a cap computed wrongly allows no spending.
func Dollars(usd float64) Money {
	billionths := math.Round(usd * 1e9)
	switch {
	case math.IsNaN(billionths):
		return 0
	case billionths >= math.MaxInt64:
		return math.MaxInt64
	case billionths <= math.MinInt64:
		return math.MinInt64
	}
	return Money(billionths)
}

// ErrCap says that a request could cost more than what is left under the cap.
var ErrCap = i18n.Error("the request could exceed the cap")

// The states of a request in the ledger.
const (
	requestSent = iota
	requestAnswered
	requestFree // refused before anything was charged
	requestLost // it is unknown whether it was charged
)

// spent is what the requests of a run cost or may yet cost: what is not known to be
// free or paid counts with all that was reserved.
const spent = `
	SELECT coalesce(sum(CASE q.state WHEN 1 THEN q.cost WHEN 2 THEN 0 ELSE q.reserved END), 0)
	FROM requests q JOIN batches b ON b.id = q.batch WHERE b.run = `

// LedgerEntry is one request.
type LedgerEntry struct {
	Batch         int64
	Writer, Model string
	MaxCost       *Money // the most it can cost; nil if unknown
	Cap           *Money // what its run may cost; nil for no cap
}

// Reserve writes a request into the ledger before it is sent and returns its id. It
// returns ErrCap instead if the run could then exceed its cap, even by one billionth.
func (d *Dataset) Reserve(ctx context.Context, r LedgerEntry) (int64, error) {
	var id int64
	err := d.write(ctx, notUndoable, func(tx *writeTx) error {
		if r.Cap != nil {
			if r.MaxCost == nil {
				return i18n.Error("a cap can't be enforced for a request of unknown price")
			}
			var already Money
			if err := tx.queryRow(spent+`(SELECT run FROM batches WHERE id = ?)`, r.Batch).Scan(&already); err != nil {
				return err
			}
			if *r.MaxCost > *r.Cap-already { // a sum could overflow
				return ErrCap
			}
		}
		result, err := tx.execUnrecorded(`INSERT INTO requests (batch, writer, model, reserved, created) VALUES (?, ?, ?, ?, ?)`,
			r.Batch, r.Writer, r.Model, r.MaxCost, now().UnixMilli())
		if err != nil {
			return err
		}
		id, err = result.LastInsertId()
		return err
	})
	return id, err
}

// StoredAnswer is the answer to a request, as it is to be stored.
type StoredAnswer struct {
	Messages  []Message   // to keep; they get their batch's category, by the name it has now
	Discarded []Discarded // kept out of the dataset
	State     BatchState  // what the batch is now; BatchWaiting to ask again

	PromptTokens, CompletionTokens int
	UsageKnown                     bool
	Cost                           *Money // nil if unknown
	Error                          string // what was wrong with it; "" if nothing
}

// Discarded is a message that a run left out. The file's table is called set_aside.
type Discarded struct {
	Text   string
	Reason string
	CopyOf int64 // the message that it repeats; 0 for none
}

// StoreAnswer stores all of an answer in one transaction: its messages, x// its tokens and cost, and the batch's state. It returns the ids of those kept.
func (d *Dataset) StoreAnswer(ctx context.Context, request int64, a StoredAnswer) ([]int64, error) {
	var ids []int64
	err := d.write(ctx, notUndoable, func(tx *writeTx) error {
		batch, err := tx.settleRequest(request, a)
		if err != nil {
			return err
		}
		for _, s := range a.Discarded {
			if _, err := tx.execUnrecorded(`INSERT INTO set_aside (request, text, reason, copy_of) VALUES (?, ?, ?, ?)`,
				request, s.Text, s.Reason, s.CopyOf); err != nil {
				return err
			}
		}
		var category string
		if err := tx.queryRow(`SELECT c.name FROM batches b JOIN categories c ON c.id = b.category WHERE b.id = ?`, batch).Scan(&category); err != nil {
			return err
		}
		messages := slices.Clone(a.Messages)
		for i := range messages {
			messages[i].BatchID, messages[i].Category = batch, category
		}
		if ids, err = tx.addMessages(messages); err != nil {
			return err
		}
		_, err = tx.execUnrecorded(`UPDATE batches SET kept = kept + ?, state = ? WHERE id = ?`, len(ids), a.State, batch)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("store an answer: %w", err)
	}
	return ids, nil
}

// settleRequest notes what came back for a request, and returns its batch.
func (tx *writeTx) settleRequest(request int64, a StoredAnswer) (batch int64, err error) {
	var promptTokens, completionTokens any
	if a.UsageKnown {
		promptTokens, completionTokens = a.PromptTokens, a.CompletionTokens
	}
	err = tx.queryRow(`
		UPDATE requests SET state = ?, cost = ?, prompt_tokens = ?, completion_tokens = ?, error = ?
		WHERE id = ? RETURNING batch`,
		requestAnswered, a.Cost, promptTokens, completionTokens, a.Error, request).Scan(&batch)
	return batch, err
}

// FailRequest notes that a request brought no answer. One that is not known to be
// free counts as lost, with all that was reserved for it.
func (d *Dataset) FailRequest(ctx context.Context, request int64, free bool, why string) error {
	state := requestLost
	if free {
		state = requestFree
	}
	return d.write(ctx, notUndoable, func(tx *writeTx) error {
		_, err := tx.execUnrecorded(`UPDATE requests SET state = ?, error = ? WHERE id = ?`, state, why, request)
		return err
	})
}

// LoseInFlight marks the requests as lost that were on their way when an earlier
// process ended, and returns how many they were.
func (d *Dataset) LoseInFlight(ctx context.Context, run int64) (int, error) {
	var lost int64
	err := d.write(ctx, notUndoable, func(tx *writeTx) error {
		result, err := tx.execUnrecorded(`
			UPDATE requests SET state = ?, error = 'the program ended before the answer came'
			WHERE state = ? AND batch IN (SELECT id FROM batches WHERE run = ?)`, requestLost, requestSent, run)
		if err != nil {
			return err
		}
		lost, err = result.RowsAffected()
		return err
	})
	return int(lost), err
}

// Ledger is the sum of the requests of a run.
type Ledger struct {
	Requests int // all that were sent
	Answered int
	Lost     int // not known to be free or paid

	PromptTokens, CompletionTokens int   // as far as the endpoint reported
	Cost                           Money // of the answers whose cost is known
	CostUnknown                    int   // answers of unknown cost
	Reserved                       Money // for lost requests and those on their way
	Discarded                      map[string]int
}

// Ledger adds up the requests of a run.
func (d *Dataset) Ledger(ctx context.Context, run int64) (Ledger, error) {
	l := Ledger{Discarded: map[string]int{}}
	err := d.reader.QueryRowContext(ctx, `
		SELECT count(*), coalesce(sum(q.state = 1), 0), coalesce(sum(q.state = 3), 0),
		       coalesce(sum(q.prompt_tokens), 0), coalesce(sum(q.completion_tokens), 0),
		       coalesce(sum(q.cost), 0), coalesce(sum(q.state = 1 AND q.cost IS NULL), 0),
		       coalesce(sum(CASE WHEN q.state IN (0, 3) THEN q.reserved END), 0)
		FROM requests q JOIN batches b ON b.id = q.batch WHERE b.run = ?`, run).
		Scan(&l.Requests, &l.Answered, &l.Lost, &l.PromptTokens, &l.CompletionTokens, &l.Cost, &l.CostUnknown, &l.Reserved)
	if err != nil {
		return Ledger{}, fmt.Errorf("add up the ledger: %w", err)
	}
	rows, err := d.reader.QueryContext(ctx, selectSetAside("s.reason, count(*)")+` GROUP BY s.reason`, run)
	if err != nil {
		return Ledger{}, fmt.Errorf("add up what was discarded: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var reason string
		var n int
		if err := rows.Scan(&reason, &n); err != nil {
			return Ledger{}, fmt.Errorf("add up what was discarded: %w", err)
		}
		l.Discarded[reason] = n
	}
	return l, rows.Err()
}

// Discarded returns the messages that a run left out, in the order in which they came.
func (d *Dataset) Discarded(ctx context.Context, run int64) ([]Discarded, error) {
	rows, err := d.reader.QueryContext(ctx, selectSetAside("s.text, s.reason, s.copy_of")+` ORDER BY s.id`, run)
	if err != nil {
		return nil, fmt.Errorf("read what was discarded: %w", err)
	}
	defer rows.Close()
	var list []Discarded
	for rows.Next() {
		var s Discarded
		if err := rows.Scan(&s.Text, &s.Reason, &s.CopyOf); err != nil {
			return nil, fmt.Errorf("read what was discarded: %w", err)
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

func selectSetAside(columns string) string {
	return `SELECT ` + columns + ` FROM set_aside s
		JOIN requests q ON q.id = s.request JOIN batches b ON b.id = q.batch WHERE b.run = ?`
}
