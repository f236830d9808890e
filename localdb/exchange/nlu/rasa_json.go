package nlu

import (
	"cmp"
	"strconv"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonforms"
	"seedbed/localdb/exchange/jsonitems"
)

// Parts of training data that are not messages.
var (
	isEntity   = i18n.T("the definition of an entity, not a message")
	notExample = i18n.T("not an example of an intent")
	isSynonym  = i18n.T("a synonym of an entity, not a message")
	isRegex    = i18n.T("a regular expression, not a message")
	isLookup   = i18n.T("an entry of a lookup table, not a message")
	isResponse = i18n.T("a bot response, not a message")
	isName     = i18n.T("the name of an intent without examples")
	isStory    = i18n.T("a story or rule, not a message")
)

var rasaJSON = jsonforms.Forms{
	Format: RasaJSON,
	About:  "rasa_nlu_data with common_examples, of any version; entities as plain text, retrieval intents by their whole name. Also conversations (trackers), whose category is the predicted intent with its confidence.",
	Forms: []jsonforms.Form{
		{Has: []string{"rasa_nlu_data.common_examples.text"}, List: "rasa_nlu_data.common_examples", Read: readRasaExample, Left: map[string]i18n.Text{
			"rasa_nlu_data.entity_synonyms": isSynonym, "rasa_nlu_data.regex_features": isRegex, "rasa_nlu_data.lookup_tables": isLookup,
		}},
		{Has: []string{"rasa_nlu_data.intent_examples.text"}, List: "rasa_nlu_data.intent_examples", Read: readRasaExample},
		{Has: []string{"sender_id", "events.parse_data"}, Read: readRasaTracker},
		{Has: []string{"rasa_nlu_data"}, List: "rasa_nlu_data.common_examples", Read: readRasaExample},
	},
}

func readRasaExample(f *jsonforms.Input, example any) {
	f.Add(jsonitems.Text(example, "text"), cmp.Or(
		jsonitems.Text(example, "metadata", "intent", categoryKey),
		jsonitems.Text(example, "intent_response_key"), // the whole name of a retrieval intent
		jsonitems.Text(example, "intent")))
}

// readRasaTracker reads a conversation as Rasa's tracker keeps it, whose events are also of
// actions and slots.
func readRasaTracker(f *jsonforms.Input, tracker any) {
	for _, event := range jsonitems.List(tracker, "events") {
		row := exchange.Row{Message: jsonitems.Text(event, "text"), Role: jsonitems.Text(event, "event"), Conversation: jsonitems.Text(tracker, "sender_id"), Time: exchange.ParseTime(jsonitems.Text(event, "timestamp"))}
		if row.Role != "user" && row.Role != "bot" {
			continue
		}
		intent := jsonitems.At(event, "parse_data", "intent")
		row.Category = jsonitems.Text(intent, "name")
		confidence, err := strconv.ParseFloat(jsonitems.Text(intent, "confidence"), 64)
		row.Confidence, row.HasConfidence = confidence, err == nil && confidence >= 0 && confidence <= 1
		f.Reading.Add(row)
	}
}
