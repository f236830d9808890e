package annotation

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonforms"
	"seedbed/localdb/exchange/jsonitems"
)

var groundTruth = jsonforms.Forms{
	Format: GroundTruth,
	About:  "Output manifests of text classification with one label or several; what a machine labelled has its confidence.",
	Forms:  []jsonforms.Form{{Has: []string{"source", "*.human-annotated"}, Read: single(takeGroundTruth)}},
}

// takeGroundTruth reads a line of a manifest: NAME-metadata has the label that NAME
// holds as a number.
func takeGroundTruth(_ *jsonforms.Input, t *task, line any) {
	t.text = jsonitems.Text(line, "source")
	fields, _ := line.(map[string]any)
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		meta := fields[key]
		if !strings.HasSuffix(key, "-metadata") || len(t.verdicts)+len(t.guesses) > 0 {
			continue
		}
		var labels []string
		if label := jsonitems.Text(meta, "class-name"); label != "" {
			labels = []string{label}
		}
		classes, _ := jsonitems.At(meta, "class-map").(map[string]any)
		for _, number := range slices.Sorted(maps.Keys(classes)) {
			labels = append(labels, jsonitems.Text(classes, number))
		}
		if jsonitems.Text(meta, "human-annotated") != "no" {
			t.verdicts = append(t.verdicts, verdict{labels: labels})
		} else if len(labels) == 1 {
			t.guesses = append(t.guesses, scored(labels[0], jsonitems.Text(meta, "confidence")))
		}
	}
}

var vertexAI = jsonforms.Forms{
	Format: VertexAI,
	About:  "Import files of text classification with one label or several.",
	Forms: []jsonforms.Form{
		{Has: []string{"textContent", "classificationAnnotation"}, Read: single(takeVertexAI)},
		{Has: []string{"textContent", "classificationAnnotations"}, Read: single(takeVertexAI)},
	},
}

func takeVertexAI(_ *jsonforms.Input, t *task, line any) {
	t.text = jsonitems.Text(line, "textContent")
	var labels []string
	for _, a := range append(jsonitems.List(line, "classificationAnnotations"), jsonitems.At(line, "classificationAnnotation")) {
		labels = append(labels, jsonitems.Text(a, "displayName"))
	}
	t.verdicts = []verdict{{labels: labels}}
}

var datasetRows = jsonforms.Forms{
	Format: DatasetRows,
	About:  "What Hugging Face's dataset viewer answers; labels that are numbers get their names.",
	Forms:  []jsonforms.Form{{Has: []string{"features.feature_idx", "rows.row"}, Whole: readDatasetRows}},
}

// readDatasetRows reads rows with the features of a dataset, of which a ClassLabel has
// the names of its numbers.
func readDatasetRows(in *jsonforms.Input, f *exchange.File) error {
	names := map[string][]any{}
	var questions []string
	for _, feature := range jsonitems.Sample(f, "features") {
		name, kind := jsonitems.Text(feature, "name"), jsonitems.At(feature, "type")
		if list := jsonitems.List(kind, "names"); list != nil {
			names[name] = list
		}
		if !slices.Contains(textKeys, name) {
			questions = append(questions, name)
		}
	}
	if len(names) > 0 {
		questions = slices.Collect(maps.Keys(names))
	}
	question := chosen(in, questions)
	return jsonitems.Inside(f, "rows").Each(in.Reading, func(item jsonitems.Item) {
		row := jsonitems.At(item.Value, "row")
		t := &task{line: item.Number, text: textAmong(row, "")}
		labels, _ := labelsIn(jsonitems.At(row, question))
		for i, label := range labels {
			if n, err := strconv.Atoi(label); err == nil && n >= 0 && n < len(names[question]) {
				labels[i] = jsonitems.Text(names[question][n])
			} else if err == nil && n == -1 {
				labels[i] = ""
			}
		}
		t.verdicts = []verdict{{labels: labels}}
		t.add(in)
	})
}
