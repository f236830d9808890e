package openaitest

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

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
