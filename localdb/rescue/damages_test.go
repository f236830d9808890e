package rescue

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"seedbed/assets/i18n"
	"seedbed/localdb"
	"seedbed/localdb/damage"
	"seedbed/localdb/reliability"
)

var testCategories = []localdb.Category{
	{Name: "rag_query", Kind: "rag", Key: "1", Is: "asks about the handbook", Training: true, Target: 100},
	{Name: "social", Kind: "context", Key: "2", Training: true, Target: 80},
	{Name: "chitchat", Kind: "chitchat", Key: "3", Training: true, Target: 60, Examples: []string{"hi", "how are you?"}},
}

// makeDataset makes a dataset with n messages of all kinds: some are long, some were
// edited or deleted.
func makeDataset(t testing.TB, path string, n int) *localdb.Dataset {
	t.Helper()
	ctx := context.Background()
	d, err := localdb.Create(ctx, path, testCategories)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.AddPassages(ctx, []localdb.Passage{{Origin: "handbook", Ref: "1", Title: "Leave", Text: strings.Repeat("Leave is thirty days a year. ", 400)}, {Origin: "handbook", Ref: "2", Title: "Pay", Text: "Pay is on the 25th."}}); err != nil {
		t.Fatal(err)
	}
	addMessages(t, d, n)
	var edited []int64
	for id := int64(3); id <= int64(n); id += 97 {
		edited = append(edited, id)
	}
	if _, err := d.Relabel(ctx, edited, "social", localdb.ByPerson, 1, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Delete(ctx, []int64{5, 6, 7, int64(n / 2)}, nil); err != nil {
		t.Fatal(err)
	}
	return d
}

func addMessages(t testing.TB, d *localdb.Dataset, n int) {
	t.Helper()
	messages := make([]localdb.Message, n)
	for i := range messages {
		text := fmt.Sprintf("message %d of %d asks about the shifts in week %d – más o menos", i, n, i*7919%53)
		if i%500 == 100 {
			text = strings.Repeat(text+" ", 80)
		}
		messages[i] = localdb.Message{
			Text: text, Category: testCategories[i%3].Name, Confidence: float64(i%100) / 100, LabelledBy: localdb.ByFile,
			Source: localdb.Source(i % 2), Status: localdb.Status(i % 3), PassageID: int64(i % 3), Created: time.UnixMilli(1_700_000_000_000 + int64(i)),
		}
		if i%10 == 0 {
			messages[i].Category, messages[i].Confidence, messages[i].LabelledBy = "", 0, localdb.Nobody
		}
		if i%20 == 7 {
			messages[i].Flags, messages[i].Conversation = localdb.PersonalDetails, "talk "+strconv.Itoa(i)
		}
	}
	if _, err := d.Add(context.Background(), i18n.T("Add"), messages); err != nil {
		t.Fatal(err)
	}
}

// readAll are all messages of a dataset by their ids.
func readAll(d *localdb.Dataset) (map[int64]localdb.Message, error) {
	all := map[int64]localdb.Message{}
	for m, err := range d.Messages(context.Background(), localdb.Filter{}) {
		if err != nil {
			return all, err
		}
		all[m.ID] = m
	}
	return all, nil
}

// workshop is where datasets are damaged.
type workshop struct {
	random  *rand.Rand
	sound   []byte // a dataset that was closed
	open    []byte // the same while it was open, and its log
	log     []byte
	stale   []byte // a log of an earlier time
	foreign []byte // the log of another dataset
	truth   map[int64]localdb.Message
	later   map[int64]localdb.Message // with what only the log holds
}

func newWorkshop(t testing.TB, n int) *workshop {
	t.Helper()
	read := func(path string) []byte {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	w := &workshop{random: rand.New(rand.NewPCG(1, 2))}
	folder := t.TempDir()
	other := makeDataset(t, filepath.Join(folder, "other.seedbed"), 300)
	w.foreign = read(other.Path() + "-wal")
	path := filepath.Join(folder, "mine.seedbed")
	d := makeDataset(t, path, n)
	w.stale = read(path + "-wal")
	var err error
	if w.truth, err = readAll(d); err == nil {
		err = errors.Join(d.Close(), other.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	w.sound = read(path)
	if d, err = localdb.Open(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	addMessages(t, d, n/10)
	if _, err := d.SetStatus(t.Context(), []int64{10, 11, int64(n - 1)}, localdb.Accepted, nil); err != nil {
		t.Fatal(err)
	}
	w.open, w.log = read(path), read(path+"-wal")
	if w.later, err = readAll(d); err != nil {
		t.Fatal(err)
	}
	return w
}

const pageSize = 4096

// damages are the ways to damage a file. Each returns the file, the log beside it, which
// may be nil, and the messages that were in both.
var damages = []struct {
	name   string
	damage func(w *workshop) (file, log []byte, truth map[int64]localdb.Message)
}{
	{"1 to 64 bits flipped", func(w *workshop) ([]byte, []byte, map[int64]localdb.Message) {
		return w.flip(w.sound, 1+w.random.IntN(64)), nil, w.truth
	}},
	{"a stretch overwritten", func(w *workshop) ([]byte, []byte, map[int64]localdb.Message) {
		file := slices.Clone(w.sound)
		from := w.random.IntN(len(file))
		for i := from; i < min(len(file), from+1+w.random.IntN(32<<10)); i++ {
			file[i] = byte(w.random.Uint32())
		}
		return file, nil, w.truth
	}},
	{"cut off at the end", func(w *workshop) ([]byte, []byte, map[int64]localdb.Message) {
		return w.sound[:w.random.IntN(len(w.sound))], nil, w.truth
	}},
	{"1 to 20 pages zeroed", func(w *workshop) ([]byte, []byte, map[int64]localdb.Message) {
		file := slices.Clone(w.sound)
		for range 1 + w.random.IntN(20) {
			clear(w.page(file))
		}
		return file, nil, w.truth
	}},
	{"1 to 10 pages swapped", func(w *workshop) ([]byte, []byte, map[int64]localdb.Message) {
		file := slices.Clone(w.sound)
		for range 1 + w.random.IntN(5) {
			a, b := w.page(file), w.page(file)
			kept := slices.Clone(a)
			copy(a, b)
			copy(b, kept)
		}
		return file, nil, w.truth
	}},
	{"the first bytes lost", func(w *workshop) ([]byte, []byte, map[int64]localdb.Message) {
		n := 1 + w.random.IntN(3*pageSize)
		if w.random.IntN(2) == 0 {
			return w.sound[n:], nil, w.truth
		}
		file := slices.Clone(w.sound)
		clear(file[:n])
		return file, nil, w.truth
	}},
	{"a log of an earlier time", func(w *workshop) ([]byte, []byte, map[int64]localdb.Message) {
		return w.sound, w.stale[:w.random.IntN(len(w.stale))], w.truth
	}},
	{"another dataset's log", func(w *workshop) ([]byte, []byte, map[int64]localdb.Message) {
		return w.sound, w.foreign[:len(w.foreign)-w.random.IntN(len(w.foreign)/4)], w.truth
	}},
	{"its log damaged", func(w *workshop) ([]byte, []byte, map[int64]localdb.Message) {
		return w.open, w.flip(w.log, 1+w.random.IntN(3)), w.later
	}},
	{"file damaged, with a log", func(w *workshop) ([]byte, []byte, map[int64]localdb.Message) {
		file := slices.Clone(w.open)
		for range 1 + w.random.IntN(20) {
			clear(w.page(file))
		}
		return file, w.log, w.later
	}},
}

func (w *workshop) flip(data []byte, bits int) []byte {
	data = slices.Clone(data)
	for range bits {
		data[w.random.IntN(len(data))] ^= 1 << w.random.IntN(8)
	}
	return data
}

// page is one page of a file.
func (w *workshop) page(file []byte) []byte {
	at := w.random.IntN(len(file)/pageSize) * pageSize
	return file[at : at+pageSize]
}

// outcome counts what became of the damages of one kind.
type outcome struct {
	done    int
	opening int // noticed when the file was opened
	working int // noticed when all was read, or something changed
	refused int // nothing was rescued
	shares  []float64
	wrong   int // messages with another text than they had
	failed  int // a crash, a hang, no sentence, or a changed original
}

func (o *outcome) record(name string, messages int) reliability.Damaged {
	sum := 0.0
	for _, share := range o.shares {
		sum += share
	}
	return reliability.Damaged{
		Damage: name, Messages: messages, Times: o.done, Noticed: o.opening + o.working, Refused: o.refused,
		Share: sum / float64(max(o.done, 1)), Worst: slices.Min(append(o.shares, 1)), Wrong: o.wrong, Failed: o.failed,
	}
}

// TestDamages damages a dataset in many ways. Whatever happens, it is said in a sentence,
// what is left is rescued, and the damaged file stays as it is. SEEDBED_DAMAGES says how
// often, on 10,000 messages, and lets the figures be recorded for docs/reliability.md.
func TestDamages(t *testing.T) {
	n, messages := 60, 1500
	wanted, err := strconv.Atoi(os.Getenv("SEEDBED_DAMAGES"))
	if err == nil {
		n, messages = wanted, 10_000
	}
	w := newWorkshop(t, messages)
	outcomes := make([]outcome, len(damages))
	for i := range n {
		kind := i % len(damages)
		file, log, truth := damages[kind].damage(w)
		if !t.Run(fmt.Sprintf("%d, %s", i, damages[kind].name), func(t *testing.T) {
			outcomes[kind].try(t, file, log, truth)
		}) {
			outcomes[kind].failed++
		}
	}
	report := fmt.Sprintf("%-26s %7s %8s %7s %9s %8s %6s %7s\n", "damage", "times", "noticed", "nothing", "rescued", "worst", "wrong", "failed")
	var list []reliability.Damaged
	for kind, o := range outcomes {
		r := o.record(damages[kind].name, messages)
		report += fmt.Sprintf("%-26s %7d %8d %7d %8.2f%% %7.2f%% %6d %7d\n", r.Damage, r.Times, r.Noticed, r.Refused, 100*r.Share, 100*r.Worst, r.Wrong, r.Failed)
		list = append(list, r)
	}
	t.Log("\n" + report)
	if wanted > 0 {
		reliability.RecordDamages(t, list)
	}
}

// technical is what no person should have to read.
var technical = regexp.MustCompile(`(?i)malformed|\(\d+\)|sqlite|sql:|not a database|constraint|runtime error|btree|b-tree`)

// inWords fails where an error isn't a sentence, and reports whether there is one.
func inWords(t *testing.T, err error) bool {
	t.Helper()
	if err == nil {
		return false
	}
	if said := damage.Explain(err).Error(); technical.MatchString(said) || !strings.Contains(said, " ") {
		t.Errorf("no sentence: %s", said)
	}
	return true
}

func (o *outcome) try(t *testing.T, file, log []byte, truth map[int64]localdb.Message) {
	ctx, stop := context.WithTimeout(t.Context(), time.Minute) // hours, if it hangs
	defer stop()
	folder := t.TempDir()
	write := func(name string) string {
		path := filepath.Join(folder, name)
		err := os.WriteFile(path, file, 0o600)
		if err == nil && log != nil {
			err = os.WriteFile(path+"-wal", log, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		return path
	}
	o.done++
	opened, err := useAll(ctx, t, write("used.seedbed"))
	if inWords(t, err) {
		if opened {
			o.working++
		} else {
			o.opening++
		}
	}
	path := write("damaged.seedbed")
	to := filepath.Join(folder, "rescued.seedbed")
	report, err := Rescue(ctx, path, to, nil)
	if now, readErr := os.ReadFile(path); readErr != nil || sha256.Sum256(now) != sha256.Sum256(file) {
		t.Errorf("the damaged file was changed: %v", readErr)
	}
	if now, readErr := os.ReadFile(path + "-wal"); log != nil && (readErr != nil || sha256.Sum256(now) != sha256.Sum256(log)) {
		t.Errorf("the damaged log was changed: %v", readErr)
	}
	if inWords(t, err) {
		o.refused++
		o.shares = append(o.shares, 0)
		if _, err := os.Stat(to); err == nil {
			t.Error("there is a file although nothing was rescued")
		}
		return
	}
	o.compare(t, to, report, truth)
}

// useAll reads everything of a dataset as the window does, and changes something.
func useAll(ctx context.Context, t *testing.T, path string) (opened bool, err error) {
	d, err := localdb.Open(ctx, path)
	if err != nil {
		return false, err
	}
	defer func() { inWords(t, d.Close()) }()
	view, err := d.View(ctx, localdb.Filter{Search: "shifts"}, localdb.Sort{By: localdb.ByText})
	if err != nil {
		return true, err
	}
	for row := 0; row < view.Len(); row += 500 {
		if _, err := view.Rows(ctx, row, 1); err != nil {
			return true, err
		}
	}
	for _, read := range []func() error{
		func() error { _, err := d.Categories(ctx); return err },
		func() error { _, err := d.Passages(ctx); return err },
		func() error { _, err := d.Counts(ctx); return err },
		func() error { _, err := d.SetStatus(ctx, []int64{1, 2, 3}, localdb.Rejected, nil); return err },
		func() error { _, err := d.Undo(ctx, nil); return err },
	} {
		if err := read(); err != nil {
			return true, err
		}
	}
	return true, nil
}

// compare looks at what was rescued.
func (o *outcome) compare(t *testing.T, path string, report Report, truth map[int64]localdb.Message) {
	if err := damage.Full(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	d, err := localdb.OpenReadOnly(t.Context(), path)
	if err == nil {
		err = d.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	conn, err := sqlite.OpenConn(path, sqlite.OpenReadOnly)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	rescued, same := 0, 0
	err = sqlitex.ExecuteTransient(conn, `SELECT id, text FROM messages`, &sqlitex.ExecOptions{ResultFunc: func(row *sqlite.Stmt) error {
		rescued++
		if row.ColumnText(1) == truth[row.ColumnInt64(0)].Text {
			same++
		}
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	if rescued != report.Messages.Rescued {
		t.Errorf("%d messages were rescued, and %d reported", rescued, report.Messages.Rescued)
	}
	o.wrong += rescued - same
	o.shares = append(o.shares, float64(same)/float64(max(len(truth), 1)))
}
