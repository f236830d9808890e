package openai

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	goopenai "github.com/sashabaranov/go-openai"

	"seedbed/assets/i18n"
	"seedbed/gen/openai/body"
)

// maxBody bounds what is read of one answer, in bytes. A thousand long messages
// are a tenth of it.
const maxBody = 8 << 20

// newHTTPClient makes the one http.Client of a Client. It follows no redirect: a
// POST would lose its body and the key could reach another host.
func newHTTPClient(c Config) *http.Client {
	connect := cmp.Or(c.Connect, 10*time.Second)
	transport := c.Transport
	if transport == nil {
		transport = &http.Transport{
			Proxy:                 http.ProxyFromEnvironment,
			DialContext:           (&net.Dialer{Timeout: connect, KeepAlive: 30 * time.Second}).DialContext,
			TLSHandshakeTimeout:   connect,
			ResponseHeaderTimeout: c.FirstByte,
			ForceAttemptHTTP2:     true,
			MaxIdleConnsPerHost:   64, // a run keeps this many requests in flight at most
			IdleConnTimeout:       90 * time.Second,
		}
	}
	return &http.Client{
		Transport:     transport,
		Timeout:       c.Whole,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// call is one HTTP request in flight. It is the HTTPDoer under go-openai and
// sees what that hides: headers, bodies that aren't answers, whether the
// request left at all.
type call struct {
	*Client
	id      string // X-Client-Request-Id
	host    string // how texts name the endpoint
	sent    atomic.Bool
	header  http.Header // of the response; nil when none came
	arrived bool        // the response was a success
	answer  body.Answer // of a request for one

	streamed bool          // the answer is asked for as a stream
	patience time.Duration // from the connection to the end of the answer
}

func (c *Client) newCall(id string) *call {
	return &call{Client: c, id: id, host: c.address.base.Host, patience: listPatience}
}

// client returns a go-openai client that sends through this call.
func (c *call) client() *goopenai.Client {
	config := goopenai.DefaultConfig(c.key.Reveal())
	if c.address.azure {
		config = goopenai.DefaultAzureConfig(c.key.Reveal(), "")
		config.APIVersion = c.address.apiVersion
		// A deployment's name is used as it is; go-openai's own mapping would
		// take the dot out of gpt-4.1.
		config.AzureModelMapperFunc = url.PathEscape
	}
	config.BaseURL = c.address.base.String()
	config.OrgID = c.org
	config.HTTPClient = c
	return goopenai.NewClientWithConfig(config)
}

// Do sends the request and reads the whole answer. Whatever isn't a good answer
// comes back as an *Error.
func (c *call) Do(req *http.Request) (*http.Response, error) {
	ctx := httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{
		WroteHeaders: func() { c.sent.Store(true) },
	})
	limited, cancel := context.WithTimeout(ctx, c.patience)
	defer cancel()
	req = req.WithContext(limited)
	req.Header.Set("User-Agent", c.agent)
	if c.id != "" {
		req.Header.Set("X-Client-Request-Id", c.id)
	}
	if c.streamed {
		if err := askForStream(req); err != nil {
			return nil, err
		}
	}
	if c.key.Empty() { // go-openai sends an empty one to Azure
		req.Header.Del(goopenai.AzureAPIKeyHeader)
	}
	res, err := c.http.Do(req)
	if err != nil {
		return nil, c.failure(ctx, err)
	}
	defer res.Body.Close()
	c.header = res.Header
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxBody+1))
	if err != nil {
		return nil, c.failure(ctx, err)
	}
	if len(raw) > maxBody {
		return nil, c.problem(BadAnswer, i18n.T("{{.Host}} sent more than {{.N}} MB for one answer. It was not read to the end.", c.named(), i18n.Values{"N": maxBody >> 20}))
	}
	if err := c.refusal(res, raw); err != nil {
		return nil, err
	}
	c.arrived = true
	if req.Method == http.MethodPost {
		var readable bool
		if c.answer, readable = body.Read(raw); !readable {
			return nil, c.unreadable(raw)
		}
		raw = []byte("{}") // go-openai writes the requests; what answers there are, package body reads
	}
	res.Body = io.NopCloser(bytes.NewReader(raw))
	return res, nil
}

// askForStream adds to a request that its answer is to come as a stream: go-openai would read
// that itself, and miss what package body reads.
func askForStream(req *http.Request) error {
	raw, err := io.ReadAll(req.Body)
	if err != nil {
		return err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return err
	}
	fields["stream"] = json.RawMessage("true")
	fields["stream_options"] = json.RawMessage(`{"include_usage":true}`)
	if raw, err = json.Marshal(fields); err != nil {
		return err
	}
	req.Body, req.ContentLength = io.NopCloser(bytes.NewReader(raw)), int64(len(raw))
	req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(raw)), nil }
	return nil
}

// failure explains an error of the network.
func (c *call) failure(ctx context.Context, err error) *Error {
	var e *Error
	var dns *net.DNSError
	var timeout interface{ Timeout() bool }
	switch {
	case ctx.Err() != nil:
		e = c.problem(Cancelled, i18n.T("The request was stopped before its answer came."))
		e.Err = ctx.Err()
	case strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		e = c.problem(BadAddress, i18n.T("{{.Host}} uses http, not https. Start the address with http://.", c.named()))
	case certificate(err):
		e = c.problem(BadAddress, i18n.T("The certificate of {{.Host}} can't be trusted ({{.Cause}}). Check the address and this computer's clock.", c.named(), i18n.Values{"Cause": c.hide(rootCause(err))}))
	case errors.As(err, &dns) && dns.IsNotFound:
		e = c.problem(Unreachable, i18n.T("The host {{.Host}} was not found. Check the address and the connection to the internet.", i18n.Values{"Host": c.address.base.Hostname()}))
	case errors.As(err, &timeout) && timeout.Timeout():
		e = c.problem(Timeout, i18n.T("{{.Host}} took too long to answer.", c.named()))
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, windowsRefused):
		e = c.problem(Unreachable, c.nobody())
	case !c.sent.Load():
		e = c.problem(Network, i18n.T("{{.Host}} can't be reached ({{.Cause}}). Check the connection to the internet.", c.named(), i18n.Values{"Cause": c.hide(rootCause(err))}))
	default:
		e = c.problem(Network, i18n.T("The connection to {{.Host}} broke off ({{.Cause}}).", c.named(), i18n.Values{"Cause": c.hide(rootCause(err))}))
	}
	if e.Err == nil {
		e.Err = errors.New(c.hide(rootCause(err)))
	}
	e.Free = !c.sent.Load()
	return e
}

// windowsRefused is WSAECONNREFUSED, which isn't syscall.ECONNREFUSED there.
const windowsRefused = syscall.Errno(10061)

// nobody says that nothing listens at the address, and which program should.
func (c *call) nobody() i18n.Text {
	program, known := programAt(c.address.base.Port())
	values := i18n.Values{"Host": c.host, "Program": program}
	switch local := loopback(c.address.base.Hostname()); {
	case known && local:
		return i18n.T("Nothing answers at {{.Host}}. Is {{.Program}} running? Start it, then go on.", values)
	case local:
		return i18n.T("Nothing answers at {{.Host}}. Start the program that serves the model, then go on.", values)
	case known:
		return i18n.T("Nothing answers at {{.Host}}. Is {{.Program}} running there, and open to other computers?", values)
	}
	return i18n.T("Nothing answers at {{.Host}}. Check the address and its port, and that the program there is running.", values)
}

// problem makes an Error with a text.
func (c *call) problem(kind Kind, what i18n.Text) *Error {
	return &Error{Text: what, Kind: kind}
}

// named is the endpoint as texts name it.
func (c *call) named() i18n.Values { return i18n.Values{"Host": c.host} }

// hide removes the key from a text that others wrote.
func (c *call) hide(text string) string {
	if key := c.key.Reveal(); key != "" {
		text = strings.NewReplacer(key, redacted, url.QueryEscape(key), redacted).Replace(text)
	}
	return text
}

// rootCause is the innermost error's text: net/http wraps it in the method and
// the whole URL.
func rootCause(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err.Error()
		}
		err = inner
	}
}

// certificate reports whether an error is about trust, which no retry fixes.
func certificate(err error) bool {
	var verification *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	return errors.As(err, &verification) || errors.As(err, &record)
}
