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
	"cmp"
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
	pace    pace
	shown   Shown
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
	call.patience = c.patience(r.MaxTokens)
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
		var context int
		answer.PromptCut, context = cut(request, answer.PromptTokens)
		c.observeLimits(Limits{Context: context})
	}
	c.observe(r, answer, got.Thoughts != "")
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

// unreadable is for a success that is no answer.
func (c *call) unreadable() *Error {
	return c.problem(Unreadable, i18n.T("What {{.Host}} sent is no answer that can be read. If this goes on, check the address: it usually ends in /v1.", c.named()))
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
	return c.unreadable()
}
