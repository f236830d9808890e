package localdb

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// rowsOf gives rows of lines "message|category|confidence", the last two if they are
// there, numbered from 1.
func rowsOf(lines ...string) iter.Seq2[exchange.Row, error] {
	return func(yield func(exchange.Row, error) bool) {
		for i, line := range lines {
			part := append(strings.Split(line, "|"), "", "")
			row := exchange.Row{Line: i + 1, Message: part[0], Category: part[1]}
			if part[2] != "" {
				row.HasConfidence = true
				_, _ = fmt.Sscan(part[2], &row.Confidence)
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

func merge(t testing.TB, d *Dataset, opt MergeOptions, lines ...string) MergeReport {
	t.Helper()
	preview, err := d.PreviewMerge(t.Context(), rowsOf(lines...), opt)
	if err != nil {
		t.Fatal(err)
	}
	report, err := d.Merge(t.Context(), rowsOf(lines...), opt)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(report, preview) {
		t.Errorf("the preview said %+v, the merge %+v", preview, report)
	}
	return report
}

// labels writes the messages of a dataset as "text|category|flags".
func labels(t testing.TB, d *Dataset) []string {
	t.Helper()
	var list []string
	for _, m := range all(t, d, Filter{}) {
		list = append(list, fmt.Sprintf("%s|%s|%d", m.Text, m.Category, m.Flags))
	}
	return list
}

func TestMerge(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		there  []Message
		opt    MergeOptions
		lines  []string
		want   []string
		report MergeReport
	}{
		{
			name:   "new messages, a new category, no label",
			lines:  []string{"hello|chitchat|1", "is it late?|time|0.5", "well"},
			want:   []string{"hello|chitchat|0", "is it late?|time|0", "well||0"},
			report: MergeReport{Rows: 3, Added: 3, NewCategories: []string{"time"}},
		},
		{
			name:  "the same again, in the file and in the dataset",
			there: []Message{{Text: "hello", Category: "chitchat", Confidence: 1, LabelledBy: ByFile}},
			lines: []string{" hello |chitchat", "hello", "bye|Chitchat", "bye|chitchat"},
			want:  []string{"hello|chitchat|0", "bye|chitchat|0"},
			report: MergeReport{Rows: 4, Added: 1, Known: 3, LeftOut: []LeftOutRow{
				{1, " hello ", errKnown, " hello ", 1},
				{2, "hello", errKnown, "hello", 1},
				{4, "bye", errKnown, "bye", 1},
			}},
		},
		{
			name:   "the same text under two categories",
			there:  []Message{{Text: "hello", Category: "chitchat", Confidence: 1, LabelledBy: ByFile}},
			lines:  []string{"hello|social", "hello|social", "a|x", "a|y"},
			want:   []string{"hello|chitchat|8", "hello|social|8", "a|x|8", "a|y|8"},
			report: MergeReport{Rows: 4, Added: 3, Known: 1, TwoCategories: 2, NewCategories: []string{"x", "y"}, LeftOut: []LeftOutRow{{2, "hello", errKnown, "hello", 1}}},
		},
		{
			name:   "a person's label stays",
			there:  []Message{{Text: "hello", Category: "chitchat", Confidence: 1, LabelledBy: ByPerson}},
			lines:  []string{"hello|social"},
			want:   []string{"hello|chitchat|0"},
			report: MergeReport{Rows: 1, Known: 1, LeftOut: []LeftOutRow{{1, "hello", errKnown, "hello", 1}}},
		},
		{
			name:   "a new category comes with no row that is left out",
			there:  []Message{{Text: "hello", Category: "chitchat", Confidence: 1, LabelledBy: ByPerson}},
			lines:  []string{"hello|greeting", "hi|first", "hello|second", "bye|second"},
			want:   []string{"hello|chitchat|0", "hi|first|0", "bye|second|0"},
			report: MergeReport{Rows: 4, Added: 2, Known: 2, NewCategories: []string{"first", "second"}, LeftOut: []LeftOutRow{{1, "hello", errKnown, "hello", 1}, {3, "hello", errKnown, "hello", 1}}},
		},
		{
			name:   "a person's label wins over a machine's",
			there:  []Message{{Text: "hello", Category: "chitchat", Confidence: 1, LabelledBy: ByCheck, Flags: Mislabelled}},
			opt:    MergeOptions{LabelledBy: ByPerson},
			lines:  []string{"hello|social"},
			want:   []string{"hello|social|0"},
			report: MergeReport{Rows: 1, Labelled: 1},
		},
		{
			name:   "a label for a message without one, in a new category",
			there:  []Message{{Text: "hello"}},
			lines:  []string{"hello|greeting|0.7"},
			want:   []string{"hello|greeting|0"},
			report: MergeReport{Rows: 1, Labelled: 1, NewCategories: []string{"greeting"}},
		},
		{
			name:  "rows that are no messages",
			lines: []string{" ", "a|social|1.5", "b\x00|social", "c\xff", "d|social|1"},
			want:  []string{"d|social|0"},
			report: MergeReport{Rows: 5, Added: 1, Unusable: 4, LeftOut: []LeftOutRow{
				{Line: 1, Text: " ", Reason: errNoMessage},
				{Line: 2, Text: "a", Reason: i18n.Error("the confidence {{.Confidence}} is not a number from 0 to 1", i18n.Values{"Confidence": 1.5})},
				{Line: 3, Text: "b\x00", Reason: errNoText},
				{Line: 4, Text: "c\xff", Reason: errNoText},
			}},
		},
		{
			name:  "near-duplicates",
			there: textsOf("could you tell me how to ask for more salary", "something else altogether"),
			opt:   MergeOptions{SkipNear: true},
			lines: []string{"could you tell me how to ask for more salary?", "quite another message, that is new", "quite another message that is new!", "something else altogether"},
			want:  []string{"could you tell me how to ask for more salary||0", "something else altogether||0", "quite another message, that is new||0"},
			report: MergeReport{Rows: 4, Added: 1, Known: 1, Near: 2, LeftOut: []LeftOutRow{
				{1, "could you tell me how to ask for more salary?", errNearlyKnown, "could you tell me how to ask for more salary", 1},
				{3, "quite another message that is new!", errNearlyKnown, "quite another message, that is new", 1},
				{4, "something else altogether", errKnown, "something else altogether", 1},
			}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDataset(t)
			if len(c.there) > 0 {
				add(t, d, c.there...)
			}
			before := dump(t, d)
			report := merge(t, d, c.opt, c.lines...)
			if !reflect.DeepEqual(report, c.report) {
				t.Errorf("got  %+v\nwant %+v", report, c.report)
			}
			if got := labels(t, d); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
			after := dump(t, d)
			if after == before {
				return
			}
			if _, err := d.Undo(t.Context(), nil); err != nil || dump(t, d) != before {
				t.Errorf("undone it is not as before: %v\n%s\n%s", err, dump(t, d), before)
			}
			if _, err := d.Redo(t.Context(), nil); err != nil || dump(t, d) != after {
				t.Errorf("redone it is not as after: %v\n%s\n%s", err, dump(t, d), after)
			}
		})
	}
}

func TestMergeKeepsWhatRowsSay(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	_, err := d.Merge(t.Context(), func(yield func(exchange.Row, error) bool) {
		_ = yield(exchange.Row{Message: "my mail is a@b.org", Source: "Real", Status: "accepted", Conversation: "42", Personal: true}, nil) &&
			yield(exchange.Row{Message: "hello", Category: "social", Source: "synthetic", Status: "new"}, nil)
	}, MergeOptions{Source: Real, LabelledBy: ByModel, Title: MergeTitle("real.csv")})
	if err != nil {
		t.Fatal(err)
	}
	got := all(t, d, Filter{})
	for i := range got {
		if got[i].Created.IsZero() {
			t.Error("no time of creation")
		}
		got[i].Created = time.Time{}
	}
	want := []Message{
		{ID: 1, Text: "my mail is a@b.org", Source: Real, Status: Accepted, Conversation: "42", Flags: PersonalDetails},
		{ID: 2, Text: "hello", Category: "social", Confidence: 1, LabelledBy: ByModel},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if title, _, _ := d.CanUndo(t.Context()); title.String() != "Merge real.csv" {
		t.Errorf("undo calls it %q", title)
	}
}

func TestMergeLabelsWhatHasNoLabel(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := newDataset(t)
	add(t, d, Message{Text: "known", Category: "social"})
	asked := 0
	read := func(string) (string, float64) {
		asked++
		return "emotional", 0.75
	}
	rows := each([]exchange.Row{{Message: "known"}, {Message: "new"}, {Message: "labelled", Category: "social"}, {Message: "mail me at a@b.org", Personal: true}})
	report, err := d.Merge(ctx, rows, MergeOptions{Source: Real, Label: read})
	if err != nil {
		t.Fatal(err)
	}
	if report.Added != 3 || asked != 2 {
		t.Errorf("%d were added and %d read, not 3 and 2", report.Added, asked)
	}
	for _, m := range all(t, d, Filter{Sources: []Source{Real}}) {
		want := Message{Category: "emotional", Confidence: 0.75, Uncertainty: 0.25, LabelledBy: ByCheck}
		if m.Text == "labelled" {
			want = Message{Category: "social", Confidence: 1, LabelledBy: ByFile}
		}
		if m.Category != want.Category || m.Confidence != want.Confidence || m.Uncertainty != want.Uncertainty || m.LabelledBy != want.LabelledBy {
			t.Errorf("%q is %+v", m.Text, m)
		}
		if flagged := m.Flags == PersonalDetails; flagged != (m.Text == "mail me at a@b.org") {
			t.Errorf("%q has flags %d", m.Text, m.Flags)
		}
	}
}

func TestMergeKeepsWhatIsKnownOnRequest(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	add(t, d, Message{Text: "known", Category: "social"})
	report, err := d.Merge(context.Background(), each([]exchange.Row{{Message: "known"}, {Message: "known", Category: "social"}}), MergeOptions{KeepKnown: true})
	if err != nil || report.Added != 2 || report.Known != 0 {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestMergeIsAllOrNothing(t *testing.T) {
	t.Parallel()
	many := func(stop func(i int) error) iter.Seq2[exchange.Row, error] {
		return func(yield func(exchange.Row, error) bool) {
			for i := range 20_000 {
				if !yield(exchange.Row{Message: fmt.Sprint("message ", i), Category: fmt.Sprint("category ", i/2000)}, stop(i)) {
					return
				}
			}
		}
	}
	broken := errors.New("the stick was pulled out")
	for name, failing := range map[string]func(cancel func()) iter.Seq2[exchange.Row, error]{
		"the file can't be read on": func(func()) iter.Seq2[exchange.Row, error] {
			return many(func(i int) error {
				if i == 15_000 {
					return broken
				}
				return nil
			})
		},
		"cancelled": func(cancel func()) iter.Seq2[exchange.Row, error] {
			return many(func(i int) error {
				if i == 15_000 {
					cancel()
				}
				return nil
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			d := newDataset(t)
			add(t, d, textsOf("there before")...)
			before := dump(t, d)
			_, err := d.Merge(ctx, failing(cancel), MergeOptions{})
			if !errors.Is(err, broken) && !errors.Is(err, context.Canceled) {
				t.Errorf("the error is %v", err)
			}
			if dump(t, d) != before {
				t.Error("something was changed")
			}
			if title, _, _ := d.CanUndo(t.Context()); title.String() != "Add messages" {
				t.Errorf("undo would take back %q", title)
			}
			merge(t, d, MergeOptions{}, "and now|social") // the dataset works on

			ctx, cancel = context.WithCancel(t.Context())
			path := filepath.Join(t.TempDir(), "new.seedbed")
			if _, _, err := Import(ctx, path, testCategories, failing(cancel), MergeOptions{}); !errors.Is(err, broken) && !errors.Is(err, context.Canceled) {
				t.Errorf("the error is %v", err)
			}
			if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*")); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func TestMergeRefusesAColumnThatIsNoCategory(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	var lines []string
	for i := range mostNewCategories + 1 {
		lines = append(lines, fmt.Sprintf("message %d|%d", i, i))
	}
	if _, err := d.Merge(t.Context(), rowsOf(lines...), MergeOptions{}); err == nil || !strings.Contains(err.Error(), "choose another column") {
		t.Errorf("the error is %v", err)
	}
}

func TestImport(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "new.seedbed")
	lines := []string{"hello|chitchat|1", "hello|social", "bye|farewell|0.25", "well", "well|farewell", "well|farewell"}
	d, report, err := Import(t.Context(), path, testCategories, rowsOf(lines...), MergeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	same := newDataset(t)
	if want := merge(t, same, MergeOptions{}, lines...); !reflect.DeepEqual(report, want) {
		t.Errorf("Import reports %+v, Create and Merge %+v", report, want)
	}
	if got, want := labels(t, d), labels(t, same); !reflect.DeepEqual(got, want) {
		t.Errorf("Import gives %q, Create and Merge %q", got, want)
	}
	var journal string
	if err := d.reader.QueryRow(`PRAGMA journal_mode`).Scan(&journal); err != nil || journal != "wal" {
		t.Errorf("the journal is %s: %v", journal, err)
	}
	if got := integrity(t, path); got != "ok" {
		t.Error(got)
	}
	if title, err := d.Undo(t.Context(), nil); err != nil || title.String() != "Import 4 messages" || len(labels(t, d)) != 0 {
		t.Errorf("undoing %q left %q: %v", title, labels(t, d), err)
	}
	if categories, _ := d.Categories(t.Context()); len(categories) != len(testCategories) {
		t.Errorf("undoing left %d categories", len(categories))
	}
	if _, _, err := Import(t.Context(), path, nil, rowsOf(), MergeOptions{}); !errors.Is(err, ErrInUse) {
		t.Errorf("over an open dataset: %v", err)
	}
	d.Close()
	if _, _, err := Import(t.Context(), path, nil, rowsOf(), MergeOptions{}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over a dataset: %v", err)
	}
}

// randomRows makes rows that nobody wrote, all with different texts.
func randomRows(n int, seed uint64) []exchange.Row {
	random := rand.New(rand.NewPCG(seed, 0))
	pieces := []string{"a", "Ü", "\"", ",", "\n", "\r\n", " ", "'", "=", "漢", "😀", "\t", ";", "\\", "0", "İ", "\u00a0"}
	rows := make([]exchange.Row, n)
	for i := range rows {
		var text strings.Builder
		for range random.IntN(12) {
			text.WriteString(pieces[random.IntN(len(pieces))])
		}
		fmt.Fprint(&text, i)
		rows[i] = exchange.Row{Line: i + 1, Message: text.String()}
		if random.IntN(5) > 0 {
			rows[i].Category = fmt.Sprint("category ", random.IntN(20))
			rows[i].Confidence, rows[i].HasConfidence = random.Float64(), true
		}
	}
	return rows
}

func each(rows []exchange.Row) iter.Seq2[exchange.Row, error] {
	return func(yield func(exchange.Row, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}
