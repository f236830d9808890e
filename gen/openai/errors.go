package openai

import (
	"cmp"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Kind is what went wrong, as far as it decides what to do next.
type Kind int

// The kinds of error. After the first group the same request may be sent again,
// after the second another one may go through, after the third none will until
// a person changes something.
const (
	RateLimited Kind = iota + 1 // too fast; wait
	Server                      // the endpoint is in trouble
	Timeout                     // no answer in time
	Network                     // no connection, or it broke off
	BadAnswer                   // an answer without anything to read
	Truncated                   // cut off at the length limit; whole messages can be read
	Refused                     // the model or a filter declined
	Unsupported                 // a format or parameter was refused; it is left out from now on

	TooLong    // the prompt doesn't fit the model
	BadRequest // the endpoint doesn't accept this request
	Cancelled  // the caller's context ended

	KeyInvalid   // the key is wrong, missing or switched off
	NotAllowed   // the key or the country may not use this
	QuotaEnded   // nothing left to pay with
	ModelUnknown // no such model or deployment
	NotFound     // nothing OpenAI-compatible at this address
	BadAddress   // the address can't be used: malformed, unencrypted, not trusted
)

// Error is what every call of a Client returns when it fails. It never holds
// the key.
type Error struct {
	Kind       Kind
	Status     int           // HTTP status; 0 when no response came
	Code       string        // the endpoint's own code, such as "insufficient_quota"
	Message    string        // what happened and what to do, for a person
	RetryAfter time.Duration // how long the endpoint asks to wait; 0 when it doesn't say
	Free       bool          // the endpoint certainly charged nothing
	Err        error         // the cause, if it helps; the context's error for Cancelled

	said problem // what a dialect learns from
}

// Error returns the sentence.
func (e *Error) Error() string { return e.Message }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Retry reports whether the same request may go through when sent again. How
// often is for the caller to bound.
func (e *Error) Retry() bool { return e.Kind >= RateLimited && e.Kind <= Unsupported }

// Stop reports whether every other request would fail too, so that a run has to
// stop at once.
func (e *Error) Stop() bool { return e.Kind >= KeyInvalid }

// problem is the error object of an endpoint's answer, whatever its shape.
type problem struct {
	code, kind, param, message string
	status                     int // HTTP status, the real one where an error came as 200
}

// readProblem finds the error in a body. The shapes seen: OpenAI's
// {"error":{…}}, Ollama's and LM Studio's {"error":"…"}, vLLM's flat
// {"object":"error",…}, FastAPI's {"detail":…}, Google's list of one, and
// OpenRouter's with the provider's own words in its metadata.
func readProblem(body []byte) (p problem, found bool) {
	var list []json.RawMessage
	if json.Unmarshal(body, &list) == nil && len(list) == 1 {
		body = list[0]
	}
	var top map[string]json.RawMessage
	if json.Unmarshal(body, &top) != nil {
		return problem{}, false
	}
	inner, nested := top["error"]
	if !nested || slices.Contains([]string{"null", `""`, "{}", "false"}, string(inner)) {
		p = problemFields(top)
		return p, text(top["object"]) == "error"
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(inner, &fields) != nil {
		return problem{message: text(inner)}, true
	}
	return problemFields(fields), true
}

func problemFields(fields map[string]json.RawMessage) problem {
	p := problem{
		code:    text(fields["code"]),
		kind:    text(fields["type"]),
		param:   text(fields["param"]),
		message: text(fields["message"]) + text(fields["detail"]),
	}
	var metadata struct{ Raw json.RawMessage }
	if json.Unmarshal(fields["metadata"], &metadata) == nil && len(metadata.Raw) > 0 {
		p.message += ": " + text(metadata.Raw)
	}
	return p
}

// text is a JSON string's value, or any other JSON value as it stands; "" for
// null and nothing.
func text(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}

// refusal explains a response that is not an answer; nil for one that is.
func (c *call) refusal(res *http.Response, body []byte) *Error {
	p, found := readProblem(body)
	p.status = res.StatusCode
	if p.status >= 200 && p.status <= 299 {
		if !found {
			return nil
		}
		// An error that came as success, perhaps with its real status as code.
		p.status = http.StatusInternalServerError
		if code, err := strconv.Atoi(p.code); err == nil && code >= 400 && code <= 599 {
			p.status = code
		}
	}
	p.message = c.hide(p.message)
	kind := p.classify()
	e := c.problem(kind, "%s", p.sentence(kind, c.host, c.model))
	if location, err := res.Location(); err == nil {
		e.Message = fmt.Sprintf("%s sends on to %s://%s. Enter that address if you trust it; nothing was sent there.", c.host, location.Scheme, location.Host)
	}
	e.Status, e.Code, e.said = res.StatusCode, cmp.Or(p.code, p.kind), p
	e.Free = kind != Timeout // a gateway that gave up waiting doesn't know what the model did
	e.RetryAfter = retryAfter(res.Header, time.Now())
	return e
}

// classify finds the kind. Codes come first, since endpoints disagree about the
// status: an ended quota is a 429 at OpenAI and a 402 at OpenRouter.
func (p problem) classify() Kind {
	codes := strings.ToLower(p.code + " " + p.kind)
	says := strings.ToLower(p.message)
	switch {
	case hasAny(codes, "insufficient_quota", "credit_balance_exhausted", "_spend_limit_exceeded", "_usage_limit_exceeded", "billing_hard_limit_reached", "billing_not_active", "insufficient_balance"),
		hasAny(says, "exceeded your current quota", "credit balance is too low", "insufficient credits"),
		p.status == http.StatusPaymentRequired:
		return QuotaEnded
	case hasAny(codes, "invalid_api_key", "invalid_authentication", "account_deactivated"), hasAny(says, "api key not valid", "invalid api key", "incorrect api key"), p.status == http.StatusUnauthorized:
		return KeyInvalid
	case hasAny(codes, "model_not_found", "deploymentnotfound"),
		p.status == http.StatusNotFound && strings.Contains(says, "model"),
		p.status == http.StatusBadRequest && hasAny(says, "not a valid model", "invalid model", "no models loaded", "model not found", "model does not exist"):
		return ModelUnknown
	case hasAny(codes, "content_filter", "content_policy", "responsibleaipolicy"), p.status == http.StatusForbidden && strings.Contains(says, "moderation"):
		return Refused
	case hasAny(codes, "context_length_exceeded", "exceed_context_size", "string_above_max_length"), hasAny(says, "maximum context length", "context size"), p.status == http.StatusRequestEntityTooLarge:
		return TooLong
	case hasAny(codes, "rate_limit", "slow_down"), p.status == http.StatusTooManyRequests:
		return RateLimited
	case p.status == http.StatusForbidden:
		return NotAllowed
	case p.status == http.StatusNotFound, p.status == http.StatusMethodNotAllowed, p.status >= 300 && p.status <= 399:
		return NotFound
	case p.status == http.StatusRequestTimeout, p.status == http.StatusGatewayTimeout:
		return Timeout
	case p.status >= 500, p.status == http.StatusConflict, p.status == http.StatusTooEarly:
		return Server
	}
	return BadRequest
}

// sentence tells a person what happened and what to do, in the endpoint's own
// words where it gave some.
func (p problem) sentence(kind Kind, host, model string) string {
	words := "."
	if p.message != "" {
		words = ": " + quote(p.message)
	}
	switch kind {
	case RateLimited:
		return host + " asks to slow down" + words
	case Server:
		return fmt.Sprintf("%s is in trouble (%d)%s", host, p.status, words)
	case Timeout:
		return fmt.Sprintf("%s took too long to answer (%d)%s", host, p.status, words)
	case Refused:
		return "The content filter of " + host + " refused the request" + words
	case TooLong:
		return fmt.Sprintf("The request is too long for the model %q%s Choose shorter passages or a model with a larger context.", model, words)
	case KeyInvalid:
		return host + " doesn't accept the key" + words + " Check the key, and that it belongs to this address."
	case NotAllowed:
		return host + " doesn't allow this" + words + " Check what the key may do, or choose another model."
	case QuotaEnded:
		return "The credit or spending limit at " + host + " is used up" + words + " Add credit or raise the limit there, then go on."
	case ModelUnknown:
		return fmt.Sprintf("%s has no model %q that can be used%s Choose one from its list.", host, model, words)
	case NotFound:
		return fmt.Sprintf("Nothing at %s answers as an OpenAI-compatible endpoint (%d)%s Check the address: it usually ends in /v1.", host, p.status, words)
	}
	return fmt.Sprintf("%s doesn't accept the request (%d)%s", host, p.status, words)
}

// retryAfter reads how long the endpoint asks to wait: milliseconds as Azure
// sends them, Retry-After in seconds or as a date, or the time until a used-up
// x-ratelimit budget is full again. 0 is "doesn't say".
func retryAfter(h http.Header, now time.Time) time.Duration {
	if ms, err := strconv.ParseFloat(h.Get("Retry-After-Ms"), 64); err == nil {
		return seconds(ms / 1000)
	}
	after := strings.TrimSpace(h.Get("Retry-After"))
	if s, err := strconv.ParseFloat(after, 64); err == nil {
		return seconds(s)
	}
	if at, err := http.ParseTime(after); err == nil {
		return seconds(at.Sub(now).Seconds())
	}
	var wait time.Duration
	for _, budget := range []string{"Requests", "Tokens"} {
		if h.Get("X-Ratelimit-Remaining-"+budget) != "0" {
			continue
		}
		if d, err := time.ParseDuration(h.Get("X-Ratelimit-Reset-" + budget)); err == nil {
			wait = max(wait, seconds(d.Seconds()))
		}
	}
	if at, err := strconv.ParseInt(h.Get("X-Ratelimit-Reset"), 10, 64); err == nil && h.Get("X-Ratelimit-Remaining") == "0" {
		wait = max(wait, seconds(time.UnixMilli(at).Sub(now).Seconds())) // OpenRouter
	}
	return wait
}

// maxWait bounds a wait that an endpoint asks for: a header is not to be
// trusted with days.
const maxWait = time.Hour

// seconds turns a header's number into a wait of 0 to maxWait.
func seconds(s float64) time.Duration {
	if !(s > 0) { // NaN too
		return 0
	}
	return time.Duration(min(s, maxWait.Seconds()) * float64(time.Second))
}

// certificate reports whether an error is about trust, which no retry heals.
func certificate(err error) bool {
	var verification *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	return errors.As(err, &verification) || errors.As(err, &record)
}

// quote shows somebody else's words in a sentence: on one line, at most 300
// characters, ended with a full stop.
func quote(words string) string {
	words = strings.Join(strings.Fields(words), " ")
	if runes := []rune(words); len(runes) > 300 {
		words = string(runes[:299]) + "…"
	}
	if !strings.HasSuffix(words, ".") && !strings.HasSuffix(words, "…") {
		words += "."
	}
	return words
}

func hasAny(s string, parts ...string) bool {
	return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(s, part) })
}
