package reliability_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"testing"

	"seedbed/assets/i18n"
	"seedbed/localdb"
	"seedbed/localdb/backup"
	"seedbed/localdb/exchange"
	"seedbed/localdb/privacy"
	"seedbed/localdb/reliability"
	"seedbed/localdb/rescue"
)

// fixtures is the folder of the datasets that are copied.
var fixtures string

func TestMain(m *testing.M) {
	reliability.Main(works)
	var err error
	if fixtures, err = os.MkdirTemp("", "kills-*"); err != nil {
		panic(err)
	}
	os.Setenv("XDG_DATA_HOME", filepath.Join(fixtures, dataName)) // for backups
	code := m.Run()
	os.RemoveAll(fixtures)
	os.Exit(code)
}

// size is how many messages or rows there are, of those at full: fewer where no number of
// kills is wanted.
func size(full int) int {
	if os.Getenv("SEEDBED_KILLS") == "" {
		return full / 20
	}
	return full
}

// The sizes at full.
const (
	messages = 50_000
	imported = 200_000
	merged   = 1_000_000
)

const (
	newName  = "new.seedbed"
	dataName = "data" // the folder of the program's own files
	saidName = "said" // the file in which a child notes the changes that are stored
	changes  = 100
	// secret is in every hundredth message of a large dataset.
	secret = "Wilhelmina of Zanzibar"
)

var categories = []localdb.Category{
	{Name: "rag_query", Kind: "rag", Key: "1", Training: true, Target: 100},
	{Name: "social", Kind: "context", Key: "2", Training: true, Target: 80},
	{Name: "chitchat", Kind: "chitchat", Key: "3", Training: true, Target: 60},
}

// rowsOf are n rows of a file in two of the categories.
func rowsOf(name string, n int) iter.Seq2[exchange.Row, error] {
	return func(yield func(exchange.Row, error) bool) {
		for i := range n {
			text := fmt.Sprintf("%s %d asks about the shifts in week %d", name, i, i*7919%53)
			if i%100 == 50 {
				text += " for " + secret
			}
			if !yield(exchange.Row{Message: text, Category: []string{"rag_query", "chitchat"}[i%2]}, nil) {
				return
			}
		}
	}
}

func importAs(path, name string, n int) error {
	d, _, err := localdb.Import(context.Background(), path, categories, rowsOf(name, n), localdb.MergeOptions{})
	if err != nil {
		return err
	}
	return d.Close()
}

var (
	small = &fixture{make: func(path string) error { return importAs(path, "small", 500) }}
	large = &fixture{make: func(path string) error { return importAs(path, "large", size(messages)) }}
	// relabelled is large after one more change.
	relabelled = &fixture{make: func(path string) error {
		if err := importAs(path, "large", size(messages)); err != nil {
			return err
		}
		return change(path, relabel)(context.Background(), func() {})
	}}
	damaged = &fixture{make: func(path string) error {
		if err := importAs(path, "large", size(messages)); err != nil {
			return err
		}
		file, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			return err
		}
		_, err = file.WriteAt(make([]byte, 20*4096), 100*4096)
		return errors.Join(err, file.Close())
	}}
	// old is a dataset as the first version made it.
	old = &fixture{make: func(path string) (err error) {
		schema, err := os.ReadFile("../migrations/0001_dataset.sql")
		if err != nil {
			return err
		}
		db, err := sql.Open("sqlite", path)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, db.Close()) }()
		_, err = db.Exec(string(schema) + fmt.Sprintf(`; PRAGMA application_id = %d; PRAGMA user_version = 1`, localdb.ApplicationID))
		if err != nil {
			return err
		}
		_, err = db.Exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
			INSERT INTO messages (text) SELECT 'message ' || i || ' is from long ago' FROM n`, size(messages))
		return err
	}}
)

// change is work that opens the dataset at a path and changes it.
func change(path string, do func(ctx context.Context, d *localdb.Dataset) error) func(ctx context.Context, begin func()) error {
	return func(ctx context.Context, begin func()) error {
		d, err := localdb.Open(ctx, path)
		if err != nil {
			return err
		}
		begin()
		return errors.Join(do(ctx, d), d.Close())
	}
}

func changeIn(do func(ctx context.Context, d *localdb.Dataset) error) reliability.Work {
	return func(ctx context.Context, folder string, begin func()) error {
		return change(pathIn(folder), do)(ctx, begin)
	}
}

func relabel(ctx context.Context, d *localdb.Dataset) error {
	var ids []int64
	for m, err := range d.Messages(ctx, localdb.Filter{}) {
		if err != nil {
			return err
		}
		ids = append(ids, m.ID)
	}
	_, err := d.Relabel(ctx, ids, "social", localdb.ByPerson, 1, nil)
	return err
}

var works = map[string]reliability.Work{
	"import": func(_ context.Context, folder string, begin func()) error {
		begin()
		return importAs(filepath.Join(folder, newName), "imported", size(imported))
	},
	"merge": changeIn(func(ctx context.Context, d *localdb.Dataset) error {
		_, err := d.Merge(ctx, rowsOf("merged", size(merged)), localdb.MergeOptions{})
		return err
	}),
	"changes": makeChanges,
	"relabel": changeIn(relabel),
	"undo": changeIn(func(ctx context.Context, d *localdb.Dataset) error {
		_, err := d.Undo(ctx, nil)
		return err
	}),
	"rescue": func(ctx context.Context, folder string, begin func()) error {
		begin()
		_, err := rescue.Rescue(ctx, pathIn(folder), filepath.Join(folder, newName), nil)
		return err
	},
	"share": func(ctx context.Context, folder string, begin func()) error {
		return change(pathIn(folder), func(ctx context.Context, d *localdb.Dataset) error {
			return privacy.CleanCopy(ctx, d, filepath.Join(folder, newName), false)
		})(ctx, begin)
	},
	"forget": inData(changeIn(func(ctx context.Context, d *localdb.Dataset) error {
		_, err := privacy.Forget(ctx, d, privacy.Request{Text: secret})
		return err
	})),
	"backup": inData(changeIn(func(ctx context.Context, d *localdb.Dataset) error {
		_, err := backup.Save(ctx, d)
		return err
	})),
	"goback": inData(func(ctx context.Context, folder string, begin func()) error {
		list, err := backup.List(pathIn(folder))
		if err != nil || len(list) == 0 {
			return errors.Join(errors.New("there is no backup"), err)
		}
		begin()
		_, err = backup.GoBack(ctx, list[len(list)-1], pathIn(folder)) // the oldest
		return err
	}),
	"migration": func(ctx context.Context, folder string, begin func()) error {
		begin()
		return change(pathIn(folder), func(context.Context, *localdb.Dataset) error { return nil })(ctx, func() {})
	},
}

// inData keeps the program's own files in the folder of the work.
func inData(work reliability.Work) reliability.Work {
	return func(ctx context.Context, folder string, begin func()) error {
		if err := os.Setenv("XDG_DATA_HOME", filepath.Join(folder, dataName)); err != nil {
			return err
		}
		return work(ctx, folder, begin)
	}
}

// again does the work that was killed to its end.
func again(t *testing.T, work, folder string) {
	t.Helper()
	t.Setenv("XDG_DATA_HOME", filepath.Join(folder, dataName)) // which is put back afterwards
	if err := works[work](t.Context(), folder, func() {}); err != nil {
		t.Fatalf("%s once more: %v", work, err)
	}
}

// makeChanges adds messages and relabels some of them by turns, and notes each change that
// is stored.
func makeChanges(ctx context.Context, folder string, begin func()) error {
	said, err := os.OpenFile(filepath.Join(folder, saidName), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	err = change(pathIn(folder), func(ctx context.Context, d *localdb.Dataset) error {
		var ids []int64
		for i := range changes {
			var err error
			if i%2 == 0 {
				ids, err = d.Add(ctx, i18n.T("Add"), make10(i))
			} else {
				_, err = d.Relabel(ctx, ids[:5], "social", localdb.ByPerson, 1, nil)
			}
			if err == nil {
				_, err = fmt.Fprintln(said, i)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})(ctx, begin)
	return errors.Join(err, said.Close())
}

func make10(n int) (list []localdb.Message) {
	for i := range 10 {
		list = append(list, localdb.Message{Text: fmt.Sprintf("added %d of %d", i, n)})
	}
	return list
}

// changesSaid is how many changes a child noted.
func changesSaid(t *testing.T, folder string) (n int) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder, saidName))
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range data {
		if b == '\n' {
			n++
		}
	}
	return n
}

// changesStored is how many of the changes a dataset has.
func changesStored(t *testing.T, path string) int {
	t.Helper()
	d, err := localdb.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	added, labelled := -500, 0
	for m, err := range d.Messages(t.Context(), localdb.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		added++
		if m.Category == "social" {
			labelled++
		}
	}
	if added%10 != 0 || labelled%5 != 0 {
		t.Errorf("%d added and %d labelled: a change is half there", added, labelled)
	}
	return added/10 + labelled/5
}
