package llm

import (
	"errors"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"seedbed/gen/openai"
)

// TestTheModelThatIsChosen tests lists in the forms of real services.
func TestTheModelThatIsChosen(t *testing.T) {
	tests := []struct {
		name  string
		paths map[string]string
		want  string // "" where none suits
	}{
		{"an embedding model first", map[string]string{"/v1/models": `{"data":[{"id":"all-minilm"},{"id":"bge-m3"},{"id":"llama-guard-3-8b"},{"id":"qwen2.5:7b-instruct"},{"id":"whisper-large-v3"}]}`}, "qwen2.5:7b-instruct"},
		{"Together", map[string]string{"/v1/models": `[{"id":"BAAI/bge-large-en","type":"embedding"},{"id":"black-forest-labs/FLUX.1","type":"image"},{"id":"meta-llama/Llama-3.3-70B-Instruct-Turbo","type":"chat","context_length":131072,"pricing":{"input":0.88,"output":0.88}},{"id":"meta-llama/Meta-Llama-3-8B","type":"language"}]`}, "meta-llama/Llama-3.3-70B-Instruct-Turbo"},
		{"Ollama, one in memory", map[string]string{
			"/v1/models": `{"data":[{"id":"all-minilm:latest","owned_by":"library"},{"id":"gemma3:4b","owned_by":"library"},{"id":"mistral:7b","owned_by":"library"}]}`,
			"/api/tags":  `{"models":[{"name":"all-minilm:latest","details":{"family":"bert"}},{"name":"mistral:7b","details":{"family":"llama","parameter_size":"7.2B"}}]}`,
			"/api/ps":    `{"models":[{"name":"mistral:7b"}]}`,
		}, "mistral:7b"},
		{"LM Studio, one in memory", map[string]string{
			"/v1/models":     `{"data":[{"id":"gemma-3-12b-it","owned_by":"organization_owner"},{"id":"phi-4","owned_by":"organization_owner"},{"id":"text-nomic","owned_by":"organization_owner"}]}`,
			"/api/v0/models": `{"data":[{"id":"phi-4","type":"llm","state":"loaded","max_context_length":16384},{"id":"text-nomic","type":"embeddings","state":"loaded"}]}`,
		}, "phi-4"},
		{"Gemini", map[string]string{"/v1/models": `{"data":[{"id":"models/aqa"},{"id":"models/gemini-2.5-flash"},{"id":"models/gemini-2.5-pro"},{"id":"models/text-embedding-004"},{"id":"models/imagen-4.0"}]}`}, "models/gemini-2.5-flash"},
		{"Mistral", map[string]string{"/v1/models": `{"data":[{"id":"codestral-latest","capabilities":{"completion_chat":true}},{"id":"mistral-embed","capabilities":{"completion_chat":false}},{"id":"mistral-ocr-latest"},{"id":"mistral-small-2603","max_context_length":131072,"capabilities":{"completion_chat":true}}]}`}, "mistral-small-2603"},
		{"Groq", map[string]string{"/v1/models": `{"data":[{"id":"llama-3.1-8b-instant","active":false},{"id":"llama-3.3-70b-versatile","active":true,"context_window":131072},{"id":"playai-tts","active":true}]}`}, "llama-3.3-70b-versatile"},
		{"fields of other types", map[string]string{"/v1/models": `{"data":[{"id":"llama3:8b","context_length":"many","pricing":"none","type":7,"active":"yes","details":[]},{"id":5},"x"]}`}, "llama3:8b"},
		{"only unsuitable ones", map[string]string{"/v1/models": `{"data":[{"id":"nomic-embed-text"},{"id":"whisper-1"}]}`}, ""},
		{"only for programs", map[string]string{"/v1/models": `{"data":[{"id":"qwen2.5-coder:7b"},{"id":"nomic-embed-text"}]}`}, "qwen2.5-coder:7b"},
		{"a base model", map[string]string{"/v1/models": `{"data":[{"id":"llama-3.1-8b-base"},{"id":"llama-3.1-8b-instruct"}]}`}, "llama-3.1-8b-instruct"},
		{"none", map[string]string{"/v1/models": `{"data":[]}`}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				body, ok := test.paths[r.URL.Path]
				if !ok {
					http.NotFound(w, r)
					return
				}
				_, _ = w.Write([]byte(body))
			}))
			t.Cleanup(server.Close)
			client, _, err := Open(t.Context(), openai.Config{BaseURL: server.URL}, nil)
			var none *PlanError
			if test.want == "" {
				if !errors.As(err, &none) {
					t.Errorf("chosen is %v, %v", client, err)
				}
				return
			}
			if err != nil || client.Model() != test.want {
				choices, _ := Choices(t.Context(), openai.Config{BaseURL: server.URL}, nil)
				t.Errorf("%v: %+v", err, choices)
			}
		})
	}
}

func TestTheOrderOfAListDoesNotMatter(t *testing.T) {
	var models []openai.Model
	for _, id := range []string{"a-7b", "b-7b", "c-7b", "x-embed", "gpt-4o-mini", "gpt-4o-mini-2024-07-18"} {
		models = append(models, openai.Model{ID: id})
	}
	want := Rank("", models, Prices{})
	for range 20 {
		shuffled := slices.Clone(models)
		rand.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		for i, c := range Rank("", shuffled, Prices{}) {
			if c.ID != want[i].ID {
				t.Fatalf("%d is %s, and was %s", i, c.ID, want[i].ID)
			}
		}
	}
}

func TestListsInOtherForms(t *testing.T) {
	for _, test := range []struct {
		name, list string
		price      *Price // of m
	}{
		{"names", `{"data":["m","n"]}`, nil},
		{"bare names", `["m","n"]`, nil},
		{"by name", `{"models":{"m":{"context_length":8192},"n":{}}}`, nil},
		{"Cloudflare", `{"success":true,"result":[{"name":"m"},{"name":"n"}]}`, nil},
		{"within a result", `{"result":{"data":[{"id":"m","pricing":{"input":0.5,"output":1.5}},{"id":"n"}]}}`, &Price{Prompt: 0.5, Completion: 1.5}},
		{"LiteLLM", `{"data":[{"id":"m","input_cost_per_token":5e-7,"output_cost_per_token":1.5e-6},{"id":"n"}]}`, &Price{Prompt: 0.5, Completion: 1.5}},
		{"a dollar sign", `{"data":[{"id":"m","pricing":{"prompt":"$0.0000005","completion":"$0.0000015"}},{"id":"n"}]}`, &Price{Prompt: 0.5, Completion: 1.5}},
		{"for a thousand", `{"data":[{"id":"m","pricing":{"input":0.5,"output":1.5,"unit":"1K tokens"}},{"id":"n"}]}`, &Price{Prompt: 500, Completion: 1500}},
		{"for something else", `{"data":[{"id":"m","pricing":{"input":0.5,"output":1.5,"unit":"character"}},{"id":"n"}]}`, nil},
		{"another currency", `{"data":[{"id":"m","pricing":{"input":4,"output":12,"currency":"CNY"}},{"id":"n"}]}`, nil},
		{"a fee for each request", `{"data":[{"id":"m","pricing":{"prompt":"0.0000005","completion":"0.0000015","request":"0.01"}},{"id":"n"}]}`, nil},
		{"dear thoughts", `{"data":[{"id":"m","pricing":{"prompt":"0.0000005","completion":"0.0000015","internal_reasoning":"0.00001"}},{"id":"n"}]}`, &Price{Prompt: 0.5, Completion: 10}},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(test.list)) }))
		t.Cleanup(server.Close)
		choices, err := Choices(t.Context(), openai.Config{BaseURL: server.URL}, nil)
		if err != nil || len(choices) != 2 {
			t.Errorf("%s: %+v, %v", test.name, choices, err)
			continue
		}
		for _, c := range choices {
			if c.ID == "m" && ((c.Price == nil) != (test.price == nil) || c.Price != nil && !c.Price.same(*test.price)) {
				t.Errorf("%s: m costs %v", test.name, c.Price)
			}
		}
	}
}

// TestPricesAtAzure tests that a deployment's name says nothing of the price, but for one that a
// person entered for it.
func TestPricesAtAzure(t *testing.T) {
	prices, err := ShippedPrices()
	if err != nil {
		t.Fatal(err)
	}
	mini := prices.Of("", "gpt-4o-mini")
	own := prices.With(map[string]Price{"gpt-4o": {Prompt: 9}}).Of("", "gpt-4o")
	for _, test := range []struct {
		azure bool
		price *Price
		want  *Price
	}{{true, prices.Of("", "gpt-4o"), mini}, {true, nil, mini}, {true, own, own}, {false, own, own}, {false, nil, nil}} {
		client := openai.New(openai.Config{BaseURL: "https://example.com", Azure: test.azure, Model: "gpt-4o"})
		got := InfoOf(client, test.price).ServedBy("gpt-4o-mini-2024-07-18").Price
		if (got == nil) != (test.want == nil) || got != nil && !got.same(*test.want) {
			t.Errorf("%+v: %v", test, got)
		}
	}
}

func TestPricesThatAnEndpointLists(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"data":[{"id":"openrouter/auto","pricing":{"prompt":"-1","completion":"-1"}},{"id":"vendor/m","context_length":8192,"pricing":{"prompt":"0.0000006","completion":"0.0000024","input_cache_read":"0.00000006"}}]}`))
	}))
	t.Cleanup(server.Close)
	for model, want := range map[string]*Price{"vendor/m": {Prompt: 0.6, Completion: 2.4, Cached: new(0.06)}, "vendor/m:nitro": {Prompt: 0.6, Completion: 2.4, Cached: new(0.06)}, "vendor/m:online": nil, "openrouter/auto": nil} {
		_, got, err := OpenListed(t.Context(), openai.Config{BaseURL: server.URL, Model: model}, nil)
		if err != nil || (got == nil) != (want == nil) || got != nil && !got.same(*want) {
			t.Errorf("%s costs %v, %v", model, got, err)
		}
	}
	own := map[string]Price{"vendor/m": {Prompt: 9}}
	if _, got, _ := OpenListed(t.Context(), openai.Config{BaseURL: server.URL, Model: "vendor/m"}, own); got == nil || got.Prompt != 9 {
		t.Errorf("a person's own price is %v", got)
	}
	if _, got, _ := Open(t.Context(), openai.Config{BaseURL: server.URL, Model: "vendor/m"}, nil); got != nil {
		t.Errorf("without asking, the price is %v", got)
	}
}
