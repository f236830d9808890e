package openai_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"seedbed/gen/openai"
)

func TestParseItems(t *testing.T) {
	ab := []string{"a one", "b two"}
	tests := []struct {
		name, answer string
		want         []string
	}{
		{"as asked", `{"messages":["a one","b two"]}`, ab},
		{"objects with text", `{"messages":[{"text":"a one"},{"text":"b two","category":"x"}]}`, ab},
		{"objects with other names", `{"items":[{"question":"a one","id":1},{"content":"b two","role":"user"}]}`, ab},
		{"objects with one field", `[{"utterance_text":"a one"},{"utterance_text":"b two"}]`, ab},
		{"tags beside the text", `[{"message":"a one","tags":["x","y"]},{"message":"b two","tags":[]}]`, ab},
		{"a greeting beside the list", `{"message":"Here you are","messages":["a one","b two"]}`, ab},
		{"bare list", `["a one", "b two"]`, ab},
		{"under the category", `{"professional":["a one","b two"]}`, ab},
		{"nested", `{"data":{"messages":["a one","b two"]}}`, ab},
		{"numbered keys", `{"1":"a one","2":"b two"}`, ab},
		{"one object a line", "{\"text\":\"a one\"}\n{\"text\":\"b two\"}\n", ab},
		{"one string with lines", `{"messages":"1. a one\n2. b two"}`, ab},
		{"fenced", "Sure!\n```json\n{\"messages\":[\"a one\",\"b two\"]}\n```\nAnything else?", ab},
		{"brackets in prose", `Here are [2] {messages}: {"messages":["a one","b two"]} [done]`, ab},
		{"after thoughts", "<think>I could write [\"no\"]…</think>\n{\"messages\":[\"a one\",\"b two\"]}", ab},
		{"cut off in a message", `{"messages":["a one","b two","c thr`, ab},
		{"cut off after a message", `{"messages":["a one","b two"`, ab},
		{"cut off in an object", `{"messages":[{"text":"a one"},{"text":"b two"},{"text":"c","kind":"`, ab},
		{"cut off in an escape", `["a one","b two","c\`, ab},
		{"missing comma", `{"messages":["a one" "b two"]}`, ab},
		{"missing comma at the line's end", "[\n\"a one\"\n\"b two\"\n]", ab},
		{"extra commas", `{"messages":["a one",,"b two",],}`, ab},
		{"missing bracket", `{"messages":["a one","b two"}`, ab},
		{"single quotes", `{'messages': ['a one', 'b two']}`, ab},
		{"numbered lines", "Here are two:\n\n1. a one\n2. b two\n\nHope this helps!", ab},
		{"numbered with brackets", "1) a one\n2) b two", ab},
		{"bulleted lines", "- a one\n* b two", ab},
		{"quoted lines", "“a one”\n\"b two\",\n", ab},
		{"bold and quoted", "1. **a one**\n2. \"b two\"", ab},
		{"Windows line ends", "1. a one\r\n2. b two\r\n", ab},
		{"duplicates stay", `["a one","a one"]`, []string{"a one", "a one"}},
		{"empty ones go", `["", "  a one ", " "]`, []string{"a one"}},
		{"quotes not escaped", `{"messages":["she said "no" twice","he said "wait", then left","b two"]}`, []string{`she said "no" twice`, `he said "wait", then left`, "b two"}},
		{"quotes escaped", `["she said \"no\"","a\nb","caf\u00e9 \ud83d\ude42"]`, []string{`she said "no"`, "a\nb", "café 🙂"}},
		{"line end in a message", "[\"a\none\"]", []string{"a\none"}},
		{"apostrophes in single quotes", `['I don't know', 'it's fine']`, []string{"I don't know", "it's fine"}},
		{"JSON in a message", `["what does {\"a\":[1]} mean"]`, []string{`what does {"a":[1]} mean`}},
		{"sorry among others", `["sorry, i can't help with that shift","b two"]`, []string{"sorry, i can't help with that shift", "b two"}},
		{"one that can't", `["I can't sleep before exams"]`, []string{"I can't sleep before exams"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := openai.ParseItems(test.answer)
			if err != nil || !slices.Equal(got, test.want) {
				t.Errorf("got %q, %v\nwant %q", got, err, test.want)
			}
		})
	}
}

func TestAnswersWithoutMessages(t *testing.T) {
	tests := []struct {
		name, answer string
		kind         openai.Kind
	}{
		{"nothing", "", openai.BadAnswer},
		{"no messages", `{"messages":[]}`, openai.BadAnswer},
		{"numbers", `[1,2,3]`, openai.BadAnswer},
		{"prose", "Sure! What would you like me to write about?", openai.BadAnswer},
		{"thoughts that never ended", "<think>first [\"a\"], then", openai.BadAnswer},
		{"nested without end", strings.Repeat("[", 100_000), openai.BadAnswer},
		{"opened without end", strings.Repeat(`{"a":`, 100_000), openai.BadAnswer},
		{"refusal", "I'm sorry, but I can't assist with that request.", openai.Refused},
		{"refusal with a curly apostrophe", "I’m sorry, I can’t help with that.", openai.Refused},
		{"refusal of a kind", "I cannot generate content about this topic.", openai.Refused},
		{"refusal forced into JSON", `{"messages":["I'm sorry, but I can't help with that."]}`, openai.Refused},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := openai.ParseItems(test.answer)
			if e := failure(t, err); e.Kind != test.kind || got != nil {
				t.Errorf("got %q and kind %d: %v", got, e.Kind, e)
			}
		})
	}
}

// FuzzParseItems holds two promises: nothing crashes or gives an empty message,
// and what was well-formed comes back as it was, cut off or not.
func FuzzParseItems(f *testing.F) {
	for _, seed := range []string{
		`{"messages":["a","b"]}`, "1. a\n2. b", "```json\n[\"a\"]\n```", `["a" "b`, `{'a': 'b's'}`, "<think>x</think>[\"a\"]",
		`she said "no", twice`, "I'm sorry, but I can't help with that.", `\`, "a\"\n, \"b", "\x00\xff", `["\ud800"]`, `{"":[{"":""}]}`,
	} {
		f.Add(seed, 7)
	}
	f.Fuzz(func(t *testing.T, text string, cut int) {
		items, err := openai.ParseItems(text)
		if (err == nil) == (len(items) == 0) {
			t.Errorf("%d messages and %v", len(items), err)
		}
		for _, item := range items {
			if strings.TrimSpace(item) == "" {
				t.Errorf("an empty message in %q", items)
			}
		}
		var e *openai.Error
		if err != nil && !errors.As(err, &e) {
			t.Errorf("not an *openai.Error: %v", err)
		}

		if !utf8.ValidString(text) || strings.TrimSpace(text) == "" || strings.Contains(strings.ToLower(text), "think") {
			return
		}
		want := []string{"the first", strings.TrimSpace(text), "the last"}
		answer, err := json.Marshal(map[string]any{"messages": want})
		if err != nil {
			t.Fatal(err)
		}
		if items, err = openai.ParseItems(string(answer)); err != nil || !slices.Equal(items, want) {
			t.Errorf("%s was read as %q, %v", answer, items, err)
		}
		half := string(answer[:min(max(cut, 0), len(answer))])
		if items, err = openai.ParseItems(half); err == nil && !slices.Equal(items, want[:len(items)]) {
			t.Errorf("%s was read as %q", half, items)
		}
	})
}
