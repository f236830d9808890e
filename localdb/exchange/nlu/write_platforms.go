package nlu

import (
	"archive/zip"
	"crypto/sha256"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// Limits of the platforms, as their documentation gives them.
var (
	// The names of LUIS and CLU: letters, digits and signs but these.
	azureNames = nameRule{length: 50, allows: func(r rune) bool {
		return isASCIIWord(r) || r == ' ' || r < unicode.MaxASCII && unicode.IsGraphic(r) && !strings.ContainsRune(`:$&%*()+~#/?`, r)
	}}
	lexNames = nameRule{length: 100, single: "_-", taken: "FallbackIntent", allows: func(r rune) bool { return isASCIIWord(r) || r == '_' || r == '-' }}
	// An intent of Dialogflow ES is a file of its name.
	dialogflowESNames = nameRule{length: 100, allows: func(r rune) bool { return unicode.IsPrint(r) && !strings.ContainsRune(`/\:*?"<>|`, r) }}
	dialogflowCXNames = nameRule{length: 64, allows: func(r rune) bool { return unicode.IsPrint(r) && r != '/' }}
)

const (
	azureLength      = 500
	lexLength        = 500
	dialogflowLength = 768
	lexDescription   = 200
	cxDescription    = 140
)

// languageOf is the language of the messages; English where none is known.
func languageOf(o exchange.WriteOptions) language.Tag {
	tag, err := language.Parse(o.Language)
	if err != nil || o.Language == "" {
		return language.English
	}
	return tag
}

// locale gives a language with a country, the likeliest where none is known.
func locale(tag language.Tag, between string) string {
	base, _ := tag.Base()
	region, _ := tag.Region()
	return base.String() + between + region.String()
}

func writeLUIS(w io.Writer, rows iter.Seq2[exchange.Row, error], o exchange.WriteOptions) error {
	intents, names, err := group(rows, LUIS, azureNames, azureLength, o)
	if err != nil {
		return err
	}
	type name struct {
		Name     string `json:"name"`
		Features []any  `json:"features"`
	}
	type utterance struct {
		Text     string `json:"text"`
		Intent   string `json:"intent"`
		Entities []any  `json:"entities"`
	}
	app := struct {
		Schema     string      `json:"luis_schema_version"`
		Version    string      `json:"versionId"`
		Name       string      `json:"name"`
		Desc       string      `json:"desc"`
		Culture    string      `json:"culture"`
		Tokenizer  string      `json:"tokenizerVersion"`
		Intents    []name      `json:"intents"`
		Entities   []any       `json:"entities"`
		Composites []any       `json:"composites"`
		Lists      []any       `json:"closedLists"`
		Patterns   []any       `json:"patterns"`
		Utterances []utterance `json:"utterances"`
		Settings   []any       `json:"settings"`
	}{
		Schema: "7.0.0", Version: "0.1", Name: "Seedbed", Desc: describeCategories(names), Culture: strings.ToLower(locale(languageOf(o), "-")),
		Tokenizer: "1.0.0", Entities: []any{}, Composites: []any{}, Lists: []any{}, Patterns: []any{}, Utterances: []utterance{}, Settings: []any{},
	}
	if _, has := names["None"]; !has { // every application has it
		app.Intents = append(app.Intents, name{"None", []any{}})
	}
	for _, in := range intents {
		app.Intents = append(app.Intents, name{in.name, []any{}})
		for _, m := range in.messages {
			app.Utterances = append(app.Utterances, utterance{m, in.name, []any{}})
		}
	}
	return writeJSON(w, app)
}

func writeCLU(w io.Writer, rows iter.Seq2[exchange.Row, error], o exchange.WriteOptions) error {
	intents, names, err := group(rows, CLU, azureNames, azureLength, o)
	if err != nil {
		return err
	}
	type category struct {
		Category string `json:"category"`
	}
	type utterance struct {
		Text     string `json:"text"`
		Language string `json:"language"`
		Intent   string `json:"intent"`
		Entities []any  `json:"entities"`
		Dataset  string `json:"dataset"`
	}
	culture := strings.ToLower(locale(languageOf(o), "-"))
	categories, utterances := []category{}, []utterance{}
	for _, in := range intents {
		categories = append(categories, category{in.name})
		for _, m := range in.messages {
			utterances = append(utterances, utterance{m, culture, in.name, []any{}, "Train"})
		}
	}
	return writeJSON(w, map[string]any{
		"projectFileVersion": "2022-10-01-preview",
		"stringIndexType":    "Utf16CodeUnit",
		"metadata": map[string]any{
			"projectKind": "Conversation", "projectName": "Seedbed", "multilingual": false, "language": culture,
			"description": describeCategories(names), "settings": map[string]any{"confidenceThreshold": 0},
		},
		"assets": map[string]any{"projectKind": "Conversation", "intents": categories, "entities": []any{}, "utterances": utterances},
	})
}

// zipWriter writes JSON files into a zip file until one fails.
type zipWriter struct {
	zip *zip.Writer
	err error
}

func (z *zipWriter) add(name string, value any) {
	if z.err != nil {
		return
	}
	file, err := z.zip.Create(name)
	if err == nil {
		err = writeJSON(file, value)
	}
	z.err = err
}

func (z *zipWriter) close() error {
	if z.err != nil {
		return z.err
	}
	return z.zip.Close()
}

func writeDialogflowES(w io.Writer, rows iter.Seq2[exchange.Row, error], o exchange.WriteOptions) error {
	intents, names, err := group(rows, DialogflowES, dialogflowESNames, dialogflowLength, o)
	if err != nil {
		return err
	}
	base, _ := languageOf(o).Base()
	out := &zipWriter{zip: zip.NewWriter(w)}
	out.add("package.json", map[string]any{"version": "1.0.0"})
	out.add("agent.json", map[string]any{
		"description": describeCategories(names), "language": base.String(), "supportedLanguages": []string{}, "displayName": "Seedbed",
		"defaultTimezone": "UTC", "mlMinConfidence": 0.3, "isPrivate": true, "enabledDomainFeatures": []string{},
	})
	for _, in := range intents {
		out.add("intents/"+in.name+".json", map[string]any{
			"id": idOf("intent", in.name), "name": in.name, "auto": true, "contexts": []any{}, "priority": 500000, "webhookUsed": false,
			"webhookForSlotFilling": false, "fallbackIntent": false, "events": []any{},
			"responses": []any{map[string]any{"resetContexts": false, "action": "", "affectedContexts": []any{}, "parameters": []any{}, "messages": []any{}, "speech": []any{}}},
		})
		phrases := []any{}
		for i, m := range in.messages {
			phrases = append(phrases, map[string]any{
				"id": idOf(in.name, fmt.Sprint(i)), "data": []any{map[string]any{"text": m, "userDefined": false}},
				"isTemplate": false, "count": 0, "lang": base.String(), "updated": 0,
			})
		}
		out.add("intents/"+in.name+"_usersays_"+base.String()+".json", phrases)
	}
	return out.close()
}

// idOf is a UUID that is the same whenever the same file is written.
func idOf(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	sum[6], sum[8] = sum[6]&0x0F|0x80, sum[8]&0x3F|0x80 // version 8: of one's own making
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

func writeDialogflowCX(w io.Writer, rows iter.Seq2[exchange.Row, error], o exchange.WriteOptions) error {
	intents, _, err := group(rows, DialogflowCX, dialogflowCXNames, dialogflowLength, o)
	if err != nil {
		return err
	}
	list := []any{}
	for _, in := range intents {
		phrases := []any{}
		for _, m := range in.messages {
			phrases = append(phrases, map[string]any{"parts": []any{map[string]any{"text": m}}, "repeatCount": 1})
		}
		item := map[string]any{"displayName": in.name, "priority": 500000, "trainingPhrases": phrases}
		if description := describeCategory(in.category, in.name, cxDescription); description != "" {
			item["description"] = description
		}
		list = append(list, item)
	}
	return writeJSON(w, map[string]any{"intents": list})
}

func writeLex(w io.Writer, rows iter.Seq2[exchange.Row, error], o exchange.WriteOptions) error {
	intents, _, err := group(rows, Lex, lexNames, lexLength, o)
	if err != nil {
		return err
	}
	tag := languageOf(o)
	identifier := locale(tag, "_")
	out := &zipWriter{zip: zip.NewWriter(w)}
	out.add("Manifest.json", map[string]any{"metaData": map[string]any{"schemaVersion": "1", "resourceType": "BOT", "fileFormat": "LexJson"}})
	out.add("Seedbed/Bot.json", map[string]any{
		"name": "Seedbed", "identifier": "SEEDBED", "version": "DRAFT", "description": nil,
		"dataPrivacy": map[string]any{"childDirected": false}, "idleSessionTTLInSeconds": 300,
	})
	folder := "Seedbed/BotLocales/" + identifier + "/"
	out.add(folder+"BotLocale.json", map[string]any{
		"name": display.English.Tags().Name(tag), "identifier": identifier, "version": nil, "description": nil, "voiceSettings": nil, "nluConfidenceThreshold": 0.4,
	})
	out.add(folder+"Intents/FallbackIntent/Intent.json", lexIntent("FallbackIntent", "FALLBCKINT", "", "AMAZON.FallbackIntent", nil))
	braces := 0
	for n, in := range intents {
		samples := []any{}
		for _, m := range in.messages {
			if lexBraces.Replace(m) != m {
				braces++
			}
			samples = append(samples, map[string]any{"utterance": lexBraces.Replace(m)})
		}
		out.add(folder+"Intents/"+in.name+"/Intent.json",
			lexIntent(in.name, fmt.Sprintf("SEED%06d", n), describeCategory(in.category, in.name, lexDescription), nil, samples))
	}
	if braces > 0 {
		o.Tell(i18n.T("messages in which braces became full-width, because braces mark slots in Amazon Lex: {{.N}}", i18n.Values{"N": braces}))
	}
	return out.close()
}

func lexIntent(name, identifier, description string, parent any, samples []any) map[string]any {
	return map[string]any{
		"name": name, "identifier": identifier, "description": description, "parentIntentSignature": parent, "sampleUtterances": samples,
		"intentConfirmationSetting": nil, "intentClosingSetting": nil, "inputContexts": nil, "outputContexts": nil, "kendraConfiguration": nil,
		"dialogCodeHook": nil, "fulfillmentCodeHook": nil, "slotPriorities": []any{},
	}
}
