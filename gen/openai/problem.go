package openai

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"seedbed/assets/i18n"
)

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

// text is a JSON string's value, or any other JSON value unchanged; "" for
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
	for _, words := range []*string{&p.code, &p.kind, &p.param, &p.message} {
		*words = c.hide(*words)
	}
	kind := p.classify()
	e := c.problem(kind, p.text(kind, c.host, c.model))
	if location, err := res.Location(); err == nil {
		e.Text = i18n.T("{{.Host}} redirects to {{.Address}}. Enter that address if you trust it; nothing was sent there.",
			c.named(), i18n.Values{"Address": location.Scheme + "://" + location.Host})
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

// text explains to a person what happened and what to do, in the endpoint's own
// words if it gave any.
func (p problem) text(kind Kind, host, model string) i18n.Text {
	words := "."
	if p.message != "" {
		words = ": " + quote(p.message)
	}
	values := i18n.Values{"Host": host, "Model": model, "Status": p.status, "Words": words}
	switch kind {
	case RateLimited:
		return i18n.T("{{.Host}} asks to slow down{{.Words}}", values)
	case Server:
		return i18n.T("{{.Host}} reported a server error ({{.Status}}){{.Words}}", values)
	case Timeout:
		return i18n.T("{{.Host}} took too long to answer ({{.Status}}){{.Words}}", values)
	case Refused:
		return i18n.T("The content filter of {{.Host}} refused the request{{.Words}}", values)
	case TooLong:
		return i18n.T(`The request is too long for the model "{{.Model}}"{{.Words}} Choose shorter passages or a model with a larger context.`, values)
	case KeyInvalid:
		return i18n.T("{{.Host}} doesn't accept the key{{.Words}} Check the key, and that it belongs to this address.", values)
	case NotAllowed:
		return i18n.T("{{.Host}} doesn't allow this{{.Words}} Check what the key may do, or choose another model.", values)
	case QuotaEnded:
		return i18n.T("The credit or spending limit at {{.Host}} is used up{{.Words}} Add credit or raise the limit there, then go on.", values)
	case ModelUnknown:
		return i18n.T(`{{.Host}} has no model "{{.Model}}" that can be used{{.Words}} Choose one from its list.`, values)
	case NotFound:
		return i18n.T("Nothing at {{.Host}} answers as an OpenAI-compatible endpoint ({{.Status}}){{.Words}} Check the address: it usually ends in /v1.", values)
	default:
		return i18n.T("{{.Host}} doesn't accept the request ({{.Status}}){{.Words}}", values)
	}
}

// refused is for a model that declines in its own words.
func refused(words string) i18n.Text {
	return i18n.T("The model refused: {{.Words}}", i18n.Values{"Words": quote(words)})
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
