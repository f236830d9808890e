package openai

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"
	"time"

	"seedbed/assets/i18n"
	"seedbed/gen/openai/body"
)

// problem is the error object of an endpoint's answer, whatever its shape.
type problem struct {
	code, kind, param, message string
	everything                 string // the whole error as JSON, for what has no field of its own
	status                     int    // HTTP status, the real one where an error came as 200
	inSuccess                  bool   // it came as a success
	midway                     bool   // after a part of an answer, which may be charged
}

// readProblem finds the error in a body. The shapes seen: OpenAI's
// {"error":{…}}, Ollama's and LM Studio's {"error":"…"}, vLLM's flat
// {"object":"error",…}, FastAPI's {"detail":…}, Google's list of one, an
// event of a stream, and OpenRouter's with the provider's own words in its metadata.
func readProblem(raw []byte) (p problem, found bool) {
	objects, _, _ := body.Objects(raw)
	for i, o := range objects {
		if p, found = problemOf(o); found {
			p.midway = i > 0
			return p, true
		}
	}
	if len(objects) == 1 {
		return problemIn(objects[0], 0), false
	}
	return problem{}, false
}

// problemOf finds the error in one object of a body.
func problemOf(o body.Object) (p problem, found bool) {
	switch inner := o["error"].(type) {
	case map[string]any:
		if len(inner) > 0 {
			return problemIn(inner, 0), true
		}
	case string:
		if inner != "" {
			p = problemIn(o, 0)
			p.message = inner
			return p, true
		}
	}
	for _, v := range o.List("errors") {
		if inner, ok := v.(map[string]any); ok {
			return problemIn(inner, 0), true
		}
	}
	if status := o.Object("base_resp"); status != nil && status.Text("status_code") != "0" && status.Text("status_msg") != "" { // MiniMax
		return problemIn(status, 0), true
	}
	if o.Text("object") == "error" || o.Text("type") == "error" {
		return problemIn(o, 0), true
	}
	return problem{}, false
}

// payloads are the fields in which answers and lists stand.
var payloads = []string{"choices", "data", "models", "result", "output", "response", "candidates", "content", "message"}

// saysOnly reads a success that is nothing but a sentence and perhaps a code, which is an error
// by another name: {"error_code":17,"error_msg":"…"}, {"code":401,"message":"…"}.
func saysOnly(raw []byte) (p problem, found bool) {
	objects, _, ok := body.Objects(raw)
	if !ok || len(objects) != 1 {
		return problem{}, false
	}
	o := objects[0]
	for _, name := range payloads {
		switch v := o[name].(type) {
		case []any:
			found = found || len(v) > 0
		case map[string]any:
			found = found || len(v) > 0
		case string:
			found = found || v != "" && name != "message" && name != "content"
		}
	}
	p = problemIn(o, 0)
	return p, !found && p.message != ""
}

// problemIn reads an error object. Proxies pass on another's whole error as the message.
func problemIn(o body.Object, depth int) problem {
	p := problem{
		code:       o.Text("code", "error_code", "errcode", "status_code"),
		kind:       o.Text("type", "status"),
		param:      o.Text("param", "loc", "path"), // OpenAI, pydantic, Zod
		message:    o.Text("message", "detail", "msg", "error_msg", "errmsg", "error_message", "status_msg", "error_description"),
		everything: o.JSON(),
	}
	if inner, found := inText(p.message, depth); found {
		p.message, p.param = inner.message, cmp.Or(p.param, inner.param)
	}
	if raw := o.Object("metadata").Text("raw"); raw != "" {
		inner, found := inText(raw, depth)
		if found {
			raw = inner.message
		}
		p.message += ": " + raw
	}
	return p
}

// inText finds the error in a text that is itself one as JSON.
func inText(text string, depth int) (p problem, found bool) {
	const deepest = 3 // more proxies aren't one behind another
	if trimmed := strings.TrimSpace(text); depth >= deepest || !strings.HasPrefix(trimmed, "{") && !strings.HasPrefix(trimmed, "[") {
		return problem{}, false
	}
	objects, _, _ := body.Objects([]byte(text))
	for _, o := range objects {
		if inner := o.Object("error"); inner != nil {
			o = inner
		}
		if p = problemIn(o, depth+1); p.message != "" {
			return p, true
		}
	}
	return problem{}, false
}

// refusal explains a response that is not an answer; nil for one that is.
func (c *call) refusal(res *http.Response, raw []byte) *Error {
	p, found := readProblem(raw)
	title, page := webPage(raw)
	if p.status = res.StatusCode; page {
		p.message = title
	}
	if p.status >= 200 && p.status <= 299 {
		if !found {
			if p, found = saysOnly(raw); !found {
				return nil
			}
		}
		// An error that came as success, perhaps with its real status as code.
		p.status, p.inSuccess = http.StatusInternalServerError, true
		if code, err := strconv.Atoi(p.code); err == nil && code >= 400 && code <= 599 {
			p.status = code
		}
	}
	for _, words := range []*string{&p.code, &p.kind, &p.param, &p.message, &p.everything} {
		*words = c.hide(*words)
	}
	now := time.Now()
	wait := retryAfter(res.Header, p.everything, now)
	limits := limitsIn(p.everything, p.message)
	kind := p.classify(limits, wait, daily(res.Header))
	if kind == DailyLimit {
		if reset := untilReset(p.everything, now); reset > 0 {
			wait = max(wait, reset)
		}
	}
	e := c.problem(kind, p.text(kind, limits, c.host, c.model))
	if kind == KeyInvalid && c.key.Empty() {
		e.Text = i18n.T("{{.Host}} asks for a key, and none is set. Enter one in Settings, or set OPENAI_API_KEY.", c.named())
	}
	if location, err := res.Location(); err == nil {
		address := methodPath.ReplaceAllString(location.Scheme+"://"+location.Host+location.Path, "")
		e.Text = i18n.T("{{.Host}} redirects to {{.Address}}. Enter that address if you trust it; nothing was sent there.",
			c.named(), i18n.Values{"Address": c.hide(address)})
	}
	e.Status, e.Code, e.said = res.StatusCode, cmp.Or(p.code, p.kind), p
	// A gateway that gave up waiting doesn't know what the model did, and an answer that the
	// endpoint itself throws away was written all the same.
	e.Free = kind != Timeout && kind != NoRoom && kind != BadAnswer && !p.midway
	e.RetryAfter, e.Limits = wait, limits
	return e
}

// text explains to a person what happened and what to do, in the endpoint's own
// words if it gave any.
func (p problem) text(kind Kind, limits Limits, host, model string) i18n.Text {
	words := "."
	if p.message != "" {
		words = ": " + quote(p.message)
	}
	values := i18n.Values{"Host": host, "Model": model, "Status": p.status, "Words": words}
	if kind == TooLong && limits.Context == 0 && limits.Answer > 0 {
		return i18n.T(`The answer may be longer than the model "{{.Model}}" allows{{.Words}} Ask for fewer messages in one request.`, values)
	}
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
		if p.status == http.StatusProxyAuthRequired {
			return i18n.T("A proxy on the way to {{.Host}} asks for a name and a password{{.Words}} Set them in HTTPS_PROXY, or use another network.", values)
		}
		return i18n.T("{{.Host}} doesn't allow this{{.Words}} Check what the key may do, or choose another model.", values)
	case QuotaEnded:
		return i18n.T("The credit or spending limit at {{.Host}} is used up{{.Words}} Add credit or raise the limit there, then go on.", values)
	case NoRoom:
		return i18n.T(`The answer of the model "{{.Model}}" didn't fit into the length that it was allowed{{.Words}}`, values)
	case BadAnswer:
		return i18n.T(`The model "{{.Model}}" didn't write valid JSON{{.Words}}`, values)
	case DailyLimit:
		return i18n.T("The limit for today at {{.Host}} is reached{{.Words}} Go on when it allows more, or raise the limit there.", values)
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
