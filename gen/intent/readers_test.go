package intent

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"seedbed/gen/intent/features"
	"seedbed/gen/intent/outofscope"
)

// answer is what a reader in another language answers.
type answer struct {
	Category      string             `json:"category"`
	Nearest       string             `json:"nearest"`
	Confidence    float64            `json:"confidence"`
	OutOfScope    float64            `json:"out_of_scope"`
	None          bool               `json:"none"`
	Probabilities map[string]float64 `json:"probabilities"`
}

// readersUnderTest start a program that loads the model it is named, reads a list of
// messages from standard input and writes the list of its answers.
var readersUnderTest = map[string]func(folder, model string) *exec.Cmd{
	"Python": func(folder, model string) *exec.Cmd {
		const program = `import json, sys
sys.path.insert(0, sys.argv[1])
from predict import Model
model = Model(sys.argv[2])
json.dump([model.predict(message) for message in json.load(sys.stdin)], sys.stdout)`
		return exec.Command(python(), "-c", program, folder, model)
	},
	"JavaScript": func(folder, model string) *exec.Cmd {
		const program = `const { loadModel } = require(process.argv[1] + "/predict.js");
loadModel(process.argv[2]).then((model) => {
  const messages = JSON.parse(require("fs").readFileSync(0));
  require("fs").writeSync(1, JSON.stringify(messages.map((message) => model.predict(message))));
});`
		return exec.Command("node", "-e", program, folder, model)
	},
}

// commandLines are the same readers as a person starts them.
var commandLines = map[string]func(folder, model string) *exec.Cmd{
	"Python": func(folder, model string) *exec.Cmd {
		return exec.Command(python(), "-W", "error", filepath.Join(folder, "predict.py"), "--model", model)
	},
	"JavaScript": func(folder, model string) *exec.Cmd {
		return exec.Command("node", filepath.Join(folder, "predict.js"), "--model", model)
	},
}

// inPage loads a model as a page does, without anything of Node.js.
func inPage(folder, model string) *exec.Cmd {
	const program = `const vm = require("vm"), fs = require("fs");
const page = vm.createContext({ TextDecoder, TextEncoder, Blob, Response, DecompressionStream });
vm.runInContext(fs.readFileSync(process.argv[1] + "/predict.js", "utf8"), page);
let inflates = true;
try { new DecompressionStream("deflate-raw") } catch { inflates = false } // before Node.js 20.12
page.loadModel(new Uint8Array(fs.readFileSync(process.argv[2] + (inflates ? "" : ".stored"))).buffer).then((model) => {
  const messages = JSON.parse(fs.readFileSync(0));
  fs.writeSync(1, JSON.stringify(messages.map((message) => model.predict(message))));
});`
	return exec.Command("node", "-e", program, folder, model)
}

// python is the system's own, which has the packages that .ci/install installs.
func python() string {
	const system = "/usr/bin/python3"
	if _, err := os.Stat(system); err == nil {
		return system
	}
	return "python3"
}

// answers are what each reader says of the messages.
func answers(t *testing.T, command *exec.Cmd, messages []string) []answer {
	t.Helper()
	input, err := json.Marshal(messages)
	if err != nil {
		t.Fatal(err)
	}
	var list []answer
	if err := json.Unmarshal(run(t, command, input), &list); err != nil || len(list) != len(messages) {
		t.Fatalf("%d answers to %d messages: %v", len(list), len(messages), err)
	}
	return list
}

// run is the output of a program that has nothing to complain of.
func run(t *testing.T, command *exec.Cmd, input []byte) []byte {
	t.Helper()
	command.Stdin = bytes.NewReader(input)
	var problem bytes.Buffer
	command.Stderr = &problem
	output, err := command.Output()
	if err != nil || problem.Len() > 0 {
		t.Fatalf("%v (apt-get install python3-numpy nodejs, if it is missing): %s", err, problem.String())
	}
	return output
}

// unzipped writes a model and its readers into a folder, as a person would unzip it.
func unzipped(tb testing.TB, m *Model) (folder, file string) {
	tb.Helper()
	folder = tb.TempDir()
	file = filepath.Join(folder, "a model") // no ending says that it is a zip
	model := saved(tb, m)
	files := contents(tb, model)
	if err := os.WriteFile(file, model, 0o600); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(file+".stored", zipped(tb, files, zip.Store), 0o600); err != nil {
		tb.Fatal(err)
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	return folder, file
}

func TestReadersInOtherLanguagesAgree(t *testing.T) {
	n := 10_000
	if testing.Short() {
		n = 500
	}
	english, german := part(t), germanExamples()
	var undecided []Example // categories that nothing tells apart
	for _, e := range english[:60] {
		for _, category := range []string{"one", "__proto__", "three <\"&’"} {
			undecided = append(undecided, Example{Text: e.Text, Category: category, Group: -1})
		}
	}
	for name, c := range map[string]struct {
		examples []Example
		options  Options
		n        int
	}{
		"with word vectors": {english, Options{}, n},
		"n-grams only":      {english[:300], Options{NGramsOnly: true}, n / 20},
		"not English":       {german, Options{}, n / 20},
		"ties":              {undecided, Options{}, n / 20},
	} {
		m := mustTrain(t, c.examples, c.options)
		messages := oddMessages(t, c.n)
		folder, file := unzipped(t, m)
		for language, command := range readersUnderTest {
			t.Run(name+"/"+language, func(t *testing.T) {
				t.Parallel()
				compare(t, m, messages, answers(t, command(folder, file), messages))
				compare(t, m, messages[:20], answers(t, command(folder, folder), messages[:20]))
			})
		}
	}
}

func TestReadersTakeLinesAndPages(t *testing.T) {
	m := mustTrain(t, part(t), Options{})
	folder, file := unzipped(t, m)
	var lines []string
	for _, text := range oddMessages(t, 100) {
		if text = strings.TrimSuffix(strings.ReplaceAll(text, "\n", " "), "\r"); text != "" {
			lines = append(lines, text)
		}
	}
	for language, command := range commandLines {
		t.Run(language, func(t *testing.T) {
			output := run(t, command(folder, file), []byte("\n"+strings.Join(lines, "\r\n")+"\n\n"))
			var list []answer
			for decoder := json.NewDecoder(bytes.NewReader(output)); decoder.More(); {
				var a answer
				if err := decoder.Decode(&a); err != nil {
					t.Fatal(err)
				}
				list = append(list, a)
			}
			if len(list) != len(lines) {
				t.Fatalf("%d answers to %d lines", len(list), len(lines))
			}
			compare(t, m, lines, list)
		})
	}
	t.Run("page", func(t *testing.T) { compare(t, m, lines, answers(t, inPage(folder, file), lines)) })
}

func compare(t *testing.T, m *Model, messages []string, list []answer) {
	t.Helper()
	wrong := 0
	for i, text := range messages {
		p := m.Predict(text)
		same := list[i].Nearest == p.Category && near(list[i].Confidence, p.Confidence) && near(list[i].OutOfScope, p.OutOfScope)
		threshold := m.Threshold(outofscope.DefaultKept).Score
		same = same && (list[i].None == (p.OutOfScope > threshold) || near(p.OutOfScope, threshold))
		same = same && (list[i].Category == outofscope.None) == list[i].None && (list[i].None || list[i].Category == p.Category)
		for c, category := range m.Categories() {
			same = same && near(list[i].Probabilities[category], p.Probabilities[c])
		}
		if !same {
			if wrong++; wrong <= 5 {
				t.Errorf("%q: %+v, not %+v", text, list[i], p)
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%d of %d messages differ", wrong, len(messages))
	}
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-4 }

// germanExamples are of few words that the word vectors know.
func germanExamples() []Example {
	var list []Example
	for category, messages := range map[string][]string{
		"lieferung": {"Wo bleibt mein Paket?", "wann kommt die Lieferung an", "Das Päckchen ist beschädigt angekommen"},
		"rechnung":  {"Die Rechnung stimmt nicht", "ich habe zweimal bezahlt", "Bitte schicken Sie mir die Rechnung"},
		"gruß":      {"Guten Morgen!", "hallo zusammen", "Grüß Gott und schönen Tag"},
	} {
		for _, text := range messages {
			list = append(list, Example{Text: text, Category: category, Group: -1})
		}
	}
	return list
}

// oddMessages are the test data as they are, cut, joined and mixed with every script,
// emoji, control characters and broken bytes; the same for each run.
func oddMessages(t *testing.T, n int) []string {
	t.Helper()
	var base []string
	for _, file := range []string{"testdata/clinc150_part.csv", "../testdata/realstyle_dev.csv", "../testdata/realstyle_held.csv"} {
		base = append(base, texts(readExamples(t, file))...)
	}
	for spelling := range features.Shorthand {
		base = append(base, spelling, strings.ToUpper(spelling), strings.ReplaceAll(spelling, "'", "’"))
	}
	list := []string{
		"", " ", "'", "''’", "n't", "'t", "don''t", "a’b'c", "rock'n'roll", "?!?!", "İstanbul ẞ ǅ Ⓐ Ⅷ", "ΑΣ ΣΑΣ", "e\u0301É", "\u2028\u0085\x00",
		"constructor toString __proto__ hasOwnProperty", "it's hasOwnProperty's o'constructor", strings.Repeat("ä", 31) + "a" + strings.Repeat("😀b", 40),
		strings.Repeat("x", 63) + "é" + "y", "\xff\xfeabc\xc3", "\xed\xa0\x80 lone \xed\xb0\x80", "👩‍👩‍👧‍👦🏳️‍🌈 1️⃣", "𐐀𐐨 𝔘𝔫𝔦 ﬀ ﷺ", "\uf900 𐐨𐐨", "१२३ ٣٤ 𝟘",
		strings.Repeat("the quick brown fox ", 200),
	}
	random := rand.New(rand.NewPCG(1, 10_000))
	list = append(list, base[:min(len(base), n/2)]...)
	scripts := make([]*unicode.RangeTable, 0, len(unicode.Scripts))
	for _, name := range slices.Sorted(maps.Keys(unicode.Scripts)) {
		scripts = append(scripts, unicode.Scripts[name])
	}
	for len(list) < n {
		var b strings.Builder
		script := scripts[random.IntN(len(scripts))]
		for range 1 + random.IntN(6) {
			words := strings.Fields(base[random.IntN(len(base))])
			switch random.IntN(8) {
			case 0:
				b.WriteString(strings.ToUpper(words[random.IntN(len(words))]))
			case 1:
				for range 1 + random.IntN(12) {
					b.WriteRune(anyOf(script, random))
				}
			case 2:
				b.WriteRune(rune(random.IntN(unicode.MaxRune)))
			case 3:
				fmt.Fprintf(&b, "%c%c", 0x1f300+rune(random.IntN(0x400)), 0xfe0f)
			case 4:
				b.WriteByte(byte(random.IntN(256)))
			case 5:
				word := []rune(words[random.IntN(len(words))])
				random.Shuffle(len(word), func(i, j int) { word[i], word[j] = word[j], word[i] })
				b.WriteString(string(word) + "'s")
			default:
				b.WriteString(strings.Join(words[random.IntN(len(words)):], " "))
			}
			if random.IntN(3) > 0 {
				b.WriteString([]string{" ", " ", "\n", "-", "’", "'", "!", "?", "\u00a0"}[random.IntN(9)])
			}
		}
		list = append(list, b.String())
	}
	return list
}

// anyOf is a character of a script.
func anyOf(script *unicode.RangeTable, random *rand.Rand) rune {
	at := random.IntN(len(script.R16) + len(script.R32))
	if at < len(script.R16) {
		r := script.R16[at]
		return rune(r.Lo) + rune(r.Stride)*rune(random.IntN(int((r.Hi-r.Lo)/r.Stride)+1))
	}
	r := script.R32[at-len(script.R16)]
	return rune(r.Lo) + rune(r.Stride)*rune(random.IntN(int((r.Hi-r.Lo)/r.Stride)+1))
}
