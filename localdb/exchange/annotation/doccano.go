package annotation

import (
	"maps"
	"slices"

	"seedbed/localdb/exchange/jsonforms"
	"seedbed/localdb/exchange/jsonitems"
)

var doccano = jsonforms.Forms{
	Format: Doccano,
	About: "JSON lines and JSON of old and new versions, one file or a zip file with one for each annotator; " +
		"a text without a label has none",
	Forms: []jsonforms.Form{
		{Has: []string{"text", "Comments"}, Read: single(takeDoccano)},
		{Has: []string{"data", "Comments"}, Read: single(takeDoccano)},
		{Has: []string{"text", "comments", "id"}, Read: single(takeDoccano)},
		{Has: []string{"text", "annotation_approver"}, Read: single(takeDoccano)},
		{Has: []string{"text", "annotations.label", "annotations.user"}, Read: single(takeDoccano)},
		{Has: []string{"text", "annotations.label", "meta"}, Read: single(takeDoccano)},
		{Has: []string{"id", "data", "label"}, Read: single(takeDoccano)},
	},
}

// takeDoccano reads an example. Old versions have annotations of several users, whose
// labels may be numbers; newer ones a list of labels, or of spans.
func takeDoccano(_ *jsonforms.Input, t *task, example any) {
	text, isText := jsonitems.At(example, "data").(string)
	if !isText {
		text = jsonitems.Text(example, "text")
	}
	t.text = text
	byUser := map[string][]string{}
	for _, a := range jsonitems.List(example, "annotations") {
		if jsonitems.Has(a, "start_offset") {
			t.spans = true
			continue
		}
		user := jsonitems.Text(a, "user")
		byUser[user] = append(byUser[user], jsonitems.Text(a, "label"))
	}
	for _, user := range slices.Sorted(maps.Keys(byUser)) {
		t.verdicts = append(t.verdicts, verdict{labels: byUser[user]})
	}
	for _, key := range []string{"label", "labels", "cats"} {
		labels, spans := labelsIn(jsonitems.At(example, key))
		t.spans = t.spans || spans
		if len(labels) > 0 {
			t.verdicts = append(t.verdicts, verdict{labels: labels})
		}
	}
	t.spans = t.spans || len(jsonitems.List(example, "entities")) > 0
}
