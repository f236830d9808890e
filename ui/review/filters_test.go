package review

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
)

func TestReviewFilters(t *testing.T) {
	r := open(t, six()...)
	r.press("/")
	if r.Canvas().Focused() != fyne.Focusable(r.page.filters.search) {
		t.Fatal("/ does not go to the search field")
	}
	for _, letter := range "MANAGER" {
		r.press(string(letter))
	}
	r.is("search", r.listed(), "3 6")
	r.is("cursor, whose message is not listed", r.cursor(), int64(3))
	r.press(string(fyne.KeyEscape))
	r.is("after Escape", r.listed(), "1 2 3 4 5 6")
	if r.Canvas().Focused() != fyne.Focusable(r.page.grid) {
		t.Fatal("Escape does not go back to the list")
	}

	for _, c := range []struct {
		name   string
		choose func(f *filters)
		want   string
	}{
		{"one category", func(f *filters) { f.chip("social").Tapped(nil) }, "3 6"},
		{"two categories", func(f *filters) { f.chip("learning").Tapped(nil) }, "3 4 6"},
		{"one again", func(f *filters) { f.chip("social").Tapped(nil) }, "4"},
		{"cleared", func(f *filters) { f.reset.Tapped(nil) }, "1 2 3 4 5 6"},
		{"no category", func(f *filters) { f.chip("").Tapped(nil) }, "5"},
		{"status", func(f *filters) { f.clear(); pick(f.statusMenu(), "Accepted") }, "2"},
		{"source", func(f *filters) { f.clear(); pick(f.sourceMenu(), "real") }, "4 5"},
		{"flag", func(f *filters) { f.clear(); pick(f.flagMenu(), "near-duplicate") }, "6"},
		{"any flag", func(f *filters) { pick(f.flagMenu(), "Flagged") }, "4 6"},
		{"sample of each", func(f *filters) { f.clear(); pick(f.queueMenu(), "A sample") }, "1 2 4 3 6 5"},
	} {
		c.choose(r.page.filters)
		r.Settle()
		r.is("list under "+c.name, r.listed(), c.want)
	}
}

func TestReviewQueueOfDoubtful(t *testing.T) {
	r := open(t, six()...)
	pick(r.page.filters.queueMenu(), "Most doubtful")
	r.Settle()
	if !strings.HasPrefix(r.listed(), "5 4 ") || strings.Contains(r.listed(), "2") {
		t.Errorf("the list is %s, want what has no category and the suspect first, and nothing accepted", r.listed())
	}
	r.page.grid.OnSort("number", false)
	r.Settle()
	r.is("list sorted, which leaves the queue", r.listed(), "1 2 3 4 5 6")
}

func TestReviewCounts(t *testing.T) {
	r := open(t, six()...)
	r.is("head", r.page.head.counts.Text(), "1 accepted · 0 rejected · 5 to review")
	r.is("chip", r.page.filters.chip("social").Text(), "Social circle 2")
	r.press("a")
	r.is("head after A", r.page.head.counts.Text(), "2 accepted · 0 rejected · 4 to review")
	r.is("menu", r.page.filters.statusMenu()[2].Label, "Accepted  2")
	r.press("5")
	r.is("chip after 5", r.page.filters.chip("social").Text(), "Social circle 3")
}

// chip is the facet of a category.
func (f *filters) chip(category string) *categoryChip {
	for _, c := range f.categories {
		if c.category.Name == category {
			return c
		}
	}
	return nil
}

// pick takes the choice that begins so.
func pick(items []*fyne.MenuItem, label string) {
	for _, item := range items {
		if strings.HasPrefix(item.Label, label) {
			item.Action()
		}
	}
}

func TestReviewListStaysUntilAsked(t *testing.T) {
	r := open(t, six()...)
	pick(r.page.filters.statusMenu(), "To review")
	r.Settle()
	r.press("a", "a")
	r.is("list", r.listed(), "1 3 4 5 6")
	r.is("cursor", r.cursor(), int64(4))
	if !r.page.filters.renew.Visible() {
		t.Error("nothing says that the list is not what the filter says any more")
	}
	r.press(string(fyne.KeyF5))
	r.is("list after F5", r.listed(), "4 5 6")
	r.is("cursor after F5", r.cursor(), int64(4))
	if r.page.filters.renew.Visible() {
		t.Error("the list is new, but the page offers to refresh it")
	}
}

func TestReviewSort(t *testing.T) {
	r := open(t, six()...)
	for _, c := range []struct{ column, want string }{
		{"number", "6 5 4 3 2 1"},
		{"confidence", "4 1 2 3 6 5"},
		{"category", "1 2 4 3 6 5"},
		{"status", "1 3 4 5 6 2"},
		{"number", "1 2 3 4 5 6"},
	} {
		r.page.grid.OnSort(c.column, false)
		r.Settle()
		r.is("order by "+c.column, r.listed(), c.want)
		r.is("cursor, at the first message as before", fmt.Sprint(r.cursor()), c.want[:1])
	}
	r.press(string(fyne.KeyDown))
	r.page.grid.OnSort("category", false)
	r.Settle()
	r.is("cursor, on the message that it was on", r.cursor(), int64(2))
	r.page.grid.OnSort("confidence", true)
	r.Settle()
	r.is("order by category and confidence", r.listed(), "1 2 4 3 6 5")
	r.page.grid.OnSort("category", true)
	r.Settle()
	r.is("order by category, descending, and confidence", r.listed(), "5 3 6 4 2 1")
}

// A key that labels moves on, whatever was done before and however many are selected, and
// undo brings cursor and selection back.
func TestReviewMovesOn(t *testing.T) {
	r := open(t, six()...)
	r.shortcut(&fyne.ShortcutRedo{}) // nothing to redo
	r.press("a")
	r.is("cursor after a redo of nothing", r.cursor(), int64(2))
	r.page.grid.TypedRune('x') // the next key comes before the change is made
	r.page.grid.TypedRune('2')
	r.Settle()
	r.is("cursor after rapid keys", r.cursor(), int64(4))
	r.is("status", r.message(2).Status, localdb.Rejected)
	r.is("category", r.message(3).Category, "professional")
	r.Undo()
	r.Settle()
	r.is("cursor after undo", r.cursor(), int64(3))
	r.page.grid.SelectRows([]int{1, 2})
	r.press("x")
	r.is("cursor after a key for two", r.cursor(), int64(4))
	r.is("selected then", r.page.grid.SelectedCount(), 1)
	r.Undo()
	r.Settle()
	r.is("cursor after its undo", r.cursor(), int64(3))
	r.is("selected after its undo", r.page.grid.SelectedCount(), 2)
	r.shortcut(&fyne.ShortcutRedo{})
	r.is("selected after redo", r.page.grid.SelectedCount(), 2)
	r.press(string(fyne.KeyEnd), "a")
	r.is("cursor at the end", r.cursor(), int64(6))
	r.Sees("That was the last message of the list.")
}

// Reading is the job: of a long message, this many characters are visible.
func TestMessagesCanBeRead(t *testing.T) {
	const prose = "I have run a field service team for six years and want to know what the next step could be "
	for _, c := range []struct {
		size        fyne.Size
		with, apart int // the least with the side panel, and without it
	}{
		{fyne.NewSize(1366, 768), 190, 330},
		{fyne.NewSize(1280, 800), 150, 290},
		{fyne.NewSize(1024, 640), 90, 190},
	} {
		r := open(t, shelltest.Messages(640)...)
		r.Fyne.Resize(c.size)
		r.Settle()
		for _, least := range []int{c.with, c.apart} {
			room, text, n := r.page.grid.ShownWidth("text")-20, strings.Repeat(prose, 4), 0
			for fyne.MeasureText(text[:n+1], 14, fyne.TextStyle{}).Width <= room {
				n++
			}
			visible := n * shownLines(r.Settings)
			t.Logf("%v, side panel %v: %d characters in a line, %d in a row", c.size, r.page.side.open, n, visible)
			if visible < least {
				t.Errorf("%v, side panel %v: %d characters are visible, want %d", c.size, r.page.side.open, visible, least)
			}
			r.page.togglePanel()
			r.Settle()
		}
	}
}

// Columns that tell nothing take no room until a person asks for them.
func TestReviewColumnsOfOneValueAreLeftOut(t *testing.T) {
	r := open(t, shelltest.Messages(20)...)
	for _, id := range []string{"source", "flags", "tags", "note"} {
		r.is(id, r.page.grid.ShownWidth(id), float32(0))
	}
	pick(r.page.columnMenu(), "Source (the same everywhere)")
	if r.page.grid.ShownWidth("source") == 0 {
		t.Error("a column that was asked for does not show")
	}
	pick(r.page.columnMenu(), "All lines")
	r.is("lines", shownLines(r.Settings), 0)
	pick(r.page.columnMenu(), "Reset columns")
	r.is("source after the reset", r.page.grid.ShownWidth("source"), float32(0))
}

func TestReviewColumnsAreRemembered(t *testing.T) {
	r := open(t, six()...)
	columns := r.page.grid.Columns()
	columns[3].Width = 210
	r.page.grid.SetColumns(columns)
	r.page.grid.OnColumns()
	again := newPage(r.Window.Window)
	again.content()
	r.is("width", again.grid.Columns()[3].Width, float32(210))
}

func TestReviewGoThereThroughFilters(t *testing.T) {
	r := open(t, six()...)
	r.page.filters.set(localdb.Filter{Flags: localdb.NearDuplicate})
	r.Settle()
	r.page.goTo(3)
	r.Settle()
	r.is("list", r.listed(), "1 2 3 4 5 6")
	r.is("cursor", r.cursor(), int64(3))
}

func TestReviewNothingMatches(t *testing.T) {
	r := open(t, six()...)
	r.page.filters.search.SetText("no such words")
	r.Settle()
	if !r.page.nothing.unmatched.Visible() {
		t.Fatal("an empty list does not say why")
	}
	tapText(t, r.page.nothing.object, "Clear filters")
	r.Settle()
	r.is("list", r.listed(), "1 2 3 4 5 6")
	r.is("search field", r.page.filters.search.Text, "")
}

func TestReviewUnderFilterFromElsewhere(t *testing.T) {
	r := open(t, six()...)
	r.Visit(shell.Overview)
	r.Review(localdb.Filter{Flags: localdb.Mislabelled}, 0)
	r.Settle()
	r.is("list", r.listed(), "4")
}

func TestReviewNamesWhatBelongsNowhere(t *testing.T) {
	messages := six()
	messages[1].Flags |= localdb.OutOfScope
	r := open(t, messages...)
	pick(r.page.filters.flagMenu(), "belongs nowhere?")
	r.Settle()
	r.is("list", r.listed(), "2")
	r.Sees("belongs nowhere?", "It is unlike the messages of every category")
	r.press(categoryKey(r, r.message(2).Category))
	if m := r.message(2); m.Flags&localdb.OutOfScope != 0 || m.LabelledBy != localdb.ByPerson {
		t.Errorf("settled, it is %+v", m)
	}
}

// categoryKey is the key of a category.
func categoryKey(r *window, name string) string { return r.Category(name).Key }
