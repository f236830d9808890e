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

	// How long to wait for a connection, for the first byte of the answer
	// (which a model on this computer may think about for minutes) and for the
	// whole of it.
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
		client.http = newHTTPClient(c, loopback(address.base.Hostname()))
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
	Text   string // for ParseItems or ParseLabels
	Finish string // the endpoint's finish_reason: "stop", "length", …
	Model  string // the model that answered, as the endpoint names it
	ID     string // the endpoint's id of the answer or, failing that, of the request
	Format Format // how the answer was requested

	// PromptTokens and CompletionTokens are what the endpoint charges for.
	// They are 0 and mean nothing without UsageKnown.
	PromptTokens, CompletionTokens int
	UsageKnown                     bool
	ReasoningTokens                int // of the completion, as far as they are told apart
}

// Complete sends one HTTP request and returns its answer. Errors are *Error,
// and the ChatAnswer beside one still holds what was received and charged: after
// Truncated, ParseItems reads the whole items from Answer.Text.
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
	response, err := call.client().CreateChatCompletion(ctx, used.request(c.model, r))
	answer := ChatAnswer{
		ID:     cmp.Or(response.ID, call.header.Get("X-Request-Id")),
		Model:  cmp.Or(response.Model, c.model),
		Format: used.formatFor(r),
	}
	if err != nil {
		return answer, c.learn(used, r, call.explain(err))
	}
	c.prove(used)

	answer.PromptTokens, answer.CompletionTokens = response.Usage.PromptTokens, response.Usage.CompletionTokens
	if details := response.Usage.CompletionTokensDetails; details != nil {
		answer.ReasoningTokens = details.ReasoningTokens
	}
	answer.UsageKnown = (answer.PromptTokens > 0 || answer.CompletionTokens > 0) &&
		number.Tokens.Check(answer.PromptTokens) == nil && number.Tokens.Check(answer.CompletionTokens) == nil
	if len(response.Choices) == 0 {
		return answer, call.problem(BadAnswer, i18n.T("{{.Host}} answered without any content.", call.named()))
	}
	choice := response.Choices[0]
	answer.Text, answer.Finish = content(choice.Message), string(choice.FinishReason)
	return answer, call.judge(answer, choice.Message.Refusal)
}

// judge says what is wrong with an answer that arrived, if anything.
func (c *call) judge(a ChatAnswer, refusal string) error {
	switch {
	case refusal != "":
		return c.problem(Refused, refused(refusal))
	case a.Finish == string(goopenai.FinishReasonContentFilter):
		return c.problem(Refused, i18n.T("The content filter of {{.Host}} stopped the answer.", c.named()))
	case a.Finish == string(goopenai.FinishReasonLength) && strings.TrimSpace(withoutThoughts(a.Text)) == "":
		return c.problem(NoRoom, i18n.T("The answer was cut off at its length limit before it held any message."))
	case a.Finish == string(goopenai.FinishReasonLength):
		return c.problem(Truncated, i18n.T("The answer was cut off at its length limit. Its whole messages are kept."))
	case a.Finish == "error":
		return c.problem(Server, i18n.T("{{.Host}} reported an error in the middle of the answer. The request can be sent again.", c.named()))
	case strings.TrimSpace(a.Text) == "":
		return c.problem(BadAnswer, i18n.T("{{.Host}} gave an empty answer.", c.named()))
	case a.Finish == "" || a.Finish == "null":
		return c.problem(BadAnswer, i18n.T("The answer from {{.Host}} broke off before its end.", c.named()))
	}
	return nil
}

// content is the text of a message, whether it came as one piece or in parts.
func content(m goopenai.ChatCompletionMessage) string {
	if len(m.MultiContent) == 0 {
		return m.Content
	}
	var b strings.Builder
	for _, part := range m.MultiContent {
		b.WriteString(part.Text)
	}
	return b.String()
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
	return c.problem(BadAnswer, i18n.T("The answer from {{.Host}} isn't readable JSON. If this goes on, check the address: it usually ends in /v1.", c.named()))
}
