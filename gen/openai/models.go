package openai

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"

	goopenai "github.com/sashabaranov/go-openai"

	"seedbed/assets/i18n"
)

// Model is a model that an endpoint offers, with what its list says about it. Fields are
// zero where it says nothing.
type Model struct {
	ID      string
	Kind    string   // the endpoint's word: "llm", "chat", "embeddings", …
	Family  string   // "llama", "bert", … as Ollama says
	Size    string   // "8.0B"
	Context int      // in tokens
	Price   *Pricing // nil unless the endpoint lists it
	Loaded  bool     // in memory now
	// Unable is true where the list says that the model is switched off or doesn't chat.
	Unable bool
}

// Pricing is a price that an endpoint lists, in US dollars per million tokens.
type Pricing struct {
	Prompt, Completion float64
	Cached             *float64 // of tokens from its cache; nil where it isn't listed
}

// Models lists the models of the endpoint, those that can't write messages too, sorted by
// name. It is a GET of /models and, where an endpoint has none, of Ollama's own /api/tags.
// Ollama and LM Studio are also asked which models are in memory.
//
// Azure doesn't list deployments, which are what a request names: there the answer is the
// configured model, after a request that proves address and key.
func (c *Client) Models(ctx context.Context) ([]Model, error) {
	if c.err != nil {
		return nil, c.err
	}
	if c.address.azure {
		u := *c.address.base
		u.Path += "/openai/models"
		u.RawQuery = "api-version=" + c.address.apiVersion
		if _, err := c.list(ctx, u.String()); err != nil || c.model == "" {
			return nil, err
		}
		return []Model{{ID: c.model}}, nil
	}
	entries, err := c.list(ctx, c.address.base.JoinPath("models").String())
	var e *Error
	if errors.As(err, &e) && e.Kind == NotFound {
		if tags, tagsErr := c.list(ctx, c.besides("/api/tags")); tagsErr == nil {
			entries, err = tags, nil
		}
	}
	if err != nil {
		return nil, err
	}
	var models []Model
	for _, entry := range entries {
		if m := entry.model(); m.ID != "" {
			models = append(models, m)
		}
	}
	slices.SortStableFunc(models, func(a, b Model) int { return strings.Compare(a.ID, b.ID) })
	models = slices.CompactFunc(models, func(a, b Model) bool { return a.ID == b.ID })
	return c.withState(ctx, models, entries), nil
}

// besides is the address of an API beside the one in use.
func (c *Client) besides(path string) string {
	u := *c.address.base
	u.Path, u.RawQuery = path, ""
	return u.String()
}

// withState adds what Ollama and LM Studio tell beside their list. Without an answer the
// list stays as it is.
func (c *Client) withState(ctx context.Context, models []Model, entries []listEntry) []Model {
	var paths []string
	switch {
	case slices.ContainsFunc(entries, func(e listEntry) bool { return e.text("owned_by") == "library" || e.has("details") }):
		paths = []string{"/api/tags", "/api/ps"}
	case slices.ContainsFunc(entries, func(e listEntry) bool { return strings.HasPrefix(e.text("owned_by"), "organization") }):
		paths = []string{"/api/v0/models"}
	}
	for _, path := range paths {
		told, err := c.list(ctx, c.besides(path))
		if err != nil {
			continue
		}
		for _, entry := range told {
			m := entry.model()
			at := slices.IndexFunc(models, func(known Model) bool { return known.ID == m.ID })
			if at < 0 {
				continue
			}
			known := &models[at]
			known.Kind, known.Family, known.Size = cmp.Or(known.Kind, m.Kind), cmp.Or(known.Family, m.Family), cmp.Or(known.Size, m.Size)
			known.Context = cmp.Or(m.Context, known.Context)
			known.Loaded = known.Loaded || m.Loaded || path == "/api/ps"
		}
	}
	return models
}

// list reads a list of models: {"data":[{"id":…}]}, Ollama's
// {"models":[{"name":…}]}, or a bare list.
func (c *Client) list(ctx context.Context, url string) ([]listEntry, error) {
	call := c.newCall("")
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, call.problem(BadAddress, i18n.T("{{.Host}} can't be asked for its models.", call.named()))
	}
	req.Header.Set("Accept", "application/json")
	if c.address.azure {
		req.Header.Set(goopenai.AzureAPIKeyHeader, c.key.Reveal())
	} else if !c.key.Empty() {
		req.Header.Set("Authorization", "Bearer "+c.key.Reveal())
	}
	if c.org != "" {
		req.Header.Set("OpenAI-Organization", c.org)
	}
	res, err := call.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, call.failure(ctx, err)
	}
	entries, ok := readList(body)
	if !ok {
		return nil, call.problem(NotFound, i18n.T("{{.Host}} doesn't answer with a list of models. Check the address: it usually ends in /v1.", call.named()))
	}
	return entries, nil
}
