package openai_test

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"seedbed/gen/openai"
)

// slow answers after a time, or whenever the request ends, and notes how long that was.
type slow struct {
	takes  time.Duration
	inBody bool // the time is taken after the first byte
	waited []time.Duration
}

func (s *slow) RoundTrip(r *http.Request) (*http.Response, error) {
	body := io.NopCloser(strings.NewReader(good))
	if s.inBody {
		return &http.Response{StatusCode: 200, Body: slowBody{body, func() error { return s.take(r) }}}, nil
	}
	return &http.Response{StatusCode: 200, Body: body}, s.take(r)
}

func (s *slow) take(r *http.Request) error {
	begun := time.Now()
	defer func() { s.waited = append(s.waited, time.Since(begun)) }()
	select {
	case <-r.Context().Done():
		return r.Context().Err()
	case <-time.After(s.takes):
		return nil
	}
}

type slowBody struct {
	io.ReadCloser
	take func() error
}

func (b slowBody) Read(p []byte) (int, error) {
	if err := b.take(); err != nil {
		return 0, err
	}
	return b.ReadCloser.Read(p)
}

func TestPatienceFollowsWhatAnEndpointShows(t *testing.T) {
	const never = 1000 * time.Hour
	for name, test := range map[string]struct {
		address string
		inBody  bool
		takes   []time.Duration
		waited  []time.Duration
	}{
		"a service that hangs":              {"https://api.example.com", false, []time.Duration{never, never, never, never}, []time.Duration{2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 8 * time.Minute}},
		"a service that hangs in the body":  {"https://api.example.com", true, []time.Duration{never, never}, []time.Duration{2 * time.Minute, 4 * time.Minute}},
		"a slow service that hangs then":    {"https://api.example.com", false, []time.Duration{100 * time.Second, never}, []time.Duration{100 * time.Second, 400 * time.Second}},
		"a model on this computer":          {"http://localhost:11434", false, []time.Duration{never}, []time.Duration{10 * time.Minute}},
		"a model in the same network":       {"http://192.168.1.7:11434", false, []time.Duration{never}, []time.Duration{10 * time.Minute}},
		"a model in the same network, name": {"http://gpu-box:8000", false, []time.Duration{9 * time.Minute, never}, []time.Duration{9 * time.Minute, 36 * time.Minute}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				endpoint := &slow{inBody: test.inBody}
				client := openai.New(openai.Config{BaseURL: test.address, Model: "m", Transport: endpoint})
				for _, endpoint.takes = range test.takes {
					_, err := client.Complete(t.Context(), ask())
					if endpoint.takes == never {
						if e := failure(t, err); e.Kind != openai.Timeout || !e.Retry() {
							t.Errorf("%v", e)
						}
					} else if err != nil {
						t.Error(err)
					}
				}
				if !test.inBody && !slices.Equal(endpoint.waited, test.waited) || test.inBody && endpoint.waited[0] != test.waited[0] {
					t.Errorf("waited %v, want %v", endpoint.waited, test.waited)
				}
			})
		})
	}
}
