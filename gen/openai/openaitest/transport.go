package openaitest

import (
	"net/http"
	"os"
)

// timeOutHeader says in a request that its client need not really wait for a TimeOut,
// and in a response that there is one.
const timeOutHeader = "X-Openaitest-Time-Out"

// Transport is a transport for clients of a Server. Where that has a TimeOut, the request
// fails at once as if the client had waited long enough, so that a test neither waits nor
// gives up too early on a busy machine.
func Transport() http.RoundTripper {
	return transport{&http.Transport{MaxIdleConnsPerHost: 64}}
}

type transport struct{ *http.Transport }

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set(timeOutHeader, "allowed")
	response, err := t.Transport.RoundTrip(r)
	if err != nil || response.Header.Get(timeOutHeader) == "" {
		return response, err
	}
	_ = response.Body.Close()
	return nil, os.ErrDeadlineExceeded
}
