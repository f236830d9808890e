package openai_test

import (
	"errors"
	"testing"

	"seedbed/gen/openai"
	"seedbed/gen/openai/openaitest"
	"seedbed/gen/openai/openaitest/dialects"
)

// speaking starts an endpoint that speaks a dialect, and a client of it.
func speaking(t *testing.T, d openaitest.Dialect, limits openaitest.Limits) (*openaitest.Server, *openai.Client) {
	t.Helper()
	server := openaitest.New(t, openaitest.Options{Dialect: d, Limits: limits, Key: key})
	return server, openai.New(openai.Config{BaseURL: server.URL, Azure: d.Azure, Key: openai.NewSecret(key), Model: d.Model})
}

// complete sends a request until the client has learned what the endpoint doesn't take.
func complete(t *testing.T, client *openai.Client, r openai.ChatRequest) (openai.ChatAnswer, *openai.Error) {
	t.Helper()
	for range 8 {
		answer, err := client.Complete(t.Context(), r)
		var e *openai.Error
		if errors.As(err, &e) && e.Kind == openai.Unsupported {
			continue
		}
		return answer, e
	}
	t.Fatal("the client doesn't stop learning")
	return openai.ChatAnswer{}, nil
}

func TestDialectsAnswer(t *testing.T) {
	for _, d := range dialects.All() {
		t.Run(d.Name, func(t *testing.T) {
			server, client := speaking(t, d, openaitest.Limits{})
			answer, e := complete(t, client, ask())
			if e != nil {
				t.Fatal(e)
			}
			items, err := openai.ParseItems(answer.Text)
			if err != nil || len(items) != 10 {
				t.Errorf("%d messages of %q, %v", len(items), answer.Text, err)
			}
			agree(t, server, answer)
			if client.Thinks() != (d.Thoughts > 0) || (answer.ReasoningTokens > 0) != (d.Thoughts > 0) || answer.CompletionTokens > ask().MaxTokens {
				t.Errorf("a model that thinks %d tokens: thinks %t, %d tokens", d.Thoughts, client.Thinks(), answer.ReasoningTokens)
			}
		})
	}
}

// agree compares what an answer was charged with what the endpoint put on its bill.
func agree(t *testing.T, server *openaitest.Server, answer openai.ChatAnswer) {
	t.Helper()
	total := server.Totals()
	if !answer.UsageKnown || answer.PromptTokens != total.PromptTokens || answer.CompletionTokens != total.CompletionTokens {
		t.Errorf("the client counts %d + %d tokens, the endpoint %d + %d", answer.PromptTokens, answer.CompletionTokens, total.PromptTokens, total.CompletionTokens)
	}
}

func TestThoughtsLeaveNoRoom(t *testing.T) {
	for _, d := range dialects.All() {
		t.Run(d.Name, func(t *testing.T) {
			server, client := speaking(t, d, openaitest.Limits{Thoughts: 5000})
			request := ask()
			request.MaxTokens = 300
			answer, e := complete(t, client, request)
			switch {
			case d.Apart: // written in full, and charged beyond what was allowed
				if answer.CompletionTokens < request.MaxTokens+4000 {
					t.Errorf("%d tokens are charged", answer.CompletionTokens)
				}
			case e == nil || e.Kind != openai.NoRoom || e.Free || !e.Retry():
				t.Errorf("got %+v", e)
			case !client.Thinks():
				t.Error("that the model thinks is not noticed")
			}
			agree(t, server, answer)
			if !answer.Arrived {
				t.Error("it is paid for")
			}
		})
	}
}

// TestLimitsInEachDialect has the client meet each limit of each dialect: the error is free, and
// tells what it takes to go on.
func TestLimitsInEachDialect(t *testing.T) {
	for _, d := range dialects.All() {
		for _, limit := range limitsOf(d) {
			if !limit.has || limit.right == nil {
				continue
			}
			t.Run(d.Name+"/"+limit.name, func(t *testing.T) {
				if e := meet(t, d, limit); e == nil && d.Cut == nil || e != nil && (!e.Free || !limit.right(e)) {
					t.Errorf("%+v", e)
				}
			})
		}
	}
}
