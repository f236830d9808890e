package plausible_test

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"seedbed/assets"
	"seedbed/gen/phrases"
	"seedbed/gen/plausible"
	"seedbed/localdb/neardup"
)

// batch is how many messages an answer usually has.
const batch = 10

// alarms judges texts as if they were answers to requests for messages in a language, in random
// order, and returns how many answers are held to be rubbish and which texts would be discarded.
func alarms(language string, texts []string) (answers, rubbish int, discarded []string) {
	texts = append([]string(nil), texts...)
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(texts), func(i, k int) { texts[i], texts[k] = texts[k], texts[i] })
	judge := plausible.NewJudge(language)
	for ; len(texts) > 0; answers++ {
		n := min(batch, len(texts))
		v := judge.Look(texts[:n], make([]string, n), nil)
		if v.Rubbish {
			rubbish++
		}
		for i, s := range v.Signs {
			if s != "" {
				discarded = append(discarded, s+": "+texts[i])
			}
		}
		texts = texts[n:]
	}
	return answers, rubbish, discarded
}

// checkAlarms fails the test where an answer made of real messages is rubbish, or where more than
// one message in a thousand is discarded.
func checkAlarms(t *testing.T, name, language string, texts []string) {
	t.Helper()
	if len(texts) == 0 {
		t.Fatalf("%s: no texts", name)
	}
	answers, rubbish, discarded := alarms(language, texts)
	t.Logf("%-28s %5d messages, %d discarded; %4d answers, %d rubbish", name, len(texts), len(discarded), answers, rubbish)
	if rubbish > 0 || len(discarded)*1000 > len(texts) {
		t.Errorf("%s: %d of %d answers are rubbish; discarded: %q", name, rubbish, answers, discarded)
	}
}

func TestRealMessagesAreKept(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../testdata/*.csv")
	if err != nil || len(files) < 10 {
		t.Fatal(files, err)
	}
	for _, file := range append(files, "../intent/testdata/clinc150_part.csv") {
		checkAlarms(t, filepath.Base(file), "en", column(t, file))
	}
}

// All of CLINC150 (Larson et al., 2019), where it is at hand; BenchmarkClinc150 of gen/intent says
// how to get it.
func BenchmarkClinc150(b *testing.B) {
	shared := os.Getenv("SEEDBED_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	for range b.N {
		for _, part := range []string{"train", "val", "test", "oos_train", "oos_val", "oos_test"} {
			texts := column(b, filepath.Join(shared, "data", "clinc150", part+".csv"))
			answers, rubbish, discarded := alarms("en", texts)
			b.Logf("%-10s %d messages, %d discarded; %d answers, %d rubbish; %q", part, len(texts), len(discarded), answers, rubbish, discarded)
		}
	}
}

// column is the first column of a CSV file, without its title.
func column(tb testing.TB, file string) []string {
	tb.Helper()
	f, err := os.Open(file)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		tb.Fatal(err)
	}
	var texts []string
	for _, row := range rows[1:] {
		texts = append(texts, row[0])
	}
	return texts
}

func TestShippedMessagesAreKept(t *testing.T) {
	t.Parallel()
	for _, name := range assets.StarterNames() {
		folder, err := assets.Starter(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, language := range assets.PhraseLanguages() {
			banks, err := fs.Glob(folder, language+"/*.txt")
			if err != nil {
				t.Fatal(err)
			}
			var bank, written []string
			for _, file := range banks {
				bank = append(bank, linesOf(t, folder, file)...)
				category := strings.TrimSuffix(path.Base(file), ".txt")
				w, err := phrases.New(language, 7, func() phrases.Index { return neardup.NewIndex() })
				if err != nil {
					t.Fatal(err)
				}
				texts, err := w.Write(phrases.Subject{Category: category, Bank: name + "/" + category}, 100)
				if err != nil && !errors.Is(err, phrases.ErrExhausted) {
					t.Fatal(err)
				}
				written = append(written, texts...)
			}
			if len(banks) > 0 {
				checkAlarms(t, name+", bank, "+language, language, bank)
				checkAlarms(t, name+", written, "+language, language, written)
			}
		}
	}
}

func TestMessagesInAnyLanguageAreKept(t *testing.T) {
	t.Parallel()
	for language, texts := range languages(t) {
		_, code, mixed := strings.Cut(language, " ") // "mixed hi" is Hindi as it is typed beside English
		if !mixed {
			code = language
		}
		checkAlarms(t, language, code, texts)
	}
}

// languages are the messages of testdata/languages.txt.
func languages(t *testing.T) map[string][]string {
	t.Helper()
	all, err := os.ReadFile("testdata/languages.txt")
	if err != nil {
		t.Fatal(err)
	}
	list, language := map[string][]string{}, ""
	for line := range strings.Lines(string(all)) {
		switch line = strings.TrimSpace(line); {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			language = strings.Trim(line, "[]")
		default:
			list[language] = append(list[language], line)
		}
	}
	return list
}

func linesOf(t *testing.T, folder fs.FS, file string) []string {
	t.Helper()
	all, err := fs.ReadFile(folder, file)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for line := range strings.Lines(string(all)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			list = append(list, line)
		}
	}
	return list
}

// What is kept of random letters in many answers, and what is lost of real messages that stand
// among them.
func TestRandomLettersInManyAnswers(t *testing.T) {
	t.Parallel()
	judge := plausible.NewJudge("en")
	good := column(t, "../testdata/realstyle_held.csv")
	random := rand.New(rand.NewPCG(9, 9))
	bad, kept, lost, passed := 0, 0, 0, 0
	for n := range 300 {
		texts := []string{good[n], good[(n*7+1)%len(good)]}
		for i := range batch - 2 {
			texts = append(texts, letters(latin, 3+random.IntN(5), 8)(random, i))
		}
		v := judge.Look(texts, make([]string, batch), nil)
		if !v.Rubbish {
			passed++
		}
		for i, s := range v.Signs {
			switch {
			case i < 2 && s != "":
				lost++
			case i >= 2:
				if bad++; s == "" {
					kept++
				}
			}
		}
	}
	t.Logf("of 300 answers of 8 random texts and 2 real messages, %d passed; %d of %d random texts were kept, %d of 600 real messages lost", passed, kept, bad, lost)
	if passed > 0 || kept*100 > 2*bad || lost > 30 {
		t.Errorf("%d answers passed, %d random texts kept, %d real messages lost", passed, kept, lost)
	}
}
