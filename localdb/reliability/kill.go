package reliability

import (
	"bufio"
	"context"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"
)

// The variables that make the binary of a test a child that does some work.
const (
	childWork   = "SEEDBED_TEST_WORK"
	childFolder = "SEEDBED_TEST_FOLDER"
)

// What a child prints, a line each.
const (
	begun = "begun"
	done  = "done"
)

// Work is what a child does in a folder. It calls begin when all that comes before is
// done, such as opening the dataset: that is when the kills begin.
type Work func(ctx context.Context, folder string, begin func()) error

// Main does the work that this process was started for, if it is a child, and ends. A
// package whose tests kill children calls it first in TestMain.
func Main(works map[string]Work) {
	work, ok := works[os.Getenv(childWork)]
	if !ok {
		return
	}
	if err := work(context.Background(), os.Getenv(childFolder), func() { fmt.Println(begun) }); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(done)
	os.Exit(0)
}

// Trial is how one kind of work is killed and judged.
type Trial struct {
	Work string // one of works
	// Prepare makes in a new folder what the work needs.
	Prepare func(t *testing.T, folder string)
	// Killed judges the folder after a kill, and reports whether the work is all there.
	// Said tells that the child had said so: then it has to be.
	Killed func(t *testing.T, folder string, said bool) (all bool)
	// Resumed means that the next child goes on in the folder of one that was killed, until
	// one comes to its end, which Finished then judges.
	Resumed  bool
	Finished func(t *testing.T, folder string)
}

// works are all kinds of work that are killed, in the order in which they are listed, and
// what each does.
var works = []struct{ name, does string }{
	{"generate", "Generating with a language model, resumed each time"},
	{"builtin", "Generating with the built-in writer, resumed each time"},
	{"import", "Importing 200,000 messages as a new dataset"},
	{"merge", "Merging a million messages into a dataset"},
	{"changes", "One small change after another"},
	{"relabel", "Relabelling 50,000 messages at once"},
	{"undo", "Undoing that"},
	{"export", "Exporting 50,000 messages over an earlier export"},
	{"rescue", "Rescuing 50,000 messages of a damaged dataset"},
	{"share", "Saving a clean copy of 50,000 messages"},
	{"forget", "Forgetting 500 of 50,000 messages, and in a backup"},
	{"backup", "Backing up 50,000 messages"},
	{"goback", "Going back to a backup of 50,000 messages"},
	{"migration", "Bringing 50,000 messages up from the first version of the file"},
	{"window-merge", "In the window: merging a file of 40,000 messages"},
	{"window-relabel", "In the window: relabelling 20,000 messages at once"},
	{"window-export", "In the window: exporting 20,000 messages over an earlier export"},
	{"window-goback", "In the window: going back to a backup of 20,000 messages"},
}

// Wanted is how often each kind of work is killed: twice, or its part of SEEDBED_KILLS.
func Wanted() (kills int, recorded bool) {
	if n, err := strconv.Atoi(os.Getenv("SEEDBED_KILLS")); err == nil {
		return (n + len(works) - 1) / len(works), true
	}
	return 2, false
}

// Run kills children that do a kind of work, each at a random moment between its
// beginning and its end. SEEDBED_KILLS says how many kills all kinds share, and lets them
// be recorded; SEEDBED_KILL_SEED draws other moments.
func (trial Trial) Run(t *testing.T) {
	kills, recorded := Wanted()
	seed, err := strconv.ParseUint(os.Getenv("SEEDBED_KILL_SEED"), 10, 64)
	if err != nil {
		seed = 1
	}
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(trial.Work))
	random := rand.New(rand.NewPCG(seed, hash.Sum64()))

	folder := t.TempDir()
	trial.Prepare(t, folder)
	whole := trial.start(t, folder, -1) // nobody kills the first, whose time is the measure
	if trial.Finished != nil {
		trial.Finished(t, folder)
	}
	t.Logf("%s: seed %d, %d kills within %v", trial.Work, seed, kills, whole.took)

	result := Killed{Work: trial.Work}
	folder = ""
	for result.Kills < kills {
		if folder == "" {
			folder = t.TempDir()
			trial.Prepare(t, folder)
		}
		after := time.Duration(random.Float64() * float64(whole.took))
		child := trial.start(t, folder, after)
		switch {
		case child.killed:
			result.Kills++
			ok := t.Run(fmt.Sprintf("kill %d after %v", result.Kills, after.Round(time.Microsecond)), func(t *testing.T) {
				all := trial.Killed(t, folder, child.said)
				if child.said && !all {
					t.Error("the work had been said to be done, and isn't there")
				}
				if all {
					result.Done++
				}
			})
			if !ok {
				result.Lost++
			}
		case trial.Finished != nil:
			trial.Finished(t, folder)
		}
		if !trial.Resumed || !child.killed {
			folder = ""
		}
	}
	if trial.Resumed && folder != "" {
		trial.start(t, folder, -1)
		trial.Finished(t, folder)
	}
	if recorded {
		Record(t, result)
	}
}

// child is how a child ended.
type child struct {
	killed bool
	said   bool // that it was done
	took   time.Duration
}

// start starts a child and kills it some time after it has begun, or never where that is
// negative.
func (trial Trial) start(t *testing.T, folder string, after time.Duration) (c child) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0]) //nolint:gosec // this very test
	cmd.Env = append(os.Environ(), childWork+"="+trial.Work, childFolder+"="+folder)
	cmd.Stderr = os.Stderr
	output, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(output)
	lines.Scan()
	since := time.Now()
	if lines.Text() == begun && after >= 0 {
		defer time.AfterFunc(after, func() { _ = cmd.Process.Kill() }).Stop()
	}
	for lines.Scan() {
		c.said = c.said || lines.Text() == done
	}
	c.took = time.Since(since)
	err = cmd.Wait()
	c.killed = cmd.ProcessState.ExitCode() == -1
	if err != nil && !c.killed {
		t.Fatalf("%s failed: %v", trial.Work, err)
	}
	return c
}
