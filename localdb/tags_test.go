package localdb

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

func TestParseTags(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Tags{
		"": "", " , ;": "", "VIP": "vip", "ask  again, VIP;vip\nRückfrage ": "ask again,vip,rückfrage", "a\x00b": "a,b",
	} {
		if got := ParseTags(text); got != want || ParseTags(got.String()) != want {
			t.Errorf("%q are %q, want %q", text, got, want)
		}
	}
}

func FuzzParseTags(f *testing.F) {
	f.Add("a, b;c")
	f.Add("İ,ß\u00a0x")
	f.Fuzz(func(t *testing.T, text string) {
		tags := ParseTags(text)
		if again := ParseTags(tags.String()); again != tags {
			t.Errorf("%q are %q and then %q", text, tags, again)
		}
	})
}

func TestNotesAndTags(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ids := add(t, d, Message{Text: "one"}, Message{Text: "two"}, Message{Text: "three"}, Message{Text: "four"})
	if err := d.SetNote(t.Context(), ids[0], " ask ÄRZTE "); err != nil {
		t.Fatal(err)
	}
	if n, err := d.Tag(t.Context(), ids[:3], "vip,late", "", nil); n != 3 || err != nil {
		t.Fatalf("%d tagged, %v", n, err)
	}
	if n, err := d.Tag(t.Context(), ids[1:], "vip,new", "late", nil); n != 3 || err != nil {
		t.Fatalf("%d tagged, %v", n, err)
	}
	var got []string
	for _, m := range all(t, d, Filter{}) {
		got = append(got, string(m.Tags))
	}
	if want := []string{"vip,late", "vip,new", "vip,new", "vip,new"}; !slices.Equal(got, want) {
		t.Errorf("tags are %q, want %q", got, want)
	}
	for name, c := range map[string]struct {
		filter Filter
		want   []int64
	}{
		"a tag":             {Filter{Tags: []string{"late"}}, ids[:1]},
		"any of two":        {Filter{Tags: []string{"late", "new"}}, ids},
		"part of a tag":     {Filter{Tags: []string{"la"}}, nil},
		"a note":            {Filter{Noted: true}, ids[:1]},
		"search in notes":   {Filter{Search: "ärzte"}, ids[:1]},
		"search in texts":   {Filter{Search: "TWO"}, ids[1:2]},
		"across text, note": {Filter{Search: "oneask"}, nil},
	} {
		view, err := d.View(t.Context(), c.filter, Sort{})
		if err != nil {
			t.Fatal(err)
		}
		if got := view.IDs(0, view.Len()); !slices.Equal(got, c.want) {
			t.Errorf("%s: the view has %v, want %v", name, got, c.want)
		}
		var streamed []int64
		for _, m := range all(t, d, c.filter) {
			streamed = append(streamed, m.ID)
		}
		if !slices.Equal(streamed, c.want) {
			t.Errorf("%s: the stream has %v, want %v", name, streamed, c.want)
		}
	}
	facets, err := d.Facets(t.Context(), Filter{Tags: []string{"late"}})
	if err != nil || facets.Total != 1 || facets.Noted != 1 || facets.Tags["vip"] != 4 || facets.Tags["new"] != 3 || facets.Tags["late"] != 1 {
		t.Errorf("facets %+v, %v", facets, err)
	}
	for range 3 {
		if _, err := d.Undo(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range all(t, d, Filter{}) {
		if m.Tags != "" || m.Note != "" {
			t.Errorf("after undo: %+v", m)
		}
	}
	if tags, err := d.Tags(t.Context()); len(tags) != 0 || err != nil {
		t.Errorf("tags %q, %v", tags, err)
	}
	if _, err := d.Redo(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if m, err := d.Message(t.Context(), ids[0]); err != nil || m.Note != "ask ÄRZTE" {
		t.Errorf("after redo: %+v, %v", m, err)
	}
}

// TestNotesGoThroughFiles exports notes and tags, imports them and merges them into a dataset that
// has one of the messages.
func TestNotesGoThroughFiles(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ids := add(t, d, Message{Text: "one", Category: "social", Confidence: 1, Note: "two\nlines, \"quoted\"", Tags: "vip,late"}, Message{Text: "two", Category: "social", Confidence: 1})
	var file bytes.Buffer
	if _, err := d.Export(t.Context(), &file, Filter{}, exchange.WriteOptions{Notes: true}); err != nil {
		t.Fatal(err)
	}
	if want := "message,category,confidence,note,tags\none,social,1.0,\"two\nlines, \"\"quoted\"\"\",\"vip, late\"\ntwo,social,1.0,,\n"; file.String() != want {
		t.Errorf("exported %q", file.String())
	}
	fresh, report, err := Import(t.Context(), filepath.Join(t.TempDir(), "new.seedbed"), nil, d.Rows(t.Context(), Filter{}), MergeOptions{})
	if err != nil || report.Added != 2 {
		t.Fatalf("%+v, %v", report, err)
	}
	defer fresh.Close()
	if m, err := fresh.Message(t.Context(), 1); err != nil || m.Note != "two\nlines, \"quoted\"" || m.Tags != "vip,late" {
		t.Errorf("imported: %+v, %v", m, err)
	}

	rows := []exchange.Row{
		{Message: "one", Category: "social", Note: "another", Tags: "new"},
		{Message: "two", Category: "social", Note: "first note"},
		{Message: "three", Category: "social", Note: "third", Tags: "A;B"},
	}
	report, err = d.Merge(t.Context(), each(rows), MergeOptions{})
	if err != nil || report.Added != 1 || report.Known != 2 || report.Remarked != 2 {
		t.Fatalf("%+v, %v", report, err)
	}
	list := all(t, d, Filter{})
	if list[0].Tags != "vip,late,new" || !strings.HasPrefix(list[0].Note, "two") || list[1].Note != "first note" || list[2].Tags != "a,b" {
		t.Errorf("merged: %+v", list)
	}
	if _, err := d.Undo(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if m, err := d.Message(t.Context(), ids[1]); err != nil || m.Note != "" {
		t.Errorf("after undo: %+v, %v", m, err)
	}
}

func TestDivideAndJoin(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ids := add(t, d,
		Message{Text: "Hello. Where is it?", Category: "social", Confidence: 0.7, LabelledBy: ByPerson, Status: Accepted, Source: Real, Flags: NearDuplicate | PersonalDetails, Conversation: "c", Note: "n", Tags: "vip"},
		Message{Text: "other", Category: "rag_query", Confidence: 1, Note: "m", Tags: "late,vip"})
	for _, pieces := range [][]string{{"Hello."}, {"Hello.", " "}, nil} {
		if _, err := d.Divide(t.Context(), ids[0], pieces); err == nil {
			t.Errorf("split in %q", pieces)
		}
	}
	added, err := d.Divide(t.Context(), ids[0], []string{"Hello.", "Where is it?"})
	if err != nil || len(added) != 1 {
		t.Fatalf("%v, %v", added, err)
	}
	first, _ := d.Message(t.Context(), ids[0])
	second, err := d.Message(t.Context(), added[0])
	if err != nil || first.Text != "Hello." || first.Status != Accepted || first.Flags != PersonalDetails || first.Note != "n" {
		t.Errorf("the first: %+v, %v", first, err)
	}
	if second.Text != "Where is it?" || second.Category != "social" || second.Status != ToReview || second.Source != Real || second.LabelledBy != ByPerson ||
		second.Conversation != "c" || second.Tags != "vip" || second.Note != "" || second.Flags != PersonalDetails {
		t.Errorf("the second: %+v", second)
	}
	if title, err := d.Undo(t.Context(), nil); err != nil || title.String() != "Split a message" || len(all(t, d, Filter{})) != 2 {
		t.Errorf("undo: %s, %v", title, err)
	}
	if m, _ := d.Message(t.Context(), ids[0]); m.Text != "Hello. Where is it?" {
		t.Errorf("after undo: %+v", m)
	}

	if err := d.Join(t.Context(), ids[:1], " "); err == nil {
		t.Error("one message was joined")
	}
	if err := d.Join(t.Context(), []int64{ids[1], ids[0]}, "\n"); err != nil {
		t.Fatal(err)
	}
	list := all(t, d, Filter{})
	if len(list) != 1 || list[0].ID != ids[1] || list[0].Text != "other\nHello. Where is it?" || list[0].Category != "rag_query" || list[0].Status != ToReview ||
		list[0].Source != Synthetic || list[0].Note != "m\nn" || list[0].Tags != "late,vip" || list[0].Flags != PersonalDetails {
		t.Errorf("joined: %+v", list)
	}
	if title, err := d.Undo(t.Context(), nil); err != nil || title.String() != "Join 2 messages" || len(all(t, d, Filter{})) != 2 {
		t.Errorf("undo: %s, %v", title, err)
	}
}

func TestSetTextsStopsWithoutAChange(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ids := add(t, d, Message{Text: "one"}, Message{Text: "two"})
	_, _, err := d.SetTexts(t.Context(), i18n.T("Change {{.Messages}}"), ids, func(id int64, _ string) string {
		if id == ids[1] {
			return "a\x00b"
		}
		return "changed"
	}, nil)
	if err == nil || all(t, d, Filter{})[0].Text != "one" {
		t.Errorf("half of it was changed: %v", err)
	}
	if _, ok, _ := d.CanUndo(t.Context()); ok {
		title, _, _ := d.CanUndo(t.Context())
		if strings.HasPrefix(title.String(), "Change") {
			t.Error("it can be undone")
		}
	}
	// A second change makes its temporary table anew.
	for range 2 {
		if n, gone, err := d.SetTexts(t.Context(), i18n.T("Change {{.Messages}}"), ids, func(_ int64, text string) string { return text + "!" }, nil); n != 2 || gone != 0 || err != nil {
			t.Errorf("%d changed, %d deleted, %v", n, gone, err)
		}
	}
}
