package realdata

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"seedbed/assets/i18n"
	"seedbed/gen/gentest"
	"seedbed/gen/intent"
	"seedbed/gen/label"
	"seedbed/gen/openai/openaitest"
	"seedbed/localdb"
	"seedbed/localdb/exchange"
)

// cleanedTexts are the messages of a cleaning.
func cleanedTexts(t *testing.T, c Cleaning, rows ...exchange.Row) ([]exchange.Row, Cleaned) {
	t.Helper()
	var cleaned Cleaned
	var kept []exchange.Row
	for row, err := range c.Rows(RowsOf(rows)(t.Context(), nil), &cleaned) {
		if err != nil {
			t.Fatal(err)
		}
		kept = append(kept, row)
	}
	return kept, cleaned
}

func TestCleaningHidesPersonalDetails(t *testing.T) {
	t.Parallel()
	rows := []exchange.Row{
		{Message: " mail ann@example.org or ann@example.org "},
		{Message: "order@2019.example is our table's name"},
		{Message: "hello"},
	}
	kept, cleaned := cleanedTexts(t, Cleaning{Hide: true, Leave: []string{"order@2019.example"}}, rows...)
	if got := kept[0].Message; got != "mail [email] or [email]" {
		t.Errorf("it was cleaned to %q", got)
	}
	if got := kept[1].Message; got != rows[1].Message || kept[1].Personal {
		t.Errorf("what a person left alone is %q, personal %t", got, kept[1].Personal)
	}
	if cleaned.Masked != 1 || cleaned.Messages != 3 || len(cleaned.Details) != 2 || cleaned.Details[0].Count != 2 || !cleaned.Details[1].Left {
		t.Errorf("it counted %+v", cleaned)
	}
	open, _ := cleanedTexts(t, Cleaning{}, rows[0])
	if !open[0].Personal || !strings.Contains(open[0].Message, "ann@") {
		t.Errorf("unmasked it is %+v, and should be flagged", open[0])
	}
}

// TestConversationsCanBeJoined keeps ids that tell nothing about anybody, so that two
// exports of a conversation belong together.
func TestConversationsCanBeJoined(t *testing.T) {
	t.Parallel()
	for id, stays := range map[string]bool{
		"23470179-5765-4751-af8d-bae96daae58c": true, "93927566-bf36-4e54-be77-7e30f4fa3bf2": true, "507f1f77bcf86cd799439011": true, "c17": true, "4711": true,
		"+49 30 901820": false, "ann@example.org": false,
	} {
		kept, _ := cleanedTexts(t, Cleaning{Hide: true, Names: true, Region: "DE"}, exchange.Row{Message: "hello", Conversation: id})
		if got := kept[0].Conversation; (got == id) != stays {
			t.Errorf("%s becomes %s", id, got)
		}
	}
}

func TestCleaningLooksForNamesOnRequest(t *testing.T) {
	t.Parallel()
	row := exchange.Row{Message: "my name is Ann Miller, hello"}
	if kept, _ := cleanedTexts(t, Cleaning{Hide: true}, row); kept[0].Message != row.Message {
		t.Errorf("it became %q unasked", kept[0].Message)
	}
	if kept, _ := cleanedTexts(t, Cleaning{Hide: true, Names: true}, row); kept[0].Message != "my name is [name], hello" {
		t.Errorf("it became %q", kept[0].Message)
	}
}

func TestCleaningKeepsConversationsTogetherWithoutTheirDetails(t *testing.T) {
	t.Parallel()
	kept, _ := cleanedTexts(t, Cleaning{},
		exchange.Row{Message: "a", Conversation: "+49 171 2345678"}, exchange.Row{Message: "b", Conversation: "+49 171 2345678"},
		exchange.Row{Message: "c", Conversation: "ann@example.org"}, exchange.Row{Message: "d", Conversation: "chat-17"})
	if kept[0].Conversation != kept[1].Conversation || kept[0].Conversation == kept[2].Conversation {
		t.Errorf("the ids are %q, %q, %q", kept[0].Conversation, kept[1].Conversation, kept[2].Conversation)
	}
	if strings.Contains(kept[0].Conversation, "171") || strings.Contains(kept[2].Conversation, "ann") {
		t.Errorf("details are in %q, %q", kept[0].Conversation, kept[2].Conversation)
	}
	if kept[3].Conversation != "chat-17" {
		t.Errorf("a plain id became %q", kept[3].Conversation)
	}
}

// realFile is a small export of a chat with something of everything.
func realFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "chats.csv")
	err := os.WriteFile(path, []byte(`body,author_role,conversation,intent
hey is anyone there,user,1,
how can I help?,agent,1,
my manager is my biggest advocates,user,1,
known already,user,2,
reach me at ann@example.org,user,2,social
`+strings.Repeat("so long ", 50)+`,user,3,
,user,3,
`), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestMergeRealMessages(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	_, err := d.Add(t.Context(), i18n.T("Add"), []localdb.Message{
		{Text: "known already", Category: "chitchat", Confidence: 1},
		{Text: "my manager is my biggest advocate", Category: "social", Confidence: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	merge := Merge{
		Dataset: d, Title: localdb.MergeTitle("chats.csv"), Rows: FileRows(realFile(t), exchange.Options{}),
		Cleaning:  Cleaning{Roles: []string{"user"}, Hide: true, Longest: 300, SkipLong: true},
		SkipKnown: true, SkipNear: true,
	}
	p, err := merge.Preview(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if p.Known != 1 || p.Near != 1 || p.TooLong != 1 || p.Unusable != 1 || p.Report.Added != 2 || p.Unlabelled != 1 || p.Masked != 1 {
		t.Errorf("the preview says %+v", p)
	}
	if len(p.First) != 2 || p.First[1].Message != "reach me at [email]" || !p.First[1].Hidden || p.First[0].Hidden {
		t.Errorf("the first are %+v", p.First)
	}

	merge.SkipKnown, merge.SkipNear, merge.SkipLong = false, false, false
	all, err := merge.Preview(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if all.Known != 1 || all.Near != 1 || all.TooLong != 1 || all.Report.Added != 5 {
		t.Errorf("without leaving out it says %+v", all)
	}
	merge.SkipKnown, merge.SkipNear, merge.SkipLong = true, true, true

	merge.Check, err = intent.Train(t.Context(), []intent.Example{
		{Text: "hey hello", Category: "chitchat", Group: -1},
		{Text: "hey there", Category: "chitchat", Group: -1},
		{Text: "my team and my boss", Category: "social", Group: -1},
		{Text: "a colleague of my team", Category: "social", Group: -1},
	}, intent.Options{})
	if err != nil {
		t.Fatal(err)
	}
	report, err := merge.Run(t.Context())
	if err != nil || report.Added != p.Report.Added {
		t.Fatalf("%+v, %v", report, err)
	}
	var got []string
	for m, err := range d.Messages(t.Context(), localdb.Filter{Sources: []localdb.Source{localdb.Real}}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, m.Text+"/"+m.Category+"/"+m.Conversation)
		if by := map[string]localdb.LabelledBy{"chitchat": localdb.ByCheck, "social": localdb.ByFile}[m.Category]; m.LabelledBy != by || m.Flags != 0 {
			t.Errorf("%q was labelled by %d, flags %d", m.Text, m.LabelledBy, m.Flags)
		}
	}
	if want := []string{"hey is anyone there/chitchat/1", "reach me at [email]/social/2"}; !slices.Equal(got, want) {
		t.Errorf("the dataset has %q, not %q", got, want)
	}
	if title, err := d.Undo(t.Context(), nil); err != nil || title.String() != "Merge chats.csv" {
		t.Errorf("undone: %q, %v", title, err)
	}
	if counts, err := d.Counts(t.Context()); err != nil || counts.Total != 2 {
		t.Errorf("after undo there are %d, %v", counts.Total, err)
	}
}

func TestThePreviewShowsOnlyWhatComesIn(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	if _, err := d.Add(t.Context(), i18n.T("Add"), []localdb.Message{{Text: "known already"}}); err != nil {
		t.Fatal(err)
	}
	rows := slices.Repeat([]exchange.Row{{Message: "known already"}}, 1500) // more than a report lists
	rows = append(rows, exchange.Row{Message: "this one is new"})
	p, err := Merge{Dataset: d, Rows: RowsOf(rows), SkipKnown: true, SkipNear: true}.Preview(t.Context())
	if err != nil || len(p.First) != 1 || p.First[0].Message != "this one is new" || p.LeftOut() != 1500 {
		t.Errorf("%d are left out, the first are %+v, %v", p.LeftOut(), p.First, err)
	}
}

func TestMergeAsksAModelForLabels(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	_, err := d.Add(t.Context(), i18n.T("Add"), []localdb.Message{{Text: "an older one without a label"}})
	if err != nil {
		t.Fatal(err)
	}
	s := openaitest.New(t, openaitest.Options{Label: func(string, []string) (string, float64) { return "learning", 0.7 }})
	merge := Merge{
		Dataset: d, Rows: RowsOf([]exchange.Row{{Message: "hello there"}, {Message: "I am at ann@example.org"}, {Message: "thanks", Category: "chitchat"}}),
		Model: label.NewModel(gentest.Client(s.URL), gentest.Price),
	}
	p, err := merge.Preview(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	estimate, err := p.EstimateLabels(t.Context(), d, merge.Model)
	if err != nil || estimate.Messages != 2 || estimate.Requests != 1 || estimate.High <= 0 {
		t.Errorf("the estimate is %+v, %v", estimate, err)
	}
	result, err := merge.Run(t.Context())
	if err != nil || result.Added != 3 || result.Labels == nil || result.Labels.Labelled != 1 {
		t.Fatalf("%+v, %v", result, err)
	}
	for m, err := range d.Messages(t.Context(), localdb.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{"hello there": "learning", "thanks": "chitchat"}[m.Text]
		if m.Category != want {
			t.Errorf("%q became %q", m.Text, m.Category)
		}
	}
	for _, call := range s.Calls() {
		if strings.Contains(call.User, "ann@") {
			t.Error("personal details were sent")
		}
	}
}

func TestMergeOfAFileThatCannotBeReadChangesNothing(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	merge := Merge{Dataset: d, Rows: FileRows(filepath.Join(t.TempDir(), "gone.csv"), exchange.Options{})}
	if _, err := merge.Preview(t.Context()); err == nil {
		t.Error("the preview of a file that is gone worked")
	}
	if _, err := merge.Run(t.Context()); err == nil {
		t.Error("the merge of a file that is gone worked")
	}
}
