// Package reliability kills children of tests at random moments, and keeps the record of
// what kills and damages did, from which docs/reliability.md is made. Only tests use it.
package reliability

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
)

// Killed is what became of one kind of work that was killed at random moments.
type Killed struct {
	Work  string `json:"work"`
	Kills int    `json:"kills"`
	Done  int    `json:"done"` // kills after which all of the work was there
	Lost  int    `json:"lost"` // kills after which something was missing, half-done or in the way
}

// Damaged is what became of a dataset that was damaged in one way.
type Damaged struct {
	Damage   string  `json:"damage"`
	Messages int     `json:"messages"` // in the dataset
	Times    int     `json:"times"`
	Noticed  int     `json:"noticed"` // said in words when the dataset was opened or used
	Refused  int     `json:"refused"` // nothing could be rescued
	Share    float64 `json:"share"`   // of the messages that was rescued, on average
	Worst    float64 `json:"worst"`
	Wrong    int     `json:"wrong"`  // messages rescued with another text than they had
	Failed   int     `json:"failed"` // a crash, a hang, no sentence, or a changed original
}

// The files of the record.
const (
	killsFile   = "kills.json"
	damagesFile = "damages.json"
)

// RecordDamages replaces the record of all damages.
func RecordDamages(t testing.TB, list []Damaged) {
	t.Helper()
	write(t, damagesFile, list)
}

// Record replaces the record of one kind of work.
func Record(t testing.TB, k Killed) {
	t.Helper()
	list := read[Killed](t, killsFile)
	list = slices.DeleteFunc(list, func(old Killed) bool { return old.Work == k.Work })
	list = append(list, k)
	slices.SortFunc(list, func(a, b Killed) int { return place(a.Work) - place(b.Work) })
	write(t, killsFile, list)
}

// place is where a kind of work stands among works.
func place(work string) int {
	for i, w := range works {
		if w.name == work {
			return i
		}
	}
	return -1
}

// inTestdata is the path of a file of the record, from whichever package the test is.
func inTestdata(name string) string {
	_, source, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(source), "testdata", name)
}

func read[T any](t testing.TB, name string) (list []T) {
	t.Helper()
	data, err := os.ReadFile(inTestdata(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = json.Unmarshal(data, &list)
	}
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func write[T any](t testing.TB, name string, list []T) {
	t.Helper()
	data, err := json.MarshalIndent(list, "", "  ")
	if err == nil {
		err = os.WriteFile(inTestdata(name), append(data, '\n'), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
