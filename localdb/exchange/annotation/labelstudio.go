package annotation

import (
	"cmp"
	"maps"
	"slices"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/columns"
	"seedbed/localdb/exchange/jsonforms"
	"seedbed/localdb/exchange/jsonitems"
)

var labelStudio = jsonforms.Forms{
	Format: LabelStudio,
	About: "JSON and JSON-MIN: choices and taxonomies, whose paths are written as Orders/Status; skipped tasks are left out, annotators have to agree, " +
		"a prediction counts where nobody labelled.",
	Forms: []jsonforms.Form{
		{Has: []string{"data", "annotations.result"}, Whole: readLabelStudio},
		{Has: []string{"data", "completions.result"}, Whole: readLabelStudio}, // before version 1.0
		{Has: []string{"data", "annotations", "predictions"}, Whole: readLabelStudio},
		{Has: []string{"annotation_id", "annotator", "lead_time"}, Whole: readLabelStudioMin},
	},
}

// readLabelStudio reads tasks with their annotations and predictions.
func readLabelStudio(in *jsonforms.Input, f *exchange.File) error {
	var questions []string
	for _, task := range jsonitems.Sample(f) {
		for _, answers := range [][]any{annotationsOf(task), jsonitems.List(task, "predictions")} {
			for _, a := range answers {
				for _, result := range jsonitems.List(a, "result") {
					if isChoice(result) {
						questions = append(questions, jsonitems.Text(result, "from_name"))
					}
				}
			}
		}
	}
	question := chosen(in, questions)
	return jsonitems.Open(f).Each(in.Reading, func(item jsonitems.Item) {
		t := &task{line: item.Number}
		object := ""
		t.verdicts = labelStudioVerdicts(item.Value, question, t, &object)
		for _, p := range jsonitems.List(item.Value, "predictions") {
			if labels := t.results(p, question, &object); len(labels) == 1 {
				t.guesses = append(t.guesses, scored(labels[0], jsonitems.Text(p, "score")))
			}
		}
		t.text = textAmong(jsonitems.At(item.Value, "data"), object)
		t.add(in)
	})
}

func annotationsOf(task any) []any {
	return append(jsonitems.List(task, "annotations"), jsonitems.List(task, "completions")...)
}

// labelStudioVerdicts gives what each annotator said; an annotation that is marked as
// the truth stands for all.
func labelStudioVerdicts(value any, question string, t *task, object *string) (verdicts []verdict) {
	for _, a := range annotationsOf(value) {
		v := verdict{labels: t.results(a, question, object)}
		switch {
		case jsonitems.True(a, "was_cancelled"), jsonitems.True(a, "skipped"):
			v.left = wasSkipped
		case jsonitems.True(a, "ground_truth"):
			return []verdict{v}
		}
		verdicts = append(verdicts, v)
	}
	return verdicts
}

// results gives the labels of an annotation or prediction, and what they are of.
func (t *task) results(annotation any, question string, object *string) (labels []string) {
	for _, result := range jsonitems.List(annotation, "result") {
		switch {
		case compares(result):
			t.compared = true
		case !isChoice(result):
			t.spans = t.spans || jsonitems.Has(jsonitems.At(result, "value"), "start", "end")
		case jsonitems.Text(result, "from_name") == question:
			*object = jsonitems.Text(result, "to_name")
			labels = append(labels, choicesIn(jsonitems.At(result, "value"))...)
		}
	}
	return labels
}

func isChoice(result any) bool {
	value := jsonitems.At(result, "value")
	return jsonitems.Has(value, "choices") || jsonitems.Has(value, "taxonomy")
}

// compares tells whether a result says which of several texts is better.
func compares(result any) bool {
	value := jsonitems.At(result, "value")
	return jsonitems.Has(value, "ranker") || jsonitems.Text(result, "type") == "pairwise"
}

// choicesIn gives the choices of a value. Those of a taxonomy are paths.
func choicesIn(value any) (labels []string) {
	for _, choice := range jsonitems.List(value, "choices") {
		labels = append(labels, jsonitems.Text(choice))
	}
	taxonomy := jsonitems.List(value, "taxonomy")
	if bare, ok := value.([]any); ok && !slices.ContainsFunc(bare, notList) {
		taxonomy = bare
	}
	var paths [][]string
	for _, choice := range taxonomy {
		var path []string
		for _, step := range jsonitems.List(choice) {
			path = append(path, jsonitems.Text(step))
		}
		paths = append(paths, path)
	}
	return append(labels, columns.LabelPaths(paths)...)
}

func notList(value any) bool {
	_, is := value.([]any)
	return !is
}

// labelStudioMeta are the keys of JSON-MIN that are neither data nor answers.
var labelStudioMeta = []string{"id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time", "agreement", "history"}

// withoutMeta gives the data of a record of JSON-MIN.
func withoutMeta(record any, question string) any {
	data, _ := record.(map[string]any)
	data = maps.Clone(data)
	maps.DeleteFunc(data, func(key string, _ any) bool { return key == question || slices.Contains(labelStudioMeta, key) })
	return data
}

// readLabelStudioMin reads the flat form, which has a record for each annotation of a
// task. Data and answers stand beside each other in it: an answer that is an object is
// known, and others by their names, else by being the shortest.
func readLabelStudioMin(in *jsonforms.Input, f *exchange.File) error {
	var answers []string
	lengths := map[string]int{} // of texts that may be answers
	for _, record := range jsonitems.Sample(f) {
		fields, _ := record.(map[string]any)
		for _, key := range slices.Sorted(maps.Keys(fields)) {
			text, isText := fields[key].(string)
			switch {
			case slices.Contains(labelStudioMeta, key), slices.Contains(textKeys, key):
			case choicesIn(fields[key]) != nil:
				answers = append(answers, key)
			case isText:
				lengths[key] += len(text)
			}
		}
	}
	question := chosen(in, answers)
	if others := slices.Sorted(maps.Keys(lengths)); question == "" && len(others) > 0 {
		slices.SortStableFunc(others, func(a, b string) int { return cmp.Compare(lengths[a], lengths[b]) })
		question = cmp.Or(named(others), others[0])
		if asked := chosen(in, others); in.Options.Columns[asked] == exchange.Category {
			question = asked
		}
	}
	take := func(_ *jsonforms.Input, t *task, record any) {
		t.text = textAmong(withoutMeta(record, question), "")
		value := jsonitems.At(record, question)
		labels := choicesIn(value)
		if labels == nil {
			labels, _ = labelsIn(value)
		}
		t.verdicts = append(t.verdicts, verdict{labels: labels})
	}
	return grouped(func(record any) string { return cmp.Or(jsonitems.Text(record, "id"), textOf(record)) }, take)(in, f)
}
