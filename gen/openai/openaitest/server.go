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
	"strings"
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
	PromptTokens, CompletionTokens int

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
	written map[string][]string // messages by category, in order
	origin  map[string]string   // category by message
	next    map[string]uint64   // number of the next message by category
}

// Cleaner is the part of testing.TB that ends a server with its test.
type Cleaner interface{ Cleanup(func()) }

// New starts an endpoint on a free loopback port. It closes with the test, or
// by Close where t is nil.
func New(t Cleaner, options Options) *Server {
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
	s.http = httptest.NewServer(mux)
	s.URL = s.http.URL + "/v1"
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
	return s.options.Key == "" || r.Header.Get("Authorization") == "Bearer "+s.options.Key
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
	answer := s.write(q, call)
	select {
	case <-time.After(s.duration(answer.completionTokens)):
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

// refused answers a request that isn't charged; false when it is to be written.
func (s *Server) refused(w http.ResponseWriter, r *http.Request, q chatRequest, call *Call, crowded bool) bool {
	if no, found := s.refusal(r, q, call, crowded); found {
		s.note(call, no.status)
		if call.Fault == RateLimitAfter {
			w.Header().Set("Retry-After", "1")
		}
		refuse(w, no)
		return true
	}
	switch call.Fault {
	case HTMLError:
		s.note(call, http.StatusBadGateway)
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		fmt.Fprint(w, "<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>")
	case TimeOut, Hang:
		if call.Fault == TimeOut && r.Header.Get(timeOutHeader) != "" {
			w.Header().Set(timeOutHeader, "now")
			return true
		}
		select {
		case <-r.Context().Done():
		case <-s.closing:
		}
	case Drop:
		panic(http.ErrAbortHandler)
	default:
		return false
	}
	return true
}

// refusal is an error in OpenAI's words.
type refusal struct {
	status            int
	kind, code, words string
}

// refusals are the faults that are nothing but an error.
var refusals = map[Fault]refusal{
	QuotaEnded:     {http.StatusTooManyRequests, "insufficient_quota", "insufficient_quota", "You exceeded your current quota, please check your plan and billing details."},
	RateLimit:      {http.StatusTooManyRequests, "requests", "rate_limit_exceeded", "Rate limit reached for requests."},
	RateLimitAfter: {http.StatusTooManyRequests, "requests", "rate_limit_exceeded", "Rate limit reached for requests."},
	ServerError:    {http.StatusInternalServerError, "server_error", "", "The server had an error while processing your request."},
	Unavailable:    {http.StatusServiceUnavailable, "server_error", "", "The engine is currently overloaded."},
	ErrorIn200:     {http.StatusOK, "server_error", "502", "Provider returned error"},
}

// refusal finds why a request is not to be answered.
func (s *Server) refusal(r *http.Request, q chatRequest, call *Call, crowded bool) (refusal, bool) {
	format := call.Format
	unsupported := q.unsupported(s.options.Without)
	noFormat := call.Fault == NoFormat || (call.Fault == NoSchema && format == "json_schema") || (call.Fault == NoObject && format == "json_object")
	switch {
	case call.Fault == WrongKey || !s.keyFits(r):
		given := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		return refusal{http.StatusUnauthorized, "invalid_request_error", "invalid_api_key", "Incorrect API key provided: " + given + ". You can find your API key in your account."}, true
	case call.Fault == UnknownModel || !slices.Contains(s.options.Models, q.Model):
		return refusal{http.StatusNotFound, "invalid_request_error", "model_not_found", "The model `" + q.Model + "` does not exist or you do not have access to it."}, true
	case format != "" && (noFormat || unsupported == format):
		return refusal{http.StatusBadRequest, "invalid_request_error", "", "'response_format' of type '" + format + "' is not supported with this model."}, true
	case unsupported != "":
		return refusal{http.StatusBadRequest, "invalid_request_error", "unsupported_parameter", "Unsupported parameter: '" + unsupported + "' is not supported with this model."}, true
	case crowded:
		return refusals[RateLimit], true
	}
	no, found := refusals[call.Fault]
	return no, found
}

func (s *Server) note(call *Call, status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	call.Status = status
}

// refuse sends an error in OpenAI's shape.
func refuse(w http.ResponseWriter, no refusal) {
	reply(w, no.status, map[string]any{"error": map[string]any{"message": no.words, "type": no.kind, "code": no.code, "param": nil}})
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a client that has left is no error
}
