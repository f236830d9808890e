package ui

import (
	"context"
	"encoding/json"
	"net/url"
	"os"

	"fyne.io/fyne/v2/lang"

	"seedbed/gen"
	"seedbed/gen/llm"
	"seedbed/gen/openai"
)

// writerOpener gets a writer ready. It may ask the keychain and the network, so it
// is called off the main goroutine.
type writerOpener func(ctx context.Context) (gen.Writer, error)

// writerChoice is one line of "Written by".
type writerChoice struct {
	name    string
	baseURL string // "" is OpenAI itself
	model   string
	builtIn bool
}

// keyName names the API key of an address in the keychain: a key is never sent to
// another address than it was given for.
func keyName(baseURL string) string { return "api-key " + baseURL }

// opener gets the chosen writer ready.
func (a *app) opener(c writerChoice, language string, seed uint64) writerOpener {
	return func(ctx context.Context) (gen.Writer, error) {
		if c.builtIn {
			return gen.NewBuiltinWriter(language, seed)
		}
		return gen.OpenModelWriter(ctx, a.endpoint(c), a.settings.prices())
	}
}

// endpoint is what a choice means to the client.
func (a *app) endpoint(c writerChoice) openai.Config {
	return openai.Config{BaseURL: c.baseURL, Model: c.model, Key: openai.NewSecret(a.key(c.baseURL))}
}

// key is the API key for an address: from the keychain or, for OpenAI, the environment.
func (a *app) key(baseURL string) string {
	if key := a.keychain.get(keyName(baseURL)); key != "" || baseURL != "" {
		return key
	}
	return os.Getenv("OPENAI_API_KEY")
}

// writers lists who can write here: always the built-in writer, the endpoint of the
// settings, and what runs on this computer, each with the first of its models. It
// looks around, so it is called off the main goroutine.
func (a *app) writers(ctx context.Context) []writerChoice {
	choices := []writerChoice{builtInWriter()}
	address := a.settings.baseURL()
	if a.key(address) != "" || address != "" {
		name := hostOf(address)
		if address == "" {
			name = "OpenAI"
		}
		choices = append(choices, writerChoice{name: name, baseURL: address, model: a.settings.model()})
	}
	for _, endpoint := range a.local(ctx) {
		if endpoint.BaseURL != address && len(endpoint.Models) > 0 {
			choices = append(choices, writerChoice{name: endpoint.Name, baseURL: endpoint.BaseURL, model: endpoint.Models[0]})
		}
	}
	return choices
}

func builtInWriter() writerChoice {
	return writerChoice{name: lang.L("Built-in writer"), builtIn: true}
}

// modelOrDefault is the model that is asked.
func (c writerChoice) modelOrDefault() string {
	if c.model == "" && !c.builtIn {
		return llm.DefaultModel
	}
	return c.model
}

// same reports whether two choices mean the same endpoint.
func (c writerChoice) same(other writerChoice) bool {
	return c.builtIn == other.builtIn && c.baseURL == other.baseURL
}

// where says in the status bar who is asked while messages are made.
func (c writerChoice) where() string {
	if c.builtIn {
		return lang.L("Works offline")
	}
	address := c.baseURL
	if address == "" {
		address = openai.OpenAI
	}
	return lang.L("Asks {{.Host}} while generating", map[string]any{"Host": hostOf(address)})
}

// hostOf is the part of an address that people know.
func hostOf(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return address
}

func (s *settings) baseURL() string { return s.prefs.String(prefBaseURL) }
func (s *settings) model() string   { return s.prefs.String(prefModel) }

// prices are a person's own, by model.
func (s *settings) prices() map[string]llm.Price {
	var own map[string]llm.Price
	// Prices that can't be read are as good as none: the shipped ones hold.
	_ = json.Unmarshal([]byte(s.prefs.String(prefPrices)), &own)
	return own
}
