package nlu_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/exchangetest"
	"seedbed/localdb/exchange/formats"
	"seedbed/localdb/exchange/nlu"
)

func TestFiles(t *testing.T) { exchangetest.Cases(t, formats.Read) }

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
		t.Run(name, func(t *testing.T) {
			want, err := os.ReadFile("testdata/zip/" + name)
			if err != nil {
				t.Fatal(err)
			}
			if got := exchangetest.Describe(exchange.BytesFile("export.zip", exchangetest.Zip(t, files...)), formats.Read); got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestAZippedRasaProject(t *testing.T) {
	got := exchangetest.Describe(exchange.BytesFile("project.zip", exchangetest.Zip(t,
		"bot/config.yml", "language: en\npipeline:\n- name: DIETClassifier\n",
		"bot/data/nlu.yml", "version: '3.1'\nnlu:\n- intent: greet\n  examples: |\n    - hi\n",
		"bot/data/more/nlu2.yml", "nlu:\n- intent: bye\n  examples: |\n    - bye\n",
		"bot/data/stories.yml", "version: '3.1'\nstories:\n- story: a\n  steps:\n  - intent: greet\n",
		"bot/domain.yml", "version: '3.1'\nintents:\n- greet\nresponses:\n  utter_greet:\n  - text: hey\n",
	)), formats.Read)
	for _, want := range []string{`"hi" category="greet"`, `"bye" category="bye"`} {
		if !strings.Contains(got, want) {
			t.Errorf("it lacks %s:\n%s", want, got)
		}
	}
	if strings.Contains(got, "error") {
		t.Errorf("got\n%s", got)
	}
}

func TestHuggingFaceFilesGiveTheNames(t *testing.T) {
	for _, format := range []*exchange.Format{nlu.HuggingCSV, nlu.HuggingFace} {
		var b bytes.Buffer
		rows := exchangetest.Seq(exchange.Row{Message: "money, back", Category: "refund"}, exchange.Row{Message: "where", Category: "order status"}, exchange.Row{Message: "nothing"})
		if err := formats.Write(&b, format, rows, exchange.WriteOptions{}); err != nil {
			t.Fatal(err)
		}
		got, _, _ := exchangetest.Rows(t, exchange.BytesFile("file"+format.Extension, b.Bytes()), exchange.Options{}, formats.Read)
		if said := exchangetest.Labels(got, nil); said != "1 \"money, back\" refund\n2 \"where\" order status\n3 \"nothing\" \n" && said != "2 \"money, back\" refund\n3 \"where\" order status\n4 \"nothing\" \n" {
			t.Errorf("%s: got\n%s", format, said)
		}
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
		for _, reader := range nlu.Readers {
			if e := reader.Recognise(exchange.BytesFile(name, []byte(content))); e.Sureness > 0 {
				t.Errorf("%s was taken for %s: %s", name, reader.Format, e.Why)
			}
		}
	}
}

func TestBombsEndInASentence(t *testing.T) {
	aliases := "a: &a [x]\nnlu:\n- intent: b\n  examples: &e\n" + strings.Repeat("  - text: hi\n", 300) + strings.Repeat("- {intent: c, examples: *e}\n", 12_000)
	for name, c := range map[string]struct {
		reader  *exchange.Format
		content string
	}{
		"aliases":     {nlu.RasaYAML, aliases},
		"deep YAML":   {nlu.RasaYAML, "nlu: " + strings.Repeat("[", 20_000)},
		"broken YAML": {nlu.RasaYAML, "nlu:\n- intent: a\n  examples: |\n - b\n\t- c"},
		"huge YAML":   {nlu.RasaYAML, ""},
		"other YAML":  {nlu.RasaYAML, "version: '3'\npipeline:\n- name: a\n"},
		"deep JSON":   {nlu.RasaJSON, `{"rasa_nlu_data":{"common_examples":[{"text":"a"},` + strings.Repeat("[", 200_000)},
		"cut off":     {nlu.CLU, `{"projectFileVersion":"1","assets":{"intents":[],"utterances":[{"text":"a"`},
		"other JSON":  {nlu.Lex, `{"a":1}`},
	} {
		for _, reader := range nlu.Readers {
			if reader.Format != c.reader {
				continue
			}
			file := exchange.BytesFile(name, []byte(c.content))
			if c.content == "" { // the content does not matter
				file = exchange.NewFile(name, strings.NewReader("nlu:"), 1<<30)
			}
			reading, err := reader.Read(file, exchange.Options{})
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
