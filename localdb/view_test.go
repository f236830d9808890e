package localdb

import (
	"cmp"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"seedbed/localdb/rowindex"
)

// expected is which messages a view must show, found the slow way.
func expected(t *testing.T, d *Dataset, f Filter, s Sort) []int64 {
	t.Helper()
	categories, err := d.Categories(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	rank := func(name string) int {
		at := slices.IndexFunc(categories, func(c Category) bool { return c.Name == name })
		if at < 0 {
			return len(categories)
		}
		return at
	}
	messages := all(t, d, f)
	byText := func(a, b string) int {
		a, b = rowindex.Fold(a), rowindex.Fold(b)
		return cmp.Or(cmp.Compare(rowindex.TextKey([]byte(a)), rowindex.TextKey([]byte(b))), cmp.Compare(a, b))
	}
	emptyLast := func(a, b string, compare func(a, b string) int) int {
		if a == "" || b == "" {
			return cmp.Compare(b, a)
		}
		return compare(a, b)
	}
	by := func(s Sort, a, b Message) int {
		switch s.By {
		case ByText:
			return byText(a.Text, b.Text)
		case ByNote:
			return emptyLast(a.Note, b.Note, byText)
		case ByTags:
			return emptyLast(string(a.Tags), string(b.Tags), strings.Compare)
		case ByCategory:
			return cmp.Compare(rank(a.Category), rank(b.Category))
		case ByConfidence:
			confidence := func(m Message) float64 {
				if m.Category == "" {
					return 2
				}
				return m.Confidence
			}
			return cmp.Compare(confidence(a), confidence(b))
		case BySource:
			return cmp.Compare(a.Source, b.Source)
		case ByStatus:
			return cmp.Compare(a.Status, b.Status)
		case ByFlags:
			return cmp.Compare(a.Flags, b.Flags)
		case ByUncertainty:
			doubt := func(m Message) float64 {
				if m.Category == "" {
					return 1
				}
				return m.Uncertainty
			}
			return cmp.Compare(doubt(a), doubt(b))
		}
		return cmp.Compare(a.ID, b.ID)
	}
	slices.SortFunc(messages, func(a, b Message) int {
		for key := &s; ; key = key.Then {
			order := by(*key, a, b)
			if key.Then == nil {
				order = cmp.Or(order, cmp.Compare(a.ID, b.ID))
			}
			if key.Descending {
				order = -order
			}
			if order != 0 || key.Then == nil {
				return order
			}
		}
	})
	var ids []int64
	for _, m := range messages {
		ids = append(ids, m.ID)
	}
	return ids
}

func randomFilter(random *rand.Rand) (f Filter) {
	maybe := func() bool { return random.IntN(3) == 0 }
	if maybe() {
		f.Search = testWords[random.IntN(len(testWords))]
	}
	if maybe() {
		f.Categories = []string{testCategories[random.IntN(3)].Name, testCategories[random.IntN(3)].Name}
	}
	f.Uncategorised = maybe()
	if maybe() {
		f.Statuses = []Status{Status(random.IntN(3))}
	}
	if maybe() {
		f.Sources = []Source{Source(random.IntN(2))}
	}
	if maybe() {
		f.Flags = Flag(random.IntN(16))
	}
	if maybe() {
		f.IDs = []int64{}
		for range 50 {
			f.IDs = append(f.IDs, random.Int64N(100))
		}
	}
	return f
}

// checkViews compares a random view with what it must show.
func checkViews(t *testing.T, d *Dataset, random *rand.Rand) {
	t.Helper()
	filter, sort := randomFilter(random), Sort{By: Column(random.IntN(int(ByTags) + 1)), Descending: random.IntN(2) == 0}
	for n := random.IntN(3); n > 0; n-- {
		next := sort
		sort = Sort{By: Column(random.IntN(int(ByTags) + 1)), Descending: random.IntN(2) == 0, Then: &next}
	}
	v, err := d.View(t.Context(), filter, sort)
	if err != nil {
		t.Fatal(err)
	}
	want := expected(t, d, filter, sort)
	if got := v.IDs(0, v.Len()); !slices.Equal(got, want) {
		t.Fatalf("%+v by %+v shows\n%v\nwant\n%v", filter, sort, got, want)
	}
	if v.Len() == 0 {
		return
	}
	first, n := random.IntN(v.Len()), random.IntN(200)
	rows, err := v.Rows(t.Context(), first, n)
	if err != nil || len(rows) != min(n, v.Len()-first) {
		t.Fatalf("%d rows from %d of %d: got %d, %v", n, first, v.Len(), len(rows), err)
	}
	for i, m := range rows {
		if whole, err := d.Message(t.Context(), want[first+i]); err != nil || m != whole {
			t.Fatalf("row %d is %+v, want %+v, %v", first+i, m, whole, err)
		}
		if at, ok := v.Find(m.ID); !ok || at != first+i || v.ID(at) != m.ID {
			t.Fatalf("message %d is found in row %d, %v, want %d", m.ID, at, ok, first+i)
		}
	}
}

// overOneBlock is more messages than the index has in a block.
const overOneBlock = 4096 + 200

// Views show what they should after any change, and so do facets, over more than one
// block of the index.
func TestViewsAfterChanges(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	d := newDataset(t)
	messages := make([]Message, overOneBlock)
	for i := range messages {
		messages[i] = randomMessage(random)
	}
	ids := add(t, d, messages...)
	changes := 15
	if testing.Short() {
		changes = 2
	}
	for range changes {
		for range 2 {
			checkViews(t, d, random)
		}
		checkFacets(t, d, randomFilter(random))
		some := ids[random.IntN(len(ids)-100):][:1+random.IntN(100)]
		var err error
		switch random.IntN(7) {
		case 0:
			_, err = d.Relabel(t.Context(), some, testCategories[random.IntN(3)].Name, ByPerson, 1, nil)
		case 1:
			err = d.SetText(t.Context(), some[0], randomMessage(random).Text)
		case 2:
			_, err = d.SetStatus(t.Context(), some, Status(random.IntN(3)), nil)
		case 3:
			_, err = d.Delete(t.Context(), some[len(some)/2:], nil)
			ids = slices.DeleteFunc(ids, func(id int64) bool { return slices.Contains(some[len(some)/2:], id) })
		case 4:
			ids = append(ids, add(t, d, randomMessage(random), randomMessage(random))...)
		case 5:
			err = d.SetNote(t.Context(), some[0], randomMessage(random).Note)
		case 6:
			_, err = d.Tag(t.Context(), some, randomMessage(random).Tags, "", nil)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func checkFacets(t *testing.T, d *Dataset, f Filter) {
	t.Helper()
	facets, err := d.Facets(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	want := Facets{Total: len(all(t, d, f)), Categories: map[string]int{"": 0}, Flags: map[Flag]int{}}
	free := f
	free.Categories, free.Uncategorised = nil, false
	for _, c := range testCategories {
		want.Categories[c.Name] = 0
	}
	for _, m := range all(t, d, free) {
		want.Categories[m.Category]++
	}
	free = f
	free.Statuses = nil
	for _, m := range all(t, d, free) {
		want.Statuses[m.Status]++
	}
	free = f
	free.Sources = nil
	for _, m := range all(t, d, free) {
		want.Sources[m.Source]++
	}
	free = f
	free.Flags = 0
	for _, flag := range AllFlags {
		want.Flags[flag] = 0
		for _, m := range all(t, d, free) {
			if m.Flags&flag != 0 {
				want.Flags[flag]++
			}
		}
	}
	if facets.Total != want.Total || facets.Statuses != want.Statuses || facets.Sources != want.Sources ||
		!maps.Equal(facets.Categories, want.Categories) || !maps.Equal(facets.Flags, want.Flags) {
		t.Fatalf("facets of %+v are\n%+v, want\n%+v", f, facets, want)
	}
}

func TestCounts(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	add(t, d,
		Message{Text: "a", Category: "social", Confidence: 1, Status: Accepted},
		Message{Text: "b", Category: "social", Confidence: 1, Source: Real, Flags: NearDuplicate | TwoCategories},
		Message{Text: "c", Flags: NearDuplicate})
	counts, err := d.Counts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	social := counts.ByCategory["social"]
	got := []int{
		counts.Total, social.Total(), social.Status(Accepted), social.Source(Real), counts.ByCategory[""].Total(),
		counts.ByCategory["chitchat"].Total(), counts.All().Status(ToReview), counts.Flags[NearDuplicate], counts.Flags[Mislabelled],
	}
	if want := []int{3, 2, 1, 1, 1, 0, 2, 2, 0}; !slices.Equal(got, want) {
		t.Fatalf("got %v, want %v", got, want)
	}
}

func TestSearch(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	add(t, d, textsOf("Café au lait", "cafe", "CAFE\u0301 noir", "İstanbul", "istanbul", "Straße", "STRASSE", "ΟΔΥΣΣΕΥΣ", "漢字かな", "漢", "a\x00b", "\xff broken", "naïve 👩‍🚀")...)
	for search, want := range map[string][]string{
		"café":      {"Café au lait", "CAFE\u0301 noir"},
		"CAFE":      {"cafe"},
		"İSTANBUL":  {"İstanbul", "istanbul"},
		"istanbul":  {"İstanbul", "istanbul"},
		"strasse":   {"Straße", "STRASSE"},
		"straße":    {"Straße", "STRASSE"},
		"οδυσσευς":  {"ΟΔΥΣΣΕΥΣ"},
		"漢":         {"漢字かな", "漢"},
		"字か":        {"漢字かな"},
		"👩‍🚀":       {"naïve 👩‍🚀"},
		"lait cafe": {},
	} {
		if got := view(t, d, Filter{Search: search}, Sort{}); !slices.Equal(got, want) {
			t.Errorf("%q finds %q, want %q", search, got, want)
		}
	}
}

func TestSortByText(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	sorted := []string{"…and then", "apple", "Apple pie", "Éclair", "eclairs", "«Zebra»", "漢字"}
	shuffled := slices.Clone(sorted)
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	add(t, d, textsOf(shuffled...)...)
	if got := view(t, d, Filter{}, Sort{By: ByText}); !slices.Equal(got, sorted) {
		t.Fatalf("got %q, want %q", got, sorted)
	}
}

func TestQueues(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	add(t, d,
		Message{Text: "sure", Category: "social", Confidence: 1, Uncertainty: 0.1},
		Message{Text: "doubtful", Category: "social", Confidence: 1, Uncertainty: 0.9},
		Message{Text: "settled", Category: "social", Confidence: 1, Uncertainty: 0.95, Status: Accepted},
		Message{Text: "unlabelled"})
	if got, want := view(t, d, Filter{Queue: Queue{Kind: MostUncertain}}, Sort{}), []string{"unlabelled", "doubtful", "sure"}; !slices.Equal(got, want) {
		t.Fatalf("most doubtful first: %q, want %q", got, want)
	}

	d = newDataset(t)
	random := rand.New(rand.NewPCG(1, 2))
	messages := make([]Message, 500)
	for i := range messages {
		messages[i] = randomMessage(random)
	}
	add(t, d, messages...)
	sample := func(seed uint64) []Message {
		v, err := d.View(t.Context(), Filter{Queue: Queue{Kind: SampleOfEach, PerCategory: 10, Seed: seed}}, Sort{})
		if err != nil {
			t.Fatal(err)
		}
		rows, err := v.Rows(t.Context(), 0, v.Len())
		if err != nil {
			t.Fatal(err)
		}
		return rows
	}
	first := sample(1)
	var order []string
	var ids []int64
	for _, m := range first {
		order = append(order, m.Category)
		ids = append(ids, m.ID)
	}
	if want := strings.Split(strings.Repeat("rag_query,", 10)+strings.Repeat("social,", 10)+strings.Repeat("chitchat,", 10)+strings.Repeat(",", 9), ","); !slices.Equal(order, want) {
		t.Fatalf("a sample of 10 each has the categories %q", order)
	}
	if slices.Equal(sample(2), first) {
		t.Fatal("another seed draws the same sample")
	}
	if _, err := d.SetStatus(t.Context(), ids, Rejected, nil); err != nil {
		t.Fatal(err)
	}
	for i, m := range sample(1) {
		if m.ID != ids[i] {
			t.Fatal("reviewing changed the sample")
		}
	}
}
