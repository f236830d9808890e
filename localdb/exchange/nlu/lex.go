package nlu

import (
	"cmp"
	"regexp"
	"strings"

	"seedbed/localdb/exchange/jsonforms"
	"seedbed/localdb/exchange/jsonitems"
)

var lex = jsonforms.Forms{
	Format: Lex,
	About:  "An exported bot or locale of V2 (zip), its Intent.json alone, and exports of V1; the name of a slot stands for its value.",
	Forms: []jsonforms.Form{
		{Has: []string{"resource.intents.sampleUtterances"}, List: "resource.intents", Read: readLexIntent},
		{Has: []string{"resource.sampleUtterances"}, Read: func(f *jsonforms.Input, export any) { readLexIntent(f, jsonitems.At(export, "resource")) }},
		{Has: []string{"sampleUtterances", "name"}, Read: readLexIntent},
		{Has: []string{"sampleUtterances", "intentName"}, Read: readLexIntent}, // as the API answers
	},
}

// slotMark is how Amazon Lex writes a slot into an utterance.
var slotMark = regexp.MustCompile(`\{\s*([\pL\pN_.-]+)\s*\}`)

func readLexIntent(f *jsonforms.Input, intent any) {
	category := cmp.Or(categoryIn(jsonitems.Text(intent, "description")), jsonitems.Text(intent, "name"), jsonitems.Text(intent, "intentName"))
	for _, sample := range jsonitems.List(intent, "sampleUtterances") {
		text, isText := jsonitems.Scalar(sample) // in V1
		if !isText {
			text = jsonitems.Text(sample, "utterance")
		}
		f.Add(lexBracesAgain.Replace(fill(f, slotMark, text)), category)
	}
}

// lexBraces are how braces that mark no slot are written, and read again.
var (
	lexBraces      = strings.NewReplacer("{", "\uFF5B", "}", "\uFF5D")
	lexBracesAgain = strings.NewReplacer("\uFF5B", "{", "\uFF5D", "}")
)
