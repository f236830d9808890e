package openai_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"seedbed/gen/openai"
	"seedbed/gen/openai/openaitest"
)

var (
	ids        = []int64{1, 2, 3}
	categories = []string{"rag_query", "emotional", "chitchat"}
)

func TestParseLabels(t *testing.T) {
	type labels = map[int64]openai.Label
	label := func(category string, confidence float64) openai.Label {
		return openai.Label{Category: category, Confidence: confidence, Stated: true}
	}
	one := labels{1: label("emotional", 0.9)}
	all := labels{1: label("emotional", 0.9), 2: label("chitchat", 0.8), 3: label("rag_query", 0.7)}
	unstated := labels{1: {Category: "emotional"}, 2: {Category: "chitchat"}, 3: {Category: "rag_query"}}
	tests := []struct {
		name, answer string
		want         labels
	}{
		{"as asked", `{"labels":[{"id":1,"category":"emotional","confidence":0.9},{"id":3,"category":"chitchat","confidence":1}]}`, labels{1: one[1], 3: label("chitchat", 1)}},
		{"bare list in a fence", "```json\n[{\"id\":1,\"category\":\"emotional\",\"confidence\":0.9}]\n```", one},
		{"numbers as strings", `[{"id":"1","label":"Emotional","confidence":"0.9"}]`, one},
		{"ids in words and as floats", `[{"id":"message 1","category":"emotional","confidence":0.9},{"id":2.0,"category":"chitchat","confidence":0.8},{"id":"#3","category":"rag_query","confidence":0.7}]`, all},
		{"name written otherwise", `[{"id":2,"category":"RAG query","confidence":0}]`, labels{2: label("rag_query", 0)}},
		{"none of these", `[{"id":1,"category":"none of these","confidence":0.9},{"id":2,"category":"None","confidence":0.8}]`, labels{1: label("", 0.9), 2: label("", 0.8)}},
		{"an id not asked", `[{"id":1,"category":"emotional","confidence":0.9},{"id":9,"category":"chitchat","confidence":0.9}]`, one},
		{"a category not given", `[{"id":1,"category":"emotional","confidence":0.9},{"id":2,"category":"angry","confidence":0.9}]`, one},
		{"a category as a number", `[{"id":1,"category":"emotional","confidence":0.9},{"id":2,"category":2,"confidence":0.9}]`, one},
		{"null for a category", `[{"id":1,"category":"emotional","confidence":0.9},{"id":2,"category":null,"confidence":0.9}]`, one},
		{"confidence in percent", `[{"id":1,"category":"emotional","confidence":"90%"},{"id":2,"category":"chitchat","confidence":"80 %"},{"id":3,"category":"rag_query","confidence":"70%"}]`, all},
		{"confidences that are none", `[{"id":1,"category":"emotional","confidence":"high"},{"id":2,"category":"chitchat","confidence":"NaN"},{"id":3,"category":"rag_query","confidence":95}]`, unstated},
		{"no confidence", `[{"id":1,"category":"emotional","confidence":0.9},{"id":2,"category":"chitchat"}]`, labels{1: one[1], 2: {Category: "chitchat"}}},
		{"two categories for one", `[{"id":1,"category":"emotional","confidence":0.9},{"id":2,"category":"chitchat","confidence":1},{"id":2,"category":"emotional","confidence":1},{"id":2,"category":"chitchat","confidence":1}]`, one},
		{"a category and one not given", `[{"id":1,"category":"emotional","confidence":0.9},{"id":2,"category":"chitchat","confidence":1},{"id":2,"category":"angry","confidence":1}]`, one},
		{"the same twice", `[{"id":1,"category":"emotional","confidence":0.95},{"id":1,"category":"emotional","confidence":0.9}]`, one},
		{"cut off", `{"labels":[{"id":1,"category":"emotional","confidence":0.9},{"id":2,"category":"chitchat","confidence":0.`, one},
		{"by their ids", `{"1":"emotional","2":"chitchat","3":"rag_query"}`, unstated},
		{"objects by their ids", `{"labels":{"1":{"category":"emotional","confidence":0.9},"2":{"category":"chitchat","confidence":0.8},"3":{"category":"rag_query","confidence":0.7}},"note":"done"}`, all},
		{"some by their ids", `{"1":"emotional","4":"chitchat"}`, labels{1: {Category: "emotional"}}},
		{"in order", `[{"category":"emotional","confidence":0.9},{"category":"chitchat","confidence":0.8},{"category":"rag_query","confidence":0.7}]`, all},
		{"names in order", `{"labels":["emotional","chitchat","rag_query"]}`, unstated},
		{"in order, one unknown", `{"labels":["emotional","angry","rag_query"]}`, labels{1: unstated[1], 3: unstated[3]}},
		{"counted from zero", `[{"id":0,"category":"emotional","confidence":0.9},{"id":1,"category":"chitchat","confidence":0.8},{"id":2,"category":"rag_query","confidence":0.7}]`, all},
		{"some without ids", `[{"id":1,"category":"emotional","confidence":0.9},{"category":"chitchat","confidence":0.8},{"category":"rag_query","confidence":0.7}]`, one},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := openai.ParseLabels(test.answer, ids, categories)
			if err != nil || !maps.Equal(got, test.want) {
				t.Errorf("got %v, %v\nwant %v", got, err, test.want)
			}
		})
	}
	for answer, kind := range map[string]openai.Kind{
		"":                         openai.BadAnswer,
		`{"labels":[]}`:            openai.BadAnswer,
		`["emotional","chitchat"]`: openai.BadAnswer, // of which two of three?
		`[{"id":0,"category":"emotional","confidence":1},{"id":1,"category":"chitchat","confidence":1}]`: openai.BadAnswer, // from zero, or too many?
		`{"category":"emotional","note":"all of them"}`:                                                  openai.BadAnswer,
		"1: emotional":                           openai.BadAnswer,
		"I'm sorry, but I can't help with that.": openai.Refused,
	} {
		if got, err := openai.ParseLabels(answer, ids, categories); got != nil || failure(t, err).Kind != kind {
			t.Errorf("%q: %v, %v", answer, got, err)
		}
	}
}

func TestLabelsFromAnEndpoint(t *testing.T) {
	_, client := endpoint(t, openaitest.Options{Label: func(text string, categories []string) (string, float64) {
		if strings.Contains(text, "?") {
			return categories[0], 0.75
		}
		return categories[2], 0.5
	}})
	for _, user := range []string{
		"1. what is a STAR answer?\n2. thx\n3. bye",
		`{"id":1,"text":"what is a \"STAR\" answer?"} {"id":2,"text":"thx"} {"id": 3, "text": "bye"}`,
	} {
		answer, err := client.Complete(t.Context(), openai.ChatRequest{User: user, Schema: openai.LabelsSchema(categories), Name: "labels"})
		if err != nil {
			t.Fatal(err)
		}
		got, err := openai.ParseLabels(answer.Text, ids, categories)
		chitchat := openai.Label{Category: "chitchat", Confidence: 0.5, Stated: true}
		want := map[int64]openai.Label{1: {Category: "rag_query", Confidence: 0.75, Stated: true}, 2: chitchat, 3: chitchat}
		if err != nil || !maps.Equal(got, want) {
			t.Errorf("got %v, %v", got, err)
		}
	}
}

func FuzzParseLabels(f *testing.F) {
	f.Add(`{"labels":[{"id":1,"category":"emotional","confidence":0.9}]}`)
	f.Add(`[{"id":"1","category":"chitchat","confidence":"1e-400"}]`)
	f.Add(`[{"id":1,"category":"","confidence":0x1p-2},{"id":-0`)
	f.Add(`{"1":"emotional","2":{"category":"chitchat"},"3":["none of these"]}`)
	f.Add(`["emotional","none","rag query"]`)
	f.Add(`[{"id":0,"category":"emotional"},{"id":"message 1","category":"x"},{"id":2.0,"label":"chitchat","confidence":"9%"}]`)
	f.Fuzz(func(t *testing.T, answer string) {
		labels, err := openai.ParseLabels(answer, ids, categories)
		if (err == nil) == (len(labels) == 0) {
			t.Errorf("%d labels and %v", len(labels), err)
		}
		for id, label := range labels {
			known := label.Category == "rag_query" || label.Category == "emotional" || label.Category == "chitchat" || label.Category == ""
			if id < 1 || id > 3 || !known || !(label.Confidence >= 0 && label.Confidence <= 1) {
				t.Errorf("message %d was labelled %+v", id, label)
			}
		}
	})
}

func TestSchemasArePortable(t *testing.T) {
	for _, schema := range []json.RawMessage{openai.MessagesSchema(), openai.LabelsSchema(categories)} {
		var root any
		if err := json.Unmarshal(schema, &root); err != nil {
			t.Fatal(err)
		}
		checkPortable(t, root)
	}
}

// checkPortable walks a schema: each object closed with every field required,
// and no keyword that an endpoint is known to refuse.
func checkPortable(t *testing.T, node any) {
	t.Helper()
	schema, ok := node.(map[string]any)
	if !ok {
		return
	}
	if properties, isObject := schema["properties"].(map[string]any); isObject {
		required, _ := schema["required"].([]any)
		if schema["additionalProperties"] != false || len(required) != len(properties) {
			t.Errorf("not closed: %v", schema)
		}
		for _, property := range properties {
			checkPortable(t, property)
		}
	}
	for keyword, value := range schema {
		switch keyword {
		case "type", "properties", "required", "additionalProperties", "enum":
		case "items":
			checkPortable(t, value)
		default:
			t.Errorf("the keyword %s isn't understood everywhere", keyword)
		}
	}
}
