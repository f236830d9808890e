// Package annotation reads what annotation tools export: Label Studio, Prodigy, doccano,
// Argilla, Labelbox, Scale AI, Kili, SageMaker Ground Truth and Vertex AI; and rows of Hugging Face's dataset viewer.
//
// What people decided is kept, and nothing else becomes a label. A text that they skipped,
// rejected or discarded is left out. Where several people labelled a text and agree, it
// has their label; where they don't, it has none. A text with several labels has none,
// since a message has one category. A model's guess (prediction, suggestion) is the
// category, with its score as the confidence, of texts that nobody labelled; one without a
// score is not taken. All of this is counted.
package annotation

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonforms"
	"seedbed/localdb/exchange/jsonitems"
)

// The formats of this package.
var (
	LabelStudio = &exchange.Format{ID: "label-studio", Name: i18n.T("Label Studio"), Extension: ".json"}
	Prodigy     = &exchange.Format{ID: "prodigy", Name: i18n.T("Prodigy"), Extension: ".jsonl"}
	Doccano     = &exchange.Format{ID: "doccano", Name: i18n.T("doccano"), Extension: ".jsonl"}
	Argilla     = &exchange.Format{ID: "argilla", Name: i18n.T("Argilla"), Extension: ".json"}
	GroundTruth = &exchange.Format{ID: "ground-truth", Name: i18n.T("SageMaker Ground Truth"), Extension: ".manifest"}
	VertexAI    = &exchange.Format{ID: "vertex-ai", Name: i18n.T("Vertex AI"), Extension: ".jsonl"}
	Labelbox    = &exchange.Format{ID: "labelbox", Name: i18n.T("Labelbox"), Extension: ".ndjson"}
	Scale       = &exchange.Format{ID: "scale", Name: i18n.T("Scale AI"), Extension: ".json"}
	Kili        = &exchange.Format{ID: "kili", Name: i18n.T("Kili"), Extension: ".json"}
	DatasetRows = &exchange.Format{ID: "huggingface-rows", Name: i18n.T("Hugging Face rows"), Extension: ".json"}
)

// Readers are the readers of this package.
var Readers = []exchange.Reader{
	labelStudio.Reader(), prodigy.Reader(), doccano.Reader(), argilla.Reader(), groundTruth.Reader(), vertexAI.Reader(), labelbox.Reader(), scale.Reader(), kili.Reader(), datasetRows.Reader(), datasetReader,
}

// task is a text and what became of it.
type task struct {
	line     int
	place    string // the file inside a zip file, where its record is kept for others of the text
	text     string
	verdicts []verdict
	guesses  []guess
	compared bool // with other texts, which says nothing of what it is about
	spans    bool // parts of the text are labelled, which says nothing of the whole
}

// verdict is what one annotator said of a text.
type verdict struct {
	labels  []string
	partial bool      // there may be further labels: each was asked for by itself
	wrong   []string  // labels that are wrong
	left    i18n.Text // why the annotator gave no label; nothing where they did
}

// anyLabel stands for all labels among those that are wrong.
const anyLabel = ""

// guess is what a model said.
type guess struct {
	label    string
	score    float64
	hasScore bool
}

// Why texts have no label, or aren't taken.
var (
	wasSkipped    = i18n.T("skipped by the annotator")
	wasRejected   = i18n.T("rejected by the annotator")
	wasIgnored    = i18n.T("ignored by the annotator")
	wasDiscarded  = i18n.T("discarded by the annotator")
	areDisagreed  = i18n.T("annotators disagree, so it has no category")
	guessUnscored = i18n.T("labelled only by a model, without a score, so it has no category")
	noText        = i18n.T("a link to a picture or a file, not a text")
	onlyCompared  = i18n.T("several texts are compared or ranked, so it has no category")
	onlySpans     = i18n.T("parts of the text are labelled, not the text, so it has no category")
)

// add makes a row of a task, or counts why it has none.
func (t *task) add(in *jsonforms.Input) {
	r := in.Reading
	kept := slices.DeleteFunc(slices.Clone(t.verdicts), func(v verdict) bool { return !v.left.IsZero() })
	if len(kept) == 0 && len(t.verdicts) > 0 {
		r.Skip(t.line, t.verdicts[0].left, t.text)
		return
	}
	if isLink(t.text) {
		r.Skip(t.line, noText, t.text)
		return
	}
	row := exchange.Row{Line: t.line, Place: in.Place, Message: t.text}
	note := i18n.Text{}
	labels, agreed := agree(t.verdicts)
	switch {
	case !agreed:
		note = areDisagreed
	case len(labels) > 1:
		note = exchange.SeveralLabels
	case len(labels) == 1:
		row.Category = labels[0]
	case len(kept) == 0 && len(t.guesses) > 0:
		best := slices.MaxFunc(t.guesses, func(a, b guess) int { return cmp.Compare(a.score, b.score) })
		if best.hasScore {
			row.Category, row.Confidence, row.HasConfidence = best.label, best.score, true
		} else {
			note = guessUnscored
		}
	case t.compared:
		note = onlyCompared
	case t.spans:
		note = onlySpans
	}
	if !note.IsZero() && strings.TrimSpace(t.text) != "" {
		text := t.text
		if len(labels) > 1 {
			text = strings.Join(labels, ", ") + ": " + text
		}
		r.Note(t.line, note, text)
	}
	r.Add(row)
}

var link = regexp.MustCompile(`^(?:(?:https?|s3|gs|azure-blob)://|/data/|data:)\S+$`)

// isLink tells whether a text stands for a picture, a sound or a file.
func isLink(text string) bool { return link.MatchString(strings.TrimSpace(text)) }

// agree gives the labels on which all annotators agree.
func agree(verdicts []verdict) (labels []string, agreed bool) {
	var accepted, wrong []string
	var whole [][]string
	for _, v := range verdicts {
		wrong = append(wrong, v.wrong...)
		switch {
		case !v.left.IsZero():
		case v.partial:
			accepted = append(accepted, v.labels...)
		default:
			whole = append(whole, unique(v.labels))
		}
	}
	labels = unique(accepted)
	if len(whole) > 0 {
		if len(labels) == 0 {
			labels = whole[0]
		}
		for _, other := range whole {
			if !slices.Equal(other, labels) {
				return nil, false
			}
		}
	}
	for _, label := range labels {
		if slices.Contains(wrong, label) || slices.Contains(wrong, anyLabel) {
			return nil, false
		}
	}
	return labels, true
}

// unique sorts labels and leaves out empty and repeated ones.
func unique(labels []string) []string {
	labels = slices.DeleteFunc(slices.Clone(labels), func(l string) bool { return strings.TrimSpace(l) == "" })
	slices.Sort(labels)
	return slices.Compact(labels)
}

// textKeys are what tools and people call the text, the likeliest first.
var textKeys = []string{"text", "message", "utterance", "query", "question", "sentence", "content", "body", "comment", "review", "prompt", "input"}

// labelKeys are what people call the question whose answer is the category.
var labelKeys = []string{"intent", "category", "label", "labels", "class", "topic", "choice", "sentiment"}

// textOf gives the text of a record: that of the first of textKeys it has.
func textOf(record any) string {
	for _, key := range textKeys {
		if text, ok := jsonitems.At(record, key).(string); ok {
			return text
		}
	}
	return ""
}

// textAmong gives the text of an object that holds nothing but what was labelled: that
// at a key, at one of textKeys, or the longest.
func textAmong(record any, key string) string {
	if text, ok := jsonitems.At(record, key).(string); ok {
		return text
	}
	if text := textOf(record); text != "" {
		return text
	}
	longest := ""
	fields, _ := record.(map[string]any)
	for _, value := range fields {
		if text, ok := value.(string); ok && (len(text) > len(longest) || len(text) == len(longest) && text < longest) {
			longest = text
		}
	}
	return longest
}

// named gives the question whose name says that its answer is the category; "" where
// none does.
func named(questions []string) string {
	questions = unique(questions)
	for _, key := range labelKeys {
		for _, q := range questions {
			if exchange.Fold(q) == key {
				return q
			}
		}
	}
	for _, key := range labelKeys {
		for _, q := range questions {
			if strings.Contains(exchange.Fold(q), key) {
				return q
			}
		}
	}
	return ""
}

// chosen is the question whose answer is the category: as a person said, by its name,
// else the first in the alphabet; "" without any.
func chosen(in *jsonforms.Input, questions []string) string {
	for _, q := range questions {
		if in.Options.Columns[q] == exchange.Category {
			return q
		}
	}
	first := ""
	if questions = unique(questions); len(questions) > 0 {
		first = questions[0]
	}
	return cmp.Or(named(questions), first)
}

// labelsIn gives the labels of a value: a text, a number, or a list of those. Spans are
// lists of places and a label, which label a part of the text.
func labelsIn(value any) (labels []string, spans bool) {
	list, isList := value.([]any)
	if !isList {
		label, _ := jsonitems.Scalar(value)
		return unique([]string{label}), false
	}
	for _, element := range list {
		if label, ok := jsonitems.Scalar(element); ok {
			labels = append(labels, label)
		} else {
			spans = true
		}
	}
	return unique(labels), spans && len(labels) == 0
}

// scored makes a guess. Scores that are no share of one are left out.
func scored(label, score string) guess {
	g := guess{label: label}
	if n, err := strconv.ParseFloat(score, 64); err == nil && n >= 0 && n <= 1 {
		g.score, g.hasScore = n, true
	}
	return g
}
