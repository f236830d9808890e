package localdb

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"seedbed/assets/i18n"
)

// The first view of a dataset that was just opened shows its beginning before the
// rest is read, and is right about all of it afterwards.
func TestFirstRowsComeFirst(t *testing.T) {
	t.Parallel()
	for _, descending := range []bool{false, true} {
		t.Run(fmt.Sprint("descending ", descending), func(t *testing.T) {
			d := newDataset(t)
			ids := add(t, d, textsOf(strings.Split(strings.Repeat("text,", 999)+"text", ",")...)...)
			if _, err := d.Delete(t.Context(), ids[:10], nil); err != nil {
				t.Fatal(err)
			}
			d = reopen(t, d)
			want := expected(t, d, Filter{}, Sort{Descending: descending})
			v, err := d.View(t.Context(), Filter{}, Sort{Descending: descending})
			if err != nil || v.Len() != 990 {
				t.Fatalf("%d messages, %v", v.Len(), err)
			}
			for _, first := range []int{0, 900} {
				rows, err := v.Rows(t.Context(), first, 90)
				if err != nil {
					t.Fatal(err)
				}
				for i, m := range rows {
					if m.ID != want[first+i] {
						t.Fatalf("row %d is message %d, want %d", first+i, m.ID, want[first+i])
					}
				}
			}
		})
	}
}

// A change shows in a view that is there already; which messages it has stays.
func TestAViewShowsChanges(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ids := add(t, d, textsOf("a", "b", "c")...)
	v, err := d.View(t.Context(), Filter{Statuses: []Status{ToReview}}, Sort{})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"B", "BB"} {
		if err := d.SetText(t.Context(), ids[1], text); err != nil {
			t.Fatal(err)
		}
		if _, err := d.SetStatus(t.Context(), ids[1:2], Accepted, nil); err != nil {
			t.Fatal(err)
		}
		rows, err := v.Rows(t.Context(), 0, 10)
		if err != nil || len(rows) != 3 || rows[1].Text != text || rows[1].Status != Accepted {
			t.Fatalf("got %v, %v", rows, err)
		}
	}
}

// What a caller does with the rows it got changes nobody else's.
func TestRowsAreTheCallers(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	add(t, d, textsOf("a", "b", "c")...)
	v, err := d.View(t.Context(), Filter{}, Sort{})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		rows, err := v.Rows(t.Context(), 0, 3)
		if err != nil || len(rows) != 3 || rows[0].Text != "a" {
			t.Fatalf("got %v, %v", rows, err)
		}
		rows[0].Text = "mine"
		_ = append(rows[:1], Message{Text: "mine"})
	}
}

// What the cache has can be looked at without reading; loading says what changed.
func TestCachedRows(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ids := add(t, d, textsOf(strings.Split(strings.Repeat("text,", 2*pageRows)+"text", ",")...)...)
	if _, err := d.Counts(t.Context()); err != nil { // so that the index is there, and the view loads nothing by itself
		t.Fatal(err)
	}
	v, err := d.View(t.Context(), Filter{}, Sort{})
	if err != nil {
		t.Fatal(err)
	}
	if m, ok := v.Cached(0); ok || v.Current(0, 1) {
		t.Fatalf("before anything is loaded it has %v", m)
	}
	if changed, err := v.Load(t.Context(), pageRows-1, pageRows+1); err != nil || len(changed) > 0 {
		t.Fatalf("the first loading changed %v, %v", changed, err)
	}
	for row, want := range map[int]bool{-1: false, 0: true, 2*pageRows - 1: true, 2 * pageRows: false, 1 << 40: false} {
		if m, ok := v.Cached(row); ok != want || ok && m.ID != ids[row] {
			t.Errorf("row %d is %v, %v", row, m, ok)
		}
	}
	if !v.Current(0, 2*pageRows) || v.Current(0, 2*pageRows+1) || !v.Current(-5, 1) || !v.Current(7, 7) {
		t.Error("it is wrong about which rows are loaded")
	}
	if _, err := d.SetStatus(t.Context(), []int64{ids[3], ids[pageRows]}, Accepted, nil); err != nil {
		t.Fatal(err)
	}
	if m, ok := v.Cached(3); !ok || m.Status != ToReview || v.Current(3, 4) {
		t.Errorf("after a change and before loading, row 3 is %v, %v", m, ok)
	}
	if changed, err := v.Load(t.Context(), 0, v.Len()); err != nil || !slices.Equal(changed, []int{3, pageRows}) {
		t.Errorf("loading changed %v, %v", changed, err)
	}
	if m, ok := v.Cached(3); !ok || m.Status != Accepted || !v.Current(0, v.Len()) {
		t.Errorf("after loading, row 3 is %v, %v", m, ok)
	}
	if changed, err := v.Load(t.Context(), v.Len(), v.Len()+5); err != nil || changed != nil {
		t.Errorf("loading nothing changed %v, %v", changed, err)
	}
}

// Reading, searching and changing at the same time: what the race detector watches.
func TestReadingWhileWriting(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	written := make(chan error)
	go func() {
		random := rand.New(rand.NewPCG(1, 2))
		for range 100 {
			ids, err := d.Add(t.Context(), i18n.T("Add"), []Message{randomMessage(random), randomMessage(random)})
			if err == nil {
				_, err = d.Relabel(t.Context(), ids, "social", ByPerson, 1, nil)
			}
			if err != nil {
				written <- err
				return
			}
		}
		written <- nil
	}()
	random := rand.New(rand.NewPCG(3, 4))
	for {
		select {
		case err := <-written:
			if err != nil {
				t.Fatal(err)
			}
			checkViews(t, d, random)
			return
		default:
			v, err := d.View(t.Context(), Filter{}, Sort{By: Column(random.IntN(int(ByUncertainty) + 1))})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := v.Load(t.Context(), 0, 50); err != nil {
				t.Fatal(err)
			}
			v.Cached(10)
			v.Current(0, 50)
			if _, err := d.Facets(t.Context(), Filter{Search: "a"}); err != nil {
				t.Fatal(err)
			}
		}
	}
}
