package review

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"seedbed/localdb"
	"seedbed/ui/shell"
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
	r.is("head", r.page.head.counts.Text(), "1 accepted · 5 to review")
	r.is("chip", r.page.filters.chip("social").Text(), "social 2")
	r.press("a")
	r.is("head after A", r.page.head.counts.Text(), "2 accepted · 4 to review")
	r.is("menu", r.page.filters.statusMenu()[2].Label, "Accepted  2")
	r.press("5")
	r.is("chip after 5", r.page.filters.chip("social").Text(), "social 3")
}

// chip is the facet of a category.
func (f *filters) chip(category string) *categoryChip {
	for _, c := range f.categories {
		if c.category == category {
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
		r.is("cursor", r.cursor(), int64(1))
	}
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
