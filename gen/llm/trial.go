package llm

import (
	"context"
	"errors"
	"strconv"
	"time"

	"seedbed/assets/i18n"
	"seedbed/gen/openai"
)

// Finding is what one step of a trial found out.
type Finding struct {
	Text i18n.Text
	Good bool
}

// trialTokens bounds the answer to a trial, which costs a small part of a cent.
const trialTokens = 400

// Try finds out, one step after another, what works at an endpoint: whether it is reached
// and accepts the key, which model it would ask, whether that answers, and in which form,
// how fast it is and what is known of its price. It sends one short request. The error is
// that of the step that failed.
func Try(ctx context.Context, config openai.Config, own map[string]Price) (findings []Finding, choices []Choice, err error) {
	found := func(good bool, text i18n.Text) { findings = append(findings, Finding{text, good}) }
	choices, err = Choices(ctx, config, own)
	switch {
	case err == nil:
		found(true, i18n.N("Reached: 1 model is offered, and {{.Fit}} of them write messages.", "Reached: {{.N}} models are offered, and {{.Fit}} of them write messages.", len(choices), i18n.Values{"Fit": len(Suitable(choices))}))
	case kindOf(err) == openai.NotFound && config.Model != "":
		found(true, i18n.T("Reached: it has no list of models."))
	default:
		return findings, choices, err
	}
	client, price, err := OpenListed(ctx, config, own)
	if err != nil {
		return findings, choices, err
	}
	begun := time.Now()
	answer, err := askForTrial(ctx, client)
	if err != nil {
		return findings, choices, err
	}
	took := time.Since(begun)
	found(true, i18n.T(`The model "{{.Model}}" answers, in {{.Seconds}} s.`, i18n.Values{"Model": client.Model(), "Seconds": tenths(took.Seconds())}))
	if texts, parseErr := openai.ParseItems(answer.Text); parseErr != nil || len(texts) == 0 {
		found(false, i18n.T("The answer is not in the form that was asked for: it holds no messages that can be read."))
	} else {
		found(true, i18n.T("Its answer is in the form that was asked for ({{.Format}}).", i18n.Values{"Format": answer.Format}))
	}
	if answer.UsageKnown {
		found(true, i18n.T("It reports what is charged: {{.Prompt}} tokens of prompt and {{.Completion}} of answer, {{.Speed}} a second.", i18n.Values{
			"Prompt": answer.PromptTokens, "Completion": answer.CompletionTokens, "Speed": int(float64(answer.CompletionTokens) / max(took.Seconds(), 0.001)),
		}))
	} else {
		found(false, i18n.T("It doesn't report how many tokens it charges for, so a spending limit counts the most that a request can cost."))
	}
	if answer.ReasoningTokens > 0 {
		found(false, i18n.T("It thinks before it answers, which costs tokens: {{.N}} in this answer.", i18n.Values{"N": answer.ReasoningTokens}))
	}
	switch {
	case price == nil:
		found(false, i18n.T("Its price is not known: enter it under Prices to see costs and to set a spending limit."))
	case price.same(*Free):
		found(true, i18n.T("It costs nothing."))
	default:
		found(true, i18n.T("Its price is known: ${{.Prompt}} and ${{.Completion}} for a million tokens of prompt and of answer.", i18n.Values{"Prompt": price.Prompt, "Completion": price.Completion}))
	}
	return findings, choices, nil
}

// askForTrial asks for two messages, again where the endpoint refuses a part of the request.
func askForTrial(ctx context.Context, client *openai.Client) (openai.ChatAnswer, error) {
	request := openai.ChatRequest{
		System: "You write messages that people type to an assistant.",
		User:   "Category: thanks\nCount: 2\nWrite two short messages in which people thank the assistant.",
		Schema: openai.MessagesSchema(), Name: "messages", MaxTokens: trialTokens,
	}
	for {
		answer, err := client.Complete(ctx, request)
		switch kindOf(err) {
		case openai.Unsupported:
			continue
		case openai.NoRoom:
			if request.MaxTokens == trialTokens {
				request.MaxTokens = firstThoughts
				continue
			}
		}
		return answer, err
	}
}

func kindOf(err error) openai.Kind {
	var e *openai.Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return 0
}

func tenths(n float64) string { return strconv.FormatFloat(n, 'f', 1, 64) }
