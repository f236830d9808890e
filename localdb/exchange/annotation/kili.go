package annotation

import (
	"maps"
	"slices"

	"seedbed/localdb/exchange/jsonforms"
	"seedbed/localdb/exchange/jsonitems"
)

var kili = jsonforms.Forms{
	Format: Kili,
	About:  "Assets with their labels of classification jobs; the last label of each annotator counts, annotators have to agree, a prediction counts where nobody labelled.",
	Forms: []jsonforms.Form{
		{Has: []string{"content", "labels.jsonResponse"}, Read: single(takeKili)},
		{Has: []string{"content", "externalId", "labels"}, Read: single(takeKili)},
		{Has: []string{"data.assets.content", "data.assets.labels"}, List: "data.assets", Read: single(takeKili)},
	},
}

// takeKili reads an asset. A job that isn't about categories, such as one of entities, has no
// list of them.
func takeKili(in *jsonforms.Input, t *task, record any) {
	t.text = jsonitems.Text(record, "content")
	for _, label := range jsonitems.List(record, "labels") {
		if jsonitems.At(label, "isLatestLabelForUser") == false {
			continue
		}
		jobs, _ := jsonitems.At(label, "jsonResponse").(map[string]any)
		answers := map[string][]any{}
		for job, answer := range jobs {
			if categories := jsonitems.List(answer, "categories"); categories != nil {
				answers[job] = categories
			}
		}
		var labels []string
		for _, category := range answers[chosen(in, slices.Collect(maps.Keys(answers)))] {
			labels = append(labels, jsonitems.Text(category, "name"))
		}
		switch kind := jsonitems.Text(label, "labelType"); {
		case kind == "AUTOSAVE" || len(labels) == 0:
		case kind == "PREDICTION" || kind == "INFERENCE":
			t.guesses = append(t.guesses, guess{label: labels[0]})
		default:
			t.verdicts = append(t.verdicts, verdict{labels: labels})
		}
	}
}
