// Package openai is the writer and labeller behind an OpenAI-compatible
// endpoint: OpenAI, Azure, Ollama, LM Studio, llama.cpp, vLLM, OpenRouter.
//
// A Client sends one HTTP request for one Complete and never retries: each
// request is a row in the caller's ledger, so the caller decides. What it needs
// for that is in Error: Retry, Stop, RetryAfter and Free. What an endpoint
// refuses (a format, a parameter) the Client remembers, so that sending the same
// ChatRequest again goes through.
//
// ParseItems and ParseLabels read what models really answer.
package openai

import (
	"bytes"
	"cmp"
	"compress/flate"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	goopenai "github.com/sashabaranov/go-openai"

	"seedbed/assets/i18n"
	"seedbed/assets/number"
	"seedbed/gen/openai/body"
)

// Config says where the endpoint is and how to speak to it. The zero value of a
// field is its default.
type Config struct {
	BaseURL      string // as people write it; "" is OpenAI
	Key          Secret // zero for endpoints that need none
	Model        string // model name; on Azure the deployment's, unless the URL names one
	Organisation string // OpenAI organisation id; "" none
	Azure        bool   // an Azure resource behind a host name that doesn't show it
	APIVersion   string // Azure's api-version; "" takes the URL's, else a default
	UserAgent    string // "" is "Seedbed"

	// How long to wait for a connection, for the first byte of the answer and for the
	// whole of it. By default the latter two depend on how fast the endpoint has been.
	Connect, FirstByte, Whole time.Duration

	Transport http.RoundTripper // nil is one with these times; tests bring their own
}

// Client speaks to one endpoint with one model. It is safe for use by many
// goroutines and keeps what it learned about the endpoint.
type Client struct {
	address address
	err     error // why the address can't be used; given by every call
	model   string
	key     Secret
	org     string
	agent   string
	http    *http.Client

	mu      sync.Mutex
	learned dialect
	proven  bool // the learned dialect has been answered once
	ignored int  // answers in a row in another form than the one that was asked for
	pace    pace
	thinks  bool // the model has shown that it does
	plain   int  // answers without any thought
}

// New returns a client. An address that can't be used is reported by the first
// call as an *Error of kind BadAddress.
func New(c Config) *Client {
	address, err := parseAddress(c)
	client := &Client{
		address: address,
		err:     err,
		model:   cmp.Or(address.deployment, strings.TrimSpace(c.Model)),
		key:     c.Key,
		org:     c.Organisation,
		agent:   cmp.Or(c.UserAgent, "Seedbed"),
	}
	if err == nil {
		client.http = newHTTPClient(c)
	}
	return client
}

// Problem says why the configured address can't be used; nil where it can.
func (c *Client) Problem() error { return c.err }

// BaseURL returns the address in use, with /v1 where it belongs; "" when the
// configured one can't be used.
func (c *Client) BaseURL() string {
	if c.err != nil {
		return ""
	}
	return c.address.base.String()
}

// Azure reports whether the endpoint is an Azure resource, whose models go by the names of their
// deployments.
func (c *Client) Azure() bool { return c.address.azure }

// Model returns the name of the model or deployment that is asked.
func (c *Client) Model() string { return c.model }

// ChatRequest asks for one answer.
type ChatRequest struct {
	// ID is sent as X-Client-Request-Id, so that a row of the ledger can be
	// found in the endpoint's log; "" sends none.
	ID string

	System, User string

	// Schema is the JSON schema that the answer must follow, and Name what it
	// is called; see MessagesSchema and LabelsSchema. Nil asks for plain text.
	Schema json.RawMessage
	Name   string

	MaxTokens   int      // bound on the answer's tokens, thoughts included; 0 none
	Temperature *float64 // nil is the endpoint's default; left out for models that refuse it
	Seed        *int     // nil none; left out for endpoints that refuse it
}

// ChatAnswer is what came back. With an error it holds what did arrive all the
// same, since that was paid for.
type ChatAnswer struct {
	Text   string // for ParseItems or ParseLabels, without thoughts
	Finish string // why it ended: "stop", "length", … whatever the endpoint's own word
	Model  string // the model that answered, as the endpoint names it
	ID     string // the endpoint's id of the answer or, failing that, of the request
	Format Format // how the answer was requested

	// Arrived is true where the endpoint reported success, so that the request is
	// paid for, whatever can be read of the answer.
	Arrived bool

	// PromptTokens and CompletionTokens are what the endpoint charges for:
	// CompletionTokens is everything beside the prompt, thoughts that the endpoint
	// counts apart included, and may exceed ChatRequest.MaxTokens.
	// They are 0 and mean nothing without UsageKnown.
	PromptTokens, CompletionTokens int
	UsageKnown                     bool

	ReasoningTokens int      // the part of CompletionTokens that was thoughts; an estimate where only their text came
	CachedTokens    int      // the part of PromptTokens that the endpoint took from its cache
	CostUSD         *float64 // what the endpoint itself says that the request cost; nil where it doesn't

	// PromptCut is true where the endpoint counted fewer tokens than the prompt can
	// be: Ollama drops the beginning of a prompt that exceeds its context, and says
	// nothing. Ask for less, or raise the context there.
	PromptCut bool
	Context   int // the size of the context that the prompt was cut to; 0 for unknown
}

// Complete sends one HTTP request and returns its answer. Errors are *Error,
// and the ChatAnswer beside one still holds what was received and charged: after
// Truncated and NoRoom, ParseItems reads the whole items from Answer.Text.
//
// An error of kind Unsupported means that the endpoint refused a format or a
// parameter, charged nothing, and that the client won't use it again: send the
// same request at once.
func (c *Client) Complete(ctx context.Context, r ChatRequest) (ChatAnswer, error) {
	if c.err != nil {
		return ChatAnswer{}, c.err
	}
	if c.model == "" {
		return ChatAnswer{}, &Error{Text: i18n.T("No model is chosen. Choose one from the list that the endpoint offers."), Kind: ModelUnknown, Free: true}
	}
	used := c.dialect()
	call := c.newCall(r.ID)
	call.patience, call.streamed = c.patience(r.MaxTokens), used.omits(noWhole)
	request := used.request(c.model, r)
	began := time.Now()
	_, err := call.client().CreateChatCompletion(ctx, request)
	got := call.answer
	answer := ChatAnswer{
		ID:      cmp.Or(got.ID, call.header.Get("X-Request-Id")),
		Model:   cmp.Or(got.Model, c.model),
		Format:  used.formatFor(r),
		Arrived: call.arrived,
	}
	if err != nil {
		return answer, c.learn(used, r, call.explain(err))
	}
	c.prove(used)
	c.paced(time.Since(began), got.Usage.Completion)
	answer.Text, answer.Finish = got.Text, got.Finish
	answer.count(got)
	if answer.UsageKnown {
		answer.PromptCut, answer.Context = cut(request, answer.PromptTokens)
	}
	c.observe(answer, got.Thoughts != "")
	c.noteForm(used, r, answer)
	return answer, call.judge(answer, got)
}

// count takes over what the endpoint charged, if it can be believed.
func (a *ChatAnswer) count(got body.Answer) {
	u := got.Usage
	a.UsageKnown = u.Known() && number.Tokens.Check(u.Prompt) == nil && number.Tokens.Check(u.Completion) == nil
	a.PromptTokens, a.CompletionTokens, a.CachedTokens, a.CostUSD = u.Prompt, u.Completion, u.Cached, u.CostUSD
	a.ReasoningTokens = u.Reasoning
	if a.ReasoningTokens == 0 && got.Thoughts != "" {
		a.ReasoningTokens = int(int64(u.Completion) * int64(len(got.Thoughts)) / int64(len(got.Thoughts)+len(got.Text)))
	}
}

// judge says what is wrong with an answer that arrived, if anything.
func (c *call) judge(a ChatAnswer, got body.Answer) error {
	thought := got.Thoughts != "" || a.ReasoningTokens > 0
	empty := strings.TrimSpace(a.Text) == ""
	switch {
	case got.Refusal != "":
		return c.problem(Refused, refused(got.Refusal))
	case a.Finish == string(goopenai.FinishReasonContentFilter):
		return c.problem(Refused, i18n.T("The content filter of {{.Host}} stopped the answer.", c.named()))
	case a.Finish == "error":
		return c.problem(Server, i18n.T("{{.Host}} reported an error in the middle of the answer. The request can be sent again.", c.named()))
	case a.Finish == string(goopenai.FinishReasonLength) && !thought && repeats(got.Text):
		return c.problem(BadAnswer, i18n.T(`The model "{{.Model}}" wrote the same again and again, until its answer was cut off.`, i18n.Values{"Model": c.model}))
	case empty && thought, a.Finish == string(goopenai.FinishReasonLength) && (empty || thought || hidden(a)):
		return c.problem(NoRoom, i18n.T(`The model "{{.Model}}" thought before it wrote, and its thoughts left too little room for the answer. They are paid for all the same.`, i18n.Values{"Model": c.model}))
	case a.Finish == string(goopenai.FinishReasonLength):
		return c.problem(Truncated, i18n.T("The answer was cut off at its length limit. Its whole messages are kept."))
	case empty:
		return c.problem(BadAnswer, i18n.T("{{.Host}} gave an empty answer.", c.named()))
	case a.Finish == "" && !whole(got):
		return c.problem(BadAnswer, i18n.T("The answer from {{.Host}} broke off before its end.", c.named()))
	}
	return nil
}

// repeats reports whether a text says the same again and again, or nothing but blanks: then it
// compresses to a small part of what prose or JSON do.
func repeats(text string) bool {
	const enough, much = 256, 16
	if len(text) < enough {
		return false
	}
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		return false
	}
	_, writeErr := w.Write([]byte(text))
	return errors.Join(writeErr, w.Close()) == nil && much*packed.Len() < len(text)
}

// whole reports whether a text without a reason why it ended came to its end: valid JSON did,
// and so did what isn't JSON and came in one piece.
func whole(got body.Answer) bool {
	text := strings.TrimSpace(got.Text)
	return json.Valid([]byte(text)) || !got.Stream && !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[")
}

// dialect is how to speak to the endpoint as far as it is known.
func (c *Client) dialect() dialect {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.learned
}

// prove notes that the endpoint answers what is sent this way.
func (c *Client) prove(used dialect) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if used == c.learned {
		c.proven = true
	}
}

// answered reports whether the endpoint has answered before.
func (c *Client) answered() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.pace.answer > 0
}

// maxIgnored is how many answers in a row may ignore the form that was asked for.
const maxIgnored = 2

// noteForm gives up a form that an endpoint accepts but doesn't keep to, as some versions of
// llama.cpp's server do: the next request asks for it in another way.
func (c *Client) noteForm(used dialect, r ChatRequest, a ChatAnswer) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if used.formatFor(r) == Plain || used != c.learned || strings.TrimSpace(a.Text) == "" {
		return
	}
	if strings.ContainsAny(a.Text, "{[") {
		c.ignored = 0
		return
	}
	if c.ignored++; c.ignored >= maxIgnored {
		c.learned.format++
		c.ignored = 0
	}
}

// learn turns a refused request into an Unsupported error where leaving
// something out may help, and leaves it out from now on. Requests in flight
// together may be refused for the same reason: what each of them used is what
// it learns from.
func (c *Client) learn(used dialect, r ChatRequest, err *Error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	next, what := used.without(err, c.model, r, !c.proven)
	if what.String() == "" {
		return err
	}
	if joined := c.learned.join(next); joined != c.learned {
		c.learned, c.proven = joined, false
	}
	err.Kind = Unsupported
	err.Text = i18n.T("The endpoint doesn't support {{.What}} for this model and charged nothing. The request is sent again without it.", i18n.Values{"What": what})
	return err
}

// unreadable is for a success that is no answer. A web page comes from something between here
// and the endpoint, which was not asked then.
func (c *call) unreadable(raw []byte) *Error {
	title, page := webPage(raw)
	if !page {
		return c.problem(Unreadable, i18n.T("What {{.Host}} sent is no answer that can be read. If this goes on, check the address: it usually ends in /v1.", c.named()))
	}
	kind := NotFound
	if c.answered() {
		kind = Server
	}
	words := "."
	if title != "" {
		words = ": " + quote(title)
	}
	e := c.problem(kind, i18n.T("{{.Host}} sent a web page instead of an answer{{.Words}} Check the address, which usually ends in /v1, and whether the network asks you to sign in first.", c.named(), i18n.Values{"Words": words}))
	e.Free, c.arrived = true, false
	return e
}

// explain turns what go-openai returned into an *Error. The transport has
// already made one of everything that went wrong outside the answer's JSON.
func (c *call) explain(err error) *Error {
	var known *Error
	if errors.As(err, &known) {
		return known
	}
	if c.header == nil { // refused by go-openai before it was sent
		e := c.problem(BadRequest, i18n.T(`The request doesn't suit the model "{{.Model}}": {{.Cause}}`, i18n.Values{"Model": c.model, "Cause": c.hide(err.Error())}))
		e.Free = true
		return e
	}
	return c.unreadable(nil)
}
