package gen

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"seedbed/gen/gentest"
	"seedbed/gen/openai/openaitest"
	"seedbed/gen/scheduler"
	"seedbed/gen/starter"
	"seedbed/localdb"
)

// The variables that make the test binary a child that carries out a run.
const (
	childDataset  = "SEEDBED_TEST_DATASET"
	childEndpoint = "SEEDBED_TEST_ENDPOINT" // "" is the built-in writer
)

func TestMain(m *testing.M) {
	if path := os.Getenv(childDataset); path != "" {
		if err := child(context.Background(), path, os.Getenv(childEndpoint)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// child makes the dataset and starts a run in it, or takes up the one that is there.
func child(ctx context.Context, path, endpoint string) error {
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

// killsWanted is how many kills a test makes: a handful, or what SEEDBED_KILLS says.
func killsWanted() int {
	if n, err := strconv.Atoi(os.Getenv("SEEDBED_KILLS")); err == nil {
		return n
	}
	return 3
}

// A run is killed at random moments and taken up again each time. It ends with what
// the plan asks for, and nothing that was stored is paid for twice.
func TestKilled(t *testing.T) {
	for kills, run := killsWanted(), 0; kills > 0; run++ {
		s := openaitest.New(t, openaitest.Options{
			FirstToken: 20 * time.Millisecond,
			Fault: openaitest.Mix(uint64(run), map[openaitest.Fault]float64{
				openaitest.RateLimit: 0.05, openaitest.ServerError: 0.05, openaitest.TooFew: 0.05, openaitest.Duplicates: 0.05, openaitest.Garbage: 0.03,
			}),
		})
		path := filepath.Join(t.TempDir(), "killed.seedbed")
		for killChild(t, kills > 0, path, s.URL) {
			kills--
		}
		checkSurvivor(t, path, s)
	}
}

// killChild starts a child and, if it is to, kills it at a random moment. It tells
// whether the kill came before the child's end.
func killChild(t *testing.T, kill bool, path, endpoint string) bool {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childDataset+"="+path, childEndpoint+"="+endpoint)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if kill {
		timer := time.AfterFunc(rand.N(400*time.Millisecond), func() { _ = cmd.Process.Kill() })
		defer timer.Stop()
	}
	err := cmd.Wait()
	if killed := cmd.ProcessState.ExitCode() == -1; killed {
		return true
	}
	if err != nil {
		t.Fatal(err)
	}
	return false
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
