package openai_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"seedbed/gen/openai"
)

func TestErrorsAsEndpointsSendThem(t *testing.T) {
	tests := []struct {
		name   string
		status int
		body   string
		kind   openai.Kind
		code   string
	}{
		{"OpenAI, ended quota", 429, `{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}`, openai.QuotaEnded, "insufficient_quota"},
		{"OpenAI, credit", 429, `{"error":{"message":"No credit.","code":"credit_balance_exhausted"}}`, openai.QuotaEnded, "credit_balance_exhausted"},
		{"OpenAI, spending limit", 429, `{"error":{"message":"Limit.","code":"project_spend_limit_exceeded"}}`, openai.QuotaEnded, "project_spend_limit_exceeded"},
		{"OpenAI, usage limit", 403, `{"error":{"message":"Limit.","code":"project_usage_limit_exceeded"}}`, openai.QuotaEnded, "project_usage_limit_exceeded"},
		{"OpenAI, slow down", 503, `{"error":{"message":"Slow down","type":"server_error","code":"slow_down"}}`, openai.RateLimited, "slow_down"},
		{"OpenAI, key", 401, `{"error":{"message":"Incorrect API key provided: ` + key + `.","code":"invalid_api_key"}}`, openai.KeyInvalid, "invalid_api_key"},
		{"OpenAI, country", 403, `{"error":{"message":"Country not supported","code":"unsupported_country_region_territory"}}`, openai.NotAllowed, "unsupported_country_region_territory"},
		{"OpenAI, too long", 400, `{"error":{"message":"This model's maximum context length is 8192 tokens.","code":"context_length_exceeded"}}`, openai.TooLong, "context_length_exceeded"},
		{"OpenAI, message as list", 400, `{"error":{"message":["maximum context length","is 10"]}}`, openai.TooLong, ""},
		{"Azure, deployment", 404, `{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist."}}`, openai.ModelUnknown, "DeploymentNotFound"},
		{"Azure, filter", 400, `{"error":{"code":"content_filter","message":"The response was filtered","innererror":{"code":"ResponsibleAIPolicyViolation"}}}`, openai.Refused, "content_filter"},
		{"Ollama, model", 404, `{"error":"model 'llama9' not found"}`, openai.ModelUnknown, ""},
		{"LM Studio, nothing loaded", 400, `{"error":"No models loaded. Please load a model in the developer page."}`, openai.ModelUnknown, ""},
		{"llama.cpp, loading", 503, `{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}`, openai.Server, "503"},
		{"llama.cpp, too long", 400, `{"error":{"code":400,"message":"the request exceeds the available context size","type":"exceed_context_size_error"}}`, openai.TooLong, "400"},
		{"vLLM, flat", 404, "{\"object\":\"error\",\"message\":\"The model `x` does not exist.\",\"type\":\"NotFoundError\",\"param\":null,\"code\":404}", openai.ModelUnknown, "404"},
		{"OpenRouter, credit", 402, `{"error":{"message":"Insufficient credits","code":402}}`, openai.QuotaEnded, "402"},
		{"OpenRouter, model", 400, `{"error":{"message":"x/y is not a valid model ID","code":400}}`, openai.ModelUnknown, "400"},
		{"OpenRouter, provider in 200", 200, `{"error":{"message":"Provider returned error","code":429,"metadata":{"raw":"slow, please"}},"user_id":"u"}`, openai.RateLimited, "429"},
		{"Google, list of one", 400, `[{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}}]`, openai.KeyInvalid, "400"},
		{"FastAPI", 401, `{"detail":"Not authenticated"}`, openai.KeyInvalid, ""},
		{"gateway that gave up", 504, `<html>Gateway Timeout</html>`, openai.Timeout, ""},
		{"wrong path", 404, `<html>404 page not found</html>`, openai.NotFound, ""},
		{"a web page as 200", 200, `<!doctype html><html></html>`, openai.NotFound, ""},
		{"a page to sign in as 200", 200, `<html><head><title>Sign in</title>`, openai.NotFound, ""},
		{"Ernie, a day, in 200", 200, `{"error_code":17,"error_msg":"Open api daily request limit reached"}`, openai.DailyLimit, "17"},
		{"MiniMax, credit, in 200", 200, `{"choices":null,"base_resp":{"status_code":1008,"status_msg":"insufficient balance"}}`, openai.QuotaEnded, "1008"},
		{"a code and a sentence in 200", 200, `{"code":1002,"msg":"rate limit","data":null}`, openai.RateLimited, "1002"},
		{"a status in 200", 200, `{"status":"error","message":"Invalid token","code":401}`, openai.KeyInvalid, "401"},
		{"Cloudflare, a list in 200", 200, `{"errors":[{"message":"Your API key has expired","code":10000}],"success":false,"result":null}`, openai.KeyInvalid, "10000"},
		{"nothing wrong in base_resp", 200, strings.TrimSuffix(good, "}") + `,"base_resp":{"status_code":0,"status_msg":""}}`, 0, ""},
		{"a proxy's password", 407, `<html>Proxy Authentication Required</html>`, openai.NotAllowed, ""},
		{"a filter", 400, `{"error":{"message":"Output data may contain inappropriate content.","code":"DataInspectionFailed"}}`, openai.Refused, "DataInspectionFailed"},
		{"half a JSON as 200", 200, good[:60], openai.Unreadable, ""},
		{"finish_reason error", 200, strings.Replace(good, `"stop"`, `"error"`, 1), openai.Server, ""},
		{"content filter in 200", 200, strings.Replace(good, `"stop"`, `"content_filter"`, 1), openai.Refused, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			client := raw(t, "llama9", func(w http.ResponseWriter, _ *http.Request) { send(w, test.status, test.body) })
			_, err := client.Complete(t.Context(), ask())
			if test.kind == 0 {
				if err != nil {
					t.Error(err)
				}
				return
			}
			e := failure(t, err)
			if e.Kind != test.kind || e.Code != test.code {
				t.Errorf("got kind %d and code %q: %v", e.Kind, e.Code, e)
			}
			if strings.Contains(fmt.Sprintf("%v %+v %#v %v", e, *e, e, e.Unwrap()), key) {
				t.Errorf("the key is in %+v", e)
			}
			if !strings.HasSuffix(e.Error(), ".") {
				t.Errorf("not a sentence: %q", e)
			}
		})
	}
}

func TestAnEmptyErrorIsNone(t *testing.T) {
	for _, empty := range []string{"null", `""`, "{}", "false"} {
		client := raw(t, "m", func(w http.ResponseWriter, _ *http.Request) {
			send(w, 200, strings.Replace(good, "{", `{"error":`+empty+",", 1))
		})
		if _, err := client.Complete(t.Context(), ask()); err != nil {
			t.Errorf("%s: %v", empty, err)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	soon := time.Now().Add(30 * time.Minute)
	tests := []struct {
		name     string
		header   map[string]string
		min, max time.Duration
	}{
		{"nothing", nil, 0, 0},
		{"seconds", map[string]string{"Retry-After": "7"}, 7 * time.Second, 7 * time.Second},
		{"milliseconds", map[string]string{"Retry-After-Ms": "250", "Retry-After": "1"}, 250 * time.Millisecond, 250 * time.Millisecond},
		{"date", map[string]string{"Retry-After": soon.UTC().Format(http.TimeFormat)}, 15 * time.Minute, 30 * time.Minute},
		{"date gone by", map[string]string{"Retry-After": time.Now().Add(-time.Hour).UTC().Format(http.TimeFormat)}, 0, 0},
		{"negative", map[string]string{"Retry-After": "-5"}, 0, 0},
		{"nonsense", map[string]string{"Retry-After": "soon"}, 0, 0},
		{"a week", map[string]string{"Retry-After": "604800"}, 7 * 24 * time.Hour, 7 * 24 * time.Hour},
		{"an hour", map[string]string{"Retry-After": "3600"}, time.Hour, time.Hour},
		{"a century", map[string]string{"Retry-After": "3153600000"}, 31 * 24 * time.Hour, 31 * 24 * time.Hour},
		{"a budget used up", map[string]string{"X-Ratelimit-Remaining-Tokens": "0", "X-Ratelimit-Reset-Tokens": "1m30s", "X-Ratelimit-Remaining-Requests": "9", "X-Ratelimit-Reset-Requests": "20m"}, 90 * time.Second, 90 * time.Second},
		{"OpenRouter", map[string]string{"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": fmt.Sprint(soon.UnixMilli())}, 15 * time.Minute, 30 * time.Minute},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			client := raw(t, "m", func(w http.ResponseWriter, _ *http.Request) {
				for name, value := range test.header {
					w.Header().Set(name, value)
				}
				send(w, 429, `{"error":{"message":"Too fast","code":"rate_limit_exceeded"}}`)
			})
			_, err := client.Complete(t.Context(), ask())
			if wait := failure(t, err).RetryAfter; wait < test.min || wait > test.max {
				t.Errorf("wait %v, want %v to %v", wait, test.min, test.max)
			}
		})
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("the other host was asked")
	}))
	defer other.Close()
	for _, status := range []int{301, 302, 307, 308} {
		client := raw(t, "m", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.URL+"/v1?secret=1", status) })
		_, err := client.Complete(t.Context(), ask())
		if e := failure(t, err); !e.Stop() || !strings.Contains(e.Error(), other.URL) || strings.Contains(e.Error(), "secret") {
			t.Errorf("%d: %v", status, e)
		}
		if _, err = client.Models(t.Context()); err == nil {
			t.Errorf("%d: the list of models followed", status)
		}
	}
}

func TestEndlessBodyIsBounded(t *testing.T) {
	client := raw(t, "m", func(w http.ResponseWriter, _ *http.Request) {
		line := strings.Repeat(" ", 1<<20)
		for range 20 {
			if _, err := io.WriteString(w, line); err != nil {
				return
			}
		}
	})
	_, err := client.Complete(t.Context(), ask())
	if e := failure(t, err); e.Kind != openai.BadAnswer || !strings.Contains(e.Error(), "MB") {
		t.Errorf("got %v", err)
	}
}

func TestUntrustedCertificate(t *testing.T) {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = quiet
	server.StartTLS()
	defer server.Close()
	_, err := openai.New(openai.Config{BaseURL: server.URL, Key: openai.NewSecret(key), Model: "m"}).Complete(t.Context(), ask())
	if e := failure(t, err); e.Kind != openai.BadAddress || !e.Free || !strings.Contains(e.Error(), "certificate") {
		t.Errorf("got %+v", e)
	}
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	address := strings.Replace(plain.URL, "http:", "https:", 1)
	_, err = openai.New(openai.Config{BaseURL: address, Model: "m"}).Complete(t.Context(), ask())
	if e := failure(t, err); e.Kind != openai.BadAddress || !strings.Contains(e.Error(), "http://") {
		t.Errorf("got %+v", e)
	}
}

func TestAzure(t *testing.T) {
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.String())
		if r.Header.Get("Api-Key") != key || r.Header.Get("Authorization") != "" {
			t.Errorf("headers %v", r.Header)
		}
		send(w, 200, map[bool]string{true: good, false: `{"data":[{"id":"gpt-4o"}]}`}[r.Method == http.MethodPost])
	}))
	defer server.Close()
	for _, base := range []string{server.URL, server.URL + "/openai/deployments/my-gpt-4.1/chat/completions?api-version=2025-01-01-preview"} {
		client := openai.New(openai.Config{BaseURL: base, Azure: true, Key: openai.NewSecret(key), Model: "my-gpt-4.1"})
		if _, err := client.Complete(t.Context(), ask()); err != nil {
			t.Error(err)
		}
		if models, err := client.Models(t.Context()); err != nil || !slices.Equal(idsOf(models), []string{"my-gpt-4.1"}) {
			t.Errorf("%v, %v", models, err)
		}
	}
	want := []string{
		"/openai/deployments/my-gpt-4.1/chat/completions?api-version=2024-10-21",
		"/openai/models?api-version=2024-10-21",
		"/openai/deployments/my-gpt-4.1/chat/completions?api-version=2025-01-01-preview",
		"/openai/models?api-version=2025-01-01-preview",
	}
	if !slices.Equal(asked, want) {
		t.Errorf("asked\n%s", strings.Join(asked, "\n"))
	}
}

func TestParametersSuitTheModel(t *testing.T) {
	const warm, cold = true, false
	tests := []struct {
		model, limit, effort string
		temperature          bool
	}{
		{"gpt-4o-mini", "max_tokens", "", warm},
		{"gpt-3.5-turbo", "max_tokens", "", warm},
		{"gpt-6-luna", "max_completion_tokens", "none", warm},
		{"gpt-6-astra", "max_completion_tokens", "low", cold},
		{"gpt-6.1-sol", "max_completion_tokens", "low", cold},
		{"gpt-5", "max_completion_tokens", "minimal", cold},
		{"gpt-5-mini-2025-08-07", "max_completion_tokens", "minimal", cold},
		{"gpt-5-chat-latest", "max_completion_tokens", "", cold},
		{"gpt-5.4-mini", "max_completion_tokens", "none", cold},
		{"openai/gpt-5-nano", "max_completion_tokens", "minimal", cold},
		{"o1", "max_completion_tokens", "low", cold},
		{"o1-mini", "max_completion_tokens", "", cold},
		{"o3-mini", "max_completion_tokens", "low", cold},
		{"o4-mini-2025-04-16", "max_completion_tokens", "low", cold},
		{"llama3.2:3b", "max_tokens", "", warm},
		{"qwen3:8b", "max_tokens", "none", warm},
		{"openai/gpt-oss-20b", "max_tokens", "low", warm},
	}
	for _, test := range tests {
		t.Run(test.model, func(t *testing.T) {
			var sent map[string]any
			client := raw(t, test.model, func(w http.ResponseWriter, r *http.Request) {
				if err := json.NewDecoder(r.Body).Decode(&sent); err != nil {
					t.Error(err)
				}
				send(w, 200, good)
			})
			request := ask()
			request.Temperature, request.Seed = new(0.0), new(3)
			if _, err := client.Complete(t.Context(), request); err != nil {
				t.Fatal(err)
			}
			_, warm := sent["temperature"]
			effort, _ := sent["reasoning_effort"].(string)
			if sent[test.limit] != 2000.0 || effort != test.effort || warm != test.temperature || sent["seed"] != 3.0 {
				t.Errorf("sent %v", sent)
			}
		})
	}
}

func TestThinks(t *testing.T) {
	for model, want := range map[string]bool{
		"gpt-6-luna": false, "gpt-6-astra": true, "gpt-5-mini": false, "gpt-5-pro": true, "gpt-5-chat-latest": false,
		"o3": true, "gpt-4o-mini": false, "gpt-oss:20b": true, "qwen3:8b": false,
	} {
		if openai.Thinks(model) != want {
			t.Errorf("%s: %t", model, !want)
		}
	}
}

// An endpoint that refuses reasoning_effort leaves the model thinking, and
// go-openai lets no temperature go with that.
func TestEffortRefused(t *testing.T) {
	client := raw(t, "gpt-6-luna", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if strings.Contains(string(body), "reasoning_effort") {
			send(w, 400, `{"error":{"message":"Unknown request argument supplied: reasoning_effort"}}`)
			return
		}
		send(w, 200, good)
	})
	request := ask()
	request.Temperature = new(0.9)
	if _, err := client.Complete(t.Context(), request); failure(t, err).Kind != openai.Unsupported {
		t.Fatal(err)
	}
	if _, err := client.Complete(t.Context(), request); err != nil {
		t.Error(err)
	}
}

// Where the error lists what reasoning_effort takes, the least thinking of it is sent, and room
// left for thoughts until three answers have shown that there are none.
func TestEffortOfTheOnesListed(t *testing.T) {
	for _, test := range []struct{ model, words, want string }{
		{"gpt-6-luna", "Unsupported value: 'reasoning_effort' does not support 'none' with this model. Supported values are: 'low', 'medium', and 'high'.", "low"},
		{"gpt-6-luna", "reasoning_effort is not supported", ""},
		{"qwen3:8b", "`reasoning_effort` must be one of `default` or `high`", "default"},
		{"qwen3:8b", `[{"loc":["body","reasoning_effort"],"msg":"Input should be 'medium' or 'high'"}]`, "medium"},
		{"qwen3:8b", "Expected one of: none, minimal, high for reasoning_effort", "minimal"},
	} {
		words := test.words
		client := raw(t, test.model, func(w http.ResponseWriter, r *http.Request) {
			var sent struct {
				Effort      string   `json:"reasoning_effort"`
				Temperature *float64 `json:"temperature"`
			}
			if err := json.NewDecoder(r.Body).Decode(&sent); err != nil {
				t.Error(err)
			}
			if sent.Effort != test.want || test.model == "gpt-6-luna" && sent.Temperature != nil {
				send(w, 400, fmt.Sprintf(`{"error":{"message":%q}}`, words))
				return
			}
			send(w, 200, good)
		})
		request := ask()
		request.Temperature = new(0.9)
		if client.Thinks() {
			t.Errorf("%s doesn't think by its name", test.model)
		}
		_, err := client.Complete(t.Context(), request)
		if failure(t, err).Kind != openai.Unsupported || !client.Thinks() {
			t.Errorf("%s: %v, %t", words, err, client.Thinks())
		}
		for range 3 {
			if _, err := client.Complete(t.Context(), request); err != nil {
				t.Errorf("%s: %v", words, err)
			}
		}
		if client.Thinks() {
			t.Error("what three answers have shown doesn't outweigh the guess")
		}
	}
}

func TestModels(t *testing.T) {
	tests := []struct {
		name  string
		paths map[string]string
		want  []string
	}{
		{"OpenAI", map[string]string{"/v1/models": `{"object":"list","data":[{"id":"gpt-6-luna","created":1.5},{"id":"text-embedding-3-small"},{"id":"gpt-4o-mini"},{"id":"whisper-1"},{"id":"tts-1"},{"id":"gpt-image-1"}]}`}, []string{"gpt-4o-mini", "gpt-6-luna", "gpt-image-1", "text-embedding-3-small", "tts-1", "whisper-1"}},
		{"older Ollama", map[string]string{"/api/tags": `{"models":[{"name":"llama3.2:3b","model":"llama3.2:3b"},{"name":"nomic-embed-text:latest"}]}`}, []string{"llama3.2:3b", "nomic-embed-text:latest"}},
		{"llama.cpp, both lists", map[string]string{"/v1/models": `{"models":[{"name":"q.gguf"}],"object":"list","data":[{"id":"q.gguf"}]}`}, []string{"q.gguf"}},
		{"a bare list", map[string]string{"/v1/models": `[{"id":"b"},{"id":"a"}]`}, []string{"a", "b"}},
		{"none loaded", map[string]string{"/v1/models": `{"object":"list","data":[]}`}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			client := raw(t, "", func(w http.ResponseWriter, r *http.Request) {
				if body, ok := test.paths[r.URL.Path]; ok {
					send(w, 200, body)
					return
				}
				http.NotFound(w, r)
			})
			got, err := client.Models(t.Context())
			if err != nil || !slices.Equal(idsOf(got), test.want) {
				t.Errorf("got %q, %v", idsOf(got), err)
			}
		})
	}
	client := raw(t, "", func(w http.ResponseWriter, _ *http.Request) { send(w, 200, `{"hello":"world"}`) })
	if _, err := client.Models(t.Context()); failure(t, err).Kind != openai.NotFound {
		t.Errorf("something else was taken for a list: %v", err)
	}
}

func TestLocal(t *testing.T) {
	serve := func(handler http.HandlerFunc) string {
		server := httptest.NewServer(handler)
		t.Cleanup(server.Close)
		return server.URL
	}
	ollama := serve(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			t.Error("a key was sent")
		}
		send(w, 200, `{"data":[{"id":"llama3.2:3b"}]}`)
	})
	empty := serve(func(w http.ResponseWriter, _ *http.Request) { send(w, 200, `{"data":[]}`) })
	website := serve(func(w http.ResponseWriter, _ *http.Request) { send(w, 200, `<html></html>`) })
	hanging := serve(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()

	found := openai.Local(t.Context(),
		openai.Endpoint{Name: "Nothing", BaseURL: closed.URL},
		openai.Endpoint{Name: "A website", BaseURL: website},
		openai.Endpoint{Name: "Ollama", BaseURL: ollama},
		openai.Endpoint{Name: "Hanging", BaseURL: hanging},
		openai.Endpoint{Name: "LM Studio", BaseURL: empty},
	)
	if len(found) != 2 || found[0].Name != "Ollama" || !slices.Equal(idsOf(found[0].Models), []string{"llama3.2:3b"}) || found[1].Name != "LM Studio" || found[1].Models != nil {
		t.Errorf("found %+v", found)
	}
}

func idsOf(models []openai.Model) []string {
	var ids []string
	for _, m := range models {
		ids = append(ids, m.ID)
	}
	return ids
}
