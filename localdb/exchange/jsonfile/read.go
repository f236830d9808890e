// Package jsonfile reads and writes JSON and JSON lines that no program in particular
// makes: messages, chats (role and content) and dialogues.
package jsonfile

import (
	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
)

// The formats of this package.
var (
	JSON  = &exchange.Format{ID: "json", Name: i18n.T("JSON"), Extension: ".json"}
	JSONL = &exchange.Format{ID: "jsonl", Name: i18n.T("JSON lines"), Extension: ".jsonl"}
)

// Readers lists the formats of this package.
var Readers = []exchange.Reader{
	{
		Format: JSONL, Recognise: recogniseLines, Read: read(JSONL),
		About: "A value a line. A broken line is rejected, and the reading goes on.",
	},
	{
		Format: JSON, Recognise: recognise, Read: read(JSON),
		About: "An array, or an object that holds one. Of an array one element at a time is in memory; a broken one ends the reading.",
	},
}

// Writers lists what this package writes.
var Writers = []exchange.Writer{
	{Format: JSONL, Write: WriteJSONL, About: "An object a line: message, category, confidence; the last two are null where there is no label."},
	{Format: JSON, Write: WriteJSON, About: "An array of objects: message, category, confidence; the last two are null where there is no label."},
}

func recogniseLines(f *exchange.File) exchange.Evidence {
	if jsonitems.Root(f) == nil || !jsonitems.IsLines(f) {
		return exchange.Evidence{}
	}
	return exchange.Evidence{Sureness: exchange.Likely, Why: i18n.T("each line is a value of JSON")}
}

func recognise(f *exchange.File) exchange.Evidence {
	if jsonitems.Root(f) == nil || jsonitems.IsLines(f) {
		return exchange.Evidence{}
	}
	return exchange.Evidence{Sureness: exchange.Likely, Why: i18n.T("it starts as JSON does")}
}

func read(format *exchange.Format) func(*exchange.File, exchange.Options) (*exchange.Reading, error) {
	return func(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
		return Read(jsonitems.Open(f), o, exchange.Facts{Format: format, Encoding: f.Guess()}, nil)
	}
}
