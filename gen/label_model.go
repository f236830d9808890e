package gen

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"text/template"

	"seedbed/assets"
	"seedbed/gen/intent"
	"seedbed/gen/openai"
	"seedbed/localdb"
)

// ModelLabeller labels messages with a language model.
type ModelLabeller struct {
	client *openai.Client
	about  About
}

// NewModelLabeller is the labeller behind an endpoint. Price is nil where nobody knows
// it; see [Prices.Of].
func NewModelLabeller(client *openai.Client, price *Price) *ModelLabeller {
	return &ModelLabeller{client, aboutModel(client, price)}
}

// About is what there is to know of the labeller.
func (l *ModelLabeller) About() About { return l.about }

// A request asks for this many labels, each of which takes so many tokens at most.
const (
	labelsPerRequest = 20
	tokensPerLabel   = 60
	examplesToLabel  = 3  // of each category, in the prompt
	confusedToTell   = 12 // pairs that the last check mixed up, in the prompt
)

// question is what the labels of some messages are asked with.
type question struct {
	categories []localdb.Category
	confused   []intent.Pair
	messages   []localdb.Message
	seed       uint64 // of the order of the categories
}

// request asks for the labels. The messages are numbered from 1.
func (l *ModelLabeller) request(q question) (openai.Request, error) {
	templates, err := template.ParseFS(assets.Prompts("en"), "label.tmpl")
	if err != nil {
		return openai.Request{}, fmt.Errorf("read the shipped prompts: %w", err)
	}
	var data struct {
		Categories []localdb.Category
		Confused   []intent.Pair
		Messages   []string
	}
	data.Confused = q.confused
	data.Categories = shuffled(q.categories, rand.New(rand.NewPCG(q.seed, 0)))
	names := make([]string, len(data.Categories))
	for i := range data.Categories {
		c := &data.Categories[i]
		names[i] = c.Name
		c.Examples = c.Examples[:min(len(c.Examples), examplesToLabel)]
	}
	for i, m := range q.messages {
		line, err := json.Marshal(struct {
			ID   int    `json:"id"`
			Text string `json:"text"`
		}{i + 1, shortened(m.Text)})
		if err != nil {
			return openai.Request{}, err
		}
		data.Messages = append(data.Messages, string(line))
	}
	room := tokensForForm + len(q.messages)*tokensPerLabel
	if openai.Thinks(l.about.Model) {
		room += tokensForThoughts
	}
	r := openai.Request{Schema: openai.LabelsSchema(names), Name: "labels", MaxTokens: room}
	for name, into := range map[string]*string{"system": &r.System, "user": &r.User} {
		var out bytes.Buffer
		if err := templates.ExecuteTemplate(&out, name, data); err != nil {
			return openai.Request{}, fmt.Errorf("fill in the prompt: %w", err)
		}
		*into = out.String()
	}
	return r, nil
}

// shortened keeps as much of a message as decides its category.
func shortened(text string) string {
	if len(text) > longestPassage {
		text = strings.ToValidUTF8(text[:longestPassage], "") + " …"
	}
	return text
}

// labelled is what came back for a request: the labels that could be read, by their
// message.
type labelled struct {
	labels  []localdb.MachineLabel
	arrived bool // an answer came, good or bad, and may have been charged for

	Usage
	usageKnown bool
}

// ask asks once, without retries. An answer that can't be read is no label.
func (l *ModelLabeller) ask(ctx context.Context, r openai.Request, q question) (labelled, error) {
	answer, err := l.client.Complete(ctx, r)
	got := labelled{
		arrived:    err == nil || answer.UsageKnown || answer.Text != "",
		Usage:      Usage{answer.PromptTokens, answer.CompletionTokens},
		usageKnown: answer.UsageKnown,
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
	read, unreadable := openai.ParseLabels(answer.Text, ids, names)
	if err == nil {
		err = unreadable
	}
	for i, m := range q.messages {
		if label, ok := read[ids[i]]; ok {
			got.labels = append(got.labels, localdb.MachineLabel{
				ID: m.ID, Category: label.Category, Confidence: label.Confidence, Uncertainty: 1 - label.Confidence,
			})
		}
	}
	return got, err
}
