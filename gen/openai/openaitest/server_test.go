package openaitest_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"seedbed/gen/openai"
	"seedbed/gen/openai/openaitest"
)

func client(s *openaitest.Server) *openai.Client {
	return openai.New(openai.Config{BaseURL: s.URL, Key: openai.NewSecret("sk-1"), Model: "gpt-6-luna", Transport: openaitest.Transport()})
}

func request(category string, count int) openai.ChatRequest {
	return openai.ChatRequest{
		System: "Write.", User: fmt.Sprintf("Category: %s\nCount: %d\n\nGo on.", category, count),
		Schema: openai.MessagesSchema(), Name: "messages", MaxTokens: 4000,
	}
}

// What a client learns of its costs is what the endpoint charged, whatever goes
// wrong: known tokens add up, and what is said to be free is.
func TestLedgerUnderEveryFault(t *testing.T) {
	shares := map[openaitest.Fault]float64{}
	for fault := openaitest.RateLimit; fault <= openaitest.Duplicates; fault++ {
		if fault != openaitest.Hang {
			shares[fault] = 0.03
		}
	}
	server := openaitest.New(t, openaitest.Options{Fault: openaitest.Mix(1, shares)})
	writer := client(server)
	var prompt, completion, free atomic.Int64
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 50 {
				answer, err := writer.Complete(t.Context(), request("social", 8))
				prompt.Add(int64(answer.PromptTokens))
				completion.Add(int64(answer.CompletionTokens))
				var e *openai.Error
				if errors.As(err, &e) && e.Free {
					free.Add(1)
				}
			}
		})
	}
	wait.Wait()
	total := server.Totals()
	if total.Requests != 400 {
		t.Errorf("%d requests for 400 calls", total.Requests)
	}
	if int(prompt.Load()) != total.PromptTokens-total.UntoldPrompt || int(completion.Load()) != total.CompletionTokens-total.UntoldCompletion {
		t.Errorf("the client knows of %d and %d tokens, the endpoint charged %+v", prompt.Load(), completion.Load(), total)
	}
	if int(free.Load()) > total.Requests-total.Charged || total.UntoldPrompt == 0 || total.Charged == total.Requests {
		t.Errorf("%d requests were said to be free: %+v", free.Load(), total)
	}
}

func TestQuotaEndsAfterSome(t *testing.T) {
	server := openaitest.New(t, openaitest.Options{Fault: openaitest.After(2, openaitest.QuotaEnded)})
	writer := client(server)
	for n := range 4 {
		_, err := writer.Complete(t.Context(), request("social", 3))
		if (err == nil) != (n < 2) {
			t.Errorf("request %d: %v", n, err)
		}
	}
}

func TestQuestionsNameWhatStandsInTheirPassage(t *testing.T) {
	server := openaitest.New(t, openaitest.Options{})
	r := request("rag_query", 4)
	r.User += "\n<passage number=\"1\" title=\"Offers\">\nNegotiating severance\n</passage>\n<passage number=\"2\">\nBehavioural interviews\n</passage>"
	if _, err := client(server).Complete(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	for i, term := range []string{"Negotiating", "severance", "Behavioural", "interviews"} {
		if text := server.Calls()[0].Messages[i]; !strings.Contains(text, term) {
			t.Errorf("%q doesn't name %s", text, term)
		}
	}
}

func TestDuplicatesRepeatWhatWasWritten(t *testing.T) {
	server := openaitest.New(t, openaitest.Options{Fault: openaitest.Script(openaitest.None, openaitest.Duplicates)})
	writer := client(server)
	for range 2 {
		if _, err := writer.Complete(t.Context(), request("chitchat", 4)); err != nil {
			t.Fatal(err)
		}
	}
	calls := server.Calls()
	first, second := calls[0].Messages, calls[1].Messages
	if first[0] != second[0] || first[1] == second[1] || len(second) != 4 {
		t.Errorf("%q\n%q", first, second)
	}
}

func TestTooManyAtATime(t *testing.T) {
	server := openaitest.New(t, openaitest.Options{MaxConcurrent: 2, FirstToken: 100 * time.Millisecond})
	writer := client(server)
	var limited atomic.Int64
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			_, err := writer.Complete(t.Context(), request("social", 1))
			var e *openai.Error
			if errors.As(err, &e) && e.Kind == openai.RateLimited {
				limited.Add(1)
			}
		})
	}
	wait.Wait()
	if charged := server.Totals().Charged; charged == 0 || int(limited.Load()) != 8-charged {
		t.Errorf("%d charged, %d limited", charged, limited.Load())
	}
}

func TestModelsAndKey(t *testing.T) {
	server := openaitest.New(nil, openaitest.Options{Key: "sk-1"})
	models, err := client(server).Models(t.Context())
	if err != nil || len(models) != 2 || models[0].ID != "gpt-4o-mini" || models[1].ID != "gpt-6-luna" {
		t.Errorf("%v, %v", models, err)
	}
	if _, err = openai.New(openai.Config{BaseURL: server.URL}).Models(t.Context()); err == nil {
		t.Error("no key was needed")
	}
	server.Close()
	server.Close()
}
