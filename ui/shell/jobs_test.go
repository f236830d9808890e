package shell_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
)

// pageThatCountsUndos is an empty page that counts what was undone.
func pageThatCountsUndos(undone *int) func(*shell.Window) *shell.Page {
	return func(*shell.Window) *shell.Page {
		return &shell.Page{
			ID: shell.Review, Content: func() fyne.CanvasObject { return &fyne.Container{} },
			Load: func() {}, Undone: func() { *undone++ },
		}
	}
}

func TestChangesAreMadeInTheOrderOfTheKeys(t *testing.T) {
	undone := 0
	w := shelltest.NewWithPage(t, pageThatCountsUndos(&undone))
	w.Open(shelltest.Messages(3)...)
	w.Visit(shell.Review)
	w.InParallel()
	data := w.Dataset()
	gate := make(chan struct{})
	reject := func(id int64) {
		w.Change("Reviewing", "Nothing was changed", func(ctx context.Context, _ localdb.Report) error {
			<-gate
			_, err := data.SetStatus(ctx, []int64{id}, localdb.Rejected, nil)
			return err
		}, func(error) {})
	}
	reject(1)
	reject(2)
	w.Undo() // of the second
	reject(3)
	close(gate)
	w.Until("all changes are made", func() bool {
		return undone == 1 && w.Count(localdb.Filter{Statuses: []localdb.Status{localdb.Rejected}}) == 2
	})
	var rejected []int64
	for m, err := range data.Messages(context.Background(), localdb.Filter{Statuses: []localdb.Status{localdb.Rejected}}) {
		if err != nil {
			t.Fatal(err)
		}
		rejected = append(rejected, m.ID)
	}
	if !slices.Equal(rejected, []int64{1, 3}) {
		t.Errorf("rejected are %v", rejected)
	}
}

func TestClosingMakesTheChangesThatWait(t *testing.T) {
	w := shelltest.NewWithPage(t, pageThatCountsUndos(new(int)))
	w.Open(shelltest.Messages(3)...)
	path, data := w.Dataset().Path(), w.Dataset()
	w.InParallel()
	gate := make(chan struct{})
	for id := range int64(3) {
		w.Change("Deleting", "Nothing was changed", func(ctx context.Context, _ localdb.Report) error {
			<-gate
			_, err := data.Delete(ctx, []int64{id + 1}, nil)
			return err
		}, func(error) { t.Error("a closed dataset has news") })
	}
	w.CloseDataset()
	close(gate)
	w.OpenDataset(path)
	w.Until("the dataset is open again", func() bool { return w.Dataset() != nil })
	if n := w.Count(localdb.Filter{}); n != 0 {
		t.Errorf("%d messages were not deleted", n)
	}
}

func TestClosingCancelsWhatIsOnlyRead(t *testing.T) {
	w := shelltest.NewWithPage(t, pageThatCountsUndos(new(int)))
	w.Open()
	path := w.Dataset().Path()
	w.InParallel()
	ended := make(chan error, 1)
	w.Jobs.RunSilently(func(ctx context.Context) error {
		<-ctx.Done() // a reading that takes long
		ended <- ctx.Err()
		return ctx.Err()
	}, func(error) { t.Error("a closed dataset has news") })
	w.CloseDataset()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
	w.OpenDataset(path)
	w.Until("the dataset is open again", func() bool { return w.Dataset() != nil })
	read := false
	w.Jobs.RunSilently(func(ctx context.Context) error { return ctx.Err() }, func(err error) { read = err == nil })
	w.Until("the next dataset is read", func() bool { return read })
}

func TestALoaderReadsOnceMore(t *testing.T) {
	w := shelltest.NewWithPage(t, pageThatCountsUndos(new(int)))
	w.Open()
	w.InParallel()
	asked, gate := 0, make(chan struct{})
	var shown []int
	l := shell.NewLoader(w.Window, "", func() func(context.Context) (int, error) {
		asked++
		n := asked
		return func(context.Context) (int, error) {
			<-gate
			return n, nil
		}
	}, func(n int) { shown = append(shown, n) })
	for range 5 {
		l.Load()
	}
	if !l.Pending() {
		t.Error("what was asked meanwhile is forgotten")
	}
	close(gate)
	w.Until("it is read twice", func() bool { return len(shown) == 2 })
	if asked != 2 || !slices.Equal(shown, []int{1, 2}) {
		t.Errorf("asked %d times, shown %v", asked, shown)
	}
}
