package shell

import (
	"context"
	"net/url"
	"os"
	"strings"

	"fyne.io/fyne/v2/lang"

	"seedbed/assets/number"
	"seedbed/gen"
	"seedbed/gen/llm"
	"seedbed/gen/openai"
	"seedbed/ui/system"
)

// WriterChoice is who can write messages: the built-in writer, or a model behind an
// endpoint.
type WriterChoice struct {
	Name    string
	BaseURL string // "" is OpenAI itself
	Model   string // "" for the default
	BuiltIn bool
}

// BuiltInWriter is the writer that needs no network.
func BuiltInWriter() WriterChoice {
	return WriterChoice{Name: lang.L("Built-in writer"), BuiltIn: true}
}

// AboutModel says what is known of a model that an endpoint offers.
func AboutModel(c llm.Choice) string {
	var parts []string
	if c.Context > 0 {
		parts = append(parts, lang.L("{{.N}} tokens of context", map[string]any{"N": Thousands(c.Context)}))
	}
	switch {
	case c.Price == nil:
	case c.Price.Prompt == 0 && c.Price.Completion == 0:
		parts = append(parts, lang.L("free"))
	default:
		parts = append(parts, lang.L("${{.Prompt}} and ${{.Completion}} a million tokens", map[string]any{"Prompt": number.Write(c.Price.Prompt), "Completion": number.Write(c.Price.Completion)}))
	}
	for _, why := range c.Why {
		parts = append(parts, Translate(why.Parts()))
	}
	return strings.Join(parts, " · ")
}

// ModelOrDefault is the model that is asked; "" for the most suitable one of an address
// that isn't OpenAI's.
func (c WriterChoice) ModelOrDefault() string {
	if c.Model == "" && !c.BuiltIn && c.BaseURL == "" {
		return llm.DefaultModel
	}
	return c.Model
}

// Same reports whether two choices mean the same endpoint.
func (c WriterChoice) Same(other WriterChoice) bool {
	return c.BuiltIn == other.BuiltIn && c.BaseURL == other.BaseURL
}

// where says in the status bar who is asked while messages are generated.
func (c WriterChoice) where() string {
	if c.BuiltIn {
		return lang.L("Works offline")
	}
	address := c.BaseURL
	if address == "" {
		address = openai.OpenAI
	}
	return lang.L("Asks {{.Host}} while generating", map[string]any{"Host": HostOf(address)})
}

// HostOf is the part of an address that people know.
func HostOf(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return address
}

// Writers lists who can write here: always the built-in writer, the endpoint of the
// settings, and what runs on this computer, each with the best of its models. It asks
// the keychain and the network, so it is not for the main goroutine.
func (w *Window) Writers(ctx context.Context) []WriterChoice {
	choices := []WriterChoice{BuiltInWriter()}
	address := w.Settings.BaseURL()
	if w.APIKey(address) != "" || address != "" {
		name := HostOf(address)
		if address == "" {
			name = "OpenAI"
		}
		choices = append(choices, WriterChoice{Name: name, BaseURL: address, Model: w.Settings.Model()})
	}
	for _, endpoint := range w.LocalEndpoints(ctx) {
		ranked := llm.Rank(endpoint.BaseURL, endpoint.Models, llm.Prices{})
		if endpoint.BaseURL != address && len(ranked) > 0 && ranked[0].Suitable {
			choices = append(choices, WriterChoice{Name: endpoint.Name, BaseURL: endpoint.BaseURL, Model: ranked[0].ID})
		}
	}
	return choices
}

// OpenWriter gets the chosen writer ready. It may ask the keychain and the network, so
// it is not for the main goroutine.
func (w *Window) OpenWriter(ctx context.Context, c WriterChoice, language string, seed uint64) (gen.Writer, error) {
	if c.BuiltIn {
		return gen.NewBuiltinWriter(language, seed)
	}
	return gen.OpenModelWriter(ctx, w.Endpoint(c), w.Settings.Prices(c.BaseURL))
}

// Endpoint is a choice as the client takes it. It may ask the keychain, so it is not for
// the main goroutine.
func (w *Window) Endpoint(c WriterChoice) openai.Config {
	config := openai.Config{BaseURL: c.BaseURL, Model: c.Model, Key: openai.NewSecret(w.APIKey(c.BaseURL))}
	w.warnUnencrypted(config)
	return config
}

// warnUnencrypted says once for each address that the key travels in the clear, where it does.
func (w *Window) warnUnencrypted(config openai.Config) {
	said := openai.New(config).Unencrypted()
	if said.IsZero() {
		return
	}
	if _, before := w.warned.LoadOrStore(config.BaseURL, true); !before {
		w.Jobs.Post(func() { w.Tell(lang.L("The key is not protected on its way"), Translate(said.Parts())) })
	}
}

// APIKey is the API key for an address: from the keychain or, for OpenAI, the
// environment.
func (w *Window) APIKey(baseURL string) string {
	if key := w.Keychain.Get(system.APIKeyName(baseURL)); key != "" || baseURL != "" {
		return key
	}
	return os.Getenv("OPENAI_API_KEY")
}
