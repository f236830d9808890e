package annotation

import (
	"cmp"
	"strconv"

	"seedbed/localdb/exchange/jsonforms"
	"seedbed/localdb/exchange/jsonitems"
)

var prodigy = jsonforms.Forms{
	Format: Prodigy,
	About: "Choices and single labels: only what was accepted is a label; rejected and ignored examples are left out, " +
		"annotators of one text have to agree.",
	Forms: []jsonforms.Form{
		{Has: []string{"answer", "_task_hash"}, Whole: grouped(prodigyKey, takeProdigy)},
		{Has: []string{"answer", "_input_hash"}, Whole: grouped(prodigyKey, takeProdigy)},
		{Has: []string{"answer", "_view_id"}, Whole: grouped(prodigyKey, takeProdigy)},
		{Has: []string{"answer", "accept", "options.id"}, Whole: grouped(prodigyKey, takeProdigy)},
		{Has: []string{"text", "cats.*"}, Read: single(takeCats)}, // as it exports for spaCy
	},
}

// prodigyKey is the same for all examples of one text.
func prodigyKey(example any) string {
	return cmp.Or(jsonitems.Text(example, "_input_hash"), textOf(example))
}

func takeProdigy(_ *jsonforms.Input, t *task, example any) {
	t.text = textOf(example)
	label := jsonitems.Text(example, "label")
	answer := jsonitems.Text(example, "answer")
	v := verdict{partial: true}
	switch {
	case answer == "ignore":
		v.left = wasIgnored
	case answer == "reject":
		v.left, v.wrong = wasRejected, []string{cmp.Or(label, anyLabel)}
	case jsonitems.Has(example, "accept"), jsonitems.Has(example, "options"):
		v.partial = false
		v.labels = acceptedOptions(example)
	default:
		v.labels = []string{label}
		t.spans = t.spans || len(jsonitems.List(example, "spans")) > 0
	}
	t.verdicts = append(t.verdicts, v)
}

// takeCats reads the categories of spaCy, each with 1 or 0.
func takeCats(_ *jsonforms.Input, t *task, example any) {
	t.text = textOf(example)
	cats, _ := jsonitems.At(example, "cats").(map[string]any)
	var labels []string
	for label := range cats {
		if n, err := strconv.ParseFloat(jsonitems.Text(cats, label), 64); err == nil && n >= 0.5 || jsonitems.True(cats, label) {
			labels = append(labels, label)
		}
	}
	t.verdicts = []verdict{{labels: labels}}
}

// acceptedOptions gives the ids of the options that were chosen, or their texts where the
// ids are numbers.
func acceptedOptions(example any) (labels []string) {
	accepted, _ := labelsIn(jsonitems.At(example, "accept"))
	for _, id := range accepted {
		label := id
		for _, option := range jsonitems.List(example, "options") {
			if _, err := strconv.Atoi(id); err == nil && jsonitems.Text(option, "id") == id {
				label = cmp.Or(jsonitems.Text(option, "text"), id)
			}
		}
		labels = append(labels, label)
	}
	return labels
}
