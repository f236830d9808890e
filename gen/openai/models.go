package openai

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"regexp"
	"slices"

	goopenai "github.com/sashabaranov/go-openai"

	"seedbed/assets/i18n"
)

// notWriters finds models that a list offers but that write no messages.
var notWriters = regexp.MustCompile(`(?i)embed|whisper|\btts|-tts|dall-e|moderation|transcribe|realtime|rerank|-audio|image|sora|\bbge\b|^babbage|^davinci|turbo-instruct`)

// Models lists the models that can write, sorted. It is one GET of /models and,
// where an endpoint has none, one of Ollama's own /api/tags.
//
// Azure doesn't list deployments, which are what a request names: there the
// answer is the configured model, after a request that proves address and key.
func (c *Client) Models(ctx context.Context) ([]string, error) {
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
		return []string{c.model}, nil
	}
	names, err := c.list(ctx, c.address.base.JoinPath("models").String())
	var e *Error
	if errors.As(err, &e) && e.Kind == NotFound {
		u := *c.address.base
		u.Path = "/api/tags"
		if tags, tagsErr := c.list(ctx, u.String()); tagsErr == nil {
			names, err = tags, nil
		}
	}
	return names, err
}

// list reads a list of models: {"data":[{"id":…}]}, Ollama's
// {"models":[{"name":…}]}, or a bare list.
func (c *Client) list(ctx context.Context, url string) ([]string, error) {
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
		req.Header.Set("OpenAI-Organization", c.org) //nolint:misspell // the header's own name
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
	type model struct{ ID, Name string }
	var answer struct{ Data, Models []model }
	if json.Unmarshal(body, &answer) != nil {
		_ = json.Unmarshal(body, &answer.Data) // a bare list
	}
	if answer.Data == nil && answer.Models == nil {
		return nil, call.problem(NotFound, i18n.T("{{.Host}} doesn't answer with a list of models. Check the address: it usually ends in /v1.", call.named()))
	}
	var names []string
	for _, m := range slices.Concat(answer.Data, answer.Models) {
		if name := cmp.Or(m.ID, m.Name); name != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	return slices.DeleteFunc(names, notWriters.MatchString), nil
}
