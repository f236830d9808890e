package openai_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"seedbed/gen/openai"
	"seedbed/gen/openai/openaitest"
)

const key = "sk-test-0123456789abcdef"

// ask is a writer's request for ten messages.
func ask() openai.ChatRequest {
	return openai.ChatRequest{
		ID: "row-1", System: "You write messages.", User: "Category: professional\nCount: 10\n\nWrite.",
		Schema: openai.MessagesSchema(), Name: "messages", MaxTokens: 2000,
	}
}

// endpoint starts a test endpoint and a client of it.
func endpoint(t *testing.T, options openaitest.Options) (*openaitest.Server, *openai.Client) {
	t.Helper()
	server := openaitest.New(t, options)
	return server, openai.New(openai.Config{
		BaseURL: server.URL, Key: openai.NewSecret(key), Model: "gpt-4o-mini",
		FirstByte: 5 * time.Second,
	})
}

// failure is the *Error in err.
func failure(t *testing.T, err error) *openai.Error {
	t.Helper()
	var e *openai.Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want an *openai.Error", err)
	}
	return e
}

func TestCompleteWritesMessages(t *testing.T) {
	server, client := endpoint(t, openaitest.Options{Key: key})
	answer, err := client.Complete(t.Context(), ask())
	if err != nil {
		t.Fatal(err)
	}
	items, err := openai.ParseItems(answer.Text)
	call := server.Calls()[0]
	if err != nil || !slices.Equal(items, call.Messages) || len(items) != 10 {
		t.Errorf("read %q, %v; the endpoint wrote %q", items, err, call.Messages)
	}
	if !answer.UsageKnown || answer.PromptTokens != call.PromptTokens || answer.CompletionTokens != call.CompletionTokens {
		t.Errorf("the client was told %+v, the endpoint charged %+v", answer, call)
	}
	if call.ID != "row-1" || answer.ID != call.AnswerID {
		t.Errorf("ids don't match: %+v, %+v", answer, call)
	}
}

func TestFaults(t *testing.T) {
	const retry, stop, neither = 1, 2, 3
	tests := []struct {
		name  string
		fault openaitest.Fault
		kind  openai.Kind // 0: no error from Complete
		next  int
		free  bool
		items int    // readable from the answer
		says  string // in the sentence
	}{
		{"429", openaitest.RateLimit, openai.RateLimited, retry, true, 0, "slow down"},
		{"429 with Retry-After", openaitest.RateLimitAfter, openai.RateLimited, retry, true, 0, "slow down"},
		{"500", openaitest.ServerError, openai.Server, retry, true, 0, "500"},
		{"503", openaitest.Unavailable, openai.Server, retry, true, 0, "overloaded"},
		{"HTML", openaitest.HTMLError, openai.Server, retry, true, 0, "502"},
		{"dropped", openaitest.Drop, openai.Network, retry, false, 0, "broke off"},
		{"dropped in the body", openaitest.DropMidBody, openai.Network, retry, false, 0, "broke off"},
		{"error as 200", openaitest.ErrorIn200, openai.Server, retry, true, 0, "Provider returned error"},
		{"refusal", openaitest.Refusal, openai.Refused, retry, false, 0, "refused"},
		{"empty", openaitest.EmptyAnswer, openai.BadAnswer, retry, false, 0, "empty"},
		{"no choices", openaitest.EmptyChoices, openai.BadAnswer, retry, false, 0, "empty"},
		{"garbage", openaitest.Garbage, openai.BadAnswer, retry, false, 0, "no messages"},
		{"truncated", openaitest.Truncated, openai.Truncated, retry, false, 6, "cut off"},
		{"no finish_reason", openaitest.NoFinish, 0, neither, false, 10, ""},
		{"quota", openaitest.QuotaEnded, openai.QuotaEnded, stop, true, 0, "Add credit"},
		{"key", openaitest.WrongKey, openai.KeyInvalid, stop, true, 0, "Check the key"},
		{"model", openaitest.UnknownModel, openai.ModelUnknown, stop, true, 0, `no model "gpt-4o-mini"`},
		{"no json_schema", openaitest.NoSchema, openai.Unsupported, retry, true, 0, "json_schema"},
		{"too few", openaitest.TooFew, 0, neither, false, 5, ""},
		{"too many", openaitest.TooMany, 0, neither, false, 15, ""},
		{"fenced", openaitest.Fenced, 0, neither, false, 10, ""},
		{"numbered", openaitest.Numbered, 0, neither, false, 10, ""},
		{"broken JSON", openaitest.BrokenJSON, 0, neither, false, 10, ""},
		{"echo", openaitest.Echo, 0, neither, false, 3, ""},
		{"no usage", openaitest.NoUsage, 0, neither, false, 10, ""},
		{"duplicates", openaitest.Duplicates, 0, neither, false, 10, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			server, client := endpoint(t, openaitest.Options{Fault: openaitest.Always(test.fault)})
			answer, err := client.Complete(t.Context(), ask())
			call := server.Calls()[0]
			items, unreadable := openai.ParseItems(answer.Text)
			if err == nil && unreadable != nil {
				err = unreadable
			}
			if test.kind == 0 && err != nil {
				t.Fatal(err)
			}
			if test.kind != 0 {
				e := failure(t, err)
				if e.Kind != test.kind || e.Retry() != (test.next == retry) || e.Stop() != (test.next == stop) || e.Free != test.free {
					t.Errorf("got kind %d, retry %t, stop %t, free %t: %v", e.Kind, e.Retry(), e.Stop(), e.Free, e)
				}
				if !strings.Contains(e.Error(), test.says) {
					t.Errorf("the sentence %q doesn't say %q", e, test.says)
				}
				if e.Free && call.Charged {
					t.Error("said to be free, but charged")
				}
				if strings.Contains(e.Error(), key) {
					t.Errorf("the key is in %q", e)
				}
			}
			if len(items) != test.items || (len(items) > 0 && !slices.Equal(items, call.Messages)) {
				t.Errorf("read %d messages, want %d:\n%q\n%q", len(items), test.items, items, call.Messages)
			}
			if call.Told != answer.UsageKnown {
				t.Errorf("usage told: %t, known: %t", call.Told, answer.UsageKnown)
			}
			if call.Told && (answer.PromptTokens != call.PromptTokens || answer.CompletionTokens != call.CompletionTokens) {
				t.Errorf("usage %+v, charged %+v", answer, call)
			}
			if len(server.Calls()) != 1 {
				t.Errorf("%d requests for one Complete", len(server.Calls()))
			}
		})
	}
}

func TestHangEndsInTimeout(t *testing.T) {
	server := openaitest.New(t, openaitest.Options{Fault: openaitest.Always(openaitest.Hang)})
	for name, config := range map[string]openai.Config{
		"first byte": {FirstByte: 30 * time.Millisecond},
		"whole":      {Whole: 30 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			config.BaseURL, config.Model = server.URL, "gpt-4o-mini"
			_, err := openai.New(config).Complete(t.Context(), ask())
			if e := failure(t, err); e.Kind != openai.Timeout || !e.Retry() || e.Free {
				t.Errorf("got %+v", e)
			}
		})
	}
}

func TestStoppedByTheCaller(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	_, client := endpoint(t, openaitest.Options{Fault: func(openaitest.Asked) openaitest.Fault {
		cancel()
		return openaitest.Hang
	}})
	_, err := client.Complete(ctx, ask())
	if e := failure(t, err); e.Kind != openai.Cancelled || e.Retry() || !errors.Is(err, context.Canceled) {
		t.Errorf("got %+v", e)
	}
}

func TestNothingListens(t *testing.T) {
	server := openaitest.New(nil, openaitest.Options{})
	server.Close()
	_, err := openai.New(openai.Config{BaseURL: server.URL, Model: "m"}).Complete(t.Context(), ask())
	if e := failure(t, err); e.Kind != openai.Unreachable || !e.Free || !strings.Contains(e.Error(), "Start the program") {
		t.Errorf("got %+v", e)
	}
}

func TestFormatLadder(t *testing.T) {
	tests := []struct {
		name     string
		without  []string
		format   openai.Format
		requests int // until an answer comes
	}{
		{"all formats", nil, openai.JSONSchema, 1},
		{"no json_schema", []string{"json_schema"}, openai.JSONObject, 2},
		{"no json_object", []string{"json_object"}, openai.JSONSchema, 1},
		{"neither", []string{"json_schema", "json_object"}, openai.Plain, 3},
		{"no response_format at all", []string{"response_format"}, openai.Plain, 3},
		{"no seed", []string{"seed"}, openai.JSONSchema, 2},
		{"no temperature", []string{"temperature"}, openai.JSONSchema, 2},
		{"no max_tokens", []string{"max_tokens"}, openai.JSONSchema, 2},
		{"hardly anything", []string{"temperature", "json_object", "seed", "json_schema", "max_tokens"}, openai.Plain, 6},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			server, client := endpoint(t, openaitest.Options{Without: test.without})
			request := ask()
			request.Seed, request.Temperature = new(7), new(0.0)
			for n := 1; ; n++ {
				answer, err := client.Complete(t.Context(), request)
				if err == nil {
					if n != test.requests || answer.Format != test.format {
						t.Errorf("%d requests and %v, want %d and %v", n, answer.Format, test.requests, test.format)
					}
					break
				}
				if e := failure(t, err); e.Kind != openai.Unsupported || !e.Free || e.Stop() {
					t.Fatalf("request %d: %+v", n, e)
				}
			}
			if _, err := client.Complete(t.Context(), request); err != nil {
				t.Errorf("what was learned is forgotten: %v", err)
			}
			if total := server.Totals(); total.Requests != test.requests+1 || total.Charged != 2 {
				t.Errorf("got %+v", total)
			}
		})
	}
}

func TestLadderWithRequestsInFlightTogether(t *testing.T) {
	const together = 16
	var arrived sync.WaitGroup
	arrived.Add(together)
	server, client := endpoint(t, openaitest.Options{Without: []string{"json_schema"}})
	var done sync.WaitGroup
	for range together {
		done.Go(func() {
			arrived.Done()
			arrived.Wait()
			answer, err := client.Complete(t.Context(), ask())
			if err != nil {
				answer, err = client.Complete(t.Context(), ask())
			}
			if err != nil || answer.Format != openai.JSONObject {
				t.Errorf("%v, %v", answer.Format, err)
			}
		})
	}
	done.Wait()
	if charged := server.Totals().Charged; charged != together {
		t.Errorf("%d charged", charged)
	}
}

func TestABadRequestIsNotTakenForAFormat(t *testing.T) {
	answers := 0
	client := raw(t, "m", func(w http.ResponseWriter, _ *http.Request) {
		if answers++; answers == 1 {
			send(w, 200, good)
			return
		}
		send(w, 400, `{"error":{"message":"Something about you."}}`)
	})
	if _, err := client.Complete(t.Context(), ask()); err != nil {
		t.Fatal(err)
	}
	_, err := client.Complete(t.Context(), ask())
	if e := failure(t, err); e.Kind != openai.BadRequest || e.Retry() || e.Stop() {
		t.Errorf("got %+v", e)
	}
}

func TestLengthLimitKeepsWholeMessages(t *testing.T) {
	server, client := endpoint(t, openaitest.Options{})
	request := ask()
	request.MaxTokens = 100
	answer, err := client.Complete(t.Context(), request)
	if e := failure(t, err); e.Kind != openai.Truncated {
		t.Fatal(err)
	}
	items, err := openai.ParseItems(answer.Text)
	if err != nil || len(items) == 0 || !slices.Equal(items, server.Calls()[0].Messages) || answer.CompletionTokens != 100 {
		t.Errorf("read %q, %v, from %+v", items, err, answer)
	}
}

// A version of llama.cpp's server accepts a schema and answers as it likes.
func TestAFormThatIsIgnoredIsGivenUp(t *testing.T) {
	var formats []string
	client := raw(t, "m", func(w http.ResponseWriter, r *http.Request) {
		var q struct {
			Format struct{ Type string } `json:"response_format"`
		}
		_ = json.NewDecoder(r.Body).Decode(&q)
		formats = append(formats, q.Format.Type)
		if q.Format.Type == "json_schema" {
			send(w, 200, strings.Replace(good, `{\"messages\":[\"Hello there\"]}`, "Hello there, how are you", 1))
			return
		}
		send(w, 200, good)
	})
	for range 4 {
		if _, err := client.Complete(t.Context(), ask()); err != nil {
			t.Fatal(err)
		}
	}
	if want := []string{"json_schema", "json_schema", "json_object", "json_object"}; !slices.Equal(formats, want) {
		t.Errorf("asked for %q", formats)
	}
}

func TestWhereAKeyIsMissingItIsNotCalledWrong(t *testing.T) {
	client := openai.New(openai.Config{BaseURL: raw(t, "m", func(w http.ResponseWriter, _ *http.Request) {
		send(w, 401, `{"error":{"code":401,"message":"Invalid API Key","type":"authentication_error"}}`)
	}).BaseURL(), Model: "m"})
	_, err := client.Complete(t.Context(), ask())
	if e := failure(t, err); e.Kind != openai.KeyInvalid || !strings.Contains(e.Error(), "asks for a key, and none is set") {
		t.Errorf("%v", err)
	}
}
