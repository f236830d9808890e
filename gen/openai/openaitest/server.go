// Package openaitest is an OpenAI-compatible endpoint for tests and benchmarks.
// It writes plausible messages, never two alike, misbehaves on order, counts
// what it would charge and remembers what it answered.
package openaitest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"time"
)

// Options is how the endpoint behaves. The zero value answers everything well
// and at once.
type Options struct {
	Key    string   // the key it accepts; "" any and none
	Models []string // nil is gpt-6-luna and gpt-4o-mini; a request for another is a 404

	// Fault chooses how to misbehave, once for each request; nil never does. See
	// Always, Script, After and Mix. It is called with the endpoint locked.
	Fault func(Asked) Fault

	// Without is what the endpoint refuses with 400, always: values of
	// response_format's type ("json_schema") and names of parameters ("seed").
	Without []string

	// FirstToken and TokensPerSecond make answers take as long as a real
	// endpoint's; 0 is at once.
	FirstToken      time.Duration
	TokensPerSecond float64

	// MaxConcurrent answers 429 to requests beyond so many at a time; 0 none.
	MaxConcurrent int

	// Label answers a labelling request for one message. Nil gives messages that
	// this endpoint wrote their own category and others the first.
	Label func(text string, categories []string) (category string, confidence float64)

	// Write gives the messages of an answer; nil writes plausible ones.
	Write func(Asked) []string

	Seed uint64 // another seed, other messages

	Dialect Dialect // how it speaks; zero is OpenAI's
	Limits  Limits  // what it allows, in the words of the dialect
}

// Asked is a request for an answer, as far as a fault may depend on it.
type Asked struct {
	N        int    // 0 for the first
	ID       string // X-Client-Request-Id
	Model    string
	Category string // of the line "Category: …" in the user message
	Count    int    // of the line "Count: …"
	Format   string // response_format's type: "json_schema", "json_object" or ""
	Labels   bool   // labels are asked for, not messages
	System   string
	User     string
}

// Call is a request for an answer and what became of it.
type Call struct {
	Asked
	AnswerID string // "chatcmpl-…"
	Fault    Fault
	Status   int // 0 when the connection was closed instead

	// Charged is true for what a real endpoint would put on the bill, with its
	// tokens; Told is false where the client wasn't told how many.
	Charged, Told                  bool
	PromptTokens, CompletionTokens int // thoughts included

	Messages []string // in the answer, as far as they are whole
}

// Totals sums up the calls.
type Totals struct {
	Requests, Charged              int
	PromptTokens, CompletionTokens int // charged
	UntoldPrompt, UntoldCompletion int // charged, but the client wasn't told
}

// Server is the endpoint.
type Server struct {
	URL string // for a client's base URL; it ends in /v1

	http    *httptest.Server
	options Options
	once    sync.Once
	closing chan struct{}

	mu      sync.Mutex
	calls   []*Call
	open    int                 // requests being answered
	taken   []time.Time         // when requests were accepted in the last day
	charged int                 // tokens
	written map[string][]string // messages by category, in order
	origin  map[string]string   // category by message
	next    map[string]uint64   // number of the next message by category
}

// Cleaner is the part of testing.TB that ends a server with its test.
type Cleaner interface{ Cleanup(func()) }

// New starts an endpoint on a free loopback port. It closes with the test, or
// by Close where t is nil.
func New(t Cleaner, options Options) *Server {
	if options.Models == nil && options.Dialect.Model != "" {
		options.Models = []string{options.Dialect.Model}
	}
	if options.Models == nil {
		options.Models = []string{"gpt-4o-mini", "gpt-6-luna"}
	}
	s := &Server{
		options: options,
		closing: make(chan struct{}),
		written: make(map[string][]string),
		origin:  make(map[string]string),
		next:    make(map[string]uint64),
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/chat/completions", s.complete)
	mux.HandleFunc("GET /v1/models", s.models)
	mux.HandleFunc("POST /openai/deployments/{deployment}/chat/completions", s.complete)
	mux.HandleFunc("GET /openai/models", s.models)
	s.http = httptest.NewServer(mux)
	s.URL = s.http.URL + "/v1"
	if options.Dialect.Azure {
		s.URL = s.http.URL
	}
	if t != nil {
		t.Cleanup(s.Close)
	}
	return s
}

// Close ends the endpoint, and with it every hanging request. A second call does
// nothing.
func (s *Server) Close() {
	s.once.Do(func() {
		close(s.closing)
		s.http.CloseClientConnections()
		s.http.Close()
	})
}

// Calls returns the requests for answers so far, in the order of their arrival.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	calls := make([]Call, len(s.calls))
	for i, call := range s.calls {
		calls[i] = *call
		calls[i].Messages = slices.Clone(call.Messages)
	}
	return calls
}

// Totals sums up the requests so far.
func (s *Server) Totals() Totals {
	var t Totals
	for _, call := range s.Calls() {
		t.Requests++
		if !call.Charged {
			continue
		}
		t.Charged++
		t.PromptTokens += call.PromptTokens
		t.CompletionTokens += call.CompletionTokens
		if !call.Told {
			t.UntoldPrompt += call.PromptTokens
			t.UntoldCompletion += call.CompletionTokens
		}
	}
	return t
}

// SetFault changes how the endpoint misbehaves from the next request on.
func (s *Server) SetFault(fault func(Asked) Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.options.Fault = fault
}

func (s *Server) models(w http.ResponseWriter, r *http.Request) {
	if !s.keyFits(r) {
		refuse(w, refusal{http.StatusUnauthorized, "invalid_request_error", "invalid_api_key", "Incorrect API key provided."})
		return
	}
	type model struct {
		ID      string `json:"id"`
		Object  string `json:"object"`
		OwnedBy string `json:"owned_by"`
	}
	list := []model{}
	for _, name := range s.options.Models {
		list = append(list, model{name, "model", "openaitest"})
	}
	reply(w, http.StatusOK, map[string]any{"object": "list", "data": list})
}

func (s *Server) keyFits(r *http.Request) bool {
	return s.options.Key == "" || r.Header.Get("Authorization") == "Bearer "+s.options.Key || s.options.Dialect.Azure && r.Header.Get("Api-Key") == s.options.Key
}

// complete answers one request, step by step as a real endpoint does: take it
// in, refuse it, or write, charge and send.
func (s *Server) complete(w http.ResponseWriter, r *http.Request) {
	var q chatRequest
	body, err := io.ReadAll(r.Body)
	if err != nil || json.Unmarshal(body, &q) != nil || json.Unmarshal(body, &q.parameters) != nil {
		refuse(w, refusal{http.StatusBadRequest, "invalid_request_error", "", "The body is not JSON."})
		return
	}
	call, crowded := s.arrive(q.asked(r))
	defer s.leave()
	if s.refused(w, r, q, call, crowded) {
		return
	}
	if no, found := s.limited(q, call); found {
		s.note(call, no.Status)
		no.send(w)
		return
	}
	answer := s.write(q, call)
	select {
	case <-time.After(s.duration(answer.completionTokens + answer.thoughts)):
	case <-r.Context().Done(): // not finished, not charged
		return
	case <-s.closing:
		return
	}
	s.send(w, call, answer)
}

// arrive takes a request in and draws its fault.
func (s *Server) arrive(asked Asked) (call *Call, crowded bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	asked.N = len(s.calls)
	call = &Call{Asked: asked, AnswerID: fmt.Sprintf("chatcmpl-%06d", asked.N)}
	if s.options.Fault != nil {
		call.Fault = s.options.Fault(asked)
	}
	s.calls = append(s.calls, call)
	s.open++
	return call, s.options.MaxConcurrent > 0 && s.open > s.options.MaxConcurrent
}

func (s *Server) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open--
}

// duration is how long an answer of so many tokens takes to write.
func (s *Server) duration(tokens int) time.Duration {
	d := s.options.FirstToken
	if s.options.TokensPerSecond > 0 {
		d += time.Duration(float64(tokens) / s.options.TokensPerSecond * float64(time.Second))
	}
	return d
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a client that has left is no error
}
