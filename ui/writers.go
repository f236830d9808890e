package ui

import (
	"context"
	"encoding/json"
	"os"

	"fyne.io/fyne/v2/lang"

	"seedbed/gen"
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

// keyOpenAI names the API key in the keychain.
const keyOpenAI = "openai-api-key"

// open gets the chosen writer ready.
func (a *app) opener(c writerChoice, language string, seed uint64) writerOpener {
	return func(ctx context.Context) (gen.Writer, error) {
		if c.builtIn {
			return gen.NewBuiltinWriter(language, seed)
		}
		return gen.OpenModelWriter(ctx, a.endpoint(c), a.settings.prices())
	}
}

// endpoint is what a choice means to the client. The key only goes to the address
// that it was given for.
func (a *app) endpoint(c writerChoice) openai.Config {
	return openai.Config{BaseURL: c.baseURL, Model: c.model, Key: openai.NewSecret(a.key(c.baseURL))}
}

// key is the API key for an address: from the keychain or, for OpenAI, the environment.
func (a *app) key(baseURL string) string {
	if baseURL != a.settings.baseURL() {
		return ""
	}
	if key := a.keychain.get(keyOpenAI); key != "" {
		return key
	}
	return os.Getenv("OPENAI_API_KEY")
}

// writers lists who can write here: always the built-in writer, the endpoint of the
// settings, and what runs on this computer. It looks around, so it is called off
// the main goroutine.
func (a *app) writers(ctx context.Context) []writerChoice {
	choices := []writerChoice{builtInWriter()}
	address := a.settings.baseURL()
	if a.key(address) != "" || address != "" {
		name := address
		if name == "" {
			name = "OpenAI"
		}
		choices = append(choices, writerChoice{name: name, baseURL: address, model: a.settings.model()})
	}
	for _, endpoint := range openai.Local(ctx) {
		for _, model := range endpoint.Models {
			choices = append(choices, writerChoice{name: endpoint.Name, baseURL: endpoint.BaseURL, model: model})
		}
	}
	return choices
}

func builtInWriter() writerChoice {
	return writerChoice{name: lang.L("Built-in writer"), builtIn: true}
}

func (c writerChoice) String() string {
	if c.builtIn {
		return c.name
	}
	model := c.model
	if model == "" {
		model = gen.DefaultModel
	}
	return c.name + " · " + model
}

func (s *settings) baseURL() string { return s.prefs.String(prefBaseURL) }
func (s *settings) model() string   { return s.prefs.String(prefModel) }

// prices are a person's own, by model.
func (s *settings) prices() map[string]gen.Price {
	var own map[string]gen.Price
	// Prices that can't be read are as good as none: the shipped ones hold.
	_ = json.Unmarshal([]byte(s.prefs.String(prefPrices)), &own)
	return own
}
