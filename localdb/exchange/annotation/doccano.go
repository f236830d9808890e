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
		"a text without a label has none.",
	After: addDoccano,
	Forms: []jsonforms.Form{
		{Has: []string{"id", "text", "Comments"}, Read: readDoccano},
		{Has: []string{"id", "data", "Comments"}, Read: readDoccano},
		{Has: []string{"text", "comments", "labels"}, Read: readDoccano},
		{Has: []string{"text", "comments", "label"}, Read: readDoccano},
		{Has: []string{"text", "annotation_approver"}, Read: readDoccano},
		{Has: []string{"text", "annotations.label", "annotations.user"}, Read: readDoccano},
		{Has: []string{"text", "annotations.label", "meta"}, Read: readDoccano},
		{Has: []string{"id", "data", "label"}, Read: readDoccano},
	},
}

// annotators are the texts of a zip file, in which each annotator has a file.
type annotators struct {
	tasks  []*task
	byText map[string]*task
}

// readDoccano reads an example of a file, or keeps it until those of all annotators are
// known.
func readDoccano(in *jsonforms.Input, example any) {
	if in.Place == "" {
		single(takeDoccano)(in, example)
		return
	}
	all, _ := in.Kept.(*annotators)
	if all == nil {
		all = &annotators{byText: map[string]*task{}}
		in.Kept = all
	}
	in.Line++
	t := &task{line: in.Line, place: in.Place}
	takeDoccano(in, t, example)
	known := all.byText[t.text]
	if known == nil {
		all.byText[t.text] = t
		all.tasks = append(all.tasks, t)
		return
	}
	known.verdicts = append(known.verdicts, t.verdicts...)
	known.spans = known.spans || t.spans
}

// addDoccano gives the texts that all annotators' files have.
func addDoccano(in *jsonforms.Input) {
	if all, ok := in.Kept.(*annotators); ok {
		for _, t := range all.tasks {
			in.Place = t.place
			t.add(in)
		}
	}
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
