package annotation

import (
	"maps"
	"slices"

	"seedbed/localdb/exchange/jsonforms"
	"seedbed/localdb/exchange/jsonitems"
)

var labelbox = jsonforms.Forms{
	Format: Labelbox,
	About:  "Classifications of texts in exports of the present and the old version; annotators have to agree.",
	Forms: []jsonforms.Form{
		{Has: []string{"data_row.row_data", "projects"}, Read: single(takeLabelbox)},
		{Has: []string{"Labeled Data", "Label"}, Read: single(takeOldLabelbox)},
	},
}

func takeLabelbox(_ *jsonforms.Input, t *task, item any) {
	t.text = jsonitems.Text(item, "data_row", "row_data")
	projects, _ := jsonitems.At(item, "projects").(map[string]any)
	for _, id := range slices.Sorted(maps.Keys(projects)) {
		for _, label := range jsonitems.List(projects, id, "labels") {
			t.verdicts = append(t.verdicts, verdict{labels: labelboxAnswers(jsonitems.List(label, "annotations", "classifications"))})
			t.spans = t.spans || len(jsonitems.List(label, "annotations", "objects")) > 0
		}
	}
}

func takeOldLabelbox(_ *jsonforms.Input, t *task, item any) {
	t.text = jsonitems.Text(item, "Labeled Data")
	t.verdicts = []verdict{{labels: labelboxAnswers(jsonitems.List(item, "Label", "classifications"))}}
	t.spans = len(jsonitems.List(item, "Label", "objects")) > 0
}

// labelboxAnswers gives the answers to questions with one choice or several.
func labelboxAnswers(classifications []any) (labels []string) {
	for _, c := range classifications {
		answers := append(jsonitems.List(c, "checklist_answers"), jsonitems.List(c, "answers")...)
		answers = append(answers, jsonitems.At(c, "radio_answer"), jsonitems.At(c, "answer"))
		for _, answer := range answers {
			for _, key := range []string{"name", "title", "value"} {
				if label := jsonitems.Text(answer, key); label != "" {
					labels = append(labels, label)
					break
				}
			}
		}
	}
	return labels
}
