package gen

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"seedbed/gen/gentest"
	"seedbed/gen/openai/openaitest"
	"seedbed/gen/scheduler"
	"seedbed/gen/starter"
	"seedbed/localdb"
	"seedbed/localdb/reliability"
)

func TestMain(m *testing.M) {
	reliability.Main(map[string]reliability.Work{"generate": child, "builtin": child})
	os.Exit(m.Run())
}

// The names of the files of a child.
const (
	childDataset  = "killed.seedbed"
	childEndpoint = "endpoint" // holds its address; "" is the built-in writer
)

// child makes the dataset and starts a run in it, or takes up the one that is there.
func child(ctx context.Context, folder string, begin func()) error {
	endpoint, err := os.ReadFile(filepath.Join(folder, childEndpoint))
	if err != nil {
		return err
	}
	begin()
	return run(ctx, filepath.Join(folder, childDataset), string(endpoint))
}

func run(ctx context.Context, path, endpoint string) error {
	d, err := localdb.Create(ctx, path, starter.Default().Categories)
	if errors.Is(err, fs.ErrExist) {
		d, err = localdb.Open(ctx, path)
	}
	if err != nil {
		return err
	}
	w := endpointWriter(&openaitest.Server{URL: endpoint}, gentest.Price)
	if endpoint == "" {
		if w, err = NewBuiltinWriter("en", defaultPlan().Seed); err != nil {
			return err
		}
	}
	r, err := Resume(ctx, d, 0, scheduler.NewControls())
	if errors.Is(err, localdb.ErrNoRun) {
		for _, err := range d.Messages(ctx, localdb.Filter{}) {
			return errors.Join(err, d.Close()) // the kill came after the run's end
		}
		r, err = NewRun(ctx, d, defaultPlan(), w.Info(), scheduler.NewControls())
	}
	if err != nil {
		return err
	}
	r.clock = gentest.FasterClock(1000)
	result, err := r.Do(ctx, w, nil)
	if err != nil {
		return err
	}
	if result.State != scheduler.Done {
		return result.Summary
	}
	return d.Close()
}

// A run is killed at random moments and taken up again each time. It ends with what
// the plan asks for, and nothing that was stored is paid for twice.
func TestKilled(t *testing.T) {
	runs := uint64(0)
	servers := map[string]*openaitest.Server{} // by the folders of the runs
	trial := reliability.Trial{Work: "generate", Resumed: true, Killed: killedRun}
	trial.Prepare = func(t *testing.T, folder string) {
		runs++
		servers[folder] = openaitest.New(t, openaitest.Options{
			FirstToken: 20 * time.Millisecond,
			Fault: openaitest.Mix(runs, map[openaitest.Fault]float64{
				openaitest.RateLimit: 0.05, openaitest.ServerError: 0.05, openaitest.TooFew: 0.05, openaitest.Duplicates: 0.05, openaitest.Garbage: 0.03,
			}),
		})
		writeEndpoint(t, folder, servers[folder].URL)
	}
	trial.Finished = func(t *testing.T, folder string) {
		checkSurvivor(t, filepath.Join(folder, childDataset), servers[folder])
	}
	trial.Run(t)
}

func writeEndpoint(t *testing.T, folder, address string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, childEndpoint), []byte(address), 0o600); err != nil {
		t.Fatal(err)
	}
}

// killedRun judges a dataset right after a kill, and reports whether its run is complete.
func killedRun(t *testing.T, folder string, _ bool) bool {
	path := filepath.Join(folder, childDataset)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return false // it wasn't made yet
	}
	reliability.State(t, path)
	reliability.OnlyFiles(t, folder, childDataset, childEndpoint)
	d, err := localdb.OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	last, err := d.LastRun(t.Context())
	if err != nil && !errors.Is(err, localdb.ErrNoRun) {
		t.Fatal(err)
	}
	return err == nil && last.Done
}

// checkSurvivor looks at a finished dataset whose run was killed.
func checkSurvivor(t *testing.T, path string, s *openaitest.Server) {
	t.Helper()
	checkFile(t, path)
	d, err := localdb.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	checkCounts(t, d, defaultPlan())
	checkVaried(t, gentest.Messages(t, d, localdb.Filter{}))

	calls := map[string]openaitest.Call{} // by the id that the request was sent with
	for _, call := range s.Calls() {
		if _, twice := calls[call.ID]; twice {
			t.Errorf("request %s was sent twice", call.ID)
		}
		calls[call.ID] = call
	}
	stored := map[int64]bool{}
	for _, row := range ledgerRows(t, path) {
		call, arrived := calls[fmt.Sprintf("batch-%d-%d", row.batch, row.id)]
		delete(calls, call.ID)
		if stored[row.batch] {
			t.Errorf("batch %d was asked for again after it had been stored", row.batch)
		}
		if !row.answered {
			continue
		}
		if !arrived || !call.Charged || call.PromptTokens != row.promptTokens || call.CompletionTokens != row.completionTokens {
			t.Errorf("the ledger has %+v, the endpoint %+v", row, call)
		}
		stored[row.batch] = row.kept
	}
	for id := range calls {
		t.Errorf("the endpoint was sent %s, of which the ledger knows nothing", id)
	}
}

// checkFile fails the test where a file isn't a sound dataset.
func checkFile(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for pragma, want := range map[string]string{"integrity_check": "ok", "application_id": strconv.Itoa(localdb.ApplicationID), "user_version": newestVersion(t)} {
		var got string
		if err := db.QueryRow("PRAGMA " + pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %s, want %s (%v)", pragma, got, want, err)
		}
	}
}

// newestVersion is the user_version of a dataset that nothing happened to.
func newestVersion(t *testing.T) (version string) {
	t.Helper()
	db, err := sql.Open("sqlite", gentest.NewDataset(t).Path())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow("PRAGMA user_version").Scan(&version); err != nil {
		t.Fatal(err)
	}
	return version
}

// ledgerRow is a request as the file has it.
type ledgerRow struct {
	id, batch                      int64
	answered, kept                 bool // kept: its batch was stored with it
	promptTokens, completionTokens int
}

func ledgerRows(t *testing.T, path string) (list []ledgerRow) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(`
		SELECT q.id, q.batch, q.state = 1, q.state = 1 AND b.state = 1 AND
		       NOT EXISTS (SELECT 1 FROM requests later WHERE later.batch = q.batch AND later.id > q.id AND later.state = 1),
		       coalesce(q.prompt_tokens, 0), coalesce(q.completion_tokens, 0)
		FROM requests q JOIN batches b ON b.id = q.batch ORDER BY q.id`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var r ledgerRow
		if err := rows.Scan(&r.id, &r.batch, &r.answered, &r.kept, &r.promptTokens, &r.completionTokens); err != nil {
			t.Fatal(err)
		}
		list = append(list, r)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}
