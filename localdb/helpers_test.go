package localdb

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"seedbed/assets/i18n"
)

var testCategories = []Category{
	{Name: "rag_query", Kind: "rag", Key: "1", Training: true, Target: 100},
	{Name: "social", Kind: "context", Key: "2", Training: true, Target: 80},
	{Name: "chitchat", Kind: "chitchat", Key: "3", Training: true, Target: 60, Examples: []string{"hi", "how are you?"}},
}

func TestMain(m *testing.M) {
	// Another process that opens a dataset, or measures its memory.
	if path := os.Getenv("SEEDBED_TEST_OPEN"); path != "" {
		d, err := Open(context.Background(), path)
		if err == nil {
			err = d.Close()
		}
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if file := os.Getenv("SEEDBED_TEST_MEASURE"); file != "" {
		if err := measureMemory(file); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	code := m.Run()
	if manyFolder != "" {
		os.RemoveAll(manyFolder)
	}
	os.Exit(code)
}

// newDataset makes a dataset with the test's categories in a folder of the test.
func newDataset(t testing.TB) *Dataset {
	t.Helper()
	d, err := Create(t.Context(), filepath.Join(t.TempDir(), "test.seedbed"), testCategories)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// reopen closes a dataset and opens it again.
func reopen(t testing.TB, d *Dataset) *Dataset {
	t.Helper()
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return openDataset(t, d.Path())
}

func openDataset(t testing.TB, path string) *Dataset {
	t.Helper()
	d, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// add puts messages into the dataset as one change.
func add(t testing.TB, d *Dataset, messages ...Message) []int64 {
	t.Helper()
	ids, err := d.Add(t.Context(), i18n.T("Add messages"), messages)
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// texts makes unlabelled messages of texts.
func textsOf(list ...string) []Message {
	var messages []Message
	for _, text := range list {
		messages = append(messages, Message{Text: text})
	}
	return messages
}

// all collects the messages that match a filter.
func all(t testing.TB, d *Dataset, filter Filter) []Message {
	t.Helper()
	var messages []Message
	for m, err := range d.Messages(t.Context(), filter) {
		if err != nil {
			t.Fatal(err)
		}
		messages = append(messages, m)
	}
	return messages
}

// view makes a view and returns the texts that it shows, through Rows.
func view(t testing.TB, d *Dataset, filter Filter, sort Sort) []string {
	t.Helper()
	v, err := d.View(t.Context(), filter, sort)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := v.Rows(t.Context(), 0, v.Len())
	if err != nil {
		t.Fatal(err)
	}
	shown := []string{}
	for _, m := range rows {
		shown = append(shown, m.Text)
	}
	return shown
}

// dump is everything that a person could see of a dataset, as text.
func dump(t testing.TB, d *Dataset) string {
	t.Helper()
	var out strings.Builder
	categories, err := d.Categories(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range categories {
		fmt.Fprintf(&out, "%+v\n", c)
	}
	passages, err := d.Passages(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range passages {
		fmt.Fprintf(&out, "%+v\n", p)
	}
	for _, m := range all(t, d, Filter{}) {
		fmt.Fprintf(&out, "%+v\n", m)
	}
	return out.String()
}

// integrity is what SQLite says about the file, "ok" where it is sound.
func integrity(t testing.TB, path string) string {
	t.Helper()
	db, err := sql.Open("sqlite", dataSource(path, "ro"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var result string
	if err := db.QueryRow(`PRAGMA integrity_check`).Scan(&result); err != nil {
		t.Fatal(err)
	}
	return result
}

var testWords = strings.Fields(`the quick brown fox jumps over a lazy dog while I am thinking about my career and
	salary talk with manager tomorrow interview résumé CV Learning café İstanbul Straße 漢字 dread relief promotion`)

func randomMessage(random *rand.Rand) Message {
	var text strings.Builder
	for text.Len() < 20+random.IntN(70) {
		text.WriteString(testWords[random.IntN(len(testWords))])
		text.WriteByte(' ')
	}
	fmt.Fprint(&text, random.IntN(1_000_000))
	m := Message{
		Text:        text.String(),
		Source:      Source(random.IntN(2)),
		Status:      Status(random.IntN(3)),
		Flags:       Flag(random.IntN(16) & random.IntN(16) & random.IntN(16)),
		Uncertainty: float64(random.IntN(1000)) / 1000,
		Created:     time.UnixMilli(1_700_000_000_000 + random.Int64N(1e9)).UTC(),
	}
	if category := random.IntN(4); category < len(testCategories) {
		m.Category, m.Confidence, m.LabelledBy = testCategories[category].Name, float64(random.IntN(1000))/1000, LabelledBy(1+random.IntN(4))
	}
	if random.IntN(3) == 0 {
		m.Note = testWords[random.IntN(len(testWords))] + " " + testWords[random.IntN(3)]
	}
	if random.IntN(3) == 0 {
		m.Tags = ParseTags(testWords[random.IntN(len(testWords))] + "," + testWords[random.IntN(3)])
	}
	return m
}

// folder lists the names beside a file.
func folder(t testing.TB, path string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// setFlags raises some flags and lowers others, as one change.
func setFlags(ctx context.Context, d *Dataset, title i18n.Text, ids []int64, raise, lower Flag) error {
	return d.write(ctx, title, func(tx *writeTx) error {
		_, err := tx.changeMessages(ids, "true",
			columns{"flags": "(flags | :raise) & ~:lower"}, args{"raise": int(raise), "lower": int(lower)})
		return err
	})
}
