package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"seedbed/assets/visible"
	"seedbed/gen/llm"
	"seedbed/gen/openai"
)

type modelsCommand struct {
	BaseURL string `placeholder:"URL" help:"The address of the endpoint; OPENAI_BASE_URL is the default."`
	Model   string `help:"With --test: the model to try; the default is the one that generate would ask."`
	Test    bool   `help:"Also try what works there, with one short request, which costs a small part of a cent where the model isn't free."`
	All     bool   `help:"Also list the models that can't write messages, and why."`
	JSON    bool   `name:"json" help:"Write the result to standard output as JSON."`
}

// Help is shown below the flags.
func (modelsCommand) Help() string {
	return `The list is free. The first model is the one that generate and label take if none is named. The key is read from OPENAI_API_KEY, in the environment or in a file .env in this folder.

Example:
  seedbed models
  seedbed models --base-url http://localhost:11434 --all
  seedbed models --base-url https://openrouter.ai/api/v1 --model openai/gpt-4o-mini --test`
}

// listedModel is a line of the result of models.
type listedModel struct {
	Model      string   `json:"model"`
	Suitable   bool     `json:"suitable"`
	Why        []string `json:"why"`
	Context    int      `json:"context_tokens,omitempty"`
	Prompt     *float64 `json:"prompt_usd_per_million"`     // null if the price is unknown
	Completion *float64 `json:"completion_usd_per_million"` // null if the price is unknown
}

// Run lists what an endpoint offers.
func (c *modelsCommand) Run(ctx context.Context, t *terminal, env *environment) error {
	config, ok := env.endpoint(c.BaseURL, c.Model)
	if !ok {
		return usageError{errors.New("models needs OPENAI_API_KEY in the environment or in .env, or --base-url for an endpoint without a key")}
	}
	t.warnUnencrypted(config)
	if c.Test {
		return c.try(ctx, t, config)
	}
	choices, err := llm.Choices(ctx, config, nil)
	if err != nil {
		return err
	}
	list, left := []listedModel{}, 0
	for _, choice := range choices {
		if !choice.Suitable && !c.All {
			left++
			continue
		}
		m := listedModel{Model: choice.ID, Suitable: choice.Suitable, Why: []string{}, Context: choice.Context}
		for _, why := range choice.Why {
			m.Why = append(m.Why, why.String())
		}
		if choice.Price != nil {
			m.Prompt, m.Completion = &choice.Price.Prompt, &choice.Price.Completion
		}
		list = append(list, m)
	}
	return t.result(c.JSON, list, func(w io.Writer) {
		if len(choices) == 0 {
			printf(w, "The endpoint offers no model: load one there.\n")
		}
		for _, m := range list {
			printf(w, "%s\n", m)
		}
		if left > 0 {
			printf(w, "%d more can't write messages: --all lists them.\n", left)
		}
	})
}

// foundOut is what one step of a test found out.
type foundOut struct {
	Found string `json:"found"`
	Good  bool   `json:"good"`
}

// try tells what works at the endpoint, and what the first failure is.
func (c *modelsCommand) try(ctx context.Context, t *terminal, config openai.Config) error {
	findings, _, err := llm.Try(ctx, config, nil)
	list := []foundOut{}
	for _, f := range findings {
		list = append(list, foundOut{f.Text.String(), f.Good})
	}
	return errors.Join(t.result(c.JSON, list, func(w io.Writer) {
		for _, f := range list {
			sign := "✓"
			if !f.Good {
				sign = "–"
			}
			printf(w, "%s %s\n", sign, f.Found)
		}
	}), err)
}

// String is the model in a line.
func (m listedModel) String() string {
	parts := []string{}
	if !m.Suitable {
		parts = append(parts, "can't write messages")
	}
	if m.Context > 0 {
		parts = append(parts, fmt.Sprintf("%d tokens of context", m.Context))
	}
	switch {
	case m.Prompt == nil:
		parts = append(parts, "price unknown")
	case *m.Prompt == 0 && *m.Completion == 0:
		parts = append(parts, "free")
	default:
		parts = append(parts, fmt.Sprintf("$%g and $%g per million tokens", *m.Prompt, *m.Completion))
	}
	return fmt.Sprintf("%-40s %s", visible.Line(m.Model), strings.Join(append(parts, m.Why...), ", "))
}
