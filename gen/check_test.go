package gen

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"seedbed/assets/i18n"
	"seedbed/gen/intent"
	"seedbed/localdb"
)

// fill fills a dataset with messages of the built-in writer, so many of each category.
func fill(t testing.TB, d *localdb.Dataset, each int) []localdb.Message {
	t.Helper()
	plan := DefaultPlan()
	for i := range plan.Counts {
		plan.Counts[i].Messages = each
	}
	if _, err := Generate(t.Context(), Job{Dataset: d, Writer: builtin(t), Plan: plan}); err != nil {
		t.Fatal(err)
	}
	return messages(t, d)
}

// plainly fills a dataset with messages that any reader can tell apart.
func plainly(t testing.TB, d *localdb.Dataset, each int) []localdb.Message {
	t.Helper()
	subjects := map[string]string{
		"rag_query": "what is a notice period pension scheme statutory leave contract clause", "professional": "my shift the warehouse team lead years as a nurse welder",
		"psychological": "I am shy stubborn by nature a perfectionist value freedom", "learning": "flash cards video lessons practice exam course revision",
		"social": "my manager colleague mentor friends neighbours network", "emotional": "anxious crying furious relieved ashamed lonely",
		"aspirational": "one day dream goal hope to become own bakery", "chitchat": "hello thanks bye lol weather how are you",
	}
	random := rand.New(rand.NewPCG(3, 3))
	filler := strings.Fields("and so then today with for about maybe really again just because when still also very only now")
	var list []localdb.Message
	for _, c := range Categories("en") {
		words := strings.Fields(subjects[c.Name])
		for range each {
			var text []string
			for range 5 + random.IntN(4) {
				text = append(text, words[random.IntN(len(words))], filler[random.IntN(len(filler))])
			}
			list = append(list, localdb.Message{Text: strings.Join(text, " "), Category: c.Name, Confidence: 1, LabelledBy: localdb.ByWriter})
		}
	}
	if _, err := d.Add(t.Context(), i18n.T("Add messages"), list); err != nil {
		t.Fatal(err)
	}
	return messages(t, d)
}

func check(t testing.TB, d *localdb.Dataset) Checked {
	t.Helper()
	c, err := CheckDataset(t.Context(), d, CheckOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// mislabel gives some messages another category than they have, and returns which.
func mislabel(t testing.TB, d *localdb.Dataset, list []localdb.Message, n int) map[int64]bool {
	t.Helper()
	random := rand.New(rand.NewPCG(7, 7))
	wrong := map[int64]bool{}
	for _, at := range random.Perm(len(list))[:n] {
		m := list[at]
		other := list[random.IntN(len(list))].Category
		for other == m.Category {
			other = list[random.IntN(len(list))].Category
		}
		if _, err := d.Relabel(t.Context(), []int64{m.ID}, other, localdb.ByFile, 1); err != nil {
			t.Fatal(err)
		}
		wrong[m.ID] = true
	}
	return wrong
}

func TestPlantedWrongLabelsAreFlagged(t *testing.T) {
	d := newDataset(t)
	list := plainly(t, d, 40)
	planted := mislabel(t, d, list, len(list)/20)
	before := messages(t, d)
	title, _, _ := d.CanUndo(t.Context())

	var told []int
	c, err := CheckDataset(t.Context(), d, CheckOptions{Progress: func(done, all int) { told = append(told, done, all) }})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(told); n < 2 || told[n-2] != told[n-1] {
		t.Errorf("its progress was %v", told)
	}
	flagged, found := 0, 0
	for i, m := range messages(t, d) {
		if m.Category != before[i].Category || m.LabelledBy != before[i].LabelledBy || m.Text != before[i].Text {
			t.Fatalf("the check changed %+v to %+v", before[i], m)
		}
		if m.Flags&localdb.Mislabelled == 0 {
			continue
		}
		flagged++
		if m.Predicted == "" || m.Predicted == m.Category || m.PredictedScore == 0 || m.Uncertainty <= 0.5 {
			t.Errorf("a suspect without a reason: %+v", m)
		}
		if planted[m.ID] {
			found++
		}
	}
	if flagged != c.Suspect || c.Of != len(list) {
		t.Errorf("%d are flagged, the check says %d of %d", flagged, c.Suspect, c.Of)
	}
	if found*10 < len(planted)*8 || found*10 < flagged*8 {
		t.Errorf("of %d planted, %d are among the %d suspects", len(planted), found, flagged)
	}
	if after, _, _ := d.CanUndo(t.Context()); after.String() != title.String() {
		t.Errorf("the check can be undone: %q", after)
	}
}

func TestACheckIsKept(t *testing.T) {
	d := newDataset(t)
	ctx := t.Context()
	if last, err := LastCheck(ctx, d); last != nil || err != nil {
		t.Fatalf("before any check: %+v, %v", last, err)
	}
	plainly(t, d, 20)
	first, second := check(t, d), check(t, d)
	history, err := Checks(ctx, d)
	if err != nil || len(history) != 2 || history[0].ID != second.ID || history[1].ID != first.ID {
		t.Fatalf("the history is %+v, %v", history, err)
	}
	last := history[0]
	if last.Headline != first.Headline || last.When.IsZero() || last.Took <= 0 || len(last.Categories) != 8 || last.Trained != 128 {
		t.Errorf("it is kept as %+v", last)
	}
	if c := last.CrossValidated; c.Low >= c.Accuracy || c.High < c.Accuracy || c.Messages != 160 {
		t.Errorf("its interval is %+v", c)
	}
	report, err := last.Report(ctx, d)
	if err != nil || report.Messages != 160 || !slices.Equal(report.Categories, last.Categories) {
		t.Errorf("its report is %+v, %v", report, err)
	}
}

func TestTheHeadlineIsOfRealMessages(t *testing.T) {
	d := newDataset(t)
	ctx := t.Context()
	list := plainly(t, d, 40)
	real := asReal(t, d, list, 4)
	c := check(t, d)
	if c.SyntheticToReal == nil || c.Headline != *c.SyntheticToReal || c.Headline.Messages != len(real) || c.Gap.IsZero() {
		t.Fatalf("the headline is %+v, the gap %q", c.Headline, c.Gap)
	}
	if _, err := LockTest(ctx, d); err != nil {
		t.Fatal(err)
	}
	locked, err := LockedTest(ctx, d)
	if err != nil || len(locked) < len(real)/6 || len(locked) > len(real)/4 {
		t.Fatalf("%d of %d real messages are locked, %v", len(locked), len(real), err)
	}
	for _, id := range locked {
		if !real[id] {
			t.Errorf("message %d is locked and synthetic", id)
		}
	}
	c = check(t, d)
	if c.Locked == nil || c.Headline != *c.Locked || c.Headline.Messages != len(locked) || c.Trained != len(list)-len(locked) {
		t.Errorf("the headline is %+v, trained on %d", c.Headline, c.Trained)
	}
	report, err := c.Report(ctx, d)
	if err != nil || report.Messages != len(locked) || report.Accuracy != c.Headline.Accuracy {
		t.Errorf("its report is of %d messages, %v", report.Messages, err)
	}
	if err := UnlockTest(ctx, d); err != nil {
		t.Fatal(err)
	}
	if c := check(t, d); c.Locked != nil {
		t.Errorf("unlocked, the headline is %+v", c.Headline)
	}
}

// asReal makes every nth message a real one.
func asReal(t testing.TB, d *localdb.Dataset, list []localdb.Message, nth int) map[int64]bool {
	t.Helper()
	ids := map[int64]bool{}
	var gone []int64
	var real []localdb.Message
	for i := 0; i < len(list); i += nth {
		m := list[i]
		gone = append(gone, m.ID)
		real = append(real, localdb.Message{Text: m.Text, Category: m.Category, Confidence: 1, LabelledBy: localdb.ByPerson, Source: localdb.Real})
	}
	if _, err := d.Delete(t.Context(), gone); err != nil {
		t.Fatal(err)
	}
	added, err := d.Add(t.Context(), i18n.T("Merge"), real)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range added {
		ids[id] = true
	}
	return ids
}

func TestACheckThatCannotBe(t *testing.T) {
	d := newDataset(t)
	if _, err := CheckDataset(t.Context(), d, CheckOptions{}); !errors.Is(err, intent.ErrFewCategories) {
		t.Errorf("of nothing: %v", err)
	}
	plainly(t, d, 20)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := CheckDataset(ctx, d, CheckOptions{Progress: func(int, int) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if last, err := LastCheck(t.Context(), d); last != nil || err != nil {
		t.Errorf("stopped, it left %+v, %v", last, err)
	}
	if flagged := messagesOf(t, d, localdb.Filter{Flags: localdb.Mislabelled}); len(flagged) > 0 {
		t.Errorf("stopped, it flagged %+v", flagged)
	}
}

// messagesOf are the messages that a filter picks.
func messagesOf(t testing.TB, d *localdb.Dataset, filter localdb.Filter) []localdb.Message {
	t.Helper()
	var list []localdb.Message
	for m, err := range d.Messages(context.Background(), filter) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, m)
	}
	return list
}

func TestGaugesSayWhatTheyAreOf(t *testing.T) {
	d := newDataset(t)
	ctx := t.Context()
	list := fill(t, d, 20)
	passages, err := d.AddPassages(ctx, []localdb.Passage{{Text: "one"}, {Text: "two"}})
	if err != nil {
		t.Fatal(err)
	}
	copies := []localdb.Message{
		{Text: list[0].Text, Category: list[0].Category, Confidence: 1, PassageID: passages[0]},
		{Text: strings.ToUpper(list[1].Text) + "!", Category: list[1].Category, Confidence: 1, Status: localdb.Accepted},
		{Text: list[2].Text + " so", Category: list[2].Category, Confidence: 1},
	}
	for range 12 { // what real people say again and again
		copies = append(copies, localdb.Message{Text: "hello there my friend", Category: "chitchat", Confidence: 1, Source: localdb.Real})
	}
	if _, err := d.Add(ctx, i18n.T("Add"), copies); err != nil {
		t.Fatal(err)
	}
	g := check(t, d).Gauges
	n := len(list) + len(copies)
	if g.Duplicates.N != n || g.Duplicates.Value != 13.0/float64(n) {
		t.Errorf("duplicates: %+v", g.Duplicates)
	}
	if g.NearDuplicates.Value < g.Duplicates.Value || g.NearDuplicates.Value > 14.0/float64(n) {
		t.Errorf("near-duplicates: %+v", g.NearDuplicates)
	}
	if want := (intent.Gauge{Value: 0.5, N: 2}); g.Coverage != want {
		t.Errorf("coverage: %+v", g.Coverage)
	}
	if g.Reviewed.N != n || math.Abs(g.Reviewed.Value-1/float64(n)) > 1e-9 {
		t.Errorf("reviewed: %+v", g.Reviewed)
	}
	if g.Balance.Value <= 0 || g.Balance.Value >= 1 || g.Balance.N != n {
		t.Errorf("balance: %+v", g.Balance)
	}
	for _, v := range g.Variety {
		if v.Compression.N < 20 || v.Distinct2.Value == 0 {
			t.Errorf("variety: %+v", v)
		}
		if (v.Real != nil) != (v.Category == "chitchat") {
			t.Errorf("compared with real messages: %+v", v)
		}
		if v.Real != nil && (v.Alike.Compression.N != v.Real.Compression.N || v.Alike.Distinct2.Value <= v.Real.Distinct2.Value) {
			t.Errorf("the comparison is %+v with %+v", v.Alike, v.Real)
		}
	}
	if len(g.Variety) != 8 {
		t.Errorf("variety of %d categories", len(g.Variety))
	}
}

func TestSameLengths(t *testing.T) {
	long, short := "one two three four five six", "one"
	a, b := sameLengths([]string{short, long, "one two", short}, []string{"six words are in this one"})
	if !slices.Equal(a, []string{long}) || len(b) != 1 {
		t.Errorf("beside %q stands %q", b, a)
	}
	a, b = sameLengths([]string{long}, []string{short, long, "x y"})
	if len(a) != 1 || !slices.Equal(b, []string{long}) {
		t.Errorf("beside %q stands %q", a, b)
	}
}

func BenchmarkCheckDataset(b *testing.B) {
	d := newDataset(b)
	fill(b, d, 125)
	for b.Loop() {
		check(b, d)
	}
}

func TestTheOverviewFollowsTheCheck(t *testing.T) {
	d := newDataset(t)
	ctx := t.Context()
	list := plainly(t, d, 80)
	if _, err := d.Delete(ctx, []int64{list[0].ID}); err != nil { // rag_query is short as it is
		t.Fatal(err)
	}
	kinds := func() (kinds []StepKind, o Overview) {
		o, err := Look(ctx, d)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range o.Next {
			kinds = append(kinds, step.Kind)
		}
		return kinds, o
	}
	if got, o := kinds(); o.Check != nil || !slices.Equal(got, []StepKind{FillUp, CheckIt, ReviewThem}) {
		t.Fatalf("before any check: %v", got)
	}
	check(t, d)
	if got, o := kinds(); o.Check == nil || o.Comparable || o.Weak != nil || !slices.Equal(got, []StepKind{FillUp, ReviewThem}) {
		t.Fatalf("after a good check: %v", got)
	}
	// Half of social becomes emotional: social is read badly from then on.
	var half []int64
	for i, m := range list {
		if m.Category == "social" && i%2 == 0 {
			half = append(half, m.ID)
		}
	}
	if _, err := d.Relabel(ctx, half, "emotional", localdb.ByFile, 1); err != nil {
		t.Fatal(err)
	}
	check(t, d)
	got, o := kinds()
	if o.Weak == nil || !o.Comparable || o.Better >= 0 || got[0] != Strengthen || o.Next[0].Messages < leastHelp {
		t.Fatalf("after a bad one: %v, weakest %+v, %+v better", o.Next, o.Weak, o.Better)
	}
	plainly(t, d, 20)
	if got, _ := kinds(); !slices.Contains(got, CheckIt) {
		t.Fatalf("after much has changed: %v", got)
	}
}
