package nlu

import (
	"archive/zip"
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"seedbed/localdb/exchange"
)

var update = flag.Bool("update", false, "write what the readers give into testdata")

// recognised gives the reader that is surest of a file.
func recognised(f *exchange.File) (best exchange.Reader, why string) {
	sureness := 0.0
	for _, reader := range Readers {
		if e := reader.Recognise(f); e.Sureness > sureness {
			best, sureness, why = reader, e.Sureness, e.Why.String()
		}
	}
	return best, why
}

// read gives what a file holds, in words: the format and why, each row, and what was
// left out.
func read(f *exchange.File) string {
	var b strings.Builder
	reader, why := recognised(f)
	if reader.Read == nil {
		return "not recognised\n"
	}
	fmt.Fprintf(&b, "%s: %s\n", reader.Format, why)
	reading, err := reader.Read(f, exchange.Options{})
	if err != nil {
		return b.String() + "error: " + err.Error() + "\n"
	}
	for row, err := range reading.Rows() {
		if err != nil {
			fmt.Fprintf(&b, "error: %v\n", err)
			break
		}
		fmt.Fprintf(&b, "%s%d %q %q\n", strings.TrimPrefix(row.Place+" ", " "), row.Line, row.Category, row.Message)
	}
	for _, reason := range reading.Tally.Reasons {
		kind := [...]string{"rejected", "skipped", "noted"}[reason.Outcome]
		for _, example := range reason.Examples {
			fmt.Fprintf(&b, "%s %d× %s: %d %q\n", kind, reason.Count, reason.Text, example.Line, example.Text)
		}
	}
	return b.String()
}

func TestFilesAreReadAsTheirPlatformsWriteThem(t *testing.T) {
	paths, err := filepath.Glob("testdata/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		if strings.HasSuffix(path, ".want") {
			continue
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, path+".want", read(exchange.BytesFile(filepath.Base(path), content)))
		})
	}
}

// compare holds what was read against what stands in testdata.
func compare(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// zipOf makes a zip file of names and contents.
func zipOf(t testing.TB, files ...string) *exchange.File {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err == nil {
			_, err = f.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return exchange.BytesFile("export.zip", b.Bytes())
}

func TestZipFilesOfAgentsAndBots(t *testing.T) {
	for name, files := range map[string][]string{
		"dialogflow_es": {
			"package.json", `{"version": "1.0.0"}`,
			"agent.json", `{"description": "", "language": "en", "supportedLanguages": ["de"]}`,
			"intents/Default Welcome Intent.json", `{"id": "1", "name": "Default Welcome Intent", "responses": [], "events": [{"name": "WELCOME"}]}`,
			"intents/Default Welcome Intent_usersays_en.json", `[{"id": "2", "data": [{"text": "just going to say hi", "userDefined": false}], "isTemplate": false, "count": 1, "updated": 0}]`,
			"intents/Default Welcome Intent_usersays_de.json", `[{"id": "3", "data": [{"text": "hallo", "userDefined": false}], "isTemplate": false, "count": 1, "updated": 0}]`,
			"intents/order_status.json", `{"id": "4", "name": "order/status", "responses": []}`,
			"intents/order_status_usersays_en.json", `[{"id": "5", "data": [{"text": "where is ", "userDefined": false}, {"text": "order 7", "alias": "number", "meta": "@sys.number", "userDefined": true}], "isTemplate": false}]`,
			"entities/city.json", `{"id": "6", "name": "city", "isEnum": false}`,
			"entities/city_entries_en.json", `[{"value": "Bonn", "synonyms": ["Bonn"]}]`,
		},
		"dialogflow_cx": {
			"agent.json", `{"displayName": "Shop", "defaultLanguageCode": "en"}`,
			"intents/store.hours/store.hours.json", `{"name": "0f-1", "displayName": "store.hours", "priority": 500000, "numTrainingPhrases": 1}`,
			"intents/store.hours/trainingPhrases/en.json", `{"trainingPhrases": [{"id": "1", "parts": [{"text": "open "}, {"text": "today", "parameterId": "d"}], "repeatCount": 1, "languageCode": "en"}]}`,
			"flows/Default Start Flow/Default Start Flow.json", `{"name": "00000000", "displayName": "Default Start Flow"}`,
		},
		"lex_v2": {
			"Manifest.json", `{"metaData": {"schemaVersion": "1", "resourceType": "BOT", "fileFormat": "LexJson"}}`,
			"Travel/Bot.json", `{"name": "Travel", "identifier": "X"}`,
			"Travel/BotLocales/en_US/BotLocale.json", `{"name": "English (US)", "identifier": "en_US"}`,
			"Travel/BotLocales/en_US/Intents/FallbackIntent/Intent.json", `{"name": "FallbackIntent", "parentIntentSignature": "AMAZON.FallbackIntent", "sampleUtterances": null}`,
			"Travel/BotLocales/en_US/Intents/BookCar/Intent.json", `{"name": "BookCar", "sampleUtterances": [{"utterance": "rent a {CarType}"}, {"utterance": "I need a car"}]}`,
			"Travel/BotLocales/en_US/Intents/BookCar/Slots/CarType/Slot.json", `{"name": "CarType", "valueElicitationSetting": {"sampleUtterances": [{"utterance": "a {CarType}"}]}}`,
			"Travel/BotLocales/en_US/SlotTypes/CarType/SlotType.json", `{"name": "CarType", "slotTypeValues": [{"sampleValue": {"value": "van"}}]}`,
		},
		"botpress": {
			"bot.config.json", `{"id": "bank", "name": "Bank"}`,
			"intents/hello.json", `{"name": "hello", "contexts": ["global"], "utterances": {"en": ["hi", "hello"]}, "slots": []}`,
			"intents/__qna__faq1.json", `{"name": "__qna__faq1", "contexts": ["global"], "utterances": {"en": ["your hours?"]}, "slots": []}`,
			"entities/city.json", `{"id": "city", "name": "city", "type": "list", "occurrences": [{"name": "Bonn", "synonyms": []}]}`,
		},
		"wit": {
			"Home/app.json", `{"name": "Home", "lang": "en"}`,
			"Home/intents/switch.json", `{"name": "switch"}`,
			"Home/utterances/utterances-1.json", `{"utterances": [{"text": "lights on", "intent": "switch", "entities": [], "traits": []}]}`,
		},
	} {
		t.Run(name, func(t *testing.T) { compare(t, "testdata/"+name+".zip.want", read(zipOf(t, files...))) })
	}
}

func TestOtherFilesAreNotRecognised(t *testing.T) {
	for name, content := range map[string]string{
		"words.csv":  "text,label\nhello,greet\n",
		"list.txt":   "hello\n## intent of the day\nI like __label__ things\nand more\nof it\n",
		"chat.json":  `[{"role": "user", "text": "hi", "data": "x"}]`,
		"conf.yml":   "version: 3\nnlu: none\npipeline:\n- name: x\n",
		"compose.md": "## What's new\n- intent: none\n",
		"empty":      "",
		"rows.json":  `{"intents": ["a"], "data": [{"text": "hi", "intent": "a"}]}`,
		"broken.zip": "PK\x03\x04 and no more",
	} {
		if reader, why := recognised(exchange.BytesFile(name, []byte(content))); reader.Format != nil {
			t.Errorf("%s was taken for %s: %s", name, reader.Format, why)
		}
	}
}

func TestBombsEndInASentence(t *testing.T) {
	aliases := "a: &a [x]\nnlu:\n- intent: b\n  examples: &e\n" + strings.Repeat("  - text: hi\n", 300) + strings.Repeat("- {intent: c, examples: *e}\n", 20_000)
	for name, c := range map[string]struct {
		reader  *exchange.Format
		content string
	}{
		"aliases":     {RasaYAML, aliases},
		"deep YAML":   {RasaYAML, "nlu: " + strings.Repeat("[", 200_000)},
		"broken YAML": {RasaYAML, "nlu:\n- intent: a\n  examples: |\n - b\n\t- c"},
		"huge YAML":   {RasaYAML, "nlu:\n- intent: a\n  examples: |\n    - " + strings.Repeat("x", maxYAML+1)},
		"domain":      {RasaYAML, "version: '3'\nintents:\n- a\nresponses:\n  b: []\n"},
		"deep JSON":   {RasaJSON, `{"rasa_nlu_data":{"common_examples":[{"text":"a"},` + strings.Repeat("[", 200_000)},
		"cut off":     {CLU, `{"projectFileVersion":"1","assets":{"intents":[],"utterances":[{"text":"a"`},
		"other JSON":  {Lex, `{"a":1}`},
	} {
		for _, reader := range Readers {
			if reader.Format != c.reader {
				continue
			}
			reading, err := reader.Read(exchange.BytesFile(name, []byte(c.content)), exchange.Options{})
			if err != nil {
				t.Fatal(err)
			}
			var last error
			for _, err := range reading.Rows() {
				last = err
			}
			if last == nil || len(last.Error()) > 300 {
				t.Errorf("%s: got the error %.400v", name, last)
			}
		}
	}
}

func FuzzReaders(f *testing.F) {
	paths, _ := filepath.Glob("testdata/*")
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		for _, reader := range Readers {
			file := exchange.BytesFile("file", content)
			reader.Recognise(file)
			reading, err := reader.Read(file, exchange.Options{})
			if err != nil {
				continue
			}
			for row, err := range reading.Rows() {
				if err == nil && strings.TrimSpace(row.Message) == "" {
					t.Errorf("%s gave a row without text", reader.Format)
				}
			}
		}
	})
}
