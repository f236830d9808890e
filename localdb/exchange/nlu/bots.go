package nlu

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange/jsonforms"
	"seedbed/localdb/exchange/jsonitems"
)

var botpress = jsonforms.Forms{
	Format: Botpress,
	About:  "Intents and questions with answers of Botpress 12: exported bots (zip) and single files; a question's category is its id.",
	Forms: []jsonforms.Form{
		{Has: []string{"utterances.*", "contexts"}, Read: readBotpressIntent},
		{Has: []string{"intents.utterances.*", "intents.contexts"}, List: "intents", Read: readBotpressIntent},
		{Has: []string{"qnas.data.questions", "qnas.data.answers"}, List: "qnas", Read: readBotpressQuestion},
		{Has: []string{"data.questions", "data.answers"}, Read: readBotpressQuestion},
	},
}

func readBotpressIntent(f *jsonforms.Input, intent any) {
	addLanguages(f, jsonitems.At(intent, "utterances"), jsonitems.Text(intent, "name"))
}

// readBotpressQuestion gives a question its id as the category, which is what Botpress
// calls the intent.
func readBotpressQuestion(f *jsonforms.Input, question any) {
	addLanguages(f, jsonitems.At(question, "data", "questions"), jsonitems.Text(question, "id"))
}

func addLanguages(f *jsonforms.Input, byLanguage any, category string) {
	languages, _ := byLanguage.(map[string]any)
	for _, language := range slices.Sorted(maps.Keys(languages)) {
		for _, text := range jsonitems.List(languages, language) {
			f.Add(withoutEntities(jsonitems.Text(text)), category)
		}
	}
}

var voiceflow = jsonforms.Forms{
	Format: Voiceflow,
	About:  "A project (.vf) with its utterances in the intents or apart from them; the name of a slot stands for its value.",
	Forms: []jsonforms.Form{
		{Has: []string{"version.platformData.intents.inputs"}, List: "version.platformData.intents", Read: readVoiceflowIntent},
		{Has: []string{"intents.inputs.text"}, List: "intents", Read: readVoiceflowIntent},
		{Has: []string{"intents", "utterances.intentID"}, Read: readVoiceflowProject},
	},
}

// voiceflowSlot is {{[city].k3y}}, and {city} in what people import.
var voiceflowSlot = regexp.MustCompile(`\{\{?\s*\[?([\pL\pN_ -]+)\]?(?:\.[\w-]+)?\s*\}?\}`)

func readVoiceflowIntent(f *jsonforms.Input, intent any) {
	for _, u := range jsonitems.List(intent, "inputs") {
		f.Add(fill(f, voiceflowSlot, jsonitems.Text(u, "text")), jsonitems.Text(intent, "name"))
	}
}

// readVoiceflowProject reads utterances that name their intent and entities by id. Their
// text is an array of texts and entities.
func readVoiceflowProject(f *jsonforms.Input, project any) {
	for _, list := range []string{"intents", "entities"} {
		for _, named := range jsonitems.List(project, list) {
			if id := jsonitems.Text(named, "id"); id != "" {
				f.Names[id] = jsonitems.Text(named, "name")
			}
		}
	}
	for _, u := range jsonitems.List(project, "utterances") {
		var b strings.Builder
		slot := false
		b.WriteString(jsonitems.Text(u, "text"))
		for _, part := range jsonitems.List(u, "text") {
			b.WriteString(jsonitems.Text(part))
			if id := jsonitems.Text(part, "entityID"); id != "" {
				b.WriteString(slotWords(f.Names[id]))
				slot = true
			}
		}
		if slot {
			f.Reading.Note(f.Line+1, slotInText, b.String())
		}
		f.Add(b.String(), jsonitems.Text(u, "intentID"))
	}
}

var wit = jsonforms.Forms{
	Format: Wit,
	About:  "An exported app (zip), its files of utterances or expressions alone, and what the API answers.",
	Forms: []jsonforms.Form{
		{Has: []string{"utterances.text", "utterances.traits"}, List: "utterances", Read: readWitUtterance},
		{Has: []string{"utterances.text", "utterances.entities.body"}, List: "utterances", Read: readWitUtterance},
		{Has: []string{"data.text", "data.entities.entity"}, List: "data", Read: readWitUtterance},
		{Has: []string{"text", "traits", "entities"}, Read: readWitUtterance},
	},
}

// readWitUtterance reads an utterance. Its intent is a name or an object with one; in
// older exports it is among the entities, with its value in quotation marks.
func readWitUtterance(f *jsonforms.Input, u any) {
	intent := cmp.Or(jsonitems.Text(u, "intent"), jsonitems.Text(u, "intent", "name"))
	for _, list := range []string{"entities", "traits"} {
		for _, e := range jsonitems.List(u, list) {
			if intent == "" && cmp.Or(jsonitems.Text(e, "entity"), jsonitems.Text(e, "trait"), jsonitems.Text(e, "name")) == "intent" {
				intent = strings.Trim(jsonitems.Text(e, "value"), `"`)
			}
		}
	}
	f.Add(jsonitems.Text(u, "text"), intent)
}

var isCounterexample = i18n.T("a counterexample, not a message")

var watson = jsonforms.Forms{
	Format: Watson,
	About:  "An exported skill of IBM Watson Assistant; counterexamples are left out.",
	Forms: []jsonforms.Form{{
		Has:  []string{"intents.intent", "intents.examples.text"},
		List: "intents",
		Left: map[string]i18n.Text{"counterexamples": isCounterexample},
		Read: func(f *jsonforms.Input, intent any) {
			for _, example := range jsonitems.List(intent, "examples") {
				f.Add(jsonitems.Text(example, "text"), jsonitems.Text(intent, "intent"))
			}
		},
	}},
}

var alexa = jsonforms.Forms{
	Format: Alexa,
	About:  "The interaction model of a skill; the name of a slot stands for its value.",
	Forms: []jsonforms.Form{
		{Has: []string{"interactionModel.languageModel.intents.samples"}, List: "interactionModel.languageModel.intents", Read: readAlexaIntent},
		{Has: []string{"languageModel.intents.samples"}, List: "languageModel.intents", Read: readAlexaIntent},
	},
}

func readAlexaIntent(f *jsonforms.Input, intent any) {
	for _, sample := range jsonitems.List(intent, "samples") {
		f.Add(fill(f, slotMark, jsonitems.Text(sample)), jsonitems.Text(intent, "name"))
	}
}

var kore = jsonforms.Forms{
	Format: Kore,
	About:  "Utterances with their tasks, as Kore.ai exports them.",
	Forms: []jsonforms.Form{{
		Has: []string{"taskName", "sentence"},
		Read: func(f *jsonforms.Input, u any) {
			f.Add(jsonitems.Text(u, "sentence"), jsonitems.Text(u, "taskName"))
		},
	}},
}

var snips = jsonforms.Forms{
	Format: Snips,
	About:  "A data set of Snips NLU; parts are joined in their order.",
	Forms: []jsonforms.Form{{
		Has: []string{"intents.*.utterances.data.text"},
		Read: func(f *jsonforms.Input, dataset any) {
			intents, _ := jsonitems.At(dataset, "intents").(map[string]any)
			for _, intent := range slices.Sorted(maps.Keys(intents)) {
				for _, u := range jsonitems.List(intents, intent, "utterances") {
					addPhrase(f, u, intent)
				}
			}
		},
	}},
}

var sapCAI = jsonforms.Forms{
	Format: SAPCAI,
	About:  "Intents with their expressions, as SAP Conversational AI (Recast.AI) exports and answers them.",
	Forms: []jsonforms.Form{
		{Has: []string{"intents.expressions.source"}, List: "intents", Read: readSAPIntent},
		{Has: []string{"expressions.source", "name"}, Read: readSAPIntent},
		{Has: []string{"results.expressions.source"}, List: "results", Read: readSAPIntent},
	},
}

func readSAPIntent(f *jsonforms.Input, intent any) {
	for _, expression := range jsonitems.List(intent, "expressions") {
		f.Add(jsonitems.Text(expression, "source"), jsonitems.Text(intent, "name"))
	}
}
