package openai

import (
	"strconv"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/gen/openai/body"
)

// Label is a labeller's answer for one message.
type Label struct {
	Category   string  // one of those asked, as asked
	Confidence float64 // 0 to 1
}

// ParseLabels reads a labeller's answer to the messages with these ids. An id
// that wasn't asked, a category that isn't one of those given, a confidence that
// isn't a number from 0 to 1 and an id with two categories are no label: the
// message is missing from the result. Nothing readable at all is an *Error.
func ParseLabels(answer string, ids []int64, categories []string) (map[int64]Label, error) {
	answer = body.WithoutThoughts(answer)
	names := make(map[string]string, len(categories))
	for _, category := range categories {
		names[foldName(category)] = category
	}
	asked := make(map[int64]bool, len(ids))
	for _, id := range ids {
		asked[id] = true
	}
	labels := make(map[int64]Label, len(ids))
	contradicted := make(map[int64]bool)
	for _, v := range readValues(answer) {
		for entry := range v.objects {
			id, label, ok := entry.label(names)
			if !ok || !asked[id] {
				continue
			}
			if before, twice := labels[id]; twice && before.Category != label.Category {
				contradicted[id] = true
			}
			labels[id] = label
		}
	}
	for id := range contradicted {
		delete(labels, id)
	}
	if len(labels) > 0 {
		return labels, nil
	}
	if declines.MatchString(plainQuotes.Replace(answer)) {
		return nil, &Error{Text: refused(answer), Kind: Refused}
	}
	return nil, &Error{Text: i18n.T("The answer holds no labels that can be read. The messages stay without one."), Kind: BadAnswer}
}

// label reads {"id":…,"category":…,"confidence":…}.
func (v value) label(names map[string]string) (id int64, label Label, ok bool) {
	number := v.get("id")
	category := v.get("category", "label")
	confidence := v.get("confidence")
	id, err := strconv.ParseInt(strings.TrimSpace(number.text), 10, 64)
	if err != nil {
		return 0, Label{}, false
	}
	name, known := names[foldName(category.text)]
	score, err := strconv.ParseFloat(strings.TrimSpace(confidence.text), 64)
	if !known || err != nil || !(score >= 0 && score <= 1) {
		return 0, Label{}, false
	}
	return id, Label{Category: name, Confidence: score}, true
}

// objects yields every whole object in a value, inner ones too.
func (v value) objects(yield func(value) bool) {
	v.eachObject(yield)
}

func (v value) eachObject(yield func(value) bool) bool {
	if v.kind == '{' && v.whole && !yield(v) {
		return false
	}
	for _, f := range v.fields {
		if !f.value.eachObject(yield) {
			return false
		}
	}
	for _, item := range v.items {
		if !item.eachObject(yield) {
			return false
		}
	}
	return true
}

// foldName makes "RAG query" and "rag_query" the same.
func foldName(name string) string {
	return strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(strings.TrimSpace(name)))
}
