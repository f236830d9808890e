package openai

import (
	"context"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"seedbed/assets/crash"
)

// Endpoint is a program on this computer that serves models.
type Endpoint struct {
	Name    string  // "Ollama"
	BaseURL string  // for Config.BaseURL
	Models  []Model // none when the program runs but has no model yet
}

// localPrograms are the programs that serve models on a person's computer, with
// the port that each listens on unless told otherwise.
var localPrograms = []Endpoint{
	{Name: "Ollama", BaseURL: "http://127.0.0.1:11434"},
	{Name: "LM Studio", BaseURL: "http://127.0.0.1:1234"},
	{Name: "llama.cpp", BaseURL: "http://127.0.0.1:8080"},
	{Name: "vLLM", BaseURL: "http://127.0.0.1:8000"},
}

// programAt is the name of the program that usually listens on a port.
func programAt(port string) (name string, known bool) {
	i := slices.IndexFunc(localPrograms, func(e Endpoint) bool { return strings.HasSuffix(e.BaseURL, ":"+port) })
	if i < 0 || port == "" {
		return "", false
	}
	return localPrograms[i].Name, true
}

// RunsHere reports whether an address is that of a program that serves models on
// this computer: a loopback address with the usual port of one. Another loopback
// address may pass requests on to anybody.
func RunsHere(baseURL string) bool {
	u, err := url.Parse(baseURL)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	if u.Hostname() != "localhost" && (err != nil || !ip.IsLoopback()) {
		return false
	}
	_, known := programAt(u.Port())
	return known
}

// localPatience is how long a program on this computer may take to list its
// models: a person is waiting.
const localPatience = 800 * time.Millisecond

// Local finds the programs on this computer that can write, with their models.
// It asks the usual ports all at once, or the given candidates, and sends no
// key. Whatever doesn't answer with a list of models isn't one.
func Local(ctx context.Context, candidates ...Endpoint) []Endpoint {
	if len(candidates) == 0 {
		candidates = localPrograms
	}
	ctx, cancel := context.WithTimeout(ctx, localPatience)
	defer cancel()
	found := make([]*Endpoint, len(candidates))
	var wait crash.Group
	for i, candidate := range candidates {
		wait.Go(func() {
			client := New(Config{BaseURL: candidate.BaseURL})
			models, err := client.Models(ctx)
			if err != nil {
				return
			}
			client.http.CloseIdleConnections()
			candidate.Models = models
			found[i] = &candidate
		})
	}
	wait.Wait()
	var endpoints []Endpoint
	for _, endpoint := range found {
		if endpoint != nil {
			endpoints = append(endpoints, *endpoint)
		}
	}
	return endpoints
}
