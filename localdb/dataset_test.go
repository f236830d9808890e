package localdb

import (
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"seedbed/assets/i18n"
)

func TestCreateNeverOverwrites(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "precious.seedbed")
	if err := os.WriteFile(path, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(t.Context(), path, testCategories); !errors.Is(err, fs.ErrExist) {
		t.Fatalf("got %v, want fs.ErrExist", err)
	}
	if content, _ := os.ReadFile(path); string(content) != "precious" {
		t.Fatalf("the file is now %q", content)
	}
	if left := folder(t, path); len(left) != 1 {
		t.Fatalf("left behind: %v", left)
	}
}

func TestClosedDatasetIsOneFile(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"plain.seedbed", "with space?mode=memory&x=%41#é漢.seedbed", "no extension"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), name)
			d, err := Create(t.Context(), path, testCategories)
			if err != nil {
				t.Fatal(err)
			}
			add(t, d, textsOf("one", "two")...)
			if err := d.Close(); err != nil {
				t.Fatal(err)
			}
			if files := folder(t, path); len(files) != 1 || files[0] != name {
				t.Fatalf("the folder holds %q", files)
			}
			if got := all(t, openDataset(t, path), Filter{}); len(got) != 2 {
				t.Fatalf("reopened, it holds %v", got)
			}
		})
	}
}

func TestOpenedTwice(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	if _, err := Open(t.Context(), d.Path()); !errors.Is(err, ErrInUse) {
		t.Fatalf("opening it again here: %v, want ErrInUse", err)
	}
	link := filepath.Join(t.TempDir(), "link.seedbed")
	if err := os.Symlink(d.Path(), link); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), link); !errors.Is(err, ErrInUse) {
		t.Fatalf("opening it through a link: %v, want ErrInUse", err)
	}
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), "SEEDBED_TEST_OPEN="+d.Path())
	if output, err := child.CombinedOutput(); err == nil || !strings.Contains(string(output), "already open") {
		t.Fatalf("opening it from another process: %v %s", err, output)
	}

	reader, err := OpenReadOnly(t.Context(), d.Path())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { reader.Close() })
	for _, text := range []string{"one", "two"} { // it also sees what changes meanwhile
		add(t, d, textsOf(text)...)
		if got, want := view(t, reader, Filter{}, Sort{By: ByText}), view(t, d, Filter{}, Sort{By: ByText}); !slices.Equal(got, want) {
			t.Fatalf("read-only it shows %q, want %q", got, want)
		}
	}
	if _, err := reader.Add(t.Context(), notUndoable, textsOf("three")); !errors.Is(err, ErrReadOnly) {
		t.Fatalf("changing it read-only: %v, want ErrReadOnly", err)
	}
	d = reopen(t, d)
	if got := all(t, d, Filter{}); len(got) != 2 {
		t.Fatalf("it holds %v", got)
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	sqliteFile := func(t *testing.T, path string, statements string) {
		db, err := sql.Open("sqlite", dataSource(path, "rwc"))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.Exec(statements); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name string
		make func(t *testing.T, path string)
		want error
	}{
		{"a missing file", func(*testing.T, string) {}, fs.ErrNotExist},
		{"an empty file", func(t *testing.T, path string) { writeFile(t, path, "") }, ErrNotDataset},
		{"a CSV file", func(t *testing.T, path string) {
			writeFile(t, path, strings.Repeat("message,category\nhello,social\n", 100))
		}, ErrNotDataset},
		{"another program's database", func(t *testing.T, path string) { sqliteFile(t, path, `CREATE TABLE songs (name)`) }, ErrNotDataset},
		{"a newer dataset", func(t *testing.T, path string) {
			sqliteFile(t, path, `PRAGMA application_id = 0x53656564; PRAGMA user_version = 9999`)
		}, ErrNewer},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x.seedbed")
			c.make(t, path)
			before, _ := os.ReadFile(path)
			for name, open := range map[string]func() (*Dataset, error){
				"Open":         func() (*Dataset, error) { return Open(t.Context(), path) },
				"OpenReadOnly": func() (*Dataset, error) { return OpenReadOnly(t.Context(), path) },
			} {
				if _, err := open(); !errors.Is(err, c.want) {
					t.Errorf("%s: %v, want %v", name, err, c.want)
				}
			}
			if after, _ := os.ReadFile(path); string(after) != string(before) {
				t.Error("the file was changed")
			}
			if files := folder(t, path); len(files) > 1 {
				t.Errorf("left behind: %q", files)
			}
		})
	}
}

func TestChangeNotices(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	told := 0
	stop := d.OnChange(func() { told++ })
	add(t, d, textsOf("one")...)
	add(t, d, textsOf("two")...)
	stop()
	add(t, d, textsOf("three")...)
	if told != 2 {
		t.Fatalf("told %d times, want 2", told)
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	for _, value := range []string{"80/10/10", "70/15/15", ""} {
		if err := d.SetSetting(t.Context(), "ratios", value); err != nil {
			t.Fatal(err)
		}
		if got, err := d.Setting(t.Context(), "ratios"); err != nil || got != value {
			t.Fatalf("got %q, %v, want %q", got, err, value)
		}
	}
	if got, err := d.Setting(t.Context(), "never set"); err != nil || got != "" {
		t.Fatalf("got %q, %v", got, err)
	}
}

// What must never be in a dataset is refused as a whole, with what stands beside it.
func TestBrokenMessagesAreRefused(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	for name, broken := range map[string]Message{
		"empty":                  {Text: ""},
		"of no known category":   {Text: "x", Category: "nonsense"},
		"surer than sure":        {Text: "x", Category: "social", Confidence: 1.5},
		"of an impossible state": {Text: "x", Status: 7},
	} {
		if _, err := d.Add(t.Context(), i18n.T("Add"), []Message{{Text: "fine"}, broken}); err == nil {
			t.Errorf("a message that is %s was taken", name)
		}
	}
	if got := all(t, d, Filter{}); len(got) != 0 {
		t.Errorf("it holds %v", got)
	}
	if title, ok, _ := d.CanUndo(t.Context()); ok {
		t.Errorf("it offers to undo %q", title)
	}
}

func TestMessagesFilters(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	ids := add(t, d,
		Message{Text: "Café", Category: "social", Confidence: 1, Status: Accepted},
		Message{Text: "bar", Category: "chitchat", Confidence: 1, Source: Real},
		Message{Text: "cafe society", Flags: NearDuplicate | PersonalDetails, Status: Rejected})
	for name, c := range map[string]struct {
		filter Filter
		want   []int64
	}{
		"everything":           {Filter{}, ids},
		"search":               {Filter{Search: "CAFÉ"}, ids[:1]},
		"categories":           {Filter{Categories: []string{"social", "rag_query"}}, ids[:1]},
		"without a label":      {Filter{Uncategorised: true}, ids[2:]},
		"category or no label": {Filter{Categories: []string{"chitchat"}, Uncategorised: true}, ids[1:]},
		"statuses":             {Filter{Statuses: []Status{Accepted, ToReview}}, ids[:2]},
		"sources":              {Filter{Sources: []Source{Real}}, ids[1:2]},
		"any flag of":          {Filter{Flags: PersonalDetails | Mislabelled}, ids[2:]},
		"ids":                  {Filter{IDs: ids[1:]}, ids[1:]},
		"no ids":               {Filter{IDs: []int64{}}, nil},
		"all at once":          {Filter{Search: "c", Statuses: []Status{Rejected}, Flags: NearDuplicate, IDs: ids}, ids[2:]},
	} {
		var got []int64
		for _, m := range all(t, d, c.filter) {
			got = append(got, m.ID)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
		v, err := d.View(t.Context(), c.filter, Sort{})
		if err != nil {
			t.Fatal(err)
		}
		if got := v.IDs(0, v.Len()); !slices.Equal(got, c.want) {
			t.Errorf("%s, as a view: %v, want %v", name, got, c.want)
		}
	}
}

// A listener may do anything with the dataset: stop itself or another, listen, change it.
func TestListenersHoldNoLock(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	calls := map[string]int{}
	var stopItself, stopOther func()
	stopItself = d.OnChange(func() {
		calls["itself"]++
		stopItself()
		stopOther()
		if calls["itself"] == 1 {
			if err := d.SetSetting(t.Context(), "key", "value"); err != nil {
				t.Error(err)
			}
		}
	})
	stopOther = d.OnChange(func() { calls["other"]++ })
	d.OnChange(func() { calls["last"]++ })
	add(t, d, textsOf("a")...)
	add(t, d, textsOf("b")...)
	if calls["itself"] != 1 || calls["other"] != 0 || calls["last"] != 3 {
		t.Errorf("the listeners were called %v times", calls)
	}
}

func TestReadingLeavesNothingBesideTheFile(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	add(t, d, textsOf("one", "two")...)
	beside := func() (names []string) {
		for _, ending := range []string{"-wal", "-shm"} {
			if _, err := os.Stat(d.Path() + ending); err == nil {
				names = append(names, ending)
			}
		}
		return names
	}
	read := func(n int) {
		t.Helper()
		reader, err := OpenReadOnly(t.Context(), d.Path())
		if err != nil {
			t.Fatal(err)
		}
		if got := all(t, reader, Filter{}); len(got) != n {
			t.Fatalf("it holds %v", got)
		}
		if err := reader.Close(); err != nil {
			t.Fatal(err)
		}
	}
	read(2)
	if got := beside(); len(got) != 2 {
		t.Fatalf("reading took away the log of a dataset in use: %v is left", got)
	}
	add(t, d, textsOf("three")...)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	read(3)
	if got := beside(); len(got) > 0 {
		t.Fatalf("%v is left beside the file", got)
	}
	first, err := OpenReadOnly(t.Context(), d.Path())
	if err != nil {
		t.Fatal(err)
	}
	second, err := OpenReadOnly(t.Context(), d.Path())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(first.Close(), second.Close()); err != nil {
		t.Fatal(err)
	}
	if got := beside(); len(got) > 0 {
		t.Fatalf("after two at once, %v is left beside the file", got)
	}
	read(3)
}
