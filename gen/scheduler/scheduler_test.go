package scheduler_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"seedbed/gen/gentest"
	"seedbed/gen/llm"
	"seedbed/gen/scheduler"
	"seedbed/localdb"
)

var errDisk = errors.New("the disk is full")

// newRun stores a run of some batches.
func newRun(t *testing.T, d *localdb.Dataset, batches int) (int64, []localdb.BatchRecord) {
	t.Helper()
	categories, err := d.Categories(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	records := make([]localdb.BatchRecord, batches)
	for i := range records {
		records[i] = localdb.BatchRecord{CategoryID: categories[0].ID, Category: categories[0].Name, Count: 1, Spec: []byte("{}")}
	}
	run, records, err := d.StartRun(t.Context(), localdb.RunRecord{Plan: []byte("{}"), Writer: "test", Model: "m"}, records)
	if err != nil {
		t.Fatal(err)
	}
	return run.ID, records
}

// tasksOf sends each batch with send and stores its answer with store.
func tasksOf(records []localdb.BatchRecord, send func(ctx context.Context, n int) error, store func(n int) error, d *localdb.Dataset) []*scheduler.Task {
	tasks := make([]*scheduler.Task, len(records))
	for n, record := range records {
		tasks[n] = &scheduler.Task{Batch: record.ID, GivenUp: func() {}, Prepare: func(llm.Scale) (*scheduler.Request, error) {
			return &scheduler.Request{Query: llm.Query{Prompt: "Write.", Items: 1, TokensPerItem: 100}, Send: func(ctx context.Context, _ int64, _ int) scheduler.Reply {
				err := send(ctx, n)
				return scheduler.Reply{
					Arrived: err == nil, Useful: err == nil, Usage: llm.Usage{Prompt: 10, Completion: 10}, UsageKnown: true, Err: err,
					Store: func(ctx context.Context, request int64, answer localdb.StoredAnswer) (bool, error) {
						if err := store(n); err != nil {
							return false, err
						}
						answer.State = localdb.BatchStored
						_, err := d.StoreAnswer(ctx, request, answer)
						return true, err
					},
				}
			}}, nil
		}}
	}
	return tasks
}

// After a first one that went alone, an answer can't be stored while three requests are in
// flight. One of them was answered already; the others wait until they are cancelled.
func TestADatasetThatFailsCancelsTheRequestsInFlightAndKeepsWhatWasPaid(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	run, records := newRun(t, d, 5)
	var sent atomic.Int32
	allSent, failed := make(chan struct{}), make(chan struct{})
	send := func(ctx context.Context, n int) error {
		if n == 0 {
			return nil
		}
		if sent.Add(1) == 4 {
			close(allSent)
		}
		<-allSent
		switch n {
		case 1:
			return nil
		case 2: // it arrives although it was cancelled
			<-failed
			<-ctx.Done()
			return nil
		default:
			<-ctx.Done()
			return ctx.Err()
		}
	}
	stores := map[int]int{}
	store := func(n int) error {
		if stores[n]++; n == 1 && stores[n] == 1 {
			close(failed)
			return errDisk
		}
		return nil
	}
	s := scheduler.New(scheduler.Options{
		Dataset: d, RunID: run, Info: llm.Info{Name: "test", Model: "m", Price: gentest.Price, Parallel: 4},
	}, tasksOf(records, send, store, d))
	_, err := s.Run(t.Context())
	if !errors.Is(err, errDisk) || !strings.Contains(err.Error(), "cancelled") {
		t.Errorf("it ended with %v", err)
	}
	if stores[1] != 2 || stores[2] != 1 {
		t.Errorf("stored, by batch: %v", stores)
	}
	l, err := d.Ledger(t.Context(), run)
	if err != nil || l.Requests != 5 || l.Answered != 3 || l.Cost == 0 || l.Reserved == 0 {
		t.Errorf("the ledger says %+v, %v", l, err)
	}
	batches, err := d.Batches(t.Context(), run)
	waiting := slices.DeleteFunc(batches, func(b localdb.BatchRecord) bool { return b.State != localdb.BatchWaiting })
	if err != nil || len(waiting) != 2 {
		t.Errorf("%d batches wait for a resume, %v", len(waiting), err)
	}
}

func TestWhatCannotBeRecordedStaysReserved(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	run, records := newRun(t, d, 1)
	s := scheduler.New(scheduler.Options{
		Dataset: d, RunID: run, Info: llm.Info{Name: "test", Model: "m", Price: gentest.Price, Parallel: 1},
	}, tasksOf(records, func(context.Context, int) error { return nil }, func(int) error { return errDisk }, d))
	if _, err := s.Run(t.Context()); !errors.Is(err, errDisk) {
		t.Errorf("it ended with %v", err)
	}
	l, err := d.Ledger(t.Context(), run)
	if err != nil || l.Answered != 0 || l.Reserved < gentest.Price.Cost(llm.Usage{Prompt: len("Write."), Completion: 100}) {
		t.Errorf("the ledger says %+v, %v", l, err)
	}
	if lost, err := d.LoseInFlight(t.Context(), run); lost != 1 || err != nil {
		t.Errorf("a resume counts %d requests, %v", lost, err)
	}
}

func TestARunEndsWhenNothingIsLeft(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	run, records := newRun(t, d, 20)
	s := scheduler.New(scheduler.Options{
		Dataset: d, RunID: run, Info: llm.Info{Name: "test", Model: "m", Price: gentest.Price, Parallel: 4},
	}, tasksOf(records, func(context.Context, int) error { return nil }, func(int) error { return nil }, d))
	stop, err := s.Run(t.Context())
	if stop != nil || err != nil {
		t.Errorf("it ended with %+v, %v", stop, err)
	}
	if p, err := s.Progress(t.Context()); err != nil || p.Ledger.Answered != 20 || p.InFlight != 0 || p.Retries != 0 {
		t.Errorf("%+v, %v", p, err)
	}
}
