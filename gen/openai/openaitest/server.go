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
	"regexp"
	"slices"
	"strconv"
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
		refuse(w, http.StatusUnauthorized, "invalid_request_error", "invalid_api_key", "Incorrect API key provided.")
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

// chatRequest is what the endpoint reads of a request.
type chatRequest struct {
	Model    string
	Messages []struct{ Role, Content string }

	MaxTokens           int `json:"max_tokens"`
	MaxCompletionTokens int `json:"max_completion_tokens"`

	ResponseFormat struct {
		Type       string
		JSONSchema struct{ Schema json.RawMessage } `json:"json_schema"`
	} `json:"response_format"`

	parameters map[string]json.RawMessage // all of them
}

// unsupported is the first of the names that the request uses, as parameter or
// as response format; "" none.
func (q chatRequest) unsupported(names []string) string {
	for _, name := range names {
		if _, used := q.parameters[name]; used || q.ResponseFormat.Type == name {
			return name
		}
	}
	return ""
}

var (
	categoryLine = regexp.MustCompile(`(?m)^Category:[ \t]*(.*?)[ \t]*\r?$`)
	countLine    = regexp.MustCompile(`(?m)^Count:[ \t]*(\d+)`)
	labelsField  = regexp.MustCompile(`"labels"`)
)

func (q chatRequest) asked(r *http.Request) Asked {
	a := Asked{ID: r.Header.Get("X-Client-Request-Id"), Model: q.Model, Format: q.ResponseFormat.Type}
	for _, m := range q.Messages {
		if m.Role == "user" {
			a.User = m.Content
		} else {
			a.System += m.Content
		}
	}
	if m := categoryLine.FindStringSubmatch(a.User); m != nil {
		a.Category = m[1]
	}
	if m := countLine.FindStringSubmatch(a.User); m != nil {
		a.Count, _ = strconv.Atoi(m[1])
	}
	a.Labels = labelsField.Match(q.ResponseFormat.JSONSchema.Schema) || (a.Category == "" && labelsField.MatchString(a.System+a.User))
	return a
}

// complete answers one request, step by step as a real endpoint does: take it
// in, refuse it, or write, charge and send.
func (s *Server) complete(w http.ResponseWriter, r *http.Request) {
	var q chatRequest
	body, err := io.ReadAll(r.Body)
	if err != nil || json.Unmarshal(body, &q) != nil || json.Unmarshal(body, &q.parameters) != nil {
		refuse(w, http.StatusBadRequest, "invalid_request_error", "", "The body is not JSON.")
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
	status, kind, code, words := 0, "invalid_request_error", "", ""
	format := call.Format
	unsupported := q.unsupported(s.options.Without)
	switch {
	case call.Fault == WrongKey || !s.keyFits(r):
		status, code, words = http.StatusUnauthorized, "invalid_api_key", "Incorrect API key provided: "+strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")+". You can find your API key in your account."
	case call.Fault == UnknownModel || !slices.Contains(s.options.Models, q.Model):
		status, code, words = http.StatusNotFound, "model_not_found", "The model `"+q.Model+"` does not exist or you do not have access to it."
	case (call.Fault == NoSchema || call.Fault == NoFormat) && format == "json_schema",
		(call.Fault == NoObject || call.Fault == NoFormat) && format == "json_object",
		unsupported != "" && unsupported == format:
		status, words = http.StatusBadRequest, "'response_format' of type '"+format+"' is not supported with this model."
	case unsupported != "":
		status, code, words = http.StatusBadRequest, "unsupported_parameter", "Unsupported parameter: '"+unsupported+"' is not supported with this model."
	case call.Fault == QuotaEnded:
		status, kind, code, words = http.StatusTooManyRequests, "insufficient_quota", "insufficient_quota", "You exceeded your current quota, please check your plan and billing details."
	case call.Fault == RateLimitAfter:
		w.Header().Set("Retry-After", "1")
		fallthrough
	case call.Fault == RateLimit || crowded:
		status, kind, code, words = http.StatusTooManyRequests, "requests", "rate_limit_exceeded", "Rate limit reached for requests."
	case call.Fault == ServerError:
		status, kind, words = http.StatusInternalServerError, "server_error", "The server had an error while processing your request."
	case call.Fault == Unavailable:
		status, kind, words = http.StatusServiceUnavailable, "server_error", "The engine is currently overloaded."
	case call.Fault == ErrorIn200:
		status, kind, code, words = http.StatusOK, "server_error", "502", "Provider returned error"
	}
	switch {
	case status != 0:
		s.note(call, status)
		refuse(w, status, kind, code, words)
	case call.Fault == HTMLError:
		s.note(call, http.StatusBadGateway)
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		fmt.Fprint(w, "<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>")
	case call.Fault == Hang:
		select {
		case <-r.Context().Done():
		case <-s.closing:
		}
	case call.Fault == Drop:
		panic(http.ErrAbortHandler)
	default:
		return false
	}
	return true
}

func (s *Server) note(call *Call, status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	call.Status = status
}

// refuse sends an error in OpenAI's shape.
func refuse(w http.ResponseWriter, status int, kind, code, words string) {
	reply(w, status, map[string]any{"error": map[string]any{"message": words, "type": kind, "code": code, "param": nil}})
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a client that has left is no error
}
