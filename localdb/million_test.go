package localdb

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"seedbed/localdb/atomicfile"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/table"
)

// The benchmarks of this file measure against the sqlite3 program on the same file,
// turn by turn, and report the ratio of the times. Run them with
//
//	go test -run xxx -bench Million -benchtime 5x ./localdb

// millionCSV makes a file of a million labelled messages of about 60 bytes, once for
// all benchmarks, in the folder that TestMain removes.
var millionCSV = sync.OnceValues(func() (string, error) {
	if _, err := manyPath(); err != nil { // which makes the folder
		return "", err
	}
	path := filepath.Join(manyFolder, "million.csv")
	random := rand.New(rand.NewPCG(7, 8))
	words := strings.Fields(`the of to and a in is it you that he was for on are with as his they be at one have this from or had by hot but some what there we can out other were all your when up use word how said an each she which do their time if will way about many then them would write like so these her long make thing see him two has look more day could go come did my sound no most number who over know water than call first people manager shift salary nurse interview contract training payroll schedule deadline mentor course exam career boss team office client project budget invoice resume degree down side been now find any new work part take get place made live where after back little only round man year came show every good me give our under name very through just form much great think say help low line before turn cause same mean differ move right boy old too does tell sentence set three want air well also play small end put home read hand port large spell add even land here must big high such follow act why ask men change went light kind off need house picture try us again animal point mother world near build self earth father head stand own page should country found answer school grow study still learn plant cover food sun four thought let keep eye never last door between city tree cross since hard start might story saw far sea draw left late run while press close night life few stop open seem together next white children begin got walk example ease paper often always music those both mark book letter until mile river car feet care second group carry took rain eat room friend began idea fish mountain north once base hear horse cut sure watch colour face wood main`)
	var text strings.Builder
	confidences := []float64{1, 1, 0.9, 0.85, 0.73}
	return path, atomicfile.Write(path, func(w io.Writer) error {
		return table.WriteCSV(w, func(yield func(exchange.Row, error) bool) {
			for i := range manyRows {
				if i%50 == 0 {
					text.WriteString("again ") // nearly copies the message before
				} else {
					text.Reset()
				}
				for length := 30 + random.IntN(40); text.Len() < length; text.WriteByte(' ') {
					text.WriteString(words[random.IntN(len(words))])
				}
				row := exchange.Row{
					Message: text.String() + "now", Category: fmt.Sprint("category_", random.IntN(8)),
					Confidence: confidences[random.IntN(len(confidences))], HasConfidence: true,
				}
				if !yield(row, nil) {
					return
				}
			}
		}, exchange.WriteOptions{})
	})
})

// shell runs the sqlite3 program and returns how long that took.
func shell(b *testing.B, output string, arguments ...string) time.Duration {
	b.Helper()
	program, err := exec.LookPath("sqlite3")
	if err != nil {
		b.Fatal("this measures against the sqlite3 program, and there is none: install the package sqlite3")
	}
	var complaints bytes.Buffer
	command := exec.Command(program, arguments...)
	command.Stderr = &complaints
	if command.Stdout, err = os.Create(output); err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	err = command.Run()
	took := time.Since(start)
	if err != nil || complaints.Len() > 0 {
		b.Fatalf("sqlite3: %v %s", err, &complaints)
	}
	return took
}

// importMillion makes a dataset of the million messages.
func importMillion(b testing.TB, file, dataset string) {
	b.Helper()
	f, err := exchange.OpenFile(file)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	reading, err := table.ReadCSV(f, exchange.Options{})
	if err != nil {
		b.Fatal(err)
	}
	d, report, err := Import(context.Background(), dataset, testCategories, reading.Rows(), MergeOptions{})
	if err != nil {
		b.Fatal(err)
	}
	if report.Added+report.Known != manyRows || report.Added < manyRows*9/10 {
		b.Fatalf("%+v", report)
	}
	if err := d.Close(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkMillionImport makes a dataset of a million messages, with everything that
// Merge promises, beside sqlite3 reading the same file into a table without journal
// and flushing, and making an index of the category.
func BenchmarkMillionImport(b *testing.B) {
	file, err := millionCSV()
	if err != nil {
		b.Fatal(err)
	}
	var ours, theirs time.Duration
	for b.Loop() {
		folder := b.TempDir()
		theirs += shell(b, os.DevNull, filepath.Join(folder, "shell.db"),
			"-cmd", "PRAGMA journal_mode = off", "-cmd", "PRAGMA synchronous = off",
			".import --csv "+file+" messages", "CREATE INDEX category ON messages (category)")
		start := time.Now()
		importMillion(b, file, filepath.Join(folder, "ours.seedbed"))
		ours += time.Since(start)
		os.RemoveAll(folder)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(ours.Seconds()/float64(b.N), "s/import")
	b.ReportMetric(theirs.Seconds()/float64(b.N), "s/shell-import")
	b.ReportMetric(float64(ours)/float64(theirs), "import-ratio")
}

// BenchmarkMillionExport writes a million messages as CSV, beside sqlite3 doing the
// same with the same query on the same dataset.
func BenchmarkMillionExport(b *testing.B) {
	d := importedMillion(b)
	output := filepath.Join(b.TempDir(), "shell.csv")
	var ours, theirs time.Duration
	for b.Loop() {
		theirs += shell(b, output, "-readonly", "-header", "-csv", d.Path(), `
			SELECT m.text AS message, c.name AS category, m.confidence FROM messages m LEFT JOIN categories c ON c.id = m.category
			WHERE m.deleted = 0 ORDER BY m.id`)
		start := time.Now()
		err := atomicfile.Write(filepath.Join(b.TempDir(), "ours.csv"), func(w io.Writer) error {
			_, err := d.Export(b.Context(), w, Filter{}, exchange.WriteOptions{})
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
		ours += time.Since(start)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(ours.Seconds()/float64(b.N), "s/export")
	b.ReportMetric(theirs.Seconds()/float64(b.N), "s/shell-export")
	b.ReportMetric(float64(ours)/float64(theirs), "export-ratio")
}

// BenchmarkMillionNear flags the near-duplicates of a million messages.
func BenchmarkMillionNear(b *testing.B) {
	d := importedMillion(b)
	for b.Loop() {
		report, err := d.FindNearDuplicates(b.Context(), nil)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(report.NearDuplicates), "near-duplicates")
	}
}

// BenchmarkMillionMerge puts a million messages into a dataset that is open and has
// some, as one change that undo can take back.
func BenchmarkMillionMerge(b *testing.B) {
	file, err := millionCSV()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		d := newDataset(b)
		add(b, d, textsOf("hello")...)
		f, err := exchange.OpenFile(file)
		if err != nil {
			b.Fatal(err)
		}
		reading, err := table.ReadCSV(f, exchange.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := d.Merge(b.Context(), reading.Rows(), MergeOptions{}); err != nil {
			b.Fatal(err)
		}
		f.Close()
		d.Close()
	}
}

// importedMillion opens a dataset of the million messages.
func importedMillion(b *testing.B) *Dataset {
	b.Helper()
	file, err := millionCSV()
	if err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), "million.seedbed")
	importMillion(b, file, path)
	return openDataset(b, path)
}

// BenchmarkMillionMemory reports the most memory that a program takes which imports a
// million messages and exports them again.
func BenchmarkMillionMemory(b *testing.B) {
	file, err := millionCSV()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), "SEEDBED_TEST_MEASURE="+file)
		output, err := child.CombinedOutput()
		peak := regexp.MustCompile(`VmHWM:\s*(\d+) kB`).FindSubmatch(output)
		if err != nil || peak == nil {
			b.Fatalf("the child failed: %v\n%s", err, output)
		}
		kB, err := strconv.Atoi(string(peak[1]))
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(kB)/1000, "peak-MB")
	}
}

// measureMemory is the child of BenchmarkMillionMemory.
func measureMemory(file string) error {
	folder, err := os.MkdirTemp("", "seedbed-bench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	f, err := exchange.OpenFile(file)
	if err != nil {
		return err
	}
	reading, err := table.ReadCSV(f, exchange.Options{})
	if err != nil {
		return err
	}
	d, _, err := Import(context.Background(), filepath.Join(folder, "million.seedbed"), testCategories, reading.Rows(), MergeOptions{})
	if err != nil {
		return err
	}
	if _, err := d.Export(context.Background(), io.Discard, Filter{}, exchange.WriteOptions{}); err != nil {
		return err
	}
	status, err := os.ReadFile("/proc/self/status")
	fmt.Printf("%s\n", status)
	return err
}
