package openai_test

import (
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"

	"seedbed/gen/openai"
	"seedbed/gen/openai/openaitest"
	"seedbed/gen/openai/openaitest/dialects"
)

// TestAnswersABitOff is about successes that are no good answer: what is said of them, and that
// they are paid for.
func TestAnswersABitOff(t *testing.T) {
	const usage = `,"usage":{"prompt_tokens":11,"completion_tokens":400,"total_tokens":411}}`
	for _, test := range []struct {
		name, body string
		kind       openai.Kind // 0: good
		known      bool
	}{
		{"thoughts alone, cut", `{"choices":[{"finish_reason":"length","message":{"content":"","reasoning_content":"Hm"}}]` + usage, openai.NoRoom, true},
		{"thoughts alone, not cut", `{"choices":[{"finish_reason":"stop","message":{"content":null,"reasoning":"Hm"}}]` + usage, openai.NoRoom, true},
		{"thoughts without an end", `{"choices":[{"finish_reason":"stop","message":{"content":"<think>Hm"}}]` + usage, openai.NoRoom, true},
		{"hidden thoughts", `{"choices":[{"finish_reason":"length","message":{"content":"{\"messages\":[\"Hel"}}]` + usage, openai.NoRoom, true},
		{"nothing, cut", `{"choices":[{"finish_reason":"MAX_TOKENS","message":{"content":""}}]` + usage, openai.NoRoom, true},
		{"cut without thoughts", `{"choices":[{"finish_reason":"max_tokens","message":{"content":"{\"messages\":[\"` + strings.Repeat("Hello there ", 60) + `"}}]` + usage, openai.Truncated, true},
		{"broke off", `{"choices":[{"message":{"content":"{\"messages\":[\"Hel"}}]` + usage, openai.BadAnswer, true},
		{"a stream that broke off", "data: {\"choices\":[{\"delta\":{\"content\":\"1. Hel\"}}]}\n\n", openai.BadAnswer, false},
		{"a stream that failed", "data: {\"choices\":[{\"delta\":{\"content\":\"1. Hel\"}}]}\n\ndata: {\"error\":{\"message\":\"Overloaded\",\"code\":502}}\n\n", openai.Server, false},
		{"another API's", `{"hello":"world"}`, openai.Unreadable, false},
		{"floats and strings", `{"created":1.7e9,"choices":[{"index":"0","finish_reason":"stop","message":{"content":{"messages":["Hello"]}}}],"usage":{"prompt_tokens":"11","completion_tokens":7.0}}`, 0, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			client := raw(t, "m", func(w http.ResponseWriter, _ *http.Request) { send(w, 200, test.body) })
			answer, err := client.Complete(t.Context(), ask())
			if test.kind == 0 {
				if items, parse := openai.ParseItems(answer.Text); err != nil || parse != nil || len(items) != 1 {
					t.Errorf("%q, %v, %v", items, err, parse)
				}
			} else if e := failure(t, err); e.Kind != test.kind || !e.Retry() || e.Stop() || e.Free {
				t.Errorf("kind %d: %v", e.Kind, e)
			}
			if answer.Arrived != (test.kind != openai.Server) || answer.UsageKnown != test.known {
				t.Errorf("%+v", answer)
			}
		})
	}
}

func TestACutPromptIsNoticed(t *testing.T) {
	for _, limits := range []openaitest.Limits{{}, {Context: 4096}, {Context: 2048}} {
		_, client := speaking(t, dialects.Ollama, limits)
		request := ask()
		request.MaxTokens = 1000
		request.User += strings.Repeat("\nThe quick brown fox jumps over the lazy dog and runs away into the woods.", 300)
		answer, err := client.Complete(t.Context(), request)
		if shown := answer.Context; shown != limits.Context {
			t.Errorf("%+v: the context is taken to be %d", limits, shown)
		}
		if want := limits.Context > 0; err != nil && !want || answer.PromptCut != want {
			t.Errorf("%+v: %d tokens counted, cut %t, %v", limits, answer.PromptTokens, answer.PromptCut, err)
		}
	}
}

// refusing is a network in which no connection comes about.
type refusing struct{ err error }

func (n refusing) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, &net.OpError{Op: "dial", Net: "tcp", Err: n.err}
}

func TestNothingToConnectTo(t *testing.T) {
	noHost := &net.DNSError{Err: "no such host", Name: "x", IsNotFound: true}
	for _, test := range []struct {
		address string
		err     error
		says    string
	}{
		{"http://localhost:11434", syscall.ECONNREFUSED, "Is Ollama running?"},
		{"http://127.0.0.1:1234", syscall.ECONNREFUSED, "Is LM Studio running?"},
		{"http://[::1]:8080/v1", syscall.ECONNREFUSED, "Is llama.cpp running?"},
		{"http://127.0.0.1:8000/v1", syscall.ECONNREFUSED, "Is vLLM running?"},
		{"http://127.0.0.1:5555", syscall.ECONNREFUSED, "Start the program that serves the model"},
		{"http://192.168.1.20:11434", syscall.ECONNREFUSED, "Is Ollama running there, and open to other computers?"},
		{"https://api.example.com", syscall.ECONNREFUSED, "Check the address and its port"},
		{"https://api.exmaple.com", noHost, "The host api.exmaple.com was not found"},
	} {
		client := openai.New(openai.Config{BaseURL: test.address, Model: "m", Transport: refusing{test.err}})
		_, err := client.Complete(t.Context(), ask())
		if e := failure(t, err); e.Kind != openai.Unreachable || !e.Free || !strings.Contains(e.Error(), test.says) {
			t.Errorf("%s: kind %d, %v", test.address, e.Kind, e)
		}
	}
	for _, err := range []error{syscall.ENETUNREACH, &net.DNSError{Err: "server misbehaving", Name: "x", IsTemporary: true}} {
		client := openai.New(openai.Config{BaseURL: "https://api.example.com", Model: "m", Transport: refusing{err}})
		_, got := client.Complete(t.Context(), ask())
		if e := failure(t, got); e.Kind != openai.Network || !e.Free {
			t.Errorf("%v: kind %d, %v", err, e.Kind, e)
		}
	}
}
