package label

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"text/template"

	"seedbed/assets"
	"seedbed/assets/visible"
	"seedbed/gen/intent"
	"seedbed/gen/llm"
	"seedbed/gen/openai"
	"seedbed/gen/openai/quote"
	"seedbed/localdb"
)

// Model labels messages with a language model.
type Model struct {
	client *openai.Client
	info   llm.Info
}

// NewModel returns a labeller that uses the model behind an endpoint. Price is nil if it
// is unknown; see [llm.Prices.Of].
func NewModel(client *openai.Client, price *llm.Price) *Model {
	return &Model{client, llm.InfoOf(client, price)}
}

// OpenModel returns a labeller that uses the model which [llm.OpenListed] chooses.
func OpenModel(ctx context.Context, config openai.Config, own map[string]llm.Price) (*Model, error) {
	client, price, err := llm.OpenListed(ctx, config, own)
	if err != nil {
		return nil, err
	}
	return NewModel(client, price), nil
}

// Info describes the model.
func (m *Model) Info() llm.Info { return m.info }

// A request asks for this many labels, each of which takes so many tokens at most.
const (
	labelsPerRequest = 20
	tokensPerLabel   = 60
	examplesShown    = 3  // of each category, in the prompt
	maxConfused      = 12 // pairs of categories that the last check confused, in the prompt
)

// question is what a request asks: the categories of some messages.
type question struct {
	about      string // the assistant that the messages were typed to
	categories []localdb.Category
	confused   []intent.Pair
	messages   []localdb.Message
	seed       uint64              // of the order of the categories
	longest    int                 // bytes of a message that are sent
	nearest    map[string][]string // messages of each category that are like those asked about
}

func promptTemplates() (*template.Template, error) {
	templates, err := template.New("prompt").Funcs(quote.Functions).ParseFS(assets.Prompts("en"), "label.tmpl")
	if err != nil {
		return nil, fmt.Errorf("read the shipped prompts: %w", err)
	}
	return templates, nil
}

// promptVersion is the version of the prompt, which is stored with each batch.
func promptVersion() (string, error) {
	templates, err := promptTemplates()
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	err = templates.ExecuteTemplate(&out, "version", nil)
	return out.String(), err
}

// request asks for the labels. The messages are numbered from 1.
func (m *Model) request(q question) (openai.ChatRequest, error) {
	templates, err := promptTemplates()
	if err != nil {
		return openai.ChatRequest{}, err
	}
	var data struct {
		About      string
		Categories []localdb.Category
		Confused   []intent.Pair
		Messages   []string
		None       string
	}
	data.About, data.Confused, data.None = q.about, q.confused, openai.NoneOfThese
	data.Categories = slices.Clone(q.categories)
	rand.New(rand.NewPCG(q.seed, 0)).Shuffle(len(data.Categories), func(i, j int) { // the same order for the same seed
		data.Categories[i], data.Categories[j] = data.Categories[j], data.Categories[i]
	})
	names := make([]string, len(data.Categories))
	for i := range data.Categories {
		c := &data.Categories[i]
		names[i] = c.Name
		c.Examples = slices.Clone(c.Examples[:min(len(c.Examples), examplesShown)])
		for _, text := range q.nearest[c.Name] {
			if text = visible.Clean(text); !slices.Contains(c.Examples, text) {
				c.Examples = append(c.Examples, text)
			}
		}
	}
	for i, message := range q.messages {
		line, err := json.Marshal(struct {
			ID   int    `json:"id"`
			Text string `json:"text"`
		}{i + 1, shortened(visible.Clean(message.Text), q.longest)})
		if err != nil {
			return openai.ChatRequest{}, err
		}
		data.Messages = append(data.Messages, string(line))
	}
	r := openai.ChatRequest{Schema: openai.LabelsSchema(names), Name: "labels"}
	for name, into := range map[string]*string{"system": &r.System, "user": &r.User} {
		var out bytes.Buffer
		if err := templates.ExecuteTemplate(&out, name, data); err != nil {
			return openai.ChatRequest{}, fmt.Errorf("fill in the prompt: %w", err)
		}
		*into = out.String()
	}
	return r, nil
}

// maxText is how many bytes of a message are sent at most.
const maxText = 2000

// shortened returns as much of a message as decides its category.
func shortened(text string, most int) string {
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + " …"
	}
	return text
}

// labelled is what came back for a request, with the labels that could be read.
type labelled struct {
	labels  map[int]openai.Label // by the message's place
	arrived bool                 // an answer came, good or bad, and may have been charged for

	usage      llm.Usage
	usageKnown bool
	answer     openai.ChatAnswer
	thinks     bool // the model has shown that it thinks before it answers, or is known for it
}

// send sends a request once, without retries. An answer that can't be read is no label.
func (m *Model) send(ctx context.Context, r openai.ChatRequest, q question) (labelled, error) {
	answer, err := m.client.Complete(ctx, r)
	got := labelled{
		labels:     map[int]openai.Label{},
		arrived:    answer.Arrived,
		usage:      llm.Usage{Prompt: answer.PromptTokens, Completion: answer.CompletionTokens, Cached: answer.CachedTokens},
		usageKnown: answer.UsageKnown,
		answer:     answer,
		thinks:     m.client.Thinks(),
	}
	if answer.Text == "" {
		return got, err
	}
	ids, names := make([]int64, len(q.messages)), make([]string, len(q.categories))
	for i := range ids {
		ids[i] = int64(i + 1)
	}
	for i, c := range q.categories {
		names[i] = c.Name
	}
	read, parseErr := openai.ParseLabels(answer.Text, ids, names)
	if err == nil {
		err = parseErr
	}
	for i, id := range ids {
		if label, ok := read[id]; ok {
			got.labels[i] = label
		}
	}
	return got, err
}
