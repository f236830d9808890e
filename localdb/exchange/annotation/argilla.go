package annotation

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonforms"
	"seedbed/localdb/exchange/jsonitems"
)

var argilla = jsonforms.Forms{
	Format: Argilla,
	About: "Records of versions 0, 1 and 2: only submitted responses are labels, " +
		"annotators have to agree, discarded records are left out, a suggestion counts where nobody answered.",
	Forms: []jsonforms.Form{
		{Has: []string{"fields", "responses", "suggestions"}, Whole: readArgilla},
		{Has: []string{"fields", "responses", "_server_id"}, Whole: readArgilla},
		{Has: []string{"fields", "responses.values"}, Whole: readArgilla},
		{Has: []string{"annotation", "prediction", "status"}, Read: single(takeArgillaLegacy)},
		{Has: []string{"annotation", "annotation_agent"}, Read: single(takeArgillaLegacy)},
		{Has: []string{"annotation", "prediction_agent"}, Read: single(takeArgillaLegacy)},
	},
}

// response is an answer to a question.
type response struct {
	question, user, status string
	value                  any
}

// responses gives the answers of a record: by question in version 2, by user in version 1.
func responses(record any) (all []response) {
	byQuestion, _ := jsonitems.At(record, "responses").(map[string]any)
	for _, question := range slices.Sorted(maps.Keys(byQuestion)) {
		for _, r := range jsonitems.List(byQuestion, question) {
			all = append(all, response{question, jsonitems.Text(r, "user_id"), jsonitems.Text(r, "status"), jsonitems.At(r, "value")})
		}
	}
	for _, r := range jsonitems.List(record, "responses") {
		user, status := jsonitems.Text(r, "user_id"), jsonitems.Text(r, "status")
		if question := jsonitems.Text(r, "question_name"); question != "" {
			all = append(all, response{question, user, status, jsonitems.At(r, "value")})
			continue
		}
		values, _ := jsonitems.At(r, "values").(map[string]any)
		for _, question := range slices.Sorted(maps.Keys(values)) {
			all = append(all, response{question, user, status, jsonitems.At(values, question, "value")})
		}
		if len(values) == 0 {
			all = append(all, response{"", user, status, nil})
		}
	}
	return all
}

// suggestion is what a model answers to a question.
type suggestion struct {
	question string
	value    any
	score    string
}

func suggestions(record any) (all []suggestion) {
	byQuestion, _ := jsonitems.At(record, "suggestions").(map[string]any)
	for _, question := range slices.Sorted(maps.Keys(byQuestion)) {
		s := byQuestion[question]
		all = append(all, suggestion{question, jsonitems.At(s, "value"), jsonitems.Text(s, "score")})
	}
	for _, s := range jsonitems.List(record, "suggestions") {
		all = append(all, suggestion{jsonitems.Text(s, "question_name"), jsonitems.At(s, "value"), jsonitems.Text(s, "score")})
	}
	return all
}

// readArgilla reads records with fields, responses and suggestions.
func readArgilla(in *jsonforms.Input, f *exchange.File) error {
	var questions []string
	for _, record := range jsonitems.Sample(f) {
		for _, r := range responses(record) {
			if labels, _ := labelsIn(r.value); len(labels) > 0 {
				questions = append(questions, r.question)
			}
		}
		for _, s := range suggestions(record) {
			questions = append(questions, s.question)
		}
	}
	question := chosen(in, questions)
	return jsonitems.Open(f).Each(in.Reading, func(item jsonitems.Item) {
		t := &task{line: item.Number, text: textAmong(jsonitems.At(item.Value, "fields"), "")}
		discarded := false
		for _, r := range responses(item.Value) {
			switch {
			case r.status == "discarded":
				discarded = true
			case r.question == question && r.status != "draft" && r.status != "pending":
				labels, _ := labelsIn(r.value)
				t.verdicts = append(t.verdicts, verdict{labels: labels})
			}
		}
		if len(t.verdicts) == 0 && (discarded || jsonitems.Text(item.Value, "status") == "discarded") {
			t.verdicts = []verdict{{left: wasDiscarded}}
		}
		for _, s := range suggestions(item.Value) {
			if labels, _ := labelsIn(s.value); s.question == question && len(labels) == 1 {
				t.guesses = append(t.guesses, scored(labels[0], s.score))
			}
		}
		t.add(in)
	})
}

// takeArgillaLegacy reads a record of text classification of version 0.
func takeArgillaLegacy(_ *jsonforms.Input, t *task, record any) {
	t.text = cmp.Or(jsonitems.Text(record, "text"), textAmong(jsonitems.At(record, "inputs"), ""))
	status := strings.ToLower(jsonitems.Text(record, "status"))
	labels, _ := labelsIn(jsonitems.At(record, "annotation"))
	switch {
	case status == "discarded":
		t.verdicts = []verdict{{left: wasDiscarded}}
	case len(labels) > 0:
		t.verdicts = []verdict{{labels: labels}}
	}
	for _, p := range jsonitems.List(record, "prediction") {
		label, score := jsonitems.Text(p, "label"), jsonitems.Text(p, "score")
		if pair := jsonitems.List(p); len(pair) == 2 {
			label, score = jsonitems.Text(pair[0]), jsonitems.Text(pair[1])
		}
		t.guesses = append(t.guesses, scored(label, score))
	}
}
