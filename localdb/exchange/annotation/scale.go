package annotation

import (
	"cmp"
	"maps"
	"slices"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange/jsonforms"
	"seedbed/localdb/exchange/jsonitems"
)

var scale = jsonforms.Forms{
	Format: Scale,
	About:  "Tasks of categorisation and of text collection with their responses; tasks that are open have no label, cancelled ones are left out.",
	Forms: []jsonforms.Form{
		{Has: []string{"task_id", "params", "type", "status"}, Read: single(takeScale)},
		{Has: []string{"docs.task_id", "docs.params"}, List: "docs", Read: single(takeScale)},
		{Has: []string{"tasks.task_id", "tasks.params"}, List: "tasks", Read: single(takeScale)},
	},
}

var wasCanceled = i18n.T("a task that was cancelled")

// takeScale reads a task, whose text is what is attached to it, and not the instruction, and
// whose labels are the answer to the question that asks for the category.
func takeScale(in *jsonforms.Input, t *task, record any) {
	params, response := jsonitems.At(record, "params"), jsonitems.At(record, "response")
	t.text = cmp.Or(jsonitems.Text(params, "attachment"), jsonitems.Text(params, "text"))
	for _, attached := range jsonitems.List(params, "attachments") {
		if kind := jsonitems.Text(attached, "type"); kind == "text" || kind == "" {
			t.text = cmp.Or(t.text, jsonitems.Text(attached, "content"), jsonitems.Text(attached))
		}
	}
	if status := jsonitems.Text(record, "status"); status == "canceled" || status == "cancelled" {
		t.verdicts = []verdict{{left: wasCanceled}}
		return
	}
	answers := map[string][]string{}
	for _, key := range []string{"category", "taxonomies", "annotations"} {
		switch v := jsonitems.At(response, key).(type) {
		case map[string]any:
			for question, answer := range v {
				answers[question] = scaleLabels(answer)
			}
		case nil:
		default:
			answers["category"] = scaleLabels(v)
		}
	}
	question := chosen(in, slices.Collect(maps.Keys(answers)))
	if labels := answers[question]; len(labels) > 0 {
		t.verdicts = []verdict{{labels: labels}}
	}
}

// scaleLabels gives the labels of an answer, which may be in an object with its type, and in
// a list for each annotator.
func scaleLabels(answer any) (labels []string) {
	if inner := jsonitems.At(answer, "response"); inner != nil {
		return scaleLabels(inner)
	}
	if list, ok := answer.([]any); ok {
		for _, e := range list {
			labels = append(labels, scaleLabels(e)...)
		}
		return unique(labels)
	}
	labels, _ = labelsIn(answer)
	return labels
}
