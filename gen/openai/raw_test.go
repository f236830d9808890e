package openai_test

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"testing"

	"seedbed/gen/openai"
)

// good is an answer with one message and its usage.
const good = `{"id":"a1","object":"chat.completion","model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"{\"messages\":[\"Hello there\"]}"}}],"usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}}`

// raw is a client of an endpoint that answers exactly as the handler says.
func raw(t *testing.T, model string, handler http.HandlerFunc) *openai.Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return openai.New(openai.Config{BaseURL: server.URL, Key: openai.NewSecret(key), Model: model})
}

func send(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

// quiet swallows what test servers log about clients that don't trust them.
var quiet = log.New(io.Discard, "", 0)
