package nlu

import (
	"cmp"
	"maps"
	"path"
	"regexp"
	"strings"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonforms"
	"seedbed/localdb/exchange/jsonitems"
)

var dialogflowES = jsonforms.Forms{
	Format:   DialogflowES,
	About:    "An exported agent (zip), a file of its training phrases alone, and intents with their phrases; parts are joined in their order.",
	Name:     readAgentNames,
	Category: categoryByName,
	Forms: []jsonforms.Form{
		{Has: []string{"data.text", "isTemplate"}, Read: readPhrase},
		{Has: []string{"data.text", "data.userDefined"}, Read: readPhrase},
		{Has: []string{"userSays.data.text"}, Read: readDialogflowIntent},
	},
}

var dialogflowCX = jsonforms.Forms{
	Format:   DialogflowCX,
	About:    "An agent exported as JSON (zip), exported intents, and what the APIs of CX and ES answer; parts are joined in their order.",
	Name:     readAgentNames,
	Category: categoryByName,
	Forms: []jsonforms.Form{
		{Has: []string{"intents.trainingPhrases.parts"}, List: "intents", Read: readDialogflowIntent},
		{Has: []string{"trainingPhrases.parts"}, Read: readDialogflowIntent},
	},
}

// dialogflowTemplate is how a template of Dialogflow ES writes a parameter:
// @sys.geo-city:city.
var dialogflowTemplate = regexp.MustCompile(`@[\w.-]+:([\w-]+)`)

func readPhrase(f *jsonforms.Input, phrase any) { addPhrase(f, phrase, "") }

// addPhrase gives a training phrase in parts: data in ES, parts in the others.
func addPhrase(f *jsonforms.Input, phrase any, category string) {
	var b strings.Builder
	for _, part := range append(jsonitems.List(phrase, "data"), jsonitems.List(phrase, "parts")...) {
		b.WriteString(jsonitems.Text(part, "text"))
	}
	text := b.String()
	if jsonitems.True(phrase, "isTemplate") || jsonitems.Text(phrase, "type") == "TEMPLATE" {
		text = fill(f, dialogflowTemplate, text)
	}
	f.Add(text, category)
}

// readDialogflowIntent reads an intent with its phrases.
func readDialogflowIntent(f *jsonforms.Input, intent any) {
	category := intentName(f, intent)
	for _, phrase := range append(jsonitems.List(intent, "userSays"), jsonitems.List(intent, "trainingPhrases")...) {
		addPhrase(f, phrase, category)
	}
}

// intentName is what an intent is called: its displayName, or its name in ES; elsewhere
// that is an id.
func intentName(f *jsonforms.Input, intent any) string {
	name := jsonitems.Text(intent, "displayName")
	if id := jsonitems.Text(intent, "name"); name == "" && !strings.Contains(id, "/intents/") {
		name = id
	}
	return cmp.Or(categoryIn(jsonitems.Text(intent, "description")), f.Names[name], name)
}

var (
	// userSays is how Dialogflow ES names the file with the phrases of an intent.
	userSays = regexp.MustCompile(`^(.+)_usersays_[a-zA-Z]{2,3}(?:[-_][a-zA-Z]+)?\.json$`)
	// trainingPhrases is where Dialogflow CX keeps them.
	trainingPhrases = regexp.MustCompile(`(?:^|/)intents/([^/]+)/trainingPhrases/[^/]+\.json$`)
	// intentFile is where both keep the intent itself.
	intentFile = regexp.MustCompile(`(?:^|/)intents/(?:[^/]+/)?([^/]+)\.json$`)
)

// categoryByName is the intent that a file's name stands for; "" where it says none.
func categoryByName(name string) string {
	if found := userSays.FindStringSubmatch(path.Base(name)); found != nil {
		return found[1]
	}
	if found := trainingPhrases.FindStringSubmatch(name); found != nil {
		return found[1]
	}
	return ""
}

// readAgentNames takes the names of intents from the files of an agent: what those with
// the phrases are named after, and what the agent's description says.
func readAgentNames(f *jsonforms.Input, file *exchange.File) {
	if path.Base(f.Place) == "agent.json" {
		maps.Copy(f.Names, categoriesIn(jsonitems.Text(jsonitems.Root(file), "description")))
		return
	}
	found := intentFile.FindStringSubmatch(f.Place)
	if found == nil || categoryByName(f.Place) != "" {
		return
	}
	if called := intentName(f, jsonitems.Root(file)); called != "" && f.Names[found[1]] == "" {
		f.Names[found[1]] = called
	}
}
