package privacy

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"seedbed/assets/i18n"
	"seedbed/localdb"
	"seedbed/localdb/backup"
)

var categories = []localdb.Category{
	{Name: "social", Kind: "context", Key: "1", Training: true, Is: "about people such as Zebediah Quux", Examples: []string{"hi", "is zebediah quux in?"}},
	{Name: "chitchat", Kind: "chitchat", Key: "2", Training: true},
}

// spare is long enough that texts lie on many pages of a file.
var spare = strings.Repeat("and so on ", 40)

// lived is a dataset with a history: messages of all kinds, some edited, deleted, discarded
// by runs or used as examples, and a copy from before a migration.
func lived(t *testing.T) *localdb.Dataset {
	t.Helper()
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), "test.seedbed")
	d, err := localdb.Create(ctx, path, categories)
	check(t, err)
	t.Cleanup(func() { _ = d.Close() })
	var messages []localdb.Message
	for _, text := range []string{
		"hi", "my neighbour ZEBEDIAH QUUX drums at night", "the bus is late", "call Zebediah Quux back", "edited later", "thanks", "the secret of row seven", "what a day",
	} {
		messages = append(messages, localdb.Message{Text: text, Category: "social", Confidence: 1, Source: localdb.Real})
	}
	for i := range 200 {
		messages = append(messages, localdb.Message{Text: strings.Repeat("x", i+1) + " " + spare, Conversation: "chat with Zebediah Quux"})
	}
	ids, err := d.Add(ctx, localdb.MergeTitle("zebediah quux.csv"), messages)
	check(t, err)
	// Texts that were changed or deleted, and so lie in the undo log and in free space.
	check(t, d.SetText(ctx, ids[4], "ask Zebediah Quux about it"))
	check(t, d.SetText(ctx, ids[4], "ask somebody about it"))
	_, err = d.Add(ctx, i18n.T("Add"), []localdb.Message{{Text: "Zebediah Quux again, " + spare}, {Text: "the last one"}})
	check(t, err)
	_, err = d.Delete(ctx, []int64{ids[3]}, nil)
	check(t, err)
	_, err = d.AddPassages(ctx, []localdb.Passage{{Origin: "/home/pat/docs", Ref: "/home/pat/docs#1", Title: "Tenants", Text: "Flat 7 is Zebediah Quux's."}, {Origin: "db.example:5432", Title: "Hours", Text: "Open from nine."}})
	check(t, err)
	check(t, d.SetSetting(ctx, "knowledge.address", "postgres://pat@db.example/kb"))
	check(t, d.SetSetting(ctx, "generate", `{"address":"https://llm.example/v1","style":"like Zebediah Quux"}`))
	check(t, d.SetSetting(ctx, "locked_test", "[1,2]"))

	plan := json.RawMessage(`{"counts":[{"category":"social","messages":2}],"style":"as Zebediah Quux talks"}`)
	_, batches, err := d.StartRun(ctx, localdb.RunRecord{Plan: plan, Writer: "openai", Model: "some-model"}, []localdb.BatchRecord{
		{CategoryID: 1, Count: 2, Prompt: "v1", Spec: json.RawMessage(`{"persona":"a tenant","examples":["my neighbour ZEBEDIAH QUUX drums at night","hi"]}`)},
	})
	check(t, err)
	request, err := d.Reserve(ctx, localdb.LedgerEntry{Batch: batches[0].ID, Writer: "openai", Model: "some-model"})
	check(t, err)
	_, err = d.StoreAnswer(ctx, request, localdb.StoredAnswer{
		Messages:  []localdb.Message{{Text: "written one"}, {Text: "written two"}},
		Discarded: []localdb.Discarded{{Text: "zebediah quux drums", Reason: "near-duplicate", CopyOf: ids[1]}, {Text: "rows nearly seven", Reason: "near-duplicate", CopyOf: ids[6]}},
		State:     localdb.BatchStored, Error: "https://llm.example/v1 said: Zebediah Quux",
	})
	check(t, err)
	_, err = d.StoreCheck(ctx, json.RawMessage(`{}`), []localdb.Prediction{{ID: ids[1], Category: "social", Predicted: "chitchat", Score: 0.5}, {ID: ids[0], Category: "social", Predicted: "social", Score: 0.5}})
	check(t, err)
	return d
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestMain(m *testing.M) {
	// Backups are made in the person's own folder, which is nothing for tests.
	home, err := os.MkdirTemp("", "privacy-test-")
	if err == nil {
		err = os.Setenv("XDG_DATA_HOME", home)
	}
	if err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(home)
	os.Exit(code)
}

// grep lists the files in a folder that hold any of these texts, in any case.
func grep(t *testing.T, folder string, texts ...string) (found []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	check(t, err)
	for _, entry := range entries {
		content, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		check(t, err)
		for _, text := range texts {
			if bytes.Contains(bytes.ToLower(content), []byte(strings.ToLower(text))) {
				found = append(found, entry.Name()+": "+text)
			}
		}
	}
	return found
}

func texts(t *testing.T, d *localdb.Dataset) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for m, err := range d.Messages(t.Context(), localdb.Filter{}) {
		check(t, err)
		all[m.Text] = true
	}
	return all
}

func TestForgettingATextLeavesNoByteOfIt(t *testing.T) {
	t.Parallel()
	d := lived(t)
	folder := filepath.Dir(d.Path())
	snapshot := strings.TrimSuffix(d.Path(), ".seedbed") + ".before-v6.seedbed"
	check(t, d.Backup(t.Context(), snapshot))
	old := strings.TrimSuffix(d.Path(), ".seedbed") + ".before-v2.seedbed"
	check(t, os.WriteFile(old, []byte("Zebediah Quux in a format of old"), 0o600))
	saved, err := backup.Save(t.Context(), d)
	check(t, err)
	logged := filepath.Join(folder, "seedbed.log")
	check(t, os.WriteFile(logged, []byte("one\nadding Zebediah Quux failed\nthree\n"), 0o600))
	view, err := d.View(t.Context(), localdb.Filter{}, localdb.Sort{By: localdb.ByText}) // the index is in use
	check(t, err)
	if len(grep(t, folder, "zebediah quux")) < 3 {
		t.Fatal("the text isn't where the test thinks it is")
	}

	r := Request{Text: " zebediah Quux ", Passages: true, Logs: []string{logged}}
	found, err := Find(t.Context(), d, r)
	check(t, err)
	if found.Messages != 2 || found.Passages != 1 || found.Copies != 3 {
		t.Errorf("found %+v", found)
	}
	done, err := Forget(t.Context(), d, r)
	check(t, err)
	if done.Messages != 3 || done.Discarded != 1 || done.Passages != 1 || done.Copies != 3 || done.Remains != nil {
		t.Errorf("forgot %+v", done)
	}
	if left := grep(t, folder, "zebediah quux"); left != nil {
		t.Errorf("while the dataset is open: %q", left)
	}
	left := texts(t, d)
	for _, stays := range []string{"hi", "the bus is late", "ask somebody about it", "the last one", "written one"} {
		if !left[stays] {
			t.Errorf("%q is gone, too", stays)
		}
	}
	if len(left) != view.Len()-2 {
		t.Errorf("%d messages are left of %d", len(left), view.Len())
	}
	again, err := d.View(t.Context(), localdb.Filter{Search: "zebediah"}, localdb.Sort{})
	check(t, err)
	if again.Len() != 0 {
		t.Errorf("a search still finds %d", again.Len())
	}
	// Undo goes on working to its end and back, and brings nothing back.
	for _, step := range []func() error{
		func() error { _, err := d.Undo(t.Context(), nil); return err },
		func() error { _, err := d.Redo(t.Context(), nil); return err },
	} {
		for err = nil; err == nil; {
			err = step()
		}
		if !strings.Contains(err.Error(), "nothing to") {
			t.Fatal(err)
		}
	}
	if got := texts(t, d); got["-"] || len(got) != len(left) {
		t.Errorf("after undo and redo there are %d messages instead of %d", len(got), len(left))
	}
	check(t, d.Close())
	for _, folder := range []string{folder, filepath.Dir(saved.Path)} {
		if left := grep(t, folder, "zebediah quux"); left != nil {
			t.Errorf("after closing: %q", left)
		}
	}
	if content, err := os.ReadFile(logged); err != nil || string(content) != "one\nthree\n" {
		t.Errorf("the log has %q, %v", content, err)
	}
	if _, err := os.Stat(old); err == nil {
		t.Error("a copy that can't be read is still there")
	}
	copied, err := localdb.Open(t.Context(), snapshot)
	check(t, err)
	defer copied.Close()
	if got := texts(t, copied); !got["the bus is late"] {
		t.Error("the copy has lost other messages")
	}
}

func TestForgettingMessages(t *testing.T) {
	t.Parallel()
	d := lived(t)
	folder := filepath.Dir(d.Path())
	_, err := d.Add(t.Context(), i18n.T("Add"), []localdb.Message{{Text: "the secret of row seven", Category: "chitchat", Confidence: 1}, {Text: "edited later"}})
	check(t, err)
	check(t, os.WriteFile(filepath.Join(folder, "export.csv"), []byte("the secret of row seven,social"), 0o600))
	r := Request{IDs: []int64{5, 7}}
	found, err := Find(t.Context(), d, r)
	check(t, err)
	if found.Messages != 3 {
		t.Errorf("found %+v", found)
	}
	done, err := Forget(t.Context(), d, r)
	check(t, err)
	if done.Messages != 3 || done.Discarded != 1 {
		t.Errorf("forgot %+v", done)
	}
	if len(done.Remains) != 1 || filepath.Base(done.Remains[0]) != "export.csv" {
		t.Errorf("it still stands in %q", done.Remains)
	}
	check(t, os.Remove(filepath.Join(folder, "export.csv")))
	if left := grep(t, folder, "the secret of row seven", "rows nearly seven", "ask Zebediah Quux about it", "ask somebody about it"); left != nil {
		t.Errorf("left: %q", left)
	}
	if got := texts(t, d); !got["edited later"] || !got["hi"] {
		t.Error("a message is gone that has the text which another had earlier")
	}
	// The id of the newest message is not given away again.
	newest, err := d.Add(t.Context(), i18n.T("Add"), []localdb.Message{{Text: "newest"}})
	check(t, err)
	_, err = Forget(t.Context(), d, Request{IDs: newest})
	check(t, err)
	next, err := d.Add(t.Context(), i18n.T("Add"), []localdb.Message{{Text: "next"}})
	check(t, err)
	if next[0] <= newest[0] {
		t.Errorf("the new message has the id %d, which %d had", next[0], newest[0])
	}
	for {
		if _, err := d.Undo(t.Context(), nil); err != nil {
			break
		}
	}
	for {
		if _, err := d.Redo(t.Context(), nil); err != nil {
			break
		}
	}
	if got := texts(t, d); got["-"] || !got["next"] {
		t.Error("redo brought back what fills the place of a forgotten message, or lost another")
	}
}

func TestForgettingNothing(t *testing.T) {
	t.Parallel()
	d := lived(t)
	before := len(texts(t, d))
	for _, r := range []Request{{}, {Text: " \t"}} {
		if _, err := Forget(t.Context(), d, r); err == nil {
			t.Errorf("%+v forgets", r)
		}
	}
	if got := len(texts(t, d)); got != before {
		t.Errorf("%d messages of %d are left", got, before)
	}
}

func TestWithoutBeingAskedPassagesStay(t *testing.T) {
	t.Parallel()
	d := lived(t)
	done, err := Forget(t.Context(), d, Request{Text: "Zebediah Quux"})
	check(t, err)
	passages, err := d.Passages(t.Context())
	check(t, err)
	if done.PassagesKept != 1 || len(passages) != 2 {
		t.Errorf("%d passages are left, %+v", len(passages), done)
	}
}

func TestACleanCopyTellsNothing(t *testing.T) {
	t.Parallel()
	d := lived(t)
	_, err := d.SetStatus(t.Context(), []int64{6}, localdb.Rejected, nil)
	check(t, err)
	_, err = d.Delete(t.Context(), []int64{8}, nil)
	check(t, err)
	check(t, d.SetNote(t.Context(), 1, "a remark between us"))
	_, err = d.Tag(t.Context(), []int64{1, 2}, "a word between us", "", nil)
	check(t, err)
	noted := filepath.Join(t.TempDir(), "noted.seedbed")
	check(t, CleanCopy(t.Context(), d, noted, true))
	if left := grep(t, filepath.Dir(noted), "a remark between us", "a word between us"); len(left) == 0 {
		t.Error("the copy lost its notes, which were asked for")
	}
	to := filepath.Join(t.TempDir(), "clean.seedbed")
	check(t, CleanCopy(t.Context(), d, to, false, "locked_test"))
	private := []string{
		"a remark between us", "a word between us",
		"edited later", "ask zebediah quux", "call zebediah", "quux.csv", // undone, deleted, merged from
		"thanks", "what a day", // rejected, deleted
		"drums\n", "rows nearly seven", "as Zebediah Quux talks", "a tenant", // runs
		"/home/pat", "db.example", "llm.example", "pat@", "like Zebediah", "chat with",
	}
	if left := grep(t, filepath.Dir(to), private...); left != nil {
		t.Errorf("the copy holds %q", left)
	}
	if left := grep(t, filepath.Dir(d.Path()), private...); len(left) < 8 {
		t.Errorf("the dataset itself holds only %q", left)
	}
	copied, err := localdb.Open(t.Context(), to)
	check(t, err)
	defer copied.Close()
	want := texts(t, d)
	delete(want, "thanks")
	if got := texts(t, copied); len(got) != len(want) || !got["written one"] {
		t.Errorf("the copy has %d messages, want %d", len(got), len(want))
	}
	groups := map[string]int{}
	for m, err := range copied.Messages(t.Context(), localdb.Filter{}) {
		check(t, err)
		groups[m.Conversation]++
	}
	if len(groups) != 3 || groups["conversation 2"] != 2 {
		t.Errorf("the messages belong together as %v", groups)
	}
	if kept, err := copied.Setting(t.Context(), "locked_test"); err != nil || kept != "[1,2]" {
		t.Errorf("the holdout is %q, %v", kept, err)
	}
	if _, err := copied.Undo(t.Context(), nil); err == nil {
		t.Error("the copy undoes something")
	}
}
