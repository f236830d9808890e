package localdb

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"testing"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/table"
)

func export(t testing.TB, d *Dataset, filter Filter, form exchange.Form) string {
	t.Helper()
	var file bytes.Buffer
	if _, err := d.Export(t.Context(), &file, filter, exchange.WriteOptions{Form: form}); err != nil {
		t.Fatal(err)
	}
	return file.String()
}

// TestRoundTrip imports 100,000 rows and exports them again, in both forms.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	rows := randomRows(100_000, 1)
	for _, form := range []exchange.Form{exchange.ForTraining, exchange.ForExcel} {
		var file bytes.Buffer
		if err := table.WriteCSV(&file, each(rows), exchange.WriteOptions{Form: form}); err != nil {
			t.Fatal(err)
		}
		reading, err := table.ReadCSV(exchange.BytesFile("rows.csv", file.Bytes()), exchange.Options{})
		if err != nil {
			t.Fatal(err)
		}
		d, report, err := Import(t.Context(), filepath.Join(t.TempDir(), "x.seedbed"), nil, reading.Rows(), MergeOptions{})
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		if report.Added != len(rows) {
			t.Errorf("form %d: %+v, %+v", form, report, reading.Tally)
		}
		if got, want := export(t, d, Filter{}, form), file.String(); got != want {
			at := 0
			for at < min(len(got), len(want)) && got[at] == want[at] {
				at++
			}
			t.Errorf("form %d: what comes out is not what went in, from byte %d: %.100q, %.100q", form, at, got[at:], want[at:])
		}
	}
}

func TestExportFiltered(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	add(t, d,
		Message{Text: "one, two", Category: "social", Confidence: 1, LabelledBy: ByFile, Status: Accepted},
		Message{Text: "Three", Category: "social", Confidence: 0.5, LabelledBy: ByFile, Status: Rejected, Source: Real, Conversation: "c"},
		Message{Text: "=four", Status: Accepted},
	)
	for _, c := range []struct {
		filter Filter
		form   exchange.Form
		want   string
	}{
		{Filter{}, exchange.ForTraining, "message,category,confidence\n\"one, two\",social,1.0\nThree,social,0.5\n=four,,\n"},
		{Filter{Statuses: []Status{Accepted}}, exchange.ForExcel, "\xEF\xBB\xBFmessage,category,confidence\r\n\"one, two\",social,1.0\r\n'=four,,\r\n"},
		{Filter{Search: "THREE"}, exchange.ForTraining, "message,category,confidence\nThree,social,0.5\n"},
		{Filter{Categories: []string{"social"}, Statuses: []Status{ToReview, Accepted}}, exchange.ForTraining, "message,category,confidence\n\"one, two\",social,1.0\n"},
		{Filter{IDs: []int64{}}, exchange.ForTraining, "message,category,confidence\n"},
	} {
		if got := export(t, d, c.filter, c.form); got != c.want {
			t.Errorf("%+v: got %q, want %q", c.filter, got, c.want)
		}
		rows := 0
		for _, err := range d.Rows(t.Context(), c.filter) {
			if err != nil {
				t.Fatal(err)
			}
			rows++
		}
		if want := bytes.Count([]byte(c.want), []byte("\n")) - 1; rows != want {
			t.Errorf("%+v: %d rows, want %d", c.filter, rows, want)
		}
	}
	for row, err := range d.Rows(t.Context(), Filter{Search: "three"}) {
		if err != nil || row.Source != "real" || row.Status != "rejected" || row.Conversation != "c" {
			t.Errorf("%+v, %v", row, err)
		}
	}
	for range d.Rows(t.Context(), Filter{}) { //nolint:errcheck // only its end counts
		break // leaves no reader behind: the dataset can be closed
	}
	if got := export(t, newDataset(t), Filter{}, exchange.ForTraining); got != "message,category,confidence\n" {
		t.Errorf("of an empty dataset: %q", got)
	}
}

// TestExportIsOfOneMoment exports while a writer moves messages from one category to
// another, always all of them.
func TestExportIsOfOneMoment(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	if _, err := d.Merge(t.Context(), each(randomRows(3*exportIDs/2, 2)), MergeOptions{}); err != nil {
		t.Fatal(err)
	}
	v, err := d.View(t.Context(), Filter{}, Sort{})
	if err != nil {
		t.Fatal(err)
	}
	ids := v.IDs(0, v.Len())
	if _, err := d.Relabel(t.Context(), ids, "social", ByFile, 1, nil); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stopped, changed := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for i := 0; ctx.Err() == nil; i++ {
			_, _ = d.Relabel(ctx, ids, testCategories[i%3].Name, ByFile, 1, nil)
			select {
			case changed <- struct{}{}:
			default:
			}
		}
	}()
	for range 3 {
		file := export(t, d, Filter{}, exchange.ForTraining)
		found := 0
		for _, c := range testCategories {
			if n := bytes.Count([]byte(file), []byte(","+c.Name+",1.0\n")); n > 0 {
				found++
			}
		}
		if found != 1 {
			t.Errorf("%d categories at one moment", found)
		}
		<-changed
	}
	stop()
	<-stopped
}

type fullDisk struct{ room int }

var errFull = errors.New("the disk is full")

func (f *fullDisk) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestExportStops(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	if _, err := d.Merge(t.Context(), each(randomRows(3*exportIDs/2, 3)), MergeOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Export(t.Context(), &fullDisk{400_000}, Filter{}, exchange.WriteOptions{}); !errors.Is(err, errFull) {
		t.Errorf("onto a full disk: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.Export(ctx, io.Discard, Filter{}, exchange.WriteOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	for _, err := range d.Rows(ctx, Filter{}) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
	}
}
