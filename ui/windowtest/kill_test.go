//go:build window

package windowtest

import (
	"errors"
	"hash/fnv"
	"io"
	"io/fs"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"seedbed/localdb"
	"seedbed/localdb/atomicfile"
	"seedbed/localdb/backup"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/table"
	"seedbed/localdb/reliability"
)

// The sizes of what is killed, in messages.
const (
	killedMessages = 20_000
	killedRows     = 40_000
)

// killing kills the program at random moments while it does what a person asked for in its
// window. Afterwards the dataset has to be as it was before or as it should become.
type killing struct {
	*desk
	work     string   // of reliability's
	path     string   // of the dataset
	original string   // which it is copied from for each kill
	extra    []string // files to open with the dataset
	// prepare makes what else is needed, where not nil.
	prepare func()
	// ask brings the program from its start to the key that begins the work, and act is it.
	ask func()
	act string
	// ended is called when the work was done to its end, where not nil.
	ended func()
	// judge says whether all of the work is there after a kill, or something is lost that
	// isn't in the dataset; nil where the work is a change of the dataset.
	judge func() (all, lost bool)
}

func newKilling(t *testing.T, work string) *killing {
	t.Helper()
	d := newDesk(t, 1366, 768)
	data := filepath.Join(d.home, ".local", "share")
	t.Setenv("XDG_DATA_HOME", data) // for backups, the test's and the program's
	k := &killing{desk: d, work: work, path: filepath.Join(d.home, "Documents", "Seedbed", "killed.seedbed"), original: filepath.Join(t.TempDir(), "killed.seedbed")}
	if err := os.MkdirAll(filepath.Dir(k.path), 0o700); err != nil {
		t.Fatal(err)
	}
	categories := []localdb.Category{
		{Name: "repair", Kind: "custom", Key: "1", Training: true, Target: 100},
		{Name: "rental", Kind: "custom", Key: "2", Training: true, Target: 100},
	}
	dataset, _, err := localdb.Import(t.Context(), k.original, categories, rowsFor("stored", "repair", killedMessages), localdb.MergeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	ids := idsOf(t, dataset)
	if _, err := dataset.SetStatus(t.Context(), ids, localdb.Accepted, nil); err != nil {
		t.Fatal(err)
	}
	if err := dataset.Close(); err != nil {
		t.Fatal(err)
	}
	return k
}

func idsOf(t *testing.T, d *localdb.Dataset) (ids []int64) {
	t.Helper()
	for m, err := range d.Messages(t.Context(), localdb.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, m.ID)
	}
	return ids
}

// rowsFor are messages of a category, of which no two are alike.
func rowsFor(name, category string, n int) iter.Seq2[exchange.Row, error] {
	return func(yield func(exchange.Row, error) bool) {
		random := rand.New(rand.NewPCG(uint64(len(name)), uint64(n)))
		for i := range n {
			words := []string{name, strconv.Itoa(i)}
			for range 8 {
				word := ""
				for range 3 {
					word += string("bdfgklmnprst"[random.IntN(12)]) + string("aeiou"[random.IntN(5)])
				}
				words = append(words, word)
			}
			if !yield(exchange.Row{Message: strings.Join(words, " "), Category: category}, nil) {
				return
			}
		}
	}
}

// run does the work once to its end, whose time is the measure, and kills it then.
func (k *killing) run(t *testing.T) {
	t.Helper()
	kills, recorded := reliability.Wanted()
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(k.work))
	random := rand.New(rand.NewPCG(1, hash.Sum64()))
	k.copyOriginal()
	before := reliability.State(t, k.path)
	took := k.whole()
	after := reliability.State(t, k.path)
	if before == after && k.judge == nil {
		k.t.Fatal("the work changed nothing")
	}
	result := reliability.Killed{Work: k.work}
	for range kills {
		k.copyOriginal()
		moment := time.Duration(random.Float64() * float64(took))
		k.toTheKey()
		time.Sleep(moment)
		k.kill()
		state := reliability.State(t, k.path)
		all, lost := state == after, state != before && state != after
		if k.judge != nil {
			all, lost = k.judge()
			lost = lost || state != after
		}
		k.start(k.path)             // it opens, and can be used
		k.press("Escape", "ctrl+1") // out of what says that the program ended unexpectedly
		k.quit()
		lost = lost || reliability.State(t, k.path) != state
		t.Logf("killed after %v of %v: all there %v, lost %v", moment.Round(time.Millisecond), took.Round(time.Millisecond), all, lost)
		if lost {
			t.Errorf("a kill after %v lost something", moment)
			result.Lost++
		}
		if all {
			result.Done++
		}
		result.Kills++
	}
	if recorded {
		reliability.Record(t, result)
	}
}

func (k *killing) copyOriginal() {
	k.t.Helper()
	for _, log := range []string{"-wal", "-shm", "-journal"} {
		_ = os.Remove(k.path + log)
	}
	reliability.CopyFile(k.t, k.original, filepath.Dir(k.path))
	if k.prepare != nil {
		k.prepare()
	}
}

// toTheKey starts the program and begins the work.
func (k *killing) toTheKey() {
	k.t.Helper()
	k.start(append([]string{k.path}, k.extra...)...)
	k.ask()
	k.do("key", k.act)
}

// whole does the work to its end and returns how long it took.
func (k *killing) whole() time.Duration {
	k.t.Helper()
	k.toTheKey()
	since := time.Now()
	k.rest()
	took := time.Since(since) - time.Second // of rest
	k.quit()
	if k.ended != nil {
		k.ended()
	}
	return max(took, time.Second/2)
}

func TestKilledWhileMergingInTheWindow(t *testing.T) {
	k := newKilling(t, "window-merge")
	file := filepath.Join(k.home, "merged.csv")
	err := atomicfile.Write(file, func(to io.Writer) error {
		return table.WriteCSV(to, rowsFor("merged", "rental", killedRows), exchange.WriteOptions{})
	})
	if err != nil {
		t.Fatal(err)
	}
	k.extra, k.ask, k.act = []string{file}, func() {}, "ctrl+Return"
	k.run(t)
}

func TestKilledWhileRelabellingInTheWindow(t *testing.T) {
	k := newKilling(t, "window-relabel")
	k.ask = func() {
		k.press("ctrl+4")
		k.rest()
		k.press("ctrl+a")
		k.rest()
	}
	k.act = "2"
	k.run(t)
}

// Each file is as an export wrote it, the earlier one or the new one.
func TestKilledWhileExportingInTheWindow(t *testing.T) {
	k := newKilling(t, "window-export")
	folder := filepath.Join(k.home, "Documents", "Seedbed", "killed")
	names := []string{"combined.csv", "intent/train.csv", "intent/val.csv", "intent/test.csv"}
	const earlier = "message,category,confidence\nof an earlier export,repair,1\n"
	k.prepare = func() {
		for _, name := range names {
			path := filepath.Join(folder, name)
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(earlier), 0o600)); err != nil {
				t.Fatal(err)
			}
		}
	}
	whole := map[string]string{}
	k.ended = func() {
		for _, name := range names {
			whole[name] = contents(t, filepath.Join(folder, name))
			if whole[name] == earlier {
				t.Fatalf("%s was not exported", name)
			}
		}
	}
	k.ask = func() {
		k.press("ctrl+8")
		k.rest()
	}
	k.act = "ctrl+Return"
	k.judge = func() (all, lost bool) {
		all = true
		for _, name := range names {
			now := contents(t, filepath.Join(folder, name))
			all = all && now == whole[name]
			lost = lost || now != whole[name] && now != earlier
		}
		return all, lost
	}
	k.run(t)
}

// What was there before is in a backup, whatever the dataset is afterwards.
func TestKilledWhileGoingBackInTheWindow(t *testing.T) {
	k := newKilling(t, "window-goback")
	k.prepare = func() {
		if err := backup.Remove(k.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		d, err := localdb.Open(t.Context(), k.path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := backup.Save(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		_, err = d.Relabel(t.Context(), idsOf(t, d), "rental", localdb.ByPerson, 1, nil)
		if err := errors.Join(err, d.Close()); err != nil {
			t.Fatal(err)
		}
	}
	k.ask = func() {
		k.press("ctrl+shift+b")
		k.rest()
	}
	k.act = "Return" // the first of them is chosen
	k.run(t)
}

// contents is what a file holds.
func contents(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
