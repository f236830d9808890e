package jsonfile

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"seedbed/localdb/exchange/jsonitems"
)

// prediction is a label with how likely it is.
type prediction struct {
	label string
	score float64
	text  string // the score as it is written
}

// scoreKeys are what classifiers call the score.
var scoreKeys = []string{"score", "confidence", "probability", "prob", "proba"}

// predictions reads what a classifier says of a text: [{"label": "refund", "score": 0.9}, …],
// also inside another list, as Hugging Face's pipelines give it.
func predictions(list []any) (all []prediction) {
	if len(list) == 1 {
		if inner, ok := list[0].([]any); ok {
			return predictions(inner)
		}
	}
	for _, e := range list {
		object, _ := e.(map[string]any)
		p := prediction{}
		for key, value := range object {
			text, _ := jsonitems.Scalar(value)
			switch {
			case slices.Contains([]string{"label", "class", "intent", "category", "name"}, key):
				p.label = text
			case slices.Contains(scoreKeys, key):
				p.text = text
			case key != "id":
				return nil
			}
		}
		var err error
		if p.score, err = strconv.ParseFloat(p.text, 64); err != nil || p.label == "" {
			return nil
		}
		all = append(all, p)
	}
	return all
}

// likelihoods reads {"refund": 0.9, "order": 0.1}; 1 and 0 alone are marks and no scores.
func likelihoods(o map[string]any) (all []prediction) {
	between := false
	for label, value := range o {
		text, _ := jsonitems.Scalar(value)
		score, err := strconv.ParseFloat(text, 64)
		if err != nil || score < 0 || score > 1 {
			return nil
		}
		between = between || score > 0 && score < 1
		all = append(all, prediction{label, score, text})
	}
	if !between || len(all) < 2 {
		return nil
	}
	return all
}

// cats gives the labels that hold of those that spaCy writes for a text, with 1 for those that
// hold and 0 for others: {"refund": 1.0, "order": 0.0}, or, until version 3,
// [{"label": "refund", "value": 1.0}, …]. Its predictions, which are in between, are likelihoods.
func cats(value any) (labels string, ok bool) {
	marks := map[string]any{}
	switch v := value.(type) {
	case map[string]any:
		marks = v
	case []any:
		for _, e := range v {
			marks[jsonitems.Text(e, "label")] = jsonitems.At(e, "value")
		}
	}
	hold := []any{}
	for _, label := range slices.Sorted(maps.Keys(marks)) {
		switch text, _ := jsonitems.Scalar(marks[label]); text {
		case "1", "1.0", "true":
			hold = append(hold, label)
		case "0", "0.0", "false":
		default:
			return "", false
		}
	}
	labels, _ = labelList(hold)
	return labels, len(marks) > 0
}

// scoredLabels reads {"labels": ["refund", "order"], "scores": [0.9, 0.1]}, as zero-shot
// classifiers say it; labels is the key of the first, "" where there is none.
func scoredLabels(o map[string]any) (labels, scores string, all []prediction) {
	for _, keys := range [][2]string{{"labels", "scores"}, {"labels", "probabilities"}, {"classes", "scores"}, {"classes", "probabilities"}, {"intents", "scores"}} {
		names, _ := o[keys[0]].([]any)
		numbers, _ := o[keys[1]].([]any)
		if len(names) == 0 || len(names) != len(numbers) || !texts(names) {
			continue
		}
		for i, name := range names {
			text, _ := jsonitems.Scalar(numbers[i])
			score, err := strconv.ParseFloat(text, 64)
			if err != nil {
				return "", "", nil
			}
			all = append(all, prediction{name.(string), score, text})
		}
		return keys[0], keys[1], all
	}
	return "", "", nil
}

// likely is the score from which on a label holds where several may.
const likely = 0.5

// cellsOf gives the likeliest label and its score; or all labels that hold, where those are several.
func cellsOf(all []prediction, name, score string) []cell {
	var hold []string
	for _, p := range all {
		if p.score >= likely {
			hold = append(hold, p.label)
		}
	}
	if len(hold) > 1 {
		labels, _ := json.Marshal(hold) // texts always can be
		return []cell{{name, string(labels)}}
	}
	best := slices.MaxFunc(all, func(a, b prediction) int { return cmp.Compare(a.score, b.score) })
	return []cell{{name, best.label}, {score, best.text}}
}
