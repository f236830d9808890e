package openai_test

import (
	"testing"

	"seedbed/gen/openai"
	"seedbed/gen/openai/openaitest"
)

// ask is a writer's request for ten messages.
func ask() openai.Request {
	return openai.Request{
		System: "You write messages.", User: "Category: professional\nCount: 10\n\nWrite.",
		Schema: openai.MessagesSchema(), Name: "messages", MaxTokens: 2000,
	}
}

func TestCompleteWritesMessages(t *testing.T) {
	server := openaitest.New(t, openaitest.Options{Key: "sk-right"})
	client := openai.New(openai.Config{BaseURL: server.URL, Key: openai.NewSecret("sk-right"), Model: "gpt-6-luna"})
	answer, err := client.Complete(t.Context(), ask())
	if err != nil {
		t.Fatal(err)
	}
	items, err := openai.ParseItems(answer.Text)
	if err != nil || len(items) != 10 {
		t.Fatalf("got %d messages, %v", len(items), err)
	}
	call := server.Calls()[0]
	if !answer.UsageKnown || answer.PromptTokens != call.PromptTokens || answer.CompletionTokens != call.CompletionTokens {
		t.Errorf("the client was told %+v, the endpoint charged %+v", answer, call)
	}
}
