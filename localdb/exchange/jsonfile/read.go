// Package jsonfile reads and writes JSON and JSON lines that no program in particular
// makes: messages, chats (role and content) and dialogues.
package jsonfile

import (
	"strings"

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
		About: "An array, or an object that holds one. Of what a classifier says, the likeliest label is the category; numbers get the names that the file has for labels. Of an array one element at a time is in memory; a broken one ends the reading.",
	},
	{
		Format: OpenAI, Recognise: openAIForm.recognise, Read: openAIForm.read,
		About: "Conversations of turns with role and content. Where most are one question that is answered with a label, that is the category; otherwise each turn is a row.",
	},
	{
		Format: Gemini, Recognise: geminiForm.recognise, Read: geminiForm.read,
		About: "Conversations of contents with role and parts, as rows; or with categories, as those of OpenAI.",
	},
	{
		Format: ShareGPT, Recognise: shareGPTForm.recognise, Read: shareGPTForm.read,
		About: "Conversations of turns with from and value, as rows; or with categories, as those of OpenAI.",
	},
}

// Writers lists what this package writes.
var Writers = []exchange.Writer{
	{Format: JSONL, Write: WriteJSONL, Notes: true, About: "An object a line: message, category, confidence, of which the last two are null where there is no label; with note and tags where asked for."},
	{Format: JSON, Write: WriteJSON, Notes: true, About: "An array of objects: message, category, confidence, of which the last two are null where there is no label; with note and tags where asked for."},
}

func recogniseLines(f *exchange.File) exchange.Evidence {
	if jsonitems.Root(f) == nil || !jsonitems.IsLines(f) {
		return exchange.Evidence{}
	}
	return exchange.Evidence{Sureness: 0.75, Why: i18n.T("each line is a value of JSON")}
}

func recognise(f *exchange.File) exchange.Evidence {
	if root := jsonitems.Root(f); root == nil || jsonitems.IsLines(f) || IsDescription(root) {
		return exchange.Evidence{}
	}
	return exchange.Evidence{Sureness: 0.75, Why: i18n.T("it starts as JSON does")}
}

// largeDocument is from which size on, in bytes, the lists in an object are read one
// element at a time. A smaller object is read whole, so that what its lists are called
// counts.
const largeDocument = 2 << 20

func read(format *exchange.Format) func(*exchange.File, exchange.Options) (*exchange.Reading, error) {
	return func(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
		var lists []string
		if root, ok := jsonitems.Root(f).(map[string]any); ok && f.Size() > largeDocument {
			lists = listsIn(root, "", 0)
		}
		open := func() *jsonitems.Items { return jsonitems.Open(f, lists...) }
		root, _ := jsonitems.Root(f).(map[string]any)
		return Read(open, o, exchange.Facts{Format: format, Encoding: f.Guess()}, LabelNames(described(root)))
	}
}

// described gives the members of an object that describe the labels of the others.
func described(object map[string]any) map[string]any {
	members := map[string]any{}
	for key, value := range object {
		if folded := exchange.Fold(key); describesLabels(key) || folded == "info" || folded == "datasetinfo" || folded == "config" {
			members[key] = value
		}
	}
	return members
}

// listsIn gives the paths of the lists of objects in an object that aren't inside others.
func listsIn(object map[string]any, prefix string, depth int) (paths []string) {
	for key, value := range object {
		if describesLabels(key) {
			continue
		}
		switch v := value.(type) {
		case []any:
			if len(v) > 0 && !strings.Contains(key, ".") {
				if _, ok := v[0].(map[string]any); ok {
					paths = append(paths, prefix+key)
				}
			}
		case map[string]any:
			if depth < 3 && !strings.Contains(key, ".") {
				paths = append(paths, listsIn(v, prefix+key+".", depth+1)...)
			}
		}
	}
	return paths
}
