package nlu

import (
	"encoding/json"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange/jsonforms"
	"seedbed/localdb/exchange/jsonitems"
)

var isPattern = i18n.T("a pattern with places for entities, not a message")

var luis = jsonforms.Forms{
	Format: LUIS,
	About:  "An exported application of any version, and batch test files; patterns are left out.",
	Forms: []jsonforms.Form{
		{Has: []string{"luis_schema_version"}, Read: readLUIS},
		{Has: []string{"LabeledTestSetUtterances.text"}, List: "LabeledTestSetUtterances", Read: readUtterance},
	},
}

var clu = jsonforms.Forms{
	Format: CLU,
	About:  "An exported project of conversational language understanding or of orchestration.",
	Forms: []jsonforms.Form{
		{Has: []string{"projectFileVersion", "assets.intents"}, Read: readCLU},
		{Has: []string{"assets.utterances.intent"}, Read: readCLU},
	},
}

func readLUIS(f *jsonforms.Input, app any) {
	f.Names = categoriesIn(jsonitems.Text(app, "desc"))
	for _, u := range jsonitems.List(app, "utterances") {
		readUtterance(f, u)
	}
	for _, p := range jsonitems.List(app, "patterns") {
		f.Skip(isPattern, jsonitems.Text(p, "pattern"))
	}
}

func readCLU(f *jsonforms.Input, project any) {
	f.Names = categoriesIn(jsonitems.Text(project, "metadata", "description"))
	for _, u := range jsonitems.List(project, "assets", "utterances") {
		readUtterance(f, u)
	}
}

func readUtterance(f *jsonforms.Input, u any) {
	f.Add(jsonitems.Text(u, "text"), jsonitems.Text(u, "intent"))
}

// categoriesBefore is what stands in a description before the categories whose
// names a platform does not allow.
const categoriesBefore = "Seedbed categories: "

// describeCategories keeps the categories behind renamed intents in a description.
func describeCategories(names intentNames) string {
	categories := map[string]string{}
	for category, name := range names {
		if name != category {
			categories[name] = category
		}
	}
	if len(categories) == 0 {
		return ""
	}
	text, _ := json.Marshal(categories) // texts always marshal
	return categoriesBefore + string(text)
}

// categoriesIn reads what describeCategories wrote: the category by intent. It is
// empty where people changed it to something else.
func categoriesIn(description string) map[string]string {
	categories := map[string]string{}
	if _, text, found := strings.Cut(description, categoriesBefore); found {
		if json.NewDecoder(strings.NewReader(text)).Decode(&categories) != nil {
			return map[string]string{}
		}
	}
	return categories
}

// categoryBefore is what stands in an intent's description before the category whose
// name the platform does not allow.
const categoryBefore = "Seedbed category: "

// describeCategory is the description of an intent, at most length characters; "" where
// it has its category's name.
func describeCategory(category, name string, length int) string {
	if text := categoryBefore + category; category != name && len([]rune(text)) <= length {
		return text
	}
	return ""
}

// categoryIn reads what describeCategory wrote.
func categoryIn(description string) string {
	category, ok := strings.CutPrefix(description, categoryBefore)
	if !ok {
		return ""
	}
	return category
}
