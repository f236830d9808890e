package intent

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"seedbed/assets"
)

func BenchmarkTrain1000(b *testing.B) {
	examples := thousand(b)
	for b.Loop() {
		mustTrain(b, examples, Options{})
	}
}

func BenchmarkCheck1000(b *testing.B) {
	examples := thousand(b)
	for b.Loop() {
		if _, err := Check(b.Context(), examples, CheckOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPredict(b *testing.B) {
	examples := part(b)
	m := mustTrain(b, examples, Options{})
	i := 0
	for b.Loop() {
		m.Predict(examples[i%len(examples)].Text)
		i++
	}
}

func BenchmarkParaphrases100000(b *testing.B) {
	base := texts(part(b))
	var list []string
	for i := range 100_000 {
		list = append(list, base[i%len(base)]+" "+base[(i*7+i/len(base))%len(base)])
	}
	for b.Loop() {
		m, err := NewMeaning(list)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := m.Paraphrases(b.Context(), AsParaphrase); err != nil {
			b.Fatal(err)
		}
	}
}

// thousand messages of eight categories, a little over what is shipped.
func thousand(tb testing.TB) []Example {
	tb.Helper()
	all := part(tb)
	for i := range 280 {
		e := all[i]
		e.Text += " " + all[i+1].Text
		all = append(all, e)
	}
	return all
}

// BenchmarkClinc150 trains the check model, scikit-learn's linear SVM and
// fastText on CLINC150 in one run and prints them side by side. The data is
// looked for in $SEEDBED_SHARED or in shared/ beside the repository.
func BenchmarkClinc150(b *testing.B) {
	shared := os.Getenv("SEEDBED_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	folder := filepath.Join(shared, "data", "clinc150")
	trainFile, testFile := filepath.Join(folder, "train.csv"), filepath.Join(folder, "test.csv")
	if _, err := os.Stat(trainFile); err != nil {
		// Printed, since a benchmark's reason to skip is shown only with -v.
		fmt.Printf("  Clinc150: not measured, since the data is not in %s. Get CLINC150 (Larson et al., 2019; data_full.json of "+
			"github.com/clinc/oos-eval), write its in-scope messages as message,category into train.csv and test.csv there, "+
			"or name the folder above data/clinc150 in SEEDBED_SHARED.\n", folder)
		b.SkipNow()
	}
	train, test := readExamples(b, trainFile), readExamples(b, testFile)

	type outcome struct {
		Seconds, Accuracy float64
	}
	var out strings.Builder
	show := func(name string, o outcome, than float64) {
		fmt.Fprintf(&out, "%-28s %6.2f s training  %5.2f %%", name, o.Seconds, 100*o.Accuracy)
		if than > 0 {
			fmt.Fprintf(&out, "  %.3f of scikit-learn's time", o.Seconds/than)
		}
		out.WriteByte('\n')
	}
	ours := func(options Options) (outcome, *Model) {
		runtime.GC()
		start := time.Now()
		m := mustTrain(b, train, options)
		return outcome{time.Since(start).Seconds(), Evaluate(m, test).Accuracy}, m
	}
	for b.Loop() {
		out.Reset()
		others := map[string]*outcome{}
		answer, err := exec.Command("/usr/bin/python3", "testdata/bench/compare.py", trainFile, testFile).Output()
		if err == nil {
			err = json.Unmarshal(answer, &others)
		}
		if err != nil {
			fmt.Fprintf(&out, "scikit-learn and fastText did not run: %v\n", err)
		}
		than := 0.0
		if o := others["scikit-learn"]; o != nil {
			than = o.Seconds
			show("scikit-learn, linear SVM", *o, 0)
		} else {
			out.WriteString("scikit-learn is missing: apt-get install python3-sklearn\n")
		}
		if o := others["fastText"]; o != nil {
			show("fastText", *o, than)
		} else {
			out.WriteString("fastText is missing: apt-get install fasttext\n")
		}
		plain, _ := ours(Options{NGramsOnly: true})
		show("check model, n-grams alone", plain, than)
		full, m := ours(Options{})
		show("check model", full, than)
		again, other := ours(Options{})
		var a, c bytes.Buffer
		if err := m.Save(&a); err != nil {
			b.Fatal(err)
		}
		if err := other.Save(&c); err != nil {
			b.Fatal(err)
		}
		show("check model, once more", again, than)
		fmt.Fprintf(&out, "the same model both times: %v, %d bytes saved\n", bytes.Equal(a.Bytes(), c.Bytes()), a.Len())
		start := time.Now()
		for _, e := range test {
			m.Predict(e.Text)
		}
		fmt.Fprintf(&out, "%.3f ms to predict a message\n", 1000*time.Since(start).Seconds()/float64(len(test)))
	}
	b.Logf("\n%s", out.String())
}

// BenchmarkRealStyle trains on messages drawn from the phrases of the built-in
// writer and tests on messages in the style of real people.
func BenchmarkRealStyle(b *testing.B) {
	phrases := map[string][]string{}
	folder, err := assets.Starter("coaching")
	if err != nil {
		b.Fatal(err)
	}
	test := map[string][]Example{
		"development": readExamples(b, "../testdata/realstyle_dev.csv"),
		"held out":    readExamples(b, "../testdata/realstyle_held.csv"),
	}
	for _, e := range test["development"] {
		if phrases[e.Category] != nil {
			continue
		}
		file, err := folder.Open("en/" + e.Category + ".txt")
		if err != nil {
			b.Fatal(err)
		}
		text, err := io.ReadAll(file)
		if err != nil {
			b.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
				phrases[e.Category] = append(phrases[e.Category], line)
			}
		}
	}
	var out strings.Builder
	for b.Loop() {
		out.Reset()
		for _, each := range []int{80, 114} {
			for _, name := range []string{"development", "held out"} {
				for _, options := range []Options{{NGramsOnly: true}, {}} {
					const draws = 8
					mean := 0.0
					for seed := range uint64(draws) {
						mean += Evaluate(mustTrain(b, pickEach(phrases, each, seed), options), test[name]).Accuracy / draws
					}
					fmt.Fprintf(&out, "%3d a category, %-11s  n-grams alone %-5v  %.1f %%\n", each, name, options.NGramsOnly, 100*mean)
				}
			}
		}
	}
	b.Logf("\n%s", out.String())
}

// pickEach draws as many messages of each category, in an order of its seed.
func pickEach(from map[string][]string, each int, seed uint64) []Example {
	random := rand.New(rand.NewPCG(seed, 80))
	var drawn []Example
	for _, category := range slices.Sorted(maps.Keys(from)) {
		list := from[category]
		for _, i := range random.Perm(len(list))[:min(each, len(list))] {
			drawn = append(drawn, Example{Text: list[i], Category: category, Group: -1})
		}
	}
	return drawn
}
