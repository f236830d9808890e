package check

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"seedbed/assets/i18n"
	"seedbed/gen/gentest"
	"seedbed/gen/intent"
	"seedbed/gen/intent/outofscope"
	"seedbed/gen/phrases"
	"seedbed/localdb"
	"seedbed/localdb/neardup"
)

// addWritten adds messages of the built-in writer to each category.
func addWritten(t testing.TB, d *localdb.Dataset, perCategory int) []localdb.Message {
	t.Helper()
	w, err := phrases.New("en", 42, func() phrases.Index { return neardup.NewIndex() })
	if err != nil {
		t.Fatal(err)
	}
	var list []localdb.Message
	for _, c := range gentest.Categories() {
		texts, err := w.Write(phrases.Subject{Category: c.Name, Bank: c.Bank, Examples: c.Examples}, perCategory)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range texts {
			list = append(list, localdb.Message{Text: text, Category: c.Name, Confidence: 1, LabelledBy: localdb.ByWriter})
		}
	}
	if _, err := d.Add(t.Context(), i18n.T("Add messages"), list); err != nil {
		t.Fatal(err)
	}
	return gentest.Messages(t, d, localdb.Filter{})
}

func run(t testing.TB, d *localdb.Dataset) Result {
	t.Helper()
	c, err := Run(t.Context(), d, Options{})
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
		if _, err := d.Relabel(t.Context(), []int64{m.ID}, other, localdb.ByFile, 1, nil); err != nil {
			t.Fatal(err)
		}
		wrong[m.ID] = true
	}
	return wrong
}

func TestPlantedWrongLabelsAreFlagged(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	list := gentest.AddClearMessages(t, d, 40)
	planted := mislabel(t, d, list, len(list)/20)
	before := gentest.Messages(t, d, localdb.Filter{})
	title, _, _ := d.CanUndo(t.Context())

	var told []int
	c, err := Run(t.Context(), d, Options{Progress: func(done, all int) { told = append(told, done, all) }})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(told); n < 2 || told[n-2] != told[n-1] {
		t.Errorf("its progress was %v", told)
	}
	flagged, found := 0, 0
	for i, m := range gentest.Messages(t, d, localdb.Filter{}) {
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
	if flagged != c.Suspects || c.Of != len(list) {
		t.Errorf("%d are flagged, the check says %d of %d", flagged, c.Suspects, c.Of)
	}
	if found*10 < len(planted)*8 || found*10 < flagged*8 {
		t.Errorf("of %d planted, %d are among the %d suspects", len(planted), found, flagged)
	}
	if after, _, _ := d.CanUndo(t.Context()); after.String() != title.String() {
		t.Errorf("the check can be undone: %q", after)
	}
}

func TestACheckIsKept(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	ctx := t.Context()
	if last, err := Last(ctx, d); last != nil || err != nil {
		t.Fatalf("before any check: %+v, %v", last, err)
	}
	gentest.AddClearMessages(t, d, 20)
	first, second := run(t, d), run(t, d)
	history, err := History(ctx, d)
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
	t.Parallel()
	d := gentest.NewDataset(t)
	ctx := t.Context()
	list := gentest.AddClearMessages(t, d, 40)
	people := asReal(t, d, list, 4)
	c := run(t, d)
	if c.SyntheticToReal == nil || c.Headline != *c.SyntheticToReal || c.Headline.Messages != len(people) || c.Gap.IsZero() {
		t.Fatalf("the headline is %+v, the gap %q", c.Headline, c.Gap)
	}
	if _, err := HoldOut(ctx, d); err != nil {
		t.Fatal(err)
	}
	locked, err := Holdout(ctx, d)
	if err != nil || len(locked) < len(people)/6 || len(locked) > len(people)/4 {
		t.Fatalf("%d of %d real messages are locked, %v", len(locked), len(people), err)
	}
	for _, id := range locked {
		if !people[id] {
			t.Errorf("message %d is locked and synthetic", id)
		}
	}
	c = run(t, d)
	if c.Holdout == nil || c.Headline != *c.Holdout || c.Headline.Messages != len(locked) || c.Trained != len(list)-len(locked) {
		t.Errorf("the headline is %+v, trained on %d", c.Headline, c.Trained)
	}
	report, err := c.Report(ctx, d)
	if err != nil || report.Messages != len(locked) || report.Accuracy != c.Headline.Accuracy {
		t.Errorf("its report is of %d messages, %v", report.Messages, err)
	}
	if err := EndHoldout(ctx, d); err != nil {
		t.Fatal(err)
	}
	if c := run(t, d); c.Holdout != nil {
		t.Errorf("unlocked, the headline is %+v", c.Headline)
	}
}

// asReal makes every nth message a real one.
func asReal(t testing.TB, d *localdb.Dataset, list []localdb.Message, nth int) map[int64]bool {
	t.Helper()
	ids := map[int64]bool{}
	var gone []int64
	var people []localdb.Message
	for i := 0; i < len(list); i += nth {
		m := list[i]
		gone = append(gone, m.ID)
		people = append(people, localdb.Message{Text: m.Text, Category: m.Category, Confidence: 1, LabelledBy: localdb.ByPerson, Source: localdb.Real})
	}
	if _, err := d.Delete(t.Context(), gone, nil); err != nil {
		t.Fatal(err)
	}
	added, err := d.Add(t.Context(), i18n.T("Merge"), people)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range added {
		ids[id] = true
	}
	return ids
}

func TestACheckThatCannotBe(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	if _, err := Run(t.Context(), d, Options{}); !errors.Is(err, intent.ErrFewCategories) {
		t.Errorf("of nothing: %v", err)
	}
	gentest.AddClearMessages(t, d, 20)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := Run(ctx, d, Options{Progress: func(int, int) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if last, err := Last(t.Context(), d); last != nil || err != nil {
		t.Errorf("stopped, it left %+v, %v", last, err)
	}
	if flagged := gentest.Messages(t, d, localdb.Filter{Flags: localdb.Mislabelled}); len(flagged) > 0 {
		t.Errorf("stopped, it flagged %+v", flagged)
	}
}

func TestGaugesSayWhatTheyAreOf(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	ctx := t.Context()
	list := addWritten(t, d, 20)
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
	g := run(t, d).Gauges
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
	t.Parallel()
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

func BenchmarkRun(b *testing.B) {
	d := gentest.NewDataset(b)
	addWritten(b, d, 125)
	for b.Loop() {
		run(b, d)
	}
}

// confused is a check that reads much of social as professional.
func confused() Result {
	return Result{
		Categories: []intent.CategoryScores{
			{Name: "chitchat", Scores: intent.Scores{Recall: 1}, Support: 20},
			{Name: "professional", Scores: intent.Scores{Recall: 0.95}, Support: 20},
			{Name: "psychological", Scores: intent.Scores{Recall: 0.2}, Support: 5},
			{Name: "social", Scores: intent.Scores{Recall: 0.6}, Support: 20},
		},
		Confusion: [][]int{{20, 0, 0, 0}, {0, 19, 0, 1}, {0, 4, 1, 0}, {2, 6, 0, 12}},
	}
}

func TestWeakest(t *testing.T) {
	t.Parallel()
	c := confused()
	// Five messages of psychological tell nothing.
	if weakest := c.Weakest(); weakest == nil || weakest.Name != "social" {
		t.Errorf("the weakest is %+v", weakest)
	}
	if got, want := c.MistakenFor("social"), []intent.Pair{{Given: "social", Predicted: "professional", Messages: 6}, {Given: "social", Predicted: "chitchat", Messages: 2}}; !slices.Equal(got, want) {
		t.Errorf("it is mistaken for %+v", got)
	}
	if weakest := (Result{Categories: c.Categories[:1]}).Weakest(); weakest != nil {
		t.Errorf("nothing is weak, but %+v", weakest)
	}
}

func TestBeforeAndAfterOnTheSameMessages(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	ctx := t.Context()
	list := gentest.AddClearMessages(t, d, 20)
	wrong := mislabel(t, d, list, 40) // makes the first check bad
	before := run(t, d)
	for _, m := range list {
		if !wrong[m.ID] {
			continue
		}
		if _, err := d.Delete(ctx, []int64{m.ID}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Relabel(ctx, []int64{list[0].ID}, "social", localdb.ByPerson, 1, nil); err != nil {
		t.Fatal(err)
	}
	after := run(t, d)
	c, err := Compare(ctx, d, before, after)
	if err != nil || c == nil {
		t.Fatal(c, err)
	}
	if want := len(list) - len(wrong) - 1; c.Messages != want {
		t.Errorf("%d messages were in both with the same label, want %d", c.Messages, want)
	}
	if c.After <= c.Before || c.After < 0.95 || len(c.Categories) != 8 {
		t.Errorf("the comparison is %+v", c)
	}
	if c, err := Compare(ctx, d, Result{ID: 999}, after); c != nil || err != nil {
		t.Errorf("with a check that is not kept: %+v, %v", c, err)
	}
}

// Foreign messages that somebody labelled by mistake are flagged, and the flag goes with
// the next check once they are relabelled as what they are.
func TestForeignMessagesAreFlagged(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	ctx := t.Context()
	addWritten(t, d, 60)
	foreign := []string{
		"how do I descale my espresso machine", "what time does the pharmacy on Main Street close", "the printer shows error 0x6100 again",
		"recipe for lentil soup with coriander", "who won the league cup in 1998", "convert 14 ounces to grams", "xkcd qqqq zzzt vvv",
	}
	var list []localdb.Message
	for _, text := range foreign {
		list = append(list, localdb.Message{Text: text, Category: "chitchat", Confidence: 1, LabelledBy: localdb.ByFile})
	}
	added, err := d.Add(ctx, i18n.T("Merge"), list)
	if err != nil {
		t.Fatal(err)
	}
	c := run(t, d)
	flagged := gentest.Messages(t, d, localdb.Filter{Flags: localdb.OutOfScope})
	found := 0
	for _, m := range flagged {
		if slices.Contains(added, m.ID) {
			found++
		}
	}
	if len(flagged) != c.OutOfScope || found < 5 || len(flagged) > c.Of/20 {
		t.Errorf("%d of %d foreign messages are among the %d flagged, and the check says %d", found, len(foreign), len(flagged), c.OutOfScope)
	}
	if len(c.Thresholds) != 6 || c.Thresholds[2].Kept < 0.97 || c.Thresholds[2].TurnedAway < 0.4 {
		t.Errorf("thresholds %+v", c.Thresholds)
	}
	last, err := Last(ctx, d)
	if err != nil || !slices.Equal(last.Thresholds, c.Thresholds) {
		t.Errorf("kept as %+v, %v", last.Thresholds, err)
	}

	// As messages of a category kept out of training, they are no part of the check, and
	// teach it what is out of scope.
	if _, err := d.AddCategory(ctx, localdb.Category{Name: "off_topic"}); err != nil { // Training is false
		t.Fatal(err)
	}
	if _, err := d.Label(ctx, added, "off_topic", nil); err != nil {
		t.Fatal(err)
	}
	without, err := Train(ctx, d)
	if err != nil {
		t.Fatal(err)
	}
	if slices.Contains(without.Categories(), "off_topic") {
		t.Errorf("it learned %q", without.Categories())
	}
	if next := run(t, d); next.Of != c.Of-len(foreign) {
		t.Errorf("it checked %d messages", next.Of)
	}
	for _, m := range gentest.Messages(t, d, localdb.Filter{IDs: added}) {
		if m.Flags != 0 || without.Predict(m.Text).OutOfScope <= without.Threshold(outofscope.DefaultKept).Score {
			t.Errorf("%+v is not turned away", m)
		}
	}
}
