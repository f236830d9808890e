package openai_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"seedbed/gen/openai"
)

// TestNoRedirectTakesTheKeyElsewhere redirects to another port, to another name of this
// computer, and from https to http, with each of the headers that carry a key.
func TestNoRedirectTakesTheKeyElsewhere(t *testing.T) {
	t.Parallel()
	for _, status := range []int{301, 302, 303, 307, 308} {
		for name, start := range map[string]func(http.Handler) *httptest.Server{"http": httptest.NewServer, "https": httptest.NewTLSServer} {
			for _, azure := range []bool{false, true} {
				var asked, carried atomic.Int32
				other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
				target := strings.Replace(other.URL, "127.0.0.1", "localhost", 1) + "/v1/chat/completions"
				first := start(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if r.Header.Get("Api-Key") == key || r.Header.Get("Authorization") == "Bearer "+key {
						carried.Add(1)
					}
					http.Redirect(w, r, target, status)
				}))
				client := openai.New(openai.Config{BaseURL: first.URL, Key: openai.NewSecret(key), Model: "m", Azure: azure, Transport: first.Client().Transport})
				_, completeErr := client.Complete(t.Context(), ask())
				_, modelsErr := client.Models(t.Context())
				if completeErr == nil || modelsErr == nil || asked.Load() > 0 || carried.Load() < 2 {
					t.Errorf("%s, %d, azure %v: %v, %v; the other was asked %d times", name, status, azure, completeErr, modelsErr, asked.Load())
				}
				if said := completeErr.Error() + modelsErr.Error(); strings.Contains(said, key) || !strings.Contains(said, "nothing was sent there") {
					t.Errorf("%s, %d: %s", name, status, said)
				}
				first.Close()
				other.Close()
			}
		}
	}
}
